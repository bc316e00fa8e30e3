"""The sheet Participations: a row for each person and séance, its status and the dates of what was sent."""

from collections.abc import Iterable, Iterator

from processor.contract import PARTICIPATIONS
from processor.model import Attendee, Kind, Participation, Roll, Status
from processor.model.keys import action_key, person_key
from processor.model.names import normalised
from processor.model.plan import NewRow, NewSheet, Value, Write
from processor.model.snapshot import Snapshot
from processor.rules.letters.numbers import latest
from processor.rules.registering.registration import Register


def new_rows(rolls: Iterable[Roll], register: Register) -> list[NewRow]:
    """A row for each registered person of the séances that take place, where none stands."""
    return [
        NewRow(
            PARTICIPATIONS.name,
            _values(roll, person),
            roll.seance.place,
            f"{person.full_name} est inscrit(e) à la séance",
        )
        for roll in rolls
        if not roll.seance.cancelled
        for person in missing(roll, register)
    ]


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


def new_sheet(snapshot: Snapshot, rows: list[NewRow]) -> list[NewSheet]:
    """The sheet itself, where the first row has nowhere to go: without it no presence could be noted."""
    if not rows or snapshot.has(PARTICIPATIONS):
        return []
    return [NewSheet(PARTICIPATIONS.name, "les présences ont besoin d’une feuille")]


def projections(snapshot: Snapshot, rolls: Iterable[Roll]) -> list[Write]:
    """What the rows show of the truth elsewhere: the status in Inscriptions, the dates and numbers in the journal."""
    by_code = {normalised(roll.seance.code): roll for roll in rolls}
    writes: list[Write] = []
    for row in snapshot.participations:
        roll = by_code.get(normalised(row.seance))
        if roll is not None:
            aside = roll.seance.place in snapshot.set_aside
            writes += _status(row, roll) if not roll.finished and not aside else ()
            writes += _sent(snapshot, row, roll)
    return writes


def _attendee(row: Participation, roll: Roll) -> Attendee | None:
    keys = {
        person_key(row.first_name, row.last_name),
        person_key(row.first_name, row.last_name, row.email.key),
    }
    return next((person for person in roll.attendees if person.key in keys), None)


def _status(row: Participation, roll: Roll) -> Iterator[Write]:
    person = _attendee(row, roll)
    if person is not None and person.status is not row.status:
        yield Write(
            row.place, "status", str(person.status), f"{person.full_name} est maintenant « {person.status} »"
        )


def _sent(snapshot: Snapshot, row: Participation, roll: Roll) -> Iterator[Write]:
    person = _attendee(row, roll)
    if person is None:
        return
    invited = snapshot.known.mails.get(action_key(Kind.SEANCE_INVITATION, roll.seance.code, person.key))
    if invited and invited.sent_on and row.invited_on is None:
        yield Write(row.place, "invited_on", invited.sent_on, "l’invitation est partie")
    yield from _attested(snapshot, row, roll, person)


def _attested(snapshot: Snapshot, row: Participation, roll: Roll, person: Attendee) -> Iterator[Write]:
    """The number and the date of the attestation that holds now: the newest, which replaces the ones before."""
    kind, code, known = Kind.SEANCE_ATTESTATION, roll.seance.code, snapshot.known
    version, document = latest(known, kind, code, person.key)
    mail = known.mails.get(action_key(kind, code, person.key, version or 1))
    replaced = version > 1 and document is not None and row.attestation_number != document.number
    if (
        mail
        and mail.sent_on
        and (row.attested_on is None or (version > 1 and row.attested_on < mail.sent_on))
    ):
        yield Write(row.place, "attested_on", mail.sent_on, "l’attestation est partie")
    if document and document.number and (replaced or not row.attestation_number):
        because = "l’attestation a été remplacée" if replaced else "numéro de l’attestation"
        yield Write(row.place, "attestation_number", document.number, because)
