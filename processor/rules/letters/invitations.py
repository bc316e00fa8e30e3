"""Who is invited tonight, and by what."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from processor.model import Attendee, Facts, Kind, Place, Roll, SessionRoll, Template, participants
from processor.model.findings import Fault, Severity
from processor.model.keys import action_key
from processor.model.names import normalised
from processor.model.past import MailState
from processor.model.plan import Document, Write
from processor.model.snapshot import Snapshot
from processor.rules.decided import Decided, plural
from processor.rules.letters.dates_shown import noted
from processor.rules.letters.said import said
from processor.rules.letters.templates import chosen
from processor.rules.news.mailing import mailbox
from processor.rules.news.told import History, told
from processor.rules.registering.rolls import OwnParts

_WHY_TEMPLATE = "les invitations ne peuvent pas être faites sans modèle ; la demande est gardée."
_WHY_NOBODY = "il n’y a personne à inviter pour l’instant ; la demande attend."


@dataclass(frozen=True)
class _Occasion:
    """What people are invited to, a séance or a session, and why now.

    `people` are all who have a seat, `fresh` those who may still be written to, `told` those whom the workbook says were
    invited. `letter` gives the facts of one person's letter and what it tells, for the journal.
    """

    kind: Kind
    place: Place
    code: str
    what: str
    asked: bool
    because: str
    template: str
    people: tuple[Attendee, ...]
    fresh: tuple[Attendee, ...]
    told: tuple[Attendee, ...]
    letter: Callable[[Attendee], tuple[Facts, str]]


def invite_to_seance(snapshot: Snapshot, roll: Roll, past: History) -> Decided:
    """The invitations that the row asks for, or that Paramètres ask for some days before; each person once, ever.

    Once a séance has been invited to, whoever joins it later is invited on their own: nobody asks again for one person.
    """
    seance, because = roll.seance, _reason(snapshot, roll, past)
    if not because or (roll.finished and not seance.invite):
        return Decided()
    if roll.finished:
        return _refused(snapshot, seance.place, Fault(
            "invitation-trop-tard", "la séance est finie : on ne peut plus y inviter.",
            "videz la cellule « Inviter », ou corrigez la date de fin."), "les invitations ne sont pas envoyées.")  # fmt: skip
    people, news = participants(roll.attendees), told([roll])

    def letter(person: Attendee) -> tuple[Facts, str]:
        return Facts(
            Kind.SEANCE_INVITATION, snapshot.parameters, snapshot.now.date(), seance=roll, person=person
        ), news

    known = tuple(person for person in people if person.invited_on and seance.invite)
    return _invited(snapshot, past, _Occasion(
        Kind.SEANCE_INVITATION, seance.place, seance.code, "cette séance", seance.invite, because,
        seance.invitation_template, people, people, known, letter))  # fmt: skip


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
    session, kind = roll.session, Kind.SESSION_INVITATION
    ahead = any(not held.seance.cancelled and held.seance.start > snapshot.now for held in roll.seances)
    if not session.invite and not (ahead and normalised(session.code) in past.invited_sessions):
        return Decided()
    people, before = participants(roll.attendees), noted(snapshot, session.code, "invited_on")
    parts = OwnParts(roll)

    def letter(person: Attendee) -> tuple[Facts, str]:
        mine = parts.registered(person)
        facts = Facts(kind, snapshot.parameters, snapshot.now.date(), session=mine, person=person)
        return facts, told(held for held in mine.seances if held.seance.code)

    fresh = tuple(
        p for p in people if p.key not in before or _version(snapshot, past, kind, session.code, p) > 1
    )
    known = tuple(person for person in people if person.key in before)
    return _invited(snapshot, past, _Occasion(
        kind, session.place, session.code, "cette session", session.invite, _ASKED if session.invite else _JOINED,
        session.invitation_template, people, fresh, known, letter))  # fmt: skip


def _invited(snapshot: Snapshot, past: History, to: _Occasion) -> Decided:
    """A letter to each person who has had none; a request that cannot be answered yet stays and says why."""
    due = [(p, version) for p in to.fresh if (version := _version(snapshot, past, to.kind, to.code, p))]
    if not to.asked and not due:
        return Decided()
    template = chosen(snapshot, [to.kind], to.template)
    if isinstance(template, Fault):
        return _refused(snapshot, to.place, template, _WHY_TEMPLATE, Severity.ROW)
    if not to.people and to.asked:
        return _refused(snapshot, to.place, Fault(
            "personne-a-inviter", f"personne n’est inscrit à {to.what}.",
            "inscrivez des personnes dans la feuille « Inscriptions », ou videz la cellule « Inviter »."), _WHY_NOBODY)  # fmt: skip
    decided = Decided()
    for person, version in due:
        _letter(decided, snapshot, to, template, person, version)
    _carried_out(decided, to.place, to.code, to.asked, to.people)
    untold = [p for p in to.told if snapshot.known.mail(to.kind, to.code, p.key) is None]
    _note_untold(decided, to.place, to.code, len(untold))
    return decided


def _note_untold(decided: Decided, place: Place, code: str, count: int) -> None:
    """How many people the workbook alone says were invited: the journal was lost, or the workbook is a copy."""
    if count:
        several = "s" if count > 1 else ""
        detail = f"{plural(count, 'invitation')} du classeur sans trace au journal, non renvoyée{several}"
        decided.did(place, "Journal d’envoi", code, detail)


def _version(snapshot: Snapshot, past: History, kind: Kind, code: str, person: Attendee) -> int:
    """Which letter of its kind the person is to have now: the first, another one, or none (0).

    Another one goes, by itself, only to an address that staff corrected after the mail before it was refused or came back;
    a mail whose fate is unknown is not followed by another.
    """
    before = past.letters.get((kind, normalised(code), person.key), ())
    to = mailbox(snapshot, person)
    if before:
        last = before[-1]
        lost = last.state is MailState.REFUSED or (
            last.state is MailState.SENT and last.to.key in snapshot.known.bounced
        )
        return len(before) + 1 if lost and to and to.key != last.to.key else 0
    printed = not to and snapshot.known.document(kind, code, person.key) is not None
    told_of = snapshot.known.mail(kind, code, person.key) is not None
    return 0 if person.invited_on or told_of or printed else 1


def _letter(
    decided: Decided, snapshot: Snapshot, to: _Occasion, template: Template, person: Attendee, version: int
) -> None:
    """The letter of one person and its mail; another version of the mail goes to an address that was corrected."""
    (facts, news), key = to.letter(person), action_key(to.kind, to.code, person.key)
    because = "l’adresse a été corrigée, et l’invitation n’était pas arrivée" if version > 1 else to.because
    document = Document(key, to.kind, facts, template, said(facts), to.place, because)
    again = action_key(to.kind, to.code, person.key, version)
    decided.letter(document, mailbox(snapshot, person), news, again)


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
    snapshot: Snapshot, place: Place, fault: Fault, why: str, severity: Severity = Severity.NOTE
) -> Decided:
    return Decided(findings=[snapshot.finding(place, "invite", fault, why, severity)])
