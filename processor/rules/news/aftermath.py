"""What follows a séance, if Paramètres ask for it: the trainer is asked for missing presences, absent people for a reason."""

from collections.abc import Iterator
from datetime import timedelta

from processor.model import Attendee, Facts, Kind, Notice, Presence, Roll, participants, unnoted
from processor.model.keys import action_key
from processor.model.plan import Mail
from processor.model.snapshot import Snapshot
from processor.rules.calendar.expiry import RECENT
from processor.rules.decided import Decided, plural
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
        for kind, asked in ((Notice.CHASE, _chase), (Notice.ABSENCE, _absences))
    )
    decided.mails += [*chased, *absent]
    if chased:
        decided.did(
            seance.place, Notice.CHASE, seance.code, ", ".join(mail.to_name for mail in chased), chased
        )
    if absent:
        decided.did(seance.place, Notice.ABSENCE, seance.code, plural(len(absent), "personne"), absent)
    return decided


def _chase(snapshot: Snapshot, roll: Roll) -> Iterator[Mail]:
    days, missing = snapshot.parameters.chase_days, unnoted(roll)
    if days is None or not missing or snapshot.now.date() < roll.seance.end.date() + timedelta(days=days):
        return
    late = (snapshot.now.date() - roll.seance.end.date()).days
    because = f"{plural(len(missing), 'présence manque', 'présences manquent')} {plural(late, 'jour')} après la séance"
    for trainer in teaching(roll, snapshot.own_columns):
        yield from _mail(snapshot, roll, trainer, Notice.CHASE, because)


def _absences(snapshot: Snapshot, roll: Roll) -> Iterator[Mail]:
    if not snapshot.parameters.absence_follow_up:
        return
    for person in participants(roll.attendees):
        if person.presence is Presence.ABSENT:
            yield from _mail(
                snapshot, roll, person, Notice.ABSENCE, "absence non justifiée à une séance finie"
            )


def _mail(snapshot: Snapshot, roll: Roll, person: Attendee, notice: Notice, because: str) -> Iterator[Mail]:
    key = action_key(notice, roll.seance.code, person.key)
    to = mailbox(snapshot, person)
    if to and key not in snapshot.known.mails:
        (subject, message), missing = words(snapshot, notice), tuple(unnoted(roll))
        facts = Facts(
            Kind.SEANCE_ATTESTATION, snapshot.parameters, snapshot.now.date(), seance=roll, person=person,
            missing=missing if notice is Notice.CHASE else (),
        )  # fmt: skip
        yield Mail(key, notice, facts, person.full_name, to, subject, message, (), roll.seance.place, because)
