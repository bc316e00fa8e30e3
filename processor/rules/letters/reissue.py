"""An attestation that is issued again: staff say why in « Réémettre », and the new one cancels and replaces the old."""

from processor.model import Attendee, Facts, Kind, Participation, Presence, Roll
from processor.model.catalogue import say
from processor.model.findings import Fault, Severity
from processor.model.keys import action_key
from processor.model.names import normalised
from processor.model.plan import Document, Write
from processor.model.snapshot import Snapshot
from processor.rules.calendar.hours import hours_of, timed
from processor.rules.decided import Decided
from processor.rules.letters.numbers import latest
from processor.rules.letters.said import said
from processor.rules.letters.templates import chosen
from processor.rules.news.mailing import mailbox
from processor.rules.registering.naming import attendee_of
from processor.rules.registering.registration import Register

_NO_REASON = {"oui", "o", "x", "yes", "1", "vrai", "ok"}


def reissues(snapshot: Snapshot, roll: Roll, book: Register) -> Decided:
    """The attestations of one séance that staff ask to issue again, each with its mail; the request is cleared."""
    decided = Decided()
    for row in book.participations.get(normalised(roll.seance.code), []) if roll.seance.code else []:
        if row.reissue and row.place not in snapshot.set_aside:
            _reissue(decided, snapshot, roll, row)
    return decided


def _reissue(decided: Decided, snapshot: Snapshot, roll: Roll, row: Participation) -> None:
    person = attendee_of(row, roll)
    template = chosen(snapshot, [Kind.SEANCE_ATTESTATION], roll.seance.attestation_template)
    fault = _fault(snapshot, roll, row, person) or (template if isinstance(template, Fault) else None)
    if fault is not None or person is None or isinstance(template, Fault):
        if fault is not None:
            why = say("reissue.why")
            decided.findings.append(snapshot.finding(row.place, "reissue", fault, why, Severity.NOTE))
        return
    version, replaced = replaced_by(snapshot, roll, person, row.attestation_number)
    facts = Facts(
        Kind.SEANCE_ATTESTATION,
        snapshot.parameters,
        snapshot.now.date(),
        seance=timed(roll, snapshot.parameters),
        person=person,
        hours=hours_of(person, roll, snapshot.parameters),
        replaces=replaced,
    )
    because = say("reissue.because", reason=row.reissue)
    key = action_key(facts.kind, roll.seance.code, person.key, version)
    document = Document(key, facts.kind, facts, template, said(facts), row.place, because, row.reissue)
    decided.letter(document, mailbox(snapshot, person))
    decided.writes.append(Write(row.place, "reissue", None, say("reissue.because.answered")))
    detail = say("reissue.done.detail", name=person.full_name, number=replaced, reason=row.reissue)
    decided.did(roll.seance.place, say("reissue.done"), roll.seance.code, detail, [document])


def replaced_by(snapshot: Snapshot, roll: Roll, person: Attendee, shown: str) -> tuple[int, str]:
    """The version to issue now and the number that it cancels: the journal's, else the one that the workbook shows."""
    version, issued = latest(snapshot.known, Kind.SEANCE_ATTESTATION, roll.seance.code, person.key)
    return max(version, 1) + 1, issued.number if issued else shown


def _fault(snapshot: Snapshot, roll: Roll, row: Participation, person: Attendee | None) -> Fault | None:
    if normalised(row.reissue) in _NO_REASON:
        return Fault.of("reemission-sans-motif", typed=row.reissue)
    if person is None or not replaced_by(snapshot, roll, person, row.attestation_number)[1]:
        return Fault.of("reemission-impossible", "first")
    if person.presence is not Presence.PRESENT:
        return Fault.of("reemission-impossible", "absent")
    return None
