"""Who is invited tonight, and by what."""

from collections.abc import Sequence
from datetime import timedelta

from processor.model import Attendee, Facts, Kind, Place, Roll, SessionRoll, Template, participants
from processor.model.findings import Fault, Severity
from processor.model.keys import action_key
from processor.model.names import normalised
from processor.model.plan import Document, Write
from processor.model.snapshot import Snapshot
from processor.rules.decided import Decided, plural
from processor.rules.letters.dates_shown import noted
from processor.rules.letters.said import said
from processor.rules.letters.templates import chosen
from processor.rules.news.mailing import REFUSED, mailbox
from processor.rules.news.told import History, told
from processor.rules.registering.rolls import OwnParts

_WHY_TEMPLATE = "les invitations ne peuvent pas être faites sans modèle ; la demande est gardée."
_WHY_NOBODY = "il n’y a personne à inviter pour l’instant ; la demande attend."


def invite_to_seance(snapshot: Snapshot, roll: Roll, past: History) -> Decided:
    """The invitations that the row asks for, or that Paramètres ask for some days before; each person once, ever.

    Once a séance has been invited to, whoever joins it later is invited on their own: nobody asks again for one person.
    """
    decided, seance = Decided(), roll.seance
    reason = _reason(snapshot, roll, past)
    if not reason:
        return decided
    if roll.finished:
        return _refused(decided, snapshot, seance.place, Fault(
            "invitation-trop-tard", "la séance est finie : on ne peut plus y inviter.",
            "videz la cellule « Inviter », ou corrigez la date de fin."), "les invitations ne sont pas envoyées.") if seance.invite else decided  # fmt: skip
    people = participants(roll.attendees)
    if not seance.invite and not any(
        _version(snapshot, past, Kind.SEANCE_INVITATION, seance.code, p) for p in people
    ):
        return decided
    template = chosen(snapshot, [Kind.SEANCE_INVITATION], seance.invitation_template)
    if isinstance(template, Fault):
        return _refused(decided, snapshot, seance.place, template, _WHY_TEMPLATE, Severity.ROW)
    if not people and seance.invite:
        fault = Fault("personne-a-inviter", "personne n’est inscrit à cette séance.",
                      "inscrivez des personnes dans la feuille « Inscriptions », ou videz la cellule « Inviter ».")  # fmt: skip
        return _refused(decided, snapshot, seance.place, fault, _WHY_NOBODY)
    news = told([roll])
    for person in people:
        facts = Facts(
            Kind.SEANCE_INVITATION, snapshot.parameters, snapshot.now.date(), seance=roll, person=person
        )
        _letter(decided, snapshot, past, facts, template, reason, news)
    _carried_out(decided, seance.place, seance.code, seance.invite, people)
    if seance.invite:
        _note_untold(decided, seance.place, seance.code, _untold(snapshot, seance.code, people))
    return decided


def _note_untold(decided: Decided, place: Place, code: str, count: int) -> None:
    if count:
        several = "s" if count > 1 else ""
        detail = f"{plural(count, 'invitation')} du classeur sans trace au journal, non renvoyée{several}"
        decided.did(place, "Journal d’envoi", code, detail)


def _untold(snapshot: Snapshot, code: str, people: Sequence[Attendee]) -> int:
    """How many people the workbook alone says were invited: the journal was lost, or the workbook is a copy."""
    keys = (action_key(Kind.SEANCE_INVITATION, code, person.key) for person in people if person.invited_on)
    return sum(key not in snapshot.known.mails for key in keys)


_ASKED = "« Inviter » est demandé"
_JOINED = "la personne s’est inscrite après les invitations"


def _reason(snapshot: Snapshot, roll: Roll, past: History) -> str:
    """Why invitations go out, or nothing. Days are counted on the calendar; what has begun invites nobody by itself."""
    seance, days = roll.seance, snapshot.parameters.automatic_invitation_days
    if seance.cancelled or seance.invite:
        return _ASKED if seance.invite and not seance.cancelled else ""
    if seance.start <= snapshot.now or roll.finished:
        return ""
    if normalised(seance.code) in past.invited or any(person.invited_on for person in roll.attendees):
        return _JOINED
    if days is not None and seance.start.date() <= snapshot.now.date() + timedelta(days=days):
        return "invitation automatique avant la séance"
    return ""


def invite_to_session(snapshot: Snapshot, roll: SessionRoll, past: History) -> Decided:
    """The invitations to a whole session: one letter a person, with the séances that concern them.

    Who joins a session after its invitations is invited on their own, as long as a séance is still to come.
    """
    decided, session = Decided(), roll.session
    ahead = any(not held.seance.cancelled and held.seance.start > snapshot.now for held in roll.seances)
    late = normalised(session.code) in past.invited_sessions and ahead
    if not session.invite and not late:
        return decided
    people, told_before = participants(roll.attendees), noted(snapshot, session.code, "invited_on")
    fresh = [
        p
        for p in people
        if p.key not in told_before or _version(snapshot, past, Kind.SESSION_INVITATION, session.code, p) > 1
    ]
    if not session.invite and not any(
        _version(snapshot, past, Kind.SESSION_INVITATION, session.code, p) for p in fresh
    ):
        return decided
    template = chosen(snapshot, [Kind.SESSION_INVITATION], session.invitation_template)
    if isinstance(template, Fault):
        return _refused(decided, snapshot, session.place, template, _WHY_TEMPLATE, Severity.ROW)
    if not people and session.invite:
        fault = Fault("personne-a-inviter", "personne n’est inscrit à cette session.",
                      "inscrivez des personnes dans la feuille « Inscriptions », ou videz la cellule « Inviter ».")  # fmt: skip
        return _refused(decided, snapshot, session.place, fault, _WHY_NOBODY)
    parts = OwnParts(roll)
    for person in fresh:
        facts = Facts(
            Kind.SESSION_INVITATION,
            snapshot.parameters,
            snapshot.now.date(),
            session=parts.registered(person),
            person=person,
        )
        because = _ASKED if session.invite else _JOINED
        _letter(decided, snapshot, past, facts, template, because, told(_held(facts)))
    _carried_out(decided, session.place, session.code, session.invite, people)
    keys = (action_key(Kind.SESSION_INVITATION, session.code, p.key) for p in people if p.key in told_before)
    _note_untold(decided, session.place, session.code, sum(key not in snapshot.known.mails for key in keys))
    return decided


def _version(snapshot: Snapshot, past: History, kind: Kind, code: str, person: Attendee) -> int:
    """Which letter of its kind the person is to have now: the first, another one, or none (0).

    Another one goes, by itself, only to an address that staff corrected after the mail before it was refused or came back;
    a mail whose fate is unknown is not followed by another.
    """
    before = past.letters.get((kind, normalised(code), person.key), ())
    to = mailbox(snapshot, person)
    if before:
        last = before[-1]
        lost = last.state == REFUSED or (last.state == "sent" and last.to.key in snapshot.known.bounced)
        return len(before) + 1 if lost and to and to.key != last.to.key else 0
    key = action_key(kind, code, person.key)
    printed = key in snapshot.known.documents and not to
    return 0 if person.invited_on or key in snapshot.known.mails or printed else 1


def _letter(
    decided: Decided,
    snapshot: Snapshot,
    past: History,
    facts: Facts,
    template: Template,
    because: str,
    news: str,
) -> None:
    """One letter and its mail, which tells `news`, unless the journal or the workbook says that the person has had it."""
    person = facts.person
    about = facts.seance.seance if facts.seance else facts.session.session if facts.session else None
    if about is None:
        return
    subject, source = about.code, about.place
    version = _version(snapshot, past, facts.kind, subject, person) if person else 0
    if person is None or not version:
        return
    key = action_key(facts.kind, subject, person.key)
    if version > 1:
        because = "l’adresse a été corrigée, et l’invitation n’était pas arrivée"
    document = Document(key, facts.kind, facts, template, said(facts), source, because)
    decided.letter(
        document, mailbox(snapshot, person), news, action_key(facts.kind, subject, person.key, version)
    )


def _held(facts: Facts) -> list[Roll]:
    rolls = facts.session.seances if facts.session else ()
    return [roll for roll in rolls if roll.seance.code]


def _carried_out(decided: Decided, place: Place, code: str, asked: bool, people: Sequence[Attendee]) -> None:
    if asked:
        decided.writes.append(Write(place, "invite", None, "la demande « Inviter » est satisfaite"))
    if not decided.documents and not asked:
        return
    mailed = {key for mail in decided.mails for key in mail.documents}
    unmailed = [d.facts.person.full_name for d in decided.documents if d.facts.person and d.key not in mailed]
    already = len(people) - len(decided.documents)
    sent = len(decided.mails)
    parts = [plural(sent, "invitation par courriel", "invitations par courriel")] if sent else []
    if unmailed:
        parts.append(f"{len(unmailed)} à imprimer faute d’adresse ({', '.join(unmailed)})")
    if already:
        parts.append(f"{plural(already, 'personne', 'personnes')} déjà invitée{'s' if already > 1 else ''}")
    decided.did(place, "Invitation", code, ", ".join(parts) or "personne à inviter", decided.documents)


def _refused(
    decided: Decided,
    snapshot: Snapshot,
    place: Place,
    fault: Fault,
    why: str,
    severity: Severity = Severity.NOTE,
) -> Decided:
    decided.findings.append(snapshot.finding(place, "invite", fault, why, severity))
    return decided
