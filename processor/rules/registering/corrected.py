"""Addresses that staff corrected in Inscriptions: the rows of Participations that still show the old one."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from processor.model import Participation, Place
from processor.model.address import Address
from processor.model.keys import person_key
from processor.model.names import normalised
from processor.model.plan import Write
from processor.model.snapshot import Snapshot

if TYPE_CHECKING:
    from processor.rules.registering.registration import Register


def corrected(snapshot: Snapshot, book: "Register") -> Mapping[Place, Address]:
    """The new address of each row of Participations whose person has another one now.

    It is the same person only where nothing else is possible: one name at one séance, its address no longer anywhere in
    Inscriptions under that name, and one address there that no row of the séance shows yet. Two namesakes who are both
    registered, at this séance or elsewhere, stay apart.
    """
    same = {(row.first_name, row.last_name, row.email) for row in snapshot.registrations}
    odd = [
        row
        for row in snapshot.participations
        if row.email and (row.first_name, row.last_name, row.email) not in same
    ]
    if not odd:
        return {}
    known: dict[str, set[str]] = defaultdict(set)
    for first, last, email in same:
        known[person_key(first, last)].add(email.key)
    gone: dict[tuple[str, str], list[Participation]] = defaultdict(list)
    for row in odd:
        name = person_key(row.first_name, row.last_name)
        if name in known and row.email.key not in known[name]:
            gone[normalised(row.seance), name].append(row)
    return _followed(snapshot, book, gone) if gone else {}


def _followed(
    snapshot: Snapshot, book: "Register", gone: Mapping[tuple[str, str], list[Participation]]
) -> Mapping[Place, Address]:
    seances = {normalised(seance.code): seance for seance in snapshot.seances if seance.code}
    found: dict[Place, Address] = {}
    for (code, name), rows in gone.items():
        if code not in seances or len({row.email.key for row in rows}) > 1:
            continue
        shown = {row.email.key for row in book.noted(seances[code])}
        now = {
            row.email.key: row.email
            for row in book.registrations(seances[code])
            if row.email and person_key(row.first_name, row.last_name) == name
        }
        fresh = [email for folded, email in now.items() if folded not in shown]
        if len(fresh) == 1:
            found |= dict.fromkeys((row.place for row in rows), fresh[0])
    return found


def followed(places: Mapping[Place, Address], rows: Iterable[Participation]) -> Iterable[Write]:
    """The corrections, as cells to write."""
    for row in rows:
        if row.place in places:
            because = f"l’adresse de {row.first_name} {row.last_name} a été corrigée dans « Inscriptions »"
            yield Write(row.place, "email", str(places[row.place]), because)
