"""When a séance is finished, and which rows change sheet for it."""

from datetime import datetime, timedelta

from processor.model import FINISHED_SHEET, OPEN_SHEET, Seance
from processor.model.catalogue import say
from processor.model.plan import Move
from processor.rules.calendar.instants import instant

RECENT = timedelta(days=31)
"""How far back a rule looks that acts unasked: an old workbook adopted today writes to nobody who once came."""


def expired(end: datetime, now: datetime, zone: str = "Europe/Paris") -> bool:
    """Whether a séance is over: its end is past; at the very moment of its end it is still open (Claroline's `end < now`).

    Both are wall-clock times of the zone; they are compared as instants, so that the hour that exists twice in October
    counts once: a time in that hour means its first passage.

    >>> expired(datetime(2026, 12, 1, 2), datetime(2026, 12, 1, 2)), expired(datetime(2026, 12, 1, 1, 59), datetime(2026, 12, 1, 2))
    (False, True)
    """
    return instant(end, zone) < instant(now, zone)


def move_of(seance: Seance, in_open: bool, now: datetime, zone: str) -> Move | None:
    """The move that the end date asks for: to the finished sheet, or back when staff moved the end into the future."""
    over = expired(seance.end, now, zone)
    if in_open and over:
        return Move(
            seance.place,
            seance.code,
            FINISHED_SHEET,
            say("moving.over", end=seance.end),
        )
    if not in_open and not over:
        return Move(
            seance.place,
            seance.code,
            OPEN_SHEET,
            say("moving.back", end=seance.end),
        )
    return None
