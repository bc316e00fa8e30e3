"""The people of rows: registrations and presences of one person put together."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from processor.model import Attendee, Participation, Registration, Role
from processor.model.names import normalised
from processor.rules.registering.naming import naming


def attending(
    rows: Iterable[Registration], noted: Iterable[Participation], own: Mapping[str, str]
) -> tuple[Attendee, ...]:
    """Each person of the rows once, by name, with what staff noted of them.

    `rows` come in order of time. `own` holds staff's own columns of Inscriptions, blank: what they say of who is on no
    row of it any more.
    """
    rows, noted = list(rows), list(noted)
    name = naming(rows, noted)
    found: dict[str, Attendee] = {}
    for row in rows:
        key = name(row)
        attendee = _registered(key, row)
        found[key] = _merged(found[key], attendee) if key in found else attendee
    for participation in noted:
        key = name(participation)
        found[key] = _present(found.get(key) or _noted(key, participation, own), participation)
    return tuple(sorted(found.values(), key=lambda person: (normalised(person.listed_name), person.key)))


def _registered(key: str, row: Registration) -> Attendee:
    return Attendee(key, row.first_name, row.last_name, row.civility, row.email, row.employer, row.role, row.status,
                    others=row.others)  # fmt: skip


def _merged(first: Attendee, second: Attendee) -> Attendee:
    """The same person on two rows: the later row's status, what is blank filled from the other row."""
    return replace(
        first,
        civility=first.civility or second.civility,
        email=first.email or second.email,
        employer=first.employer or second.employer,
        role=second.role if second.role is Role.TRAINER else first.role,
        status=second.status,
    )


def _noted(key: str, noted: Participation, own: Mapping[str, str]) -> Attendee:
    """Who is on no registration row any more keeps the presence history."""
    return Attendee(key, noted.first_name, noted.last_name, email=noted.email, role=noted.role, status=noted.status,
                    others=own)  # fmt: skip


def _present(person: Attendee, noted: Participation) -> Attendee:
    """The attendee with what staff noted."""
    return replace(
        person,
        presence=noted.presence,
        hours=noted.hours,
        invited_on=noted.invited_on,
        attested_on=noted.attested_on,
    )
