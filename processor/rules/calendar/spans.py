"""The stretches of time that a séance really takes: a séance of several days is held by day, not through the nights."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from processor.model import Seance

Span = tuple[datetime, datetime]
_LAST_MINUTE = time(23, 59)
_LONGEST = 366


def spans(start: datetime, end: datetime) -> tuple[Span, ...]:
    """The stretches in order, on the wall clock. A séance of several days keeps its hours on each of them.

    A week-end between two working days is a pause. A séance that ends earlier in the day than it began goes through
    the night: it is one stretch. The feuille d'émargement counts the same days.

    >>> [f"{first:%d %H}-{last:%d %H}" for first, last in spans(datetime(2026, 12, 3, 9), datetime(2026, 12, 7, 17))]
    ['03 09-03 17', '04 09-04 17', '07 09-07 17']
    >>> len(spans(datetime(2026, 12, 3, 22), datetime(2026, 12, 4, 6)))
    1
    """
    days = (end.date() - start.date()).days
    if not days or start.time() >= end.time() or days > _LONGEST:
        return ((start, end),)
    pause = start.weekday() < 5 and end.weekday() < 5
    dates = (start.date() + timedelta(days=offset) for offset in range(days + 1))
    return tuple(
        (datetime.combine(day, start.time()), datetime.combine(day, end.time()))
        for day in dates
        if not (pause and day.weekday() >= 5)
    )


def has_hours(seance: Seance) -> bool:
    """Whether staff gave an hour of the end: 23:59:59 stands for a date alone, and says nothing of a length.

    >>> from processor.model import Place
    >>> has_hours(Seance(Place(""), "", "", datetime(2026, 12, 1, 9), datetime(2026, 12, 1, 23, 59, 59)))
    False
    """
    return seance.end.time() < _LAST_MINUTE


def dates(seance: Seance) -> Iterator[date]:
    """Each day that the séance touches, once; an end at midnight touches the day before, not the new one.

    >>> from processor.model import Place
    >>> [d.day for d in dates(Seance(Place(""), "", "", datetime(2026, 12, 24, 22), datetime(2026, 12, 25, 2)))]
    [24, 25]
    """
    for first, last in spans(seance.start, seance.end):
        until = max(first, last - timedelta(seconds=1)).date()
        day = first.date()
        while day <= until:
            yield day
            day += timedelta(days=1)
