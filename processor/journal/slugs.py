"""Journals of before slugs: what they called a kind is renamed, and what was keyed by those words gets the key of today.

A mail keeps the key that its bytes, its file and people's commands bear, beside its new identity. What a person was
erased or faded from cannot be recomputed and keeps the old key as its identity: see `processor.model.past.of_identity`.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select, update

from processor.journal import schema
from processor.model.former import WORDS, former_key
from processor.model.keys import action_key
from processor.model.kinds import Kind

_CSV = "-csv"  # ends the key of the second file of a list
_KINDS = {words: kind for kind, words in WORDS.items() if kind is not Kind.ADDED}
_SPARE = 3  # versions beyond those counted: the first may be known to the workbook alone


def kind_of(row: Row[Any]) -> Kind:
    """The kind of a row of `mails` or `documents`, by its slug or by the words of before."""
    kind = _KINDS.get(row.kind)
    if kind is None:
        return Kind.of(row.kind)
    return Kind.ADDED if kind is Kind.MODIFICATION and row.session and not row.seance else kind


def identities(mails: Sequence[Row[Any]]) -> dict[str, str]:
    """The identity of each mail of an old journal, by its key. A copy, which nothing looks up, keeps its own."""
    copies = {row.key: str(row.key) for row in mails if getattr(row, "copy_of", "")}
    return _renewed([row for row in mails if row.key not in copies]) | copies


def document_keys(documents: Sequence[Row[Any]]) -> dict[str, str]:
    """The key of today of each document of an old journal, by its old one."""
    return _renewed(documents)


def _renewed(rows: Sequence[Row[Any]]) -> dict[str, str]:
    versions = Counter((row.seance, row.session, row.person) for row in rows)
    return {row.key: _key(row, versions[row.seance, row.session, row.person] + _SPARE) for row in rows}


def _key(row: Row[Any], most: int) -> str:
    """The key of today of a row, when its old one can be found again from what the row says."""
    key, kind = str(row.key), kind_of(row)
    plain = key.removesuffix(_CSV)
    for before, after in _subjects(row, kind):
        for version in range(1, most + 1):
            if former_key(kind, before, row.person, version) == plain:
                return action_key(kind, after, row.person, version) + key[len(plain) :]
    return key


def _subjects(row: Row[Any], kind: Kind) -> Iterator[tuple[str, str]]:
    """What the row is about, as it was keyed and as it is keyed."""
    if row.seance:
        yield row.seance, row.seance
    elif kind is Kind.ADDED:
        yield f"session {row.session}", row.session
    elif kind is Kind.LIST:
        yield f"session {row.session}", f"session {row.session}"
    elif row.session:
        yield row.session, row.session


def migrate(connection: Connection) -> None:
    """Rename all kinds of an old journal, and key again what was keyed by their words, within the transaction at hand."""
    mails, documents, register = schema.mails, schema.documents, schema.attestations
    sent = connection.execute(select(mails)).all()
    named = identities(sent)
    _set(connection, mails, "identity", [(row.seq, kind_of(row).slug, named[row.key]) for row in sent])
    issued = connection.execute(select(documents)).all()
    keyed = document_keys(issued)
    _set(connection, documents, "key", [(row.seq, kind_of(row).slug, keyed[row.key]) for row in issued])
    numbers = [
        {"of": row.number, "now": keyed.get(row.key, row.key)} for row in connection.execute(select(register))
    ]
    change = update(register).where(register.c.number == bindparam("of")).values(key=bindparam("now"))
    if numbers:
        connection.execute(change, numbers)


def _set(connection: Connection, table: Any, column: str, rows: list[tuple[int, str, str]]) -> None:
    change = (
        update(table)
        .where(table.c.seq == bindparam("of"))
        .values({"kind": bindparam("slug"), column: bindparam("now")})
    )
    if rows:
        connection.execute(change, [{"of": seq, "slug": slug, "now": now} for seq, slug, now in rows])
