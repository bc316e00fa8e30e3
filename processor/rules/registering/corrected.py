"""Addresses that staff corrected in Inscriptions: the rows of Participations that still show the old one."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from processor.model import Participation, Place, Registration
from processor.model.address import NOWHERE, Address
from processor.model.catalogue import say
from processor.model.names import normalised
from processor.model.plan import Write
from processor.model.snapshot import Snapshot
from processor.rules.registering.naming import name_of

Stray = tuple[str, str]
"""The normalised code of a séance and the name of one person noted there."""


def strays(snapshot: Snapshot) -> Mapping[Stray, list[Participation]]:
    """The rows whose address stands nowhere in Inscriptions any more, though the name of their person does."""
    same = {(row.first_name, row.last_name, row.email) for row in snapshot.registrations}
    odd = [
        row
        for row in snapshot.participations
        if row.email and (row.first_name, row.last_name, row.email) not in same
    ]
    known: dict[str, set[str]] = defaultdict(set)
    for row in snapshot.registrations if odd else ():
        known[name_of(row)].add(row.email.key)
    gone: dict[Stray, list[Participation]] = defaultdict(list)
    for noted in odd:
        name = name_of(noted)
        if name in known and noted.email.key not in known[name]:
            gone[normalised(noted.seance), name].append(noted)
    return gone


def new_address(
    rows: Iterable[Participation], noted: Iterable[Participation], registered: Iterable[Registration]
) -> Address:
    """The address that the strays `rows` of one name are to show; blank where it is not certain.

    It is the same person only where nothing else is possible: one name at one séance, its address no longer anywhere in
    Inscriptions under that name, and one address there that no row of the séance shows yet. Two namesakes who are both
    registered, at this séance or elsewhere, stay apart. `noted` and `registered` are the rows of the séance.
    """
    names, old = {name_of(row) for row in rows}, {row.email.key for row in rows}
    if len(old) > 1:
        return NOWHERE
    shown = {row.email.key for row in noted}
    now = {row.email.key: row.email for row in registered if row.email and name_of(row) in names}
    fresh = [email for folded, email in now.items() if folded not in shown]
    return fresh[0] if len(fresh) == 1 else NOWHERE


def followed(places: Mapping[Place, Address], rows: Iterable[Participation]) -> Iterator[Write]:
    """The corrections, as cells to write."""
    for row in rows:
        if row.place in places:
            because = say("corrected.because", name=f"{row.first_name} {row.last_name}")
            yield Write(row.place, "email", str(places[row.place]), because)
