"""A séance where or when it should not be: outside its session, on a closed day, at an hour that does not exist, in too small a room."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from processor.model import Place, Roll, Session, participants
from processor.model.catalogue import say
from processor.model.findings import Fault, Finding, Severity
from processor.model.plan import Repeat
from processor.model.snapshot import Snapshot
from processor.reading.state import ACCEPTED
from processor.rules.calendar.closed_days import ClosedDay
from processor.rules.calendar.instants import skipped_hour
from processor.rules.calendar.spans import dates
from processor.rules.rows.clashes import accept_where

_SHOWN = 5


def misplaced(
    snapshot: Snapshot, rolls: Iterable[Roll], repeats: Iterable[Repeat], closed: ClosedDay
) -> Iterator[Finding]:
    """The notes on séances that are still ahead; those that staff accept with a reason, or cancelled, are silent."""
    ahead = {
        roll.seance.place: roll
        for roll in rolls
        if not roll.finished and not roll.seance.cancelled and not roll.seance.accepted
    }
    accept = say("misplaced.accept", accepted=ACCEPTED, where=accept_where(snapshot))
    for place, roll in ahead.items():
        one = _Ahead(roll, closed, snapshot.parameters.zone, accept)
        for field, fault, why in (told for check in CHECKS for told in check(one)):
            yield _finding(snapshot, place, field, fault, why)
    yield from _copies(snapshot, ahead, repeats)


def _finding(snapshot: Snapshot, place: Place, field: str, fault: Fault, why: str) -> Finding:
    layout = snapshot.layout_at(place)
    shown = field if layout.has(field) else "day"
    return snapshot.finding(place, shown, fault, why, Severity.NOTE)


@dataclass(frozen=True)
class _Ahead:
    """A séance still to come, its days, those that are closed, and how staff accept what is told of it."""

    roll: Roll
    closed: ClosedDay
    zone: str
    accept: str

    @cached_property
    def days(self) -> list[date]:
        return list(dates(self.roll.seance))


_Said = Iterator[tuple[str, Fault, str]]


def _outside_session(one: _Ahead) -> _Said:
    session, days = one.roll.session, one.days
    if session is not None and (fault := outside(session, days[0], days[-1], one.accept)):
        yield "start", fault, say("hors-dates-de-session.why")


def _on_closed_day(one: _Ahead) -> _Said:
    shut = [(day, reason) for day in one.days if (reason := one.closed(day))]
    if shut:
        told = ", ".join(say("misplaced.day", day=day, reason=reason) for day, reason in shut[:_SHOWN])
        yield "start", Fault.of("jour-ferme", days=told, accept=one.accept), say("jour-ferme.why")


def _at_no_hour(one: _Ahead) -> _Said:
    for field, moment in (("start", one.roll.seance.start), ("end", one.roll.seance.end)):
        if skipped_hour(moment, one.zone):
            yield field, Fault.of("heure-inexistante", moment=moment), say("heure-inexistante.why")


def _in_small_room(one: _Ahead) -> _Said:
    people, venue = len(participants(one.roll.attendees)), one.roll.venue
    if venue is not None and venue.capacity is not None and people > venue.capacity:
        seats, name = say("seats", count=venue.capacity), one.roll.seance.venue
        fault = Fault.of("lieu-trop-petit", count=people, seats=seats, venue=name, accept=one.accept)
        yield "venue", fault, say("lieu-trop-petit.why")


CHECKS: tuple[Callable[[_Ahead], _Said], ...] = (
    _outside_session,
    _on_closed_day,
    _at_no_hour,
    _in_small_room,
)


def outside(session: Session, first: date, last: date, accept: str) -> Fault | None:
    """The fault of days outside the session's; a session without dates says nothing.

    >>> session = Session(Place("Sessions", 2), "P1", "Printemps", start=date(2026, 3, 1), end=date(2026, 6, 30))
    >>> outside(session, date(2026, 7, 1), date(2026, 7, 1), "…").problem
    'la séance est en dehors des dates de la session « P1 », qui finit le 30/06/2026.'
    >>> outside(session, date(2026, 6, 30), date(2026, 6, 30), "…") is None
    True
    """
    early = session.start is not None and first < session.start
    late = session.end is not None and last > session.end
    if not early and not late:
        return None
    edge, day = ("before", session.start) if early else ("after", session.end)
    return Fault.of("hors-dates-de-session", edge, session=session.code, day=day, accept=accept)


def _copies(snapshot: Snapshot, ahead: dict[Place, Roll], repeats: Iterable[Repeat]) -> Iterator[Finding]:
    """One note for the copies that would fall outside the session; closed days are skipped by the repetition itself."""
    out: dict[Place, list[date]] = {}
    for repeat in repeats:
        roll = ahead.get(repeat.source)
        last = (repeat.end - timedelta(seconds=1)).date()
        if roll and roll.session and outside(roll.session, repeat.start.date(), last, ""):
            out.setdefault(repeat.source, []).append(repeat.start.date())
    for place, days in out.items():
        told = ", ".join(f"{day:%d/%m/%Y}" for day in days[:_SHOWN]) + ("…" if days[_SHOWN:] else "")
        session = ahead[place].session
        code = session.code if session else ""
        fault = Fault.of("hors-dates-de-session", "copies", count=len(days), session=code, days=told)
        yield _finding(snapshot, place, "until", fault, say("hors-dates-de-session.copies.why"))
