"""The dates on which a séance repeats, as Claroline counts them, minus the closed days."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from processor.model import RepeatRequest, Seance
from processor.rules.calendar.closed_days import ClosedDay

LONGEST = timedelta(days=5 * 366)


@dataclass(frozen=True)
class Occurrence:
    """One copy to make: from start to end, on the wall clock."""

    start: datetime
    end: datetime


def last_day(request: RepeatRequest, start: date) -> date:
    """The last day on which a copy may fall: « jusqu'au » wins over weeks; N weeks end N × 7 days after the original.

    More weeks than anyone may ask for are one week too many: no calendar holds the day that they would lead to.

    >>> last_day(RepeatRequest(frozenset({0}), None, 2), date(2026, 6, 1))
    datetime.date(2026, 6, 15)
    """
    if request.until:
        return request.until
    return start + timedelta(weeks=min(request.weeks or 0, LONGEST.days // 7 + 1))


def wanted_days(request: RepeatRequest, start: date) -> Iterator[date]:
    """The asked days, from the day after the original to the last one, inclusive; the original is no copy of itself.

    The examples are Claroline's, from Monday 1 June 2026:

    >>> [day.day for day in wanted_days(RepeatRequest(frozenset({0}), None, 1), date(2026, 6, 1))]
    [8]
    >>> [day.day for day in wanted_days(RepeatRequest(frozenset({0, 2}), None, 1), date(2026, 6, 1))]
    [3, 8]
    >>> len(list(wanted_days(RepeatRequest(frozenset(range(7)), None, 1), date(2026, 6, 1))))
    7
    >>> [day.day for day in wanted_days(RepeatRequest(frozenset(range(5)), None, 1), date(2026, 6, 1))]
    [2, 3, 4, 5, 8]
    """
    end = min(last_day(request, start), start + LONGEST)
    for days in range(1, (end - start).days + 1):
        day = start + timedelta(days=days)
        if day.weekday() in request.weekdays:
            yield day


def occurrence(seance: Seance, day: date) -> Occurrence:
    """The copy on that day, at the same hour and of the same length on the wall clock, also across a change of hour.

    >>> from processor.model import Place
    >>> night = Seance(Place("", 1), "", "", datetime(2026, 10, 24, 22), datetime(2026, 10, 25, 6))
    >>> occurrence(night, date(2026, 10, 31)).end
    datetime.datetime(2026, 11, 1, 6, 0)
    """
    start = datetime.combine(day, seance.start.time())
    return Occurrence(start, start + seance.length)


def skipped(days: Iterator[date], closed: ClosedDay) -> tuple[list[date], list[tuple[date, str]]]:
    """The days that are open, and the closed ones with the reason, so that nobody wonders where a date went."""
    kept, left = [], []
    for day in days:
        reason = closed(day)
        if reason is None:
            kept.append(day)
        else:
            left.append((day, reason))
    return kept, left
