"""What follows a séance, if Paramètres ask for it: the trainer is asked for missing presences, absent people for a reason."""

from collections.abc import Iterator
from datetime import timedelta

from processor.model import Attendee, Facts, Kind, Presence, Roll, participants, unnoted
from processor.model.catalogue import say
from processor.model.keys import action_key
from processor.model.plan import Mail
from processor.model.snapshot import Snapshot
from processor.rules.calendar.expiry import RECENT
from processor.rules.decided import Decided
from processor.rules.news.mailing import mailbox
from processor.rules.news.notices import words
from processor.rules.news.teaching import teaching
from processor.rules.news.told import History, forgotten


def follow_up(snapshot: Snapshot, roll: Roll, past: History) -> Decided:
    """The mails about a séance that is over: at most one to each trainer and one to each person, ever.

    Like automatic attestations they look back a month only, so that an old workbook adopted today writes to nobody.
    """
    decided, seance = Decided(), roll.seance
    if not roll.finished or seance.cancelled or not seance.code or seance.end <= snapshot.now - RECENT:
        return decided
    people = [person.key for person in (*roll.attendees, *teaching(roll))]
    chased, absent = (
        [] if forgotten(snapshot, past, kind, seance.code, people) else list(asked(snapshot, roll))
        for kind, asked in ((Kind.CHASE, _chase), (Kind.ABSENCE, _absences))
    )
    decided.mails += [*chased, *absent]
    if chased:
        names = ", ".join(mail.to_name for mail in chased)
        decided.did(seance.place, Kind.CHASE.label, seance.code, names, chased)
    if absent:
        count = say("news.done", count=len(absent))
        decided.did(seance.place, Kind.ABSENCE.label, seance.code, count, absent)
    return decided


def _chase(snapshot: Snapshot, roll: Roll) -> Iterator[Mail]:
    days, missing = snapshot.parameters.chase_days, unnoted(roll)
    if days is None or not missing or snapshot.now.date() < roll.seance.end.date() + timedelta(days=days):
        return
    late = (snapshot.now.date() - roll.seance.end.date()).days
    days_after = say("aftermath.days", count=late)
    because = say("aftermath.because.missing", count=len(missing), days=days_after)
    for trainer in teaching(roll, snapshot.own_columns):
        yield from _mail(snapshot, roll, trainer, Kind.CHASE, because)


def _absences(snapshot: Snapshot, roll: Roll) -> Iterator[Mail]:
    if not snapshot.parameters.absence_follow_up:
        return
    for person in participants(roll.attendees):
        if person.presence is Presence.ABSENT:
            yield from _mail(snapshot, roll, person, Kind.ABSENCE, say("aftermath.because.absent"))


def _mail(snapshot: Snapshot, roll: Roll, person: Attendee, notice: Kind, because: str) -> Iterator[Mail]:
    to, code = mailbox(snapshot, person), roll.seance.code
    if to and snapshot.known.mail(notice, code, person.key) is None:
        key = action_key(notice, code, person.key)
        (subject, message), missing = words(snapshot, notice), tuple(unnoted(roll))
        facts = Facts(
            notice, snapshot.parameters, snapshot.now.date(), seance=roll, person=person,
            missing=missing if notice is Kind.CHASE else (),
        )  # fmt: skip
        yield Mail(key, notice, facts, person.full_name, to, subject, message, (), roll.seance.place, because)
