"""What the mails of one night tell calendars: which séances, and which sequence each entry has reached."""

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from processor.journal.records import CalendarRecord
from processor.mail.calendar import Entry, entry_facts, entry_uid, event, next_sequence
from processor.model import Facts, Roll
from processor.model.address import Address
from processor.model.details import lines, link
from processor.model.past import Known
from processor.model.plan import Mail


class Agenda:
    """The entries of one run. Each mail about an invitation carries those of its séances, as they are now."""

    def __init__(self, known: Known, identity: str, sender: Address, now: datetime) -> None:
        self._known, self._identity, self._sender, self._now = known, identity, sender, now
        self._told: dict[str, CalendarRecord] = {}

    @property
    def told(self) -> tuple[CalendarRecord, ...]:
        """What the calendars were told, for the journal: one record an entry."""
        return tuple(self._told.values())

    def part(self, mail: Mail) -> bytes | None:
        """The iCalendar object of a mail, or None where there is nothing to put into a calendar.

        Attestations are about what is over, and carry none. A cancelled séance is struck from a calendar by the mail that is
        about it alone; a session's mail leaves it out.
        """
        facts = mail.facts
        rolls = _rolls(facts)
        if not mail.kind.traits.ahead or not rolls or facts.person is None:
            return None
        entries = [self._entry(roll, mail) for roll in rolls]
        minutes = facts.parameters.calendar_alarm
        written = event(
            [entry for entry, _ in entries],
            self._now.replace(tzinfo=ZoneInfo(facts.parameters.zone)),
            self._sender,
            attendee=mail.to_address,
            ask=facts.parameters.calendar_answers,
            alarm=timedelta(minutes=minutes) if minutes else None,
        )
        self._told |= {entry.uid: record for entry, record in entries}
        return written

    def _entry(self, roll: Roll, mail: Mail) -> tuple[Entry, CalendarRecord]:
        seance, zone = roll.seance, ZoneInfo(mail.facts.parameters.zone)
        uid = entry_uid(seance.code, mail.person, self._identity)
        entry = Entry(
            uid=uid,
            start=seance.start.replace(tzinfo=zone),
            end=seance.end.replace(tzinfo=zone),
            summary=seance.name,
            location=_where(roll) or link(seance),
            description="\n\n".join(
                filter(None, (seance.description, "\n".join(lines(seance)), seance.extra))
            ),
            url=link(seance),
            cancelled=seance.cancelled,
        )
        digest = entry_facts(entry)
        sequence = self._sequence(uid, digest, later=not mail.kind.traits.invites)
        return replace(entry, sequence=sequence), CalendarRecord(uid, sequence, digest)

    def _sequence(self, uid: str, digest: str, *, later: bool) -> int:
        known = self._known.calendar.get(uid)
        # Where the journal was lost, a mail of change or cancellation must still win over the invitation, which was 0.
        return 1 if known is None and later else next_sequence(known, digest)


def _rolls(facts: Facts) -> tuple[Roll, ...]:
    if facts.seance is not None:
        return (facts.seance,)
    return tuple(roll for roll in facts.session.seances if not roll.seance.cancelled) if facts.session else ()


def _where(roll: Roll) -> str:
    venue = roll.venue
    if venue is None:
        return roll.seance.venue
    town = f"{venue.postcode} {venue.city}".strip()
    parts = (venue.name, *venue.address.splitlines(), town)
    return ", ".join(part.strip() for part in parts if part.strip())
