"""The reminder some working days before a séance, if Paramètres ask for it; once for each person."""

from processor.model import Facts, Kind, Notice, Roll, participants
from processor.model.keys import action_key
from processor.model.names import normalised
from processor.model.plan import Mail
from processor.model.snapshot import Snapshot
from processor.rules.calendar.closed_days import ClosedDay
from processor.rules.calendar.instants import instant
from processor.rules.calendar.working_days import working_days_before
from processor.rules.decided import Decided, plural
from processor.rules.news.mailing import mailbox
from processor.rules.news.notices import words
from processor.rules.news.told import History, changed, forgotten, told


def remind(snapshot: Snapshot, roll: Roll, past: History, closed: ClosedDay) -> Decided:
    """A reminder to each person who was invited before its day came, and knows the date and place that now hold.

    Who was invited or told of a change since then has just read the date: a second mail would say nothing. Where only
    the workbook remembers an invitation (the journal is lost), its day counts.
    """
    decided, seance, parameters = Decided(), roll.seance, snapshot.parameters
    days = parameters.reminder_days
    if days is None or seance.cancelled or not seance.code:
        return decided
    if instant(seance.start, parameters.zone) <= instant(snapshot.now, parameters.zone):
        return decided
    due = working_days_before(seance.start.date(), days, closed)
    if snapshot.now.date() < due:
        return decided
    people = participants(roll.attendees)
    if forgotten(snapshot, past, Notice.REMINDER, seance.code, (person.key for person in people)):
        return decided
    because = f"la séance a lieu dans {plural(days, 'jour ouvré', 'jours ouvrés')} ou moins"
    (subject, message), news = words(snapshot, Notice.REMINDER), told([roll])
    for person in people:
        key = action_key(Notice.REMINDER, seance.code, person.key)
        before = past.last.get((normalised(seance.code), person.key))
        known_since = before.sent_on if before else person.invited_on
        stale = before is not None and (before.cancelled or changed(before, seance))
        to = mailbox(snapshot, person)
        if not to or key in snapshot.known.mails or stale:
            continue
        if known_since is not None and known_since.date() < due:
            facts = Facts(Kind.SEANCE_INVITATION, parameters, snapshot.now.date(), seance=roll, person=person)
            decided.mails.append(Mail(key, Notice.REMINDER, facts, person.full_name, to, subject, message, (),
                                      seance.place, because, news))  # fmt: skip
    if decided.mails:
        count = plural(len(decided.mails), "personne", "personnes")
        decided.did(seance.place, "Rappel", seance.code, count, decided.mails)
    return decided
