"""The reminder some working days before a séance, if Paramètres ask for it; once for each person."""

from collections.abc import Iterable, Iterator
from datetime import date

from processor.model import Attendee, Facts, Kind, Roll, participants
from processor.model.catalogue import say
from processor.model.keys import action_key
from processor.model.names import normalised
from processor.model.plan import Mail
from processor.model.snapshot import Snapshot
from processor.rules.calendar.closed_days import ClosedDay
from processor.rules.calendar.instants import instant
from processor.rules.calendar.working_days import working_days_before
from processor.rules.decided import Decided
from processor.rules.news.mailing import mailbox
from processor.rules.news.notices import words
from processor.rules.news.told import History, changed, forgotten, told


def remind(snapshot: Snapshot, roll: Roll, past: History, closed: ClosedDay) -> Decided:
    """A reminder to each person who was invited before its day came, and knows the date and place that now hold.

    Who was invited or told of a change since then has just read the date: a second mail would say nothing. Where only
    the workbook remembers an invitation (the journal is lost), its day counts.
    """
    decided, seance, days = Decided(), roll.seance, snapshot.parameters.reminder_days
    due = _due(snapshot, roll, closed)
    people = participants(roll.attendees)
    if due is None or days is None:
        return decided
    if forgotten(snapshot, past, Kind.REMINDER, seance.code, (person.key for person in people)):
        return decided
    because = say("reminders.because", count=days)
    expecting = (person for person in people if _expects(person, roll, past, due))
    decided.mails += _mails(snapshot, roll, expecting, because)
    if decided.mails:
        count = say("news.done", count=len(decided.mails))
        decided.did(seance.place, Kind.REMINDER.label, seance.code, count, decided.mails)
    return decided


def _due(snapshot: Snapshot, roll: Roll, closed: ClosedDay) -> date | None:
    """The day of the reminder where it has come; None where there is none, or not yet, or the séance has begun."""
    seance, parameters, today = roll.seance, snapshot.parameters, snapshot.now.date()
    if parameters.reminder_days is None or seance.cancelled or not seance.code:
        return None
    if instant(seance.start, parameters.zone) <= instant(snapshot.now, parameters.zone):
        return None
    due = working_days_before(seance.start.date(), parameters.reminder_days, closed)
    return due if today >= due else None


def _expects(person: Attendee, roll: Roll, past: History, due: date) -> bool:
    """Whether the person has known since before that day what still holds."""
    before = past.last.get((normalised(roll.seance.code), person.key))
    since = before.sent_on if before else person.invited_on
    stale = before is not None and (before.cancelled or changed(before, roll.seance))
    return not stale and since is not None and since.date() < due


def _mails(snapshot: Snapshot, roll: Roll, people: Iterable[Attendee], because: str) -> Iterator[Mail]:
    seance, (subject, message), news = roll.seance, words(snapshot, Kind.REMINDER), told([roll])
    for person in people:
        key, to = action_key(Kind.REMINDER, seance.code, person.key), mailbox(snapshot, person)
        if to and snapshot.known.mail(Kind.REMINDER, seance.code, person.key) is None:
            facts = Facts(Kind.REMINDER, snapshot.parameters, snapshot.now.date(), seance=roll, person=person)
            yield Mail(key, Kind.REMINDER, facts, person.full_name, to, subject, message, (),
                       seance.place, because, news)  # fmt: skip
