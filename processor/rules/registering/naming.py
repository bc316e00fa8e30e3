"""Whom a row means: the key of its person, and what the rows of one person say in the end."""

from collections.abc import Callable, Iterable
from datetime import datetime

from processor.model import Attendee, Participation, Registration, Roll, Status
from processor.model.keys import homonyms, person_key

Row = Registration | Participation
Naming = Callable[[Row], str]


def naming(rows: Iterable[Registration], noted: Iterable[Participation]) -> Naming:
    """The key of each row's person: the name, with the address where people of one name have several."""
    shared = homonyms((r.first_name, r.last_name, r.email.key) for group in (rows, noted) for r in group)

    def name(row: Row) -> str:
        key = name_of(row)
        return person_key(row.first_name, row.last_name, row.email.key) if key in shared else key

    return name


def name_of(row: Row | Attendee) -> str:
    """The key of a name, whatever the address: namesakes have the same one."""
    return person_key(row.first_name, row.last_name)


def keys_of(row: Row) -> tuple[str, ...]:
    """The keys that the person of a row may bear elsewhere: without the address, and with it."""
    plain = name_of(row)
    return (plain, person_key(row.first_name, row.last_name, row.email.key)) if row.email else (plain,)


def attendee_of(row: Participation, roll: Roll) -> Attendee | None:
    """The person of a row of Participations among those of its séance; None where they are none of them any more."""
    keys = keys_of(row)
    return next((person for person in roll.attendees if person.key in keys), None)


def in_time(rows: Iterable[Registration]) -> list[Registration]:
    """A person's later registration speaks last; of two of one moment, Inscrit does. The order of the rows says nothing."""
    rank = {Status.WITHDRAWN: 0, Status.WAITING: 1, Status.REGISTERED: 2}
    return sorted(
        rows, key=lambda row: (row.since or datetime.min, rank[row.status], str(row.email), row.employer)
    )
