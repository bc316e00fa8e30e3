"""Who is invited tonight, by what, and who is told that a séance is cancelled."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from processor.findings import Severity
from processor.model import Attendee, Facts, Kind, Place, Presence, Roll, SessionRoll, Template
from processor.reading.fault import Fault
from processor.reading.records import cell_finding
from processor.reading.snapshot import Snapshot
from processor.rules.actions import Document, Mail, Write
from processor.rules.decided import Decided, plural
from processor.rules.keys import action_key
from processor.rules.mailing import mailbox
from processor.rules.places import layout_of
from processor.rules.registration import participants
from processor.rules.rolls import own_part
from processor.rules.said import said
from processor.rules.templates import chosen

CANCELLATION = "Annulation d'une séance"
_CANCELLED_SUBJECT = "Annulation : {{ seance.nom }}, {{ seance.debut }}"
_CANCELLED_MESSAGE = (
    "Bonjour {{ personne.prenom }} {{ personne.nom }},\n\n"
    "La séance « {{ seance.nom }} » ({{ seance.horaire }}) est annulée. Vous n’avez pas à vous déplacer.\n\n"
    "Veuillez nous excuser de ce changement.\n\n{{ organisme.nom }}"
)
_WHY_NOBODY = "il n’y a personne à inviter pour l’instant ; la demande attend."


def invite_to_seance(snapshot: Snapshot, roll: Roll) -> Decided:
    """The invitations that the row asks for, or that Paramètres ask for some days before; each person once, ever."""
    decided, seance = Decided(), roll.seance
    if not _asked(snapshot, roll):
        return decided
    if roll.finished:
        return _refused(decided, snapshot, seance.place, Fault(
            "invitation-trop-tard", "la séance est finie : on ne peut plus y inviter.",
            "videz la cellule « Inviter », ou corrigez la date de fin."), "les invitations ne sont pas envoyées.") if seance.invite else decided  # fmt: skip
    template = chosen(snapshot, [Kind.SEANCE_INVITATION], seance.invitation_template)
    if isinstance(template, Fault):
        return _refused(
            decided,
            snapshot,
            seance.place,
            template,
            "les invitations ne peuvent pas être faites.",
            Severity.ROW,
        )
    people = participants(roll.attendees)
    if not people and seance.invite:
        fault = Fault("personne-a-inviter", "personne n’est inscrit à cette séance.",
                      "inscrivez des personnes dans la feuille « Inscriptions », ou videz la cellule « Inviter ».")  # fmt: skip
        return _refused(decided, snapshot, seance.place, fault, _WHY_NOBODY)
    because = "« Inviter » est demandé" if seance.invite else "invitation automatique avant la séance"
    for person in people:
        facts = Facts(
            Kind.SEANCE_INVITATION, snapshot.parameters, snapshot.now.date(), seance=roll, person=person
        )
        _letter(decided, snapshot, facts, template, seance.place, because)
    _carried_out(decided, seance.place, seance.code, seance.invite, people)
    if seance.invite and (lost := _untold(snapshot, seance.code, people)):
        decided.did(seance.place, "Journal d’envoi", seance.code, f"{plural(lost, 'invitation')} du classeur sans trace au journal, "
                    "non renvoyée" + ("s" if lost > 1 else ""))  # fmt: skip
    return decided


def _untold(snapshot: Snapshot, code: str, people: Sequence[Attendee]) -> int:
    """How many people the workbook alone says were invited: the journal was lost, or the workbook is a copy."""
    keys = (action_key(Kind.SEANCE_INVITATION, code, person.key) for person in people if person.invited_on)
    return sum(key not in snapshot.known.mails for key in keys)


def _asked(snapshot: Snapshot, roll: Roll) -> bool:
    days = snapshot.parameters.automatic_invitation_days
    soon = days is not None and not roll.finished and roll.seance.start <= snapshot.now + timedelta(days=days)
    return not roll.seance.cancelled and (roll.seance.invite or soon)


def invite_to_session(snapshot: Snapshot, roll: SessionRoll) -> Decided:
    """The invitations to a whole session: one letter a person, with the séances that concern them."""
    decided, session = Decided(), roll.session
    if not session.invite:
        return decided
    template = chosen(snapshot, [Kind.SESSION_INVITATION], session.invitation_template)
    if isinstance(template, Fault):
        return _refused(
            decided,
            snapshot,
            session.place,
            template,
            "les invitations ne peuvent pas être faites.",
            Severity.ROW,
        )
    people = participants(roll.attendees)
    if not people:
        fault = Fault("personne-a-inviter", "personne n’est inscrit à cette session.",
                      "inscrivez des personnes dans la feuille « Inscriptions », ou videz la cellule « Inviter ».")  # fmt: skip
        return _refused(decided, snapshot, session.place, fault, _WHY_NOBODY)
    for person in people:
        facts = Facts(
            Kind.SESSION_INVITATION,
            snapshot.parameters,
            snapshot.now.date(),
            session=own_part(roll, person),
            person=person,
        )
        _letter(decided, snapshot, facts, template, session.place, "« Inviter » est demandé")
    _carried_out(decided, session.place, session.code, True, people)
    return decided


def _letter(
    decided: Decided, snapshot: Snapshot, facts: Facts, template: Template, source: Place, because: str
) -> None:
    """One letter and its mail, unless the journal or the workbook says that the person has had it."""
    person = facts.person
    if person is None or person.invited_on:
        return
    subject = (
        facts.seance.seance.code if facts.seance else facts.session.session.code if facts.session else ""
    )
    key = action_key(facts.kind, subject, person.key)
    if key in snapshot.known.mails or (key in snapshot.known.documents and not mailbox(snapshot, person)):
        return
    decided.documents.append(Document(key, facts.kind, facts, template, said(facts), source, because))
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
                source,
                because,
            )
        )


def _carried_out(decided: Decided, place: Place, code: str, asked: bool, people: Sequence[Attendee]) -> None:
    if asked:
        decided.writes.append(Write(place, "invite", None, "la demande « Inviter » est satisfaite"))
    if not decided.documents and not asked:
        return
    mailed = {mail.key for mail in decided.mails}
    unmailed = [d.facts.person.full_name for d in decided.documents if d.facts.person and d.key not in mailed]
    already = len(people) - len(decided.documents)
    parts = [plural(len(decided.mails), "invitation par courriel", "invitations par courriel")]
    if unmailed:
        parts.append(f"{len(unmailed)} à imprimer faute d’adresse ({', '.join(unmailed)})")
    if already:
        parts.append(f"{plural(already, 'personne', 'personnes')} déjà invitée{'s' if already > 1 else ''}")
    decided.did(place, "Invitation", code, ", ".join(parts))


def _refused(
    decided: Decided,
    snapshot: Snapshot,
    place: Place,
    fault: Fault,
    why: str,
    severity: Severity = Severity.NOTE,
) -> Decided:
    decided.findings.append(
        cell_finding(layout_of(snapshot, place), place.row, "invite", fault, why, severity)
    )
    return decided


def tell_cancellation(snapshot: Snapshot, roll: Roll) -> Decided:
    """A message to each person who had been invited to a séance that is now cancelled, once."""
    decided, seance = Decided(), roll.seance
    if not seance.cancelled or roll.finished:
        return decided
    for person, address in _invited(snapshot, roll):
        key = action_key(CANCELLATION, seance.code, person.key)
        if key in snapshot.known.mails or person.presence is not Presence.UNKNOWN:
            continue
        facts = Facts(
            Kind.SEANCE_INVITATION, snapshot.parameters, snapshot.now.date(), seance=roll, person=person
        )
        decided.mails.append(
            Mail(key, CANCELLATION, facts, person.full_name, address, _CANCELLED_SUBJECT, _CANCELLED_MESSAGE, (), seance.place,
                 "la séance est annulée et la personne avait été invitée")
        )  # fmt: skip
    if decided.mails:
        decided.did(
            seance.place,
            "Annulation",
            seance.code,
            f"{plural(len(decided.mails), 'personne prévenue', 'personnes prévenues')}",
        )
    return decided


def _invited(snapshot: Snapshot, roll: Roll) -> Iterator[tuple[Attendee, str]]:
    for person in roll.attendees:
        mail = snapshot.known.mails.get(action_key(Kind.SEANCE_INVITATION, roll.seance.code, person.key))
        address = person.email or (mail.to if mail else "")
        if address and (mail or person.invited_on):
            yield person, address
