"""Attestations: for people Présent at a finished séance, once; sessions when all their séances are over."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from processor.model import (
    Attendee,
    Facts,
    Kind,
    Place,
    Presence,
    Roll,
    SessionRoll,
    Template,
    participants,
    unnoted,
)
from processor.model.catalogue import quoted, say
from processor.model.findings import Fault, Severity
from processor.model.keys import action_key
from processor.model.plan import Document, Write
from processor.model.snapshot import Snapshot
from processor.rules.calendar.expiry import RECENT
from processor.rules.calendar.hours import timed
from processor.rules.decided import Decided, shortened
from processor.rules.letters.dates_shown import noted
from processor.rules.letters.said import said
from processor.rules.letters.templates import chosen
from processor.rules.news.mailing import mailbox
from processor.rules.registering.rolls import OwnParts
from processor.rules.rows.checks import CERTIFICATES


@dataclass(frozen=True)
class _Subject:
    """What is attested: a séance or a session, with the words for the people who wait for it."""

    place: Place
    code: str
    asked: bool
    template: Template


def attest_seance(snapshot: Snapshot, roll: Roll) -> Decided:
    """The attestations that the row asks for, or that Paramètres ask for when the presences are complete.

    While a presence is blank the request stays, and the others are attested meanwhile. The automatic way looks back a
    month only: a workbook of ten years that is adopted today does not write to everyone who ever came.
    """
    decided, seance = Decided(), roll.seance
    recent = roll.finished and seance.end > snapshot.now - RECENT
    automatic = snapshot.parameters.automatic_attestation and recent and not unnoted(roll)
    if seance.cancelled or not (seance.attest or automatic):
        return decided
    if not roll.finished:
        fault = Fault.of("attestation-trop-tot", "seance", end=seance.end)
        return _waits(decided, snapshot, seance.place, fault)
    held, missing = timed(roll, snapshot.parameters), unnoted(roll)
    present = [p for p in participants(held.attendees) if p.presence is Presence.PRESENT]
    template = chosen(snapshot, [Kind.SEANCE_ATTESTATION], seance.attestation_template)
    if isinstance(template, Fault):
        told = seance.attest or _still_due(snapshot, seance.code, present)
        return _no_template(decided, snapshot, seance.place, template) if told else decided
    unmeasured = tuple(p.full_name for p in present if p.hours is None)
    subject = _Subject(seance.place, seance.code, seance.attest and not (missing or unmeasured), template)
    _letters(
        decided, snapshot, subject, [_of_seance(snapshot, held, p) for p in present if p.hours is not None]
    )
    return _unfinished(decided, snapshot, seance.place, missing, unmeasured)


def _still_due(snapshot: Snapshot, code: str, people: Iterable[Attendee]) -> bool:
    """Whether somebody has no attestation of the séance yet, by the journal or by the workbook."""
    return any(_due(snapshot, Kind.SEANCE_ATTESTATION, code, p) and not p.attested_on for p in people)


def _of_seance(snapshot: Snapshot, held: Roll, person: Attendee) -> Facts:
    return Facts(
        Kind.SEANCE_ATTESTATION,
        snapshot.parameters,
        snapshot.now.date(),
        seance=held,
        person=person,
        hours=person.hours,
    )


def _unfinished(
    decided: Decided, snapshot: Snapshot, place: Place, missing: tuple[str, ...], unmeasured: tuple[str, ...]
) -> Decided:
    if missing:
        _waits(decided, snapshot, place, Fault.of("presence-non-renseignee", names=shortened(missing)))
    if unmeasured:
        _waits(decided, snapshot, place, Fault.of("heures-inconnues", names=shortened(unmeasured)))
    return decided


def attest_session(snapshot: Snapshot, roll: SessionRoll) -> Decided:
    """The certificates of a session: to each person who followed at least one séance, with their own séances and hours."""
    decided, session = Decided(), roll.session
    if not session.attest:
        return decided
    held = [seance for seance in roll.seances if not seance.seance.cancelled]
    fault = _incomplete(roll.aside) or _not_over(held)
    if fault is not None:
        return _waits(decided, snapshot, session.place, fault)
    template = chosen(snapshot, CERTIFICATES, session.certificate_template)
    if isinstance(template, Fault):
        return _no_template(decided, snapshot, session.place, template)
    missing = tuple(dict.fromkeys(name for seance in held for name in unnoted(seance)))
    people = list(
        session_facts(
            snapshot,
            replace(roll, seances=tuple(timed(s, snapshot.parameters) for s in held)),
            template.kind,
            missing,
        )
    )
    unmeasured = tuple(f.person.full_name for f in people if f.person and f.hours is None)
    subject = _Subject(session.place, session.code, not (missing or unmeasured), template)
    had = noted(snapshot, session.code, "attested_on")
    wanted = [f for f in people if f.hours is not None and f.person and f.person.key not in had]
    _letters(decided, snapshot, subject, wanted)
    return _unfinished(decided, snapshot, session.place, missing, unmeasured)


def session_facts(
    snapshot: Snapshot, roll: SessionRoll, kind: Kind, missing: Collection[str]
) -> Iterator[Facts]:
    """The facts of each person whose presences are complete and who followed something; the hours add up, or are unknown."""
    parts = OwnParts(roll)
    for person in participants(roll.attendees):
        part = parts.followed(person) if person.full_name not in missing else None
        if part is not None and part.seances:
            hours = parts.hours(person)
            yield Facts(
                kind, snapshot.parameters, snapshot.now.date(), session=part, person=person, hours=hours
            )


def _incomplete(aside: tuple[str, ...]) -> Fault | None:
    """The fault of séances that are left aside: their hours would be missing from what is issued once for ever."""
    if not aside:
        return None
    shown = quoted(aside[:5]) + ("…" if aside[5:] else "")
    return Fault.of("attestation-trop-tot", "aside", count=len(aside), names=shown)


def _not_over(held: list[Roll]) -> Fault | None:
    if not held:
        return Fault.of("session-sans-seance")
    ahead = [roll for roll in held if not roll.finished]
    if not ahead:
        return None
    last = max(roll.seance.end for roll in ahead)
    return Fault.of("attestation-trop-tot", "session", count=len(ahead), last=last)


def _no_template(decided: Decided, snapshot: Snapshot, place: Place, fault: Fault) -> Decided:
    decided.findings.append(
        snapshot.finding(place, "attest", fault, say("attestation.no-template"), Severity.ROW)
    )
    return decided


def _waits(decided: Decided, snapshot: Snapshot, place: Place, fault: Fault) -> Decided:
    decided.findings.append(snapshot.finding(place, "attest", fault, say("attestation.why"), Severity.NOTE))
    return decided


def _letters(decided: Decided, snapshot: Snapshot, subject: _Subject, people: list[Facts]) -> None:
    for facts in people:
        _letter(decided, snapshot, subject, facts)
    if subject.asked:
        decided.writes.append(Write(subject.place, "attest", None, say("attestation.because.answered")))
    if decided.documents or subject.asked:
        mailed = {mail.key for mail in decided.mails}
        unmailed = [
            d.facts.person.full_name for d in decided.documents if d.facts.person and d.key not in mailed
        ]
        parts = [say("attestation.done.mailed", count=len(decided.mails))]
        parts += [to_print(unmailed)] if unmailed else []
        action, detail = say("attestation.done"), ", ".join(parts)
        decided.did(subject.place, action, subject.code, detail, decided.documents)


def to_print(names: Sequence[str]) -> str:
    """How many letters go to nobody's mailbox, and whose they are."""
    return say("letters.done.unmailed", count=len(names), names=", ".join(names))


def _due(snapshot: Snapshot, kind: Kind, code: str, person: Attendee) -> bool:
    """Whether the journal knows of no such attestation of the person yet."""
    known = snapshot.known
    return known.document(kind, code, person.key) is None and known.mail(kind, code, person.key) is None


def _letter(decided: Decided, snapshot: Snapshot, subject: _Subject, facts: Facts) -> None:
    person, template = facts.person, subject.template
    if person is None or (person.attested_on and facts.seance):
        return
    if not _due(snapshot, facts.kind, subject.code, person):
        return
    key = action_key(facts.kind, subject.code, person.key)
    because = say("attestation.because.asked" if subject.asked else "attestation.because.over")
    document = Document(key, facts.kind, facts, template, said(facts), subject.place, because)
    decided.letter(document, mailbox(snapshot, person))
