"""Who is told that a séance to which they were invited has changed, is cancelled, or takes place after all; once a change."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from processor.model import Attendee, Facts, Kind, Presence, Role, Roll, Status
from processor.model.address import NOWHERE, Address
from processor.model.catalogue import say
from processor.model.keys import action_key
from processor.model.names import normalised
from processor.model.plan import Mail
from processor.model.snapshot import Snapshot
from processor.rules.decided import Decided
from processor.rules.news.mailing import mailbox
from processor.rules.news.notices import words
from processor.rules.news.teaching import teaching
from processor.rules.news.told import History, Told, changed, told


def tell_changes(snapshot: Snapshot, roll: Roll, past: History) -> Decided:
    """One mail to each invited person and trainer who knows something else than what now holds: a Modification, or a cancellation.

    What was told is in the journal, with each mail; so a séance that was moved and moved back between two nights says
    nothing, and a copy, which nobody was told of, has no history. Who has left the séance is not bothered any more.
    """
    decided, seance = Decided(), roll.seance
    if roll.finished or not seance.code:
        return decided
    for person, address, before in _told(snapshot, roll, past):
        if seance.cancelled:
            decided.mails += _cancel(snapshot, roll, person, address, before, past)
        elif before is not None:
            decided.mails += _change(snapshot, roll, person, address, before, past)
    for kind, action in ((Kind.CANCELLATION, "changes.done.cancelled"), (Kind.MODIFICATION, "changes.done")):
        mails = [mail for mail in decided.mails if mail.kind is kind]
        if mails:
            detail = say("news.done.told", count=len(mails))
            decided.did(seance.place, say(action), seance.code, detail, mails)
    return decided


def _told(snapshot: Snapshot, roll: Roll, past: History) -> Iterator[tuple[Attendee, Address, Told | None]]:
    """Who had been told, where they are written to, and what they know; None where only the workbook remembers.

    The trainers know what the first who were invited knew, since they were named on the séance then.
    """
    trainers = {trainer.key: trainer for trainer in teaching(roll, snapshot.own_columns)}
    invited = [person for person in roll.attendees if person.key not in trainers]
    for person in (*invited, *trainers.values()):
        if person.status is Status.WITHDRAWN or person.presence is not Presence.UNKNOWN:
            continue
        who = _who(roll, person)
        before = past.last.get(who) or (past.taught.get(who) if person.key in trainers else None)
        if before is None and who not in past.kinds and person.invited_on is None:
            continue
        mail = snapshot.known.mail(Kind.SEANCE_INVITATION, roll.seance.code, person.key)
        address = mailbox(snapshot, replace(person, email=person.email or (mail.to if mail else NOWHERE)))
        if address and (before or mail or person.invited_on):
            yield person, address, before


def _cancel(
    snapshot: Snapshot, roll: Roll, person: Attendee, address: Address, before: Told | None, past: History
) -> Iterator[Mail]:
    if before.cancelled if before else Kind.CANCELLATION in past.kinds.get(_who(roll, person), ()):
        return
    # The person must recognise the séance: a date that changed together with the cancellation was never told.
    known = before or roll.seance
    because = say(f"changes.because.cancelled.{_knew(person)}")
    news = _News(Kind.CANCELLATION, (known.start, known.end), because=because)
    yield _mail(snapshot, roll, person, address, news, past)


def _change(
    snapshot: Snapshot, roll: Roll, person: Attendee, address: Address, before: Told, past: History
) -> Iterator[Mail]:
    parts = changed(before, roll.seance)
    if parts:
        because = say(f"changes.because.changed.{_knew(person)}", changes=" ; ".join(parts))
        news = _News(Kind.MODIFICATION, (before.start, before.end), parts, because)
        yield _mail(snapshot, roll, person, address, news, past)


@dataclass(frozen=True)
class _News:
    notice: Kind
    announced: tuple[datetime, datetime]
    changes: tuple[str, ...] = ()
    because: str = ""


def _knew(person: Attendee) -> str:
    return "teaches" if person.role is Role.TRAINER else "invited"


def _mail(
    snapshot: Snapshot, roll: Roll, person: Attendee, address: Address, news: _News, past: History
) -> Mail:
    """The mail. Its version counts the updates before it, so that each change is told, and told once."""
    facts = Facts(
        news.notice, snapshot.parameters, snapshot.now.date(), seance=roll, person=person,
        changes=news.changes, announced=news.announced,
    )  # fmt: skip
    kinds = past.kinds.get(_who(roll, person), ())
    version = 1 + kinds.count(Kind.CANCELLATION) + kinds.count(Kind.MODIFICATION)
    subject, message = words(snapshot, news.notice)
    return Mail(
        action_key(news.notice, roll.seance.code, person.key, version),
        news.notice, facts, person.full_name, address, subject, message, (), roll.seance.place, news.because,
        told([roll]),
    )  # fmt: skip


def _who(roll: Roll, person: Attendee) -> tuple[str, str]:
    return normalised(roll.seance.code), person.key
