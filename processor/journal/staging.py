"""Write what a run decides into the journal, and take it out again when the workbook was never replaced."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime

from sqlalchemy import Connection, Table, delete, exc, select

from processor.journal import schema
from processor.journal.attestations import NumbersTaken, register
from processor.journal.records import CalendarRecord, WrittenMail
from processor.model.past import DocumentRecord


class Staging:
    """The rows of one run, written within the transaction of its `stage`."""

    def __init__(self, connection: Connection, run_id: str, started: str) -> None:
        self._connection = connection
        self._run = run_id
        self._started = started

    def mails(self, mails: Sequence[WrittenMail]) -> None:
        """Queue mails with their bytes; `ValueError` for a key that was decided before."""
        try:
            self._insert(schema.mails, [self._row(mail) for mail in mails])
            self._insert(schema.messages, [_content(mail) for mail in mails])
        except exc.IntegrityError as error:
            raise ValueError(f"a mail of run {self._run} was decided before: {error.orig}") from error

    def documents(self, documents: Sequence[DocumentRecord]) -> None:
        """Record documents; one that was issued before gets a newer row.

        An attestation takes its number here, in the transaction that records the bytes of its file. `NumbersTaken`
        when the number is not free, or does not follow the year's last one: the whole transaction is undone.
        """
        rows = [
            {**vars(document), "kind": document.kind.slug, "run": self._run, "issued_on": self._started}
            for document in documents
        ]
        self._insert(schema.documents, [_columns(schema.documents, row) for row in rows])
        numbered = [_columns(schema.attestations, row) for row in rows if row["number"]]
        register(self._connection, [str(row["number"]) for row in numbered])
        try:
            self._insert(schema.attestations, numbered)
        except exc.IntegrityError as error:
            raise NumbersTaken(str(error.orig)) from error

    def calendar(self, entries: Sequence[CalendarRecord]) -> None:
        """Record what calendars are told; an entry told before gets a newer row."""
        self._insert(schema.calendar, [{**asdict(entry), "run": self._run} for entry in entries])

    def occurrences(self, occurrences: Iterable[tuple[str, date]]) -> None:
        """Record the dates that series have; those known before stay the earlier run's."""
        table = schema.occurrences
        known = {(row.series, row.date) for row in self._connection.execute(select(table))}
        wanted = {(series, _day(day)) for series, day in occurrences}
        self._insert(
            table,
            [{"series": series, "date": day, "run": self._run} for series, day in sorted(wanted - known)],
        )

    def codes(self, codes: Iterable[str]) -> None:
        """Record codes of séances; those known before stay the earlier run's."""
        known = set(self._connection.execute(select(schema.codes.c.code)).scalars())
        self._insert(schema.codes, [{"code": code, "run": self._run} for code in sorted(set(codes) - known)])

    def _row(self, mail: WrittenMail) -> dict[str, object]:
        one = mail.record
        return {
            "key": one.key, "identity": one.key, "kind": one.kind.slug, "seance": one.seance, "session": one.session,
            "person": one.person, "recipient": str(one.to), "subject": one.subject, "file_name": mail.file_name,
            "run": self._run, "queued_on": self._started, "state": one.state, "detail": one.detail, "told": one.news,
        }  # fmt: skip

    def _insert(self, table: Table, rows: Sequence[Mapping[str, object]]) -> None:
        if rows:
            self._connection.execute(table.insert(), [dict(row) for row in rows])


def forget(connection: Connection, run_id: str) -> None:
    """Take out everything that a run staged; its keys are free again."""
    own = select(schema.mails.c.key).where(schema.mails.c.run == run_id)
    connection.execute(delete(schema.messages).where(schema.messages.c.key.in_(own)))
    for table in (
        schema.mails,
        schema.documents,
        schema.attestations,
        schema.calendar,
        schema.occurrences,
        schema.codes,
    ):
        connection.execute(delete(table).where(table.c.run == run_id))


def _columns(table: Table, row: Mapping[str, object]) -> dict[str, object]:
    """What of the row the table holds."""
    return {name: value for name, value in row.items() if name in table.c}


def _content(mail: WrittenMail) -> dict[str, object]:
    digest = hashlib.sha256(mail.message).hexdigest()
    return {"key": mail.key, "sha256": digest, "content": mail.message}


def _day(moment: date) -> str:
    return (moment.date() if isinstance(moment, datetime) else moment).isoformat()
