"""The sheet Participations: a row for each person and séance, its status and the dates of what was sent."""

from collections.abc import Iterable, Iterator

from processor.contract import PARTICIPATIONS
from processor.model import Attendee, Roll, Status
from processor.model.catalogue import say
from processor.model.keys import person_key
from processor.model.names import normalised
from processor.model.plan import NewRow, Value, Write
from processor.model.snapshot import Snapshot
from processor.rules.registering.naming import attendee_of
from processor.rules.registering.registration import Register
from processor.rules.registering.rolls import expected


def new_rows(snapshot: Snapshot, rolls: Iterable[Roll], register: Register) -> Iterator[NewRow]:
    """A row for each registered person of the séances that are to take place, where none stands."""
    for roll in rolls:
        if expected(snapshot, roll) and not roll.seance.cancelled:
            for person in missing(roll, register):
                because = say("participations.because.registered", name=person.full_name)
                yield NewRow(PARTICIPATIONS.name, _values(roll, person), roll.seance.place, because)


def missing(roll: Roll, register: Register) -> Iterator[Attendee]:
    """The attendees who have no row for the séance."""
    rows = register.participations.get(normalised(roll.seance.code), [])
    noted = {person_key(row.first_name, row.last_name) for row in rows}
    noted |= {person_key(row.first_name, row.last_name, row.email.key) for row in rows if row.email}
    for person in roll.attendees:
        if person.status is not Status.WITHDRAWN and person.key not in noted:
            yield person


def _values(roll: Roll, person: Attendee) -> dict[str, Value]:
    return {
        "seance": roll.seance.code,
        "first_name": person.first_name,
        "last_name": person.last_name,
        "email": str(person.email) or None,
        "role": str(person.role),
        "status": str(person.status),
    }


def statuses(snapshot: Snapshot, rolls: Iterable[Roll]) -> Iterator[Write]:
    """The status that each row shows, as Inscriptions has it now; a séance that is over stays as it was."""
    by_code = {normalised(roll.seance.code): roll for roll in rolls}
    for row in snapshot.participations:
        roll = by_code.get(normalised(row.seance))
        if roll is None or roll.finished or roll.seance.place in snapshot.set_aside:
            continue
        person = attendee_of(row, roll)
        if person is not None and person.status is not row.status:
            because = say("participations.because.status", name=person.full_name, status=person.status)
            yield Write(row.place, "status", str(person.status), because)
