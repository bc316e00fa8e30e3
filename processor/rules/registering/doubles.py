"""The same person on two rows of Inscriptions, under one name or two: found, and never registered twice."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from itertools import pairwise

from processor.contract import REGISTRATIONS
from processor.model import Registration, Status
from processor.model.address import Address
from processor.model.catalogue import say
from processor.model.findings import Code, Fault, Finding, Severity, sentence
from processor.model.keys import person_key
from processor.model.names import normalised
from processor.model.snapshot import Snapshot

_SHARED = {"accueil", "administration", "bureau", "contact", "compta", "direction", "formation", "formations",
           "info", "infos", "mairie", "rh", "secretariat", "standard"}  # fmt: skip


def doubles(snapshot: Snapshot) -> Iterator[Finding]:
    """The findings, on the later row of each pair; rows of one session (or of one séance) are compared, by name and address.

    One name written two ways is one person already, so the second row is only told. One address under two names that
    one person may have (a married name, an initial, the names swapped) would make two people, so the second row is set
    aside; under two other names it is told, as colleagues may share a mailbox.
    """
    together: dict[tuple[str, str], list[Registration]] = defaultdict(list)
    for row in snapshot.registrations:
        if row.place not in snapshot.set_aside:
            together["" if row.seance else normalised(row.session), normalised(row.seance)].append(row)
    for rows in together.values():
        yield from _one_name(snapshot, rows)
        yield from _one_address(snapshot, rows)


def _one_name(snapshot: Snapshot, rows: list[Registration]) -> Iterator[Finding]:
    named: dict[str, list[Registration]] = defaultdict(list)
    for row in rows:
        named[person_key(row.first_name, row.last_name)].append(row)
    for same in named.values():
        for first, second in pairwise(_by_time(same)) if len(same) > 1 else ():
            if Status.WITHDRAWN in (first.status, second.status) or first.role is not second.role:
                continue
            if not first.email or not second.email or first.email.key == second.email.key:
                yield _told(
                    snapshot,
                    first,
                    second,
                    "inscription-en-double",
                    "twice" if _full(first) == _full(second) else "twice.renamed",
                )
            elif same_address(first.email, second.email):
                yield _told(snapshot, first, second, "inscription-en-double", "addresses")


def _one_address(snapshot: Snapshot, rows: list[Registration]) -> Iterator[Finding]:
    shared: dict[str, dict[str, Registration]] = defaultdict(dict)
    for row in _by_time(rows):
        if row.email and row.status is not Status.WITHDRAWN:
            shared[row.email.key].setdefault(person_key(row.first_name, row.last_name), row)
    for people in shared.values():
        first, *others = people.values()
        for row in others:
            if maybe_one(first, row):
                yield _told(snapshot, first, row, "personne-en-double", severity=Severity.ROW)
            elif normalised(row.email.local) not in _SHARED:
                yield _told(snapshot, first, row, "adresse-partagee")


def _by_time(rows: list[Registration]) -> list[Registration]:
    return sorted(rows, key=lambda row: (row.since or datetime.min, row.place.row))


def maybe_one(first: Registration, second: Registration) -> bool:
    """Whether two names at one address may be one person: same first name, an initial, or the same words swapped.

    >>> from processor.model import Place
    >>> def row(first_name, last_name): return Registration(Place(""), first_name, last_name)
    >>> maybe_one(row("Zoé", "Dupont"), row("Zoe", "Martin")), maybe_one(row("Zoé", "Dupont"), row("Dupont", "Zoé"))
    (True, True)
    >>> maybe_one(row("Z.", "Dupont"), row("Zoé", "Dupont")), maybe_one(row("Léa", "Dupont"), row("Léo", "Dupont"))
    (True, False)
    """
    one, other = (person_key(r.first_name, "") for r in (first, second))
    if one == other:
        return True
    family = {person_key("", r.last_name) for r in (first, second)}
    if len(family) == 1 and 1 in (len(one), len(other)):
        return one[:1] == other[:1]
    return sorted(person_key(first.first_name, first.last_name).split()) == sorted(
        person_key(second.first_name, second.last_name).split()
    )


def same_address(one: Address, other: Address) -> bool:
    """Whether two addresses look like one: the same name before the @, or a slip of the keyboard.

    >>> zoe, ali = Address("zoe", "gmial.com"), Address("ali", "gmail.com")
    >>> same_address(zoe, Address("Zoe", "gmail.com")), same_address(zoe, ali)
    (True, False)
    """
    from rapidfuzz.distance import OSA

    return one.local.casefold() == other.local.casefold() or OSA.distance(one.key, other.key) <= 2


def _full(row: Registration) -> str:
    return f"{row.first_name} {row.last_name}"


def _told(
    snapshot: Snapshot,
    first: Registration,
    row: Registration,
    code: Code,
    variant: str = "",
    severity: Severity = Severity.NOTE,
) -> Finding:
    fault = Fault.of(
        code, variant, name=_full(row), other=_full(first), row=first.place.row, email=row.email, other_email=first.email,
        target=say("doubles.seance" if row.seance else "doubles.session", code=row.seance or row.session),
    )  # fmt: skip
    field = "last_name" if code == "inscription-en-double" and not row.email else "email"
    shown = field if snapshot.layouts[REGISTRATIONS.name].has(field) else "last_name"
    return snapshot.finding(row.place, shown, fault, sentence(code, variant, "why", {}), severity)
