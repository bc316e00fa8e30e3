"""The half-days of a séance, on which a feuille d'émargement is signed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from processor.model import french

_NOON, _LATE_LUNCH = time(12), time(13, 30)


@dataclass(frozen=True)
class Day:
    """One day of a séance: its date and its hours, from start to end."""

    start: datetime
    end: datetime

    @property
    def date(self) -> date:
        """The calendar day."""
        return self.start.date()

    @property
    def morning(self) -> bool:
        """Whether people sign for the morning: it begins before noon."""
        return self.start.time() < _NOON

    @property
    def afternoon(self) -> bool:
        """Whether people sign for the afternoon: it goes on after lunch, or has no morning at all."""
        return self.end.time() > _LATE_LUNCH or not self.morning

    @property
    def hours(self) -> str:
        """The hours of the day, as the table prints them."""
        return french.hours_between(self.start, self.end)


def days(start: datetime, end: datetime) -> Iterator[Day]:
    """The days of a séance in order. A séance of several days keeps its hours on each of them.

    A week-end between two working days is a pause: nobody signs for a Sunday that nobody taught.

    >>> from processor.model.typography import plain
    >>> [plain(day.hours) for day in days(datetime(2026, 12, 1, 9), datetime(2026, 12, 2, 17))]
    ['9 h 00 – 17 h 00', '9 h 00 – 17 h 00']
    >>> [day.date.day for day in days(datetime(2026, 12, 4, 9), datetime(2026, 12, 7, 17))]
    [4, 7]
    """
    if start.date() == end.date() or start.time() >= end.time():
        yield Day(start, end)
        return
    pause = start.weekday() < 5 and end.weekday() < 5
    for offset in range((end.date() - start.date()).days + 1):
        when = start.date() + timedelta(days=offset)
        if not (pause and when.weekday() >= 5):
            yield Day(datetime.combine(when, start.time()), datetime.combine(when, end.time()))
