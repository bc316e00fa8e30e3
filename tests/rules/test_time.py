"""Time against models written another way: second by second, day by day, with the system's own clock rules."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from processor.model import Parameters, Place, RepeatRequest, Seance
from processor.rules.calendar.closed_days import closed_days
from processor.rules.calendar.expiry import expired
from processor.rules.calendar.hours import length_of
from processor.rules.calendar.instants import instant
from processor.rules.calendar.recurrence import occurrence, skipped, wanted_days
from processor.rules.calendar.working_days import working_days_before
from tests.sheets import planned

PARIS = ZoneInfo("Europe/Paris")
ZONES = ["Europe/Paris", "America/Montreal", "Australia/Lord_Howe", "UTC"]
# Around both changes of hour of 2026, the end of a leap February and a week that crosses the year.
DAYS = st.sampled_from([date(2026, 3, 28), date(2026, 10, 24), date(2028, 2, 28), date(2026, 12, 28), date(2026, 3, 7), date(2026, 10, 31)])  # fmt: skip
moments = st.builds(
    lambda day, minutes: datetime(day.year, day.month, day.day) + timedelta(minutes=minutes),
    DAYS,
    st.integers(0, 3 * 1440),
)


def shown(zone: str, near: datetime) -> list[tuple[datetime, int]]:
    """The brute-force model: what a watch in the zone shows, minute by minute of real time, about a moment."""
    start = near.replace(tzinfo=UTC) - timedelta(hours=18)
    real = (start + timedelta(minutes=minute) for minute in range(36 * 60))
    return [(one.astimezone(ZoneInfo(zone)).replace(tzinfo=None), int(one.timestamp())) for one in real]


@settings(max_examples=60)
@given(moments, st.sampled_from(ZONES))
def test_a_moment_is_the_first_at_which_a_watch_shows_it_or_a_later_hour(moment: datetime, zone: str) -> None:
    assert instant(moment, zone) == next(real for watch, real in shown(zone, moment) if watch >= moment)


@settings(max_examples=100)
@given(moments, moments, st.sampled_from(ZONES))
def test_later_on_the_wall_is_never_earlier_in_time(one: datetime, other: datetime, zone: str) -> None:
    assert (instant(one, zone) < instant(other, zone)) <= (one < other)
    assert not expired(one, one, zone)


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [
        ("2026-03-28T22:00", "2026-03-29T06:00", 7.0),
        ("2026-10-24T22:00", "2026-10-25T06:00", 9.0),
        ("2026-03-29T01:00", "2026-03-29T02:30", 1.0),
        ("2026-10-25T00:00", "2026-10-25T02:30", 2.5),
        ("2028-02-29T09:00", "2028-02-29T12:00", 3.0),
        ("2026-12-31T22:00", "2027-01-01T02:00", 4.0),
        ("2026-12-28T09:00", "2027-01-01T12:00", 15.0),
        ("2028-02-28T09:00", "2028-03-01T12:00", 9.0),
    ],
)
def test_the_length_of_odd_seances(start: str, end: str, hours: float) -> None:
    seance = Seance(Place(""), "", "", datetime.fromisoformat(start), datetime.fromisoformat(end))
    assert length_of(seance, Parameters()) == hours


weekdays = st.frozensets(st.integers(0, 6), min_size=1)
starts = st.datetimes(datetime(2026, 1, 1), datetime(2029, 12, 31))


@settings(max_examples=100)
@given(starts, weekdays, st.one_of(st.none(), st.integers(-3, 100)), st.one_of(st.none(), st.integers(1, 14)))
def test_the_dates_of_a_repetition_are_those_of_a_calendar_walked_day_by_day(
    start: datetime, days: frozenset[int], until: int | None, weeks: int | None
) -> None:
    last = start.date() + timedelta(days=until) if until is not None else None
    asked = RepeatRequest(days, last, weeks)
    closed = closed_days(Parameters(), ())
    kept, left = skipped(wanted_days(asked, start.date()), closed)
    expected, day = [], start.date()
    for _ in range(until if until is not None else 7 * (weeks or 0)):
        day = date.fromordinal(day.toordinal() + 1)
        if day.isoweekday() - 1 in days:
            expected.append(day)
    assert sorted([*kept, *(day for day, _ in left)]) == expected
    assert all((day.month, day.day) in FIXED or closed(day) for day, _ in left)
    assert not [day for day in kept if (day.month, day.day) in FIXED]


FIXED = {(1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25)}


@settings(max_examples=100)
@given(starts, st.integers(1, 2000), st.integers(1, 400))
def test_a_copy_keeps_hour_and_length_on_the_wall_over_any_change_of_hour(
    start: datetime, minutes: int, later: int
) -> None:
    start = start.replace(second=0, microsecond=0)
    seance = Seance(Place(""), "", "", start, start + timedelta(minutes=minutes))
    copy = occurrence(seance, start.date() + timedelta(days=later))
    assert (copy.start.time(), copy.end.time()) == (start.time(), seance.end.time())
    assert copy.end - copy.start == timedelta(minutes=minutes)


@settings(max_examples=100)
@given(
    st.dates(date(2026, 1, 1), date(2029, 12, 31)),
    st.integers(0, 15),
    st.frozensets(st.dates(date(2025, 12, 1), date(2029, 12, 31)), max_size=9),
)
def test_working_days_are_counted_as_one_does_on_a_calendar(
    day: date, count: int, shut: frozenset[date]
) -> None:
    found = working_days_before(day, count, lambda one: "fermé" if one in shut else None)
    between = [found + timedelta(days=n) for n in range((day - found).days)]
    assert len([one for one in between if one.weekday() < 5 and one not in shut]) == count
    assert count == 0 or (found.weekday() < 5 and found not in shut)


HEAD = "Code | Nom | Date de début | Date de fin | Répéter les jours | Répéter (semaines)\n"


def copies(row: str, now: datetime) -> list[str]:
    return [f"{c.start:%d/%m/%Y %H:%M}-{c.end:%d/%m %H:%M}" for c in planned(HEAD + row, now).repeats]


def test_a_repetition_over_the_change_of_hour_over_midnight_and_over_the_year() -> None:
    night = "S-1 | Garde | 17/10/2026 22:00 | 18/10/2026 06:00 | samedi | 2"
    assert copies(night, datetime(2026, 10, 1)) == [
        "24/10/2026 22:00-25/10 06:00",
        "31/10/2026 22:00-01/11 06:00",
    ]
    week = "S-1 | Stage | 23/12/2026 09:00 | 23/12/2026 12:00 | lu-ve | 2"
    assert copies(week, datetime(2026, 12, 1))[-4:] == [
        "31/12/2026 09:00-31/12 12:00", "04/01/2027 09:00-04/01 12:00", "05/01/2027 09:00-05/01 12:00", "06/01/2027 09:00-06/01 12:00",
    ]  # fmt: skip
    leap = "S-1 | Bissextile | 28/02/2028 09:00 | 28/02/2028 10:00 | mardi, mercredi | 1"
    assert copies(leap, datetime(2028, 1, 1)) == [
        "29/02/2028 09:00-29/02 10:00",
        "01/03/2028 09:00-01/03 10:00",
    ]


def test_at_the_exact_end_a_seance_is_open_and_a_second_later_it_moves() -> None:
    row = "S-1 | Garde | 24/10/2026 22:00 | 25/10/2026 06:00"
    end = datetime(2026, 10, 25, 6)
    assert not planned(HEAD + row, end).moves
    assert planned(HEAD + row, end + timedelta(seconds=1)).moves
    assert not planned(HEAD + "S-1 | A | 28/03/2027 | 28/03/2027", datetime(2027, 3, 28, 23, 59, 59)).moves
