"""The calendar entry of a séance (RFC 5545), as programs show it: added once, moved when the séance moves, struck when
it is cancelled. The times are in UTC: one event needs no time-zone rules, and every program shows its own clock."""

import hashlib
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from icalendar import Alarm, Calendar, Event, vCalAddress, vText

from processor.model.address import NOWHERE, Address

PRODUCT = "-//Seances//Calendrier//FR"


class Method(StrEnum):
    """What the receiver's program is asked to do (RFC 5546, section 3.2).

    PUBLISH offers the entry and asks for nothing: it is what staff want for a convocation. REQUEST asks each person
    to accept or decline, and every answer is a mail to the sender.
    """

    PUBLISH = "PUBLISH"
    REQUEST = "REQUEST"
    CANCEL = "CANCEL"


@dataclass(frozen=True)
class Entry:
    """One séance in the calendar of one person. `start` and `end` must be aware.

    `sequence` is the number of times that the date, the place or the state changed since the first invitation.
    """

    uid: str
    start: datetime
    end: datetime
    summary: str
    location: str = ""
    description: str = ""
    url: str = ""
    cancelled: bool = False
    sequence: int = 0


def entry_uid(seance_code: str, person_key: str, identity: str) -> str:
    """The identity of the entry: the same for ever for one séance, one person and one workbook (`identity`).

    >>> entry_uid("S-0001", "zoe@exemple.fr", "b7") == entry_uid("S-0001", "zoe@exemple.fr", "b7")
    True
    >>> entry_uid("S-0001", "zoe@exemple.fr", "b7").endswith("@seances")
    True
    """
    said = "\0".join((seance_code, person_key, identity))
    return hashlib.blake2b(said.encode(), digest_size=16).hexdigest() + "@seances"


def entry_facts(entry: Entry) -> str:
    """A digest of what makes an entry another one: dates, place, state. A new description is not worth an alarm."""
    said = "\0".join(
        (_utc(entry.start).isoformat(), _utc(entry.end).isoformat(), entry.location, str(entry.cancelled))
    )
    return hashlib.sha256(said.encode()).hexdigest()


def next_sequence(known: tuple[int, str] | None, facts: str) -> int:
    """The sequence of an entry whose last one is `known` (its sequence and facts), raised only when the facts changed.

    >>> next_sequence(None, "a"), next_sequence((0, "a"), "a"), next_sequence((0, "a"), "b")
    (0, 0, 1)
    """
    if known is None:
        return 0
    sequence, before = known
    return sequence if before == facts else sequence + 1


def event(
    entries: Entry | Sequence[Entry],
    stamp: datetime,
    organizer: Address,
    attendee: Address = NOWHERE,
    ask: bool = False,
    alarm: timedelta | None = None,
) -> bytes:
    """The iCalendar object for one entry, or for all those of a session: CRLF lines of at most 75 bytes.

    `stamp` is the aware time of the run that says it, so the same run gives the same bytes. `ask` makes it a REQUEST to
    `attendee` (the very address of To); for several entries it is ignored, since a request is about one. An alarm
    rings that long before the start. Raises `ValueError` for times without offset or an end before the start.
    """
    several = [entries] if isinstance(entries, Entry) else list(entries)
    for entry in several:
        if entry.start.tzinfo is None or entry.end.tzinfo is None or entry.end < entry.start:
            raise ValueError("an entry starts before it ends, both with their offset")
    method = _method(several, ask and bool(attendee))
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", method.value)
    for entry in several:
        calendar.add_component(_event(entry, method, stamp, organizer, attendee, alarm))
    return bytes(calendar.to_ical())


def _method(entries: Sequence[Entry], ask: bool) -> Method:
    # One object has one METHOD: the cancelled séances of a session stand in a publication with their STATUS.
    if len(entries) == 1 and entries[0].cancelled:
        return Method.CANCEL
    return Method.REQUEST if ask and len(entries) == 1 else Method.PUBLISH


def _event(
    entry: Entry,
    method: Method,
    stamp: datetime,
    organizer: Address,
    attendee: Address,
    alarm: timedelta | None,
) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", _utc(stamp))
    event.add("dtstart", _utc(entry.start))
    event.add("dtend", _utc(entry.end))
    event.add("sequence", entry.sequence)
    event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    for name, value in (
        ("summary", entry.summary),
        ("location", entry.location),
        ("description", entry.description),
    ):
        if value:
            event.add(name, _clean(value))
    if entry.url:
        event.add("url", entry.url)
    event.add("organizer", _person(organizer))
    if attendee and (method is not Method.PUBLISH):
        event.add("attendee", _asked(attendee, method), encode=False)
    if alarm and not entry.cancelled:
        event.add_component(_alarm(alarm, entry.summary))
    return event


def _clean(text: str) -> str:
    # RFC 5545, section 3.3.11: no control character but the line break, which icalendar writes as \n.
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(mark for mark in lines if mark in "\n\t" or unicodedata.category(mark) not in ("Cc", "Cs"))


def _person(found: Address) -> vCalAddress:
    person = vCalAddress(f"mailto:{found.wire}")
    if found.name:
        person.params["CN"] = vText(found.name.replace('"', ""))
    return person


def _asked(found: Address, method: Method) -> vCalAddress:
    person = _person(found)
    if method is Method.REQUEST:
        person.params["ROLE"] = vText("REQ-PARTICIPANT")
        person.params["PARTSTAT"] = vText("NEEDS-ACTION")
        person.params["RSVP"] = vText("TRUE")
    return person


def _alarm(before: timedelta, summary: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", summary)
    alarm.add("trigger", -abs(before))
    return alarm


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)
