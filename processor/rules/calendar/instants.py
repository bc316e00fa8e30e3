"""From the clock on the wall to the one line of time: what is before what, and how long something really lasted."""

from datetime import datetime, timedelta, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

_zone = lru_cache(maxsize=8)(ZoneInfo)


def instant(moment: datetime, zone: str) -> float:
    """The wall-clock moment of a named zone as seconds since 1970, so that later on the wall is never earlier here.

    An hour that exists twice (the last Sunday of October) means its first passage. One that does not exist (the last
    Sunday of March) means the very moment of the change: Python's own reading would put 02:30 after 03:15.

    >>> [instant(datetime(2026, 3, 29, *hour), "Europe/Paris") - 1774746000 for hour in ((1, 59), (2, 30), (3, 0), (3, 15))]
    [-60.0, 0.0, 0.0, 900.0]
    """
    there = _zone(zone)
    first = moment.replace(tzinfo=there)
    if _skipped(moment, there):
        return _change(first)
    return first.timestamp()


def hours_between(start: datetime, end: datetime, zone: str) -> float:
    """The hours that really pass between two wall-clock moments: eight on the wall are seven or nine on two nights a year.

    >>> hours_between(datetime(2026, 10, 24, 22), datetime(2026, 10, 25, 6), "Europe/Paris")
    9.0
    """
    return (instant(end, zone) - instant(start, zone)) / 3600


def skipped_hour(moment: datetime, zone: str) -> bool:
    """Whether the clocks jump over that hour, so that no watch ever shows it.

    >>> skipped_hour(datetime(2026, 3, 29, 2, 30), "Europe/Paris"), skipped_hour(datetime(2026, 3, 29, 3), "Europe/Paris")
    (True, False)
    """
    return _skipped(moment, _zone(zone))


def _skipped(moment: datetime, there: tzinfo) -> bool:
    # PEP 495: before a jump forward the first reading has the smaller offset, before a jump back the greater one.
    before = there.utcoffset(moment.replace(tzinfo=there))
    after = there.utcoffset(moment.replace(tzinfo=there, fold=1))
    return before is not None and after is not None and before < after


def _change(first: datetime) -> float:
    """The moment of the change in whose gap the wall-clock time falls."""
    late = int(first.timestamp())
    early = int(first.replace(fold=1).timestamp()) - 1
    offset = first.replace(fold=1).utcoffset() or timedelta()
    while late - early > 1:
        middle = (early + late) // 2
        if datetime.fromtimestamp(middle, first.tzinfo).utcoffset() == offset:
            late = middle
        else:
            early = middle
    return float(late)
