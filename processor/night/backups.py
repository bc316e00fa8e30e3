"""Which backups of the workbook are kept: many of the last days, fewer of the past, never all thrown away."""

import re
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path

from processor.workbook.package.filenames import shortened
from processor.workbook.package.replace import BACKUP_ROOM

LAST, DAYS, WEEKS, MONTHS = 10, 7, 4, 12
_STAMP = r"(\d{4}-\d{2}-\d{2} \d{2}-\d{2}-\d{2}) [0-9a-f]{6}(?: \(\d+\))?"


def kept(moments: Iterable[datetime]) -> set[datetime]:
    """The moments whose backup stays: the last ten, and the newest of each of 7 days, 4 weeks and 12 months.

    These are the words and the rule of restic's `forget --keep-*`: a period counts when it has a backup, so that an
    office closed for the summer does not lose what it has by coming back.

    >>> days = [datetime(2026, 1, day, hour) for day in range(1, 29) for hour in (2, 3)]
    >>> sorted({moment.day for moment in kept(days)})
    [11, 18, 22, 23, 24, 25, 26, 27, 28]
    """
    newest_first = sorted(moments, reverse=True)
    rules: tuple[tuple[int, Callable[[datetime], object]], ...] = (
        (LAST, lambda moment: moment),
        (DAYS, lambda moment: moment.date()),
        (WEEKS, lambda moment: moment.isocalendar()[:2]),
        (MONTHS, lambda moment: (moment.year, moment.month)),
    )
    staying: set[datetime] = set()
    for count, period in rules:
        newest_of: dict[object, datetime] = {}
        for moment in newest_first:
            newest_of.setdefault(period(moment), moment)
        staying.update(list(newest_of.values())[:count])
    return staying


def prune(backups: Path, workbook: Path) -> int:
    """Removes the backups of this workbook that the rule does not keep, and returns how many.

    Only names that the night itself gives are looked at: a copy that someone put there is theirs.
    """
    name = re.compile(
        re.escape(shortened(workbook.stem, BACKUP_ROOM)) + " " + _STAMP + re.escape(workbook.suffix)
    )
    moments = {
        path: moment
        for path in backups.glob("*")
        if (match := name.fullmatch(path.name)) and (moment := _moment(match[1]))
    }
    staying = kept(moments.values())
    leaving = [path for path, moment in moments.items() if moment not in staying]
    for path in leaving:
        path.unlink(missing_ok=True)
    return len(leaving)


def _moment(stamp: str) -> datetime | None:
    """The moment that a stamp names, or None where it is no moment, as in a name that someone typed."""
    day, _, hour = stamp.partition(" ")
    try:
        return datetime.fromisoformat(f"{day} {hour.replace('-', ':')}")
    except ValueError:
        return None
