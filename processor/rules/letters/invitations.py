"""Who is invited tonight, and by what."""

from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta

from processor.model import Attendee, Facts, Kind, Place, Roll, SessionRoll, participants
from processor.model.catalogue import say
from processor.model.findings import Fault
from processor.model.names import normalised
from processor.model.snapshot import Snapshot
from processor.rules.decided import Decided
from processor.rules.letters.dates_shown import noted
from processor.rules.letters.inviting import Occasion, invited, refused, version_due
from processor.rules.news.told import History, told
from processor.rules.registering.rolls import OwnParts


def invitations(snapshot: Snapshot, seances: Iterable[Roll], sessions: Iterable[SessionRoll], past: History,
                unasked: Callable[[Decided], Decided]) -> Mapping[Place, Decided]:  # fmt: skip
    """The invitations to each séance and session, by the place of its row; `unasked` judges those that no row asks for."""
    found: dict[Place, Decided] = {}
    for roll in seances:
        sent, row = invite_to_seance(snapshot, roll, past), roll.seance
        found[row.place] = sent if row.invite else unasked(sent)
    for whole in sessions:
        sent, session = invite_to_session(snapshot, whole, past), whole.session
        found[session.place] = sent if session.invite else unasked(sent)
    return found


def invite_to_seance(snapshot: Snapshot, roll: Roll, past: History) -> Decided:
    """The invitations that the row asks for, or that Paramètres ask for some days before; each person once, ever.

    Once a séance has been invited to, whoever joins it later is invited on their own: nobody asks again for one person.
    """
    seance, because = roll.seance, _reason(snapshot, roll, past)
    if not because or (roll.finished and not seance.invite):
        return Decided()
    if roll.finished:
        return refused(
            snapshot, seance.place, Fault.of("invitation-trop-tard"), say("invitation-trop-tard.why")
        )
    people, news = participants(roll.attendees), told([roll])

    def letter(person: Attendee) -> tuple[Facts, str]:
        return Facts(
            Kind.SEANCE_INVITATION, snapshot.parameters, snapshot.now.date(), seance=roll, person=person
        ), news

    known = tuple(person for person in people if person.invited_on and seance.invite)
    return invited(snapshot, past, Occasion(
        Kind.SEANCE_INVITATION, seance.place, seance.code, "seance", seance.invite, because,
        seance.invitation_template, people, people, known, letter))  # fmt: skip


def _reason(snapshot: Snapshot, roll: Roll, past: History) -> str:
    """Why invitations go out, as a slug, or nothing. Days are counted on the calendar; what has begun invites nobody by itself."""
    seance, days = roll.seance, snapshot.parameters.automatic_invitation_days
    if seance.cancelled or seance.invite:
        return "invitations.because.asked" if seance.invite and not seance.cancelled else ""
    if seance.start <= snapshot.now or roll.finished:
        return ""
    if normalised(seance.code) in past.invited or any(person.invited_on for person in roll.attendees):
        return "invitations.because.joined"
    if days is not None and seance.start.date() <= snapshot.now.date() + timedelta(days=days):
        return "invitations.because.automatic"
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
        p for p in people if p.key not in before or version_due(snapshot, past, kind, session.code, p) > 1
    )
    known = tuple(person for person in people if person.key in before)
    because = "invitations.because.asked" if session.invite else "invitations.because.joined"
    return invited(snapshot, past, Occasion(
        kind, session.place, session.code, "session", session.invite, because,
        session.invitation_template, people, fresh, known, letter))  # fmt: skip
