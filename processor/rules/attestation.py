"""Attestations: for people Présent at a finished séance, once; sessions when all their séances are over."""

from dataclasses import dataclass
from datetime import timedelta

from processor.findings import Severity
from processor.model import Attendee, Facts, Kind, Parameters, Place, Presence, Roll, SessionRoll, Template
from processor.reading.fault import Fault
from processor.reading.records import cell_finding
from processor.reading.snapshot import Snapshot
from processor.rules.actions import Document, Mail, Write
from processor.rules.checks import CERTIFICATES
from processor.rules.decided import Decided, plural
from processor.rules.keys import action_key
from processor.rules.mailing import mailbox
from processor.rules.places import layout_of
from processor.rules.registration import participants
from processor.rules.rolls import own_part
from processor.rules.said import said
from processor.rules.templates import chosen

RECENT = timedelta(days=31)
_WHY = "une attestation dit qu’une personne a suivi toute la séance : elle ne part jamais sans la présence."


def hours_of(person: Attendee, roll: Roll) -> float:
    """The hours that a person followed: those that staff noted, else the length of the séance.

    >>> from datetime import datetime
    >>> from processor.model import Place, Seance
    >>> roll = Roll(Seance(Place("", 1), "", "", datetime(2026, 12, 1, 9), datetime(2026, 12, 1, 12, 30)))
    >>> hours_of(Attendee("", "", ""), roll), hours_of(Attendee("", "", "", hours=2.0), roll)
    (3.5, 2.0)
    """
    return person.hours if person.hours is not None else round(roll.seance.length.total_seconds() / 3600, 2)


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
    automatic = snapshot.parameters.automatic_attestation and recent and not unknown(roll)
    if seance.cancelled or not (seance.attest or automatic):
        return decided
    if not roll.finished:
        return _waits(decided, snapshot, seance.place, Fault(
            "attestation-trop-tot", f"la séance ne finit que le {seance.end:%d/%m/%Y à %H:%M}.",
            "rien : l’attestation sera faite quand la séance sera finie et les présences notées."))  # fmt: skip
    missing = unknown(roll)
    present = [p for p in participants(roll.attendees) if p.presence is Presence.PRESENT]
    template = chosen(snapshot, [Kind.SEANCE_ATTESTATION], seance.attestation_template)
    if isinstance(template, Fault):
        return _waits(decided, snapshot, seance.place, template, Severity.ROW)
    subject = _Subject(seance.place, seance.code, seance.attest and not missing, template)
    people = [
        Facts(
            Kind.SEANCE_ATTESTATION,
            snapshot.parameters,
            snapshot.now.date(),
            seance=roll,
            person=p,
            hours=hours_of(p, roll),
        )
        for p in present
    ]
    _letters(decided, snapshot, subject, people)
    return _waits(decided, snapshot, seance.place, _blank(missing)) if missing else decided


def unknown(roll: Roll) -> tuple[str, ...]:
    """The names of the participants whose presence is blank."""
    return tuple(p.full_name for p in participants(roll.attendees) if p.presence is Presence.UNKNOWN)


def attest_session(snapshot: Snapshot, roll: SessionRoll) -> Decided:
    """The certificates of a session: to each person who followed at least one séance, with their own séances and hours."""
    decided, session = Decided(), roll.session
    if not session.attest:
        return decided
    held = [seance for seance in roll.seances if not seance.seance.cancelled]
    fault = _not_over(held)
    if fault is not None:
        return _waits(decided, snapshot, session.place, fault)
    template = chosen(snapshot, CERTIFICATES, session.certificate_template)
    if isinstance(template, Fault):
        return _waits(decided, snapshot, session.place, template, Severity.ROW)
    missing = tuple(dict.fromkeys(name for seance in held for name in unknown(seance)))
    parts = [
        (p, own_part(roll, p, attended=True))
        for p in participants(roll.attendees)
        if p.full_name not in missing
    ]
    people = [
        _session_facts(snapshot.parameters, template.kind, snapshot, person, part)
        for person, part in parts
        if part.seances
    ]
    _letters(decided, snapshot, _Subject(session.place, session.code, not missing, template), people)
    return _waits(decided, snapshot, session.place, _blank(missing)) if missing else decided


def _session_facts(
    parameters: Parameters, kind: Kind, snapshot: Snapshot, person: Attendee, part: SessionRoll
) -> Facts:
    mine = [(seance, next(a for a in seance.attendees if a.key == person.key)) for seance in part.seances]
    hours = round(sum(hours_of(attendee, seance) for seance, attendee in mine), 2)
    return Facts(kind, parameters, snapshot.now.date(), session=part, person=person, hours=hours)


def _not_over(held: list[Roll]) -> Fault | None:
    if not held:
        return Fault("session-sans-seance", "cette session n’a aucune séance qui ait lieu.",
                     "rattachez des séances à la session (colonne « Session »), ou videz la cellule « Attester ».")  # fmt: skip
    ahead = [roll for roll in held if not roll.finished]
    if not ahead:
        return None
    last = max(roll.seance.end for roll in ahead)
    return Fault("attestation-trop-tot", f"{plural(len(ahead), 'séance')} de la session {'reste' if len(ahead) < 2 else 'restent'} à venir, jusqu’au {last:%d/%m/%Y}.",
                 "rien : les certificats seront faits quand toutes les séances seront finies et les présences notées.")  # fmt: skip


def _blank(names: tuple[str, ...]) -> Fault:
    shown = ", ".join(names[:5]) + (f" et {len(names) - 5} autres" if len(names) > 5 else "")
    return Fault("presence-non-renseignee", f"la présence n’est pas notée pour {shown}.",
                 "remplissez la colonne « Présence » de la feuille « Participations » ; l’attestation suivra.")  # fmt: skip


def _waits(
    decided: Decided, snapshot: Snapshot, place: Place, fault: Fault, severity: Severity = Severity.NOTE
) -> Decided:
    decided.findings.append(
        cell_finding(layout_of(snapshot, place), place.row, "attest", fault, _WHY, severity)
    )
    return decided


def _letters(decided: Decided, snapshot: Snapshot, subject: _Subject, people: list[Facts]) -> None:
    for facts in people:
        _letter(decided, snapshot, subject, facts)
    if subject.asked:
        decided.writes.append(Write(subject.place, "attest", None, "la demande « Attester » est satisfaite"))
    if decided.documents or subject.asked:
        mailed = {mail.key for mail in decided.mails}
        unmailed = [
            d.facts.person.full_name for d in decided.documents if d.facts.person and d.key not in mailed
        ]
        detail = plural(len(decided.mails), "attestation par courriel", "attestations par courriel")
        detail += f", {len(unmailed)} à imprimer faute d’adresse ({', '.join(unmailed)})" if unmailed else ""
        decided.did(subject.place, "Attestation", subject.code, detail)


def _letter(decided: Decided, snapshot: Snapshot, subject: _Subject, facts: Facts) -> None:
    person, template = facts.person, subject.template
    if person is None or (person.attested_on and facts.seance):
        return
    key = action_key(facts.kind, subject.code, person.key)
    if key in snapshot.known.documents or key in snapshot.known.mails:
        return
    because = "présent(e), et « Attester » est demandé" if subject.asked else "présent(e) à une séance finie"
    decided.documents.append(Document(key, facts.kind, facts, template, said(facts), subject.place, because))
    to = mailbox(snapshot, person)
    if to:
        decided.mails.append(
            Mail(
                key,
                facts.kind,
                facts,
                person.full_name,
                to,
                template.subject,
                template.message,
                (key,),
                subject.place,
                because,
            )
        )
