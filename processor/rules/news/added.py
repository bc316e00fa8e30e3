"""Séances that a session gains after its people were invited: each is told of them once, in one mail for all of a night."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from processor.model import Attendee, Facts, Kind, Registering, Roll, SessionRoll, participants
from processor.model.catalogue import say
from processor.model.keys import action_key
from processor.model.names import normalised
from processor.model.plan import Mail
from processor.model.snapshot import Snapshot
from processor.rules.decided import Decided
from processor.rules.news.mailing import mailbox
from processor.rules.news.told import History, told, when
from processor.rules.registering.registration import registering
from processor.rules.registering.rolls import OwnParts


def tell_added(snapshot: Snapshot, roll: SessionRoll, past: History, tonight: Collection[Mail]) -> Decided:
    """One mail to each person whose letter about the session named fewer Automatique séances than they are now expected at.

    What was told is in the journal, with each mail. A séance whose own invitation leaves `tonight`, or that any mail ever told
    of, is no news; Manuelle and Publique séances have their own invitation, which staff ask for. Where the journal is lost
    nobody knows what the letter said, so nothing is sent.
    """
    decided, session = Decided(), roll.session
    if normalised(session.code) not in past.invited_sessions:
        return decided
    leaving = {(mail.kind, normalised(mail.seance or mail.session), mail.person) for mail in tonight}
    parts = OwnParts(replace(roll, seances=tuple(_ahead(snapshot, roll))))
    for person in participants(roll.attendees):
        again = (Kind.SESSION_INVITATION, normalised(session.code), person.key) in leaving
        told_by = past.of_sessions.get((normalised(session.code), person.key), ())
        if Kind.SESSION_INVITATION in told_by and not again:
            mine = parts.registered(person)
            fresh = tuple(one for one in mine.seances if _news(one, person, past, leaving))
            decided.mails += _mail(snapshot, replace(mine, seances=fresh), person, told_by) if fresh else ()
    if decided.mails:
        detail = say("news.done.told", count=len(decided.mails))
        decided.did(session.place, say("added.done"), session.code, detail, decided.mails)
    return decided


def _ahead(snapshot: Snapshot, roll: SessionRoll) -> Iterator[Roll]:
    sessions = {normalised(roll.session.code): roll.session}
    for held in roll.seances:
        automatic = registering(held.seance, sessions) is Registering.AUTOMATIC
        if automatic and held.seance.start > snapshot.now:
            yield held


def _news(held: Roll, person: Attendee, past: History, leaving: Collection[tuple[Kind, str, str]]) -> bool:
    one = (normalised(held.seance.code), person.key)
    if one in past.mentioned or (Kind.SEANCE_INVITATION, *one) in leaving:
        return False
    return all(other.invited_on is None for other in held.attendees if other.key == person.key)


def _mail(snapshot: Snapshot, part: SessionRoll, person: Attendee, before: Sequence[Kind]) -> Iterator[Mail]:
    """The mail, its version counting those before it."""
    to, session = mailbox(snapshot, person), part.session
    if not to:
        return
    facts = Facts(
        Kind.ADDED, snapshot.parameters, snapshot.now.date(), session=part, person=person,
        changes=tuple(_line(held) for held in part.seances),
    )  # fmt: skip
    key = action_key(Kind.ADDED, session.code, person.key, 1 + before.count(Kind.ADDED))
    yield Mail(
        key, Kind.ADDED, facts, person.full_name, to, Kind.ADDED.subject, Kind.ADDED.message, (), session.place, say("added.because"),
        told(part.seances),
    )  # fmt: skip


def _line(held: Roll) -> str:
    seance = held.seance
    slug = "added.seance.venue" if seance.venue else "added.seance"
    return say(slug, name=seance.name, when=when(seance.start, seance.end), venue=seance.venue)
