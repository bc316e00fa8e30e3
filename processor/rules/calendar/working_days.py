"""Working days: Monday to Friday, without public holidays and the office's own closures."""

from datetime import date, timedelta

from processor.rules.calendar.closed_days import ClosedDay

_LONGEST = 366


def working_days_before(day: date, count: int, closed: ClosedDay) -> date:
    """The day that stands that many working days before another; the other itself for 0.

    It is never later than the calendar would allow: a reminder two working days before Monday leaves on Thursday.

    >>> working_days_before(date(2026, 12, 7), 2, lambda day: None)
    datetime.date(2026, 12, 3)
    >>> working_days_before(date(2026, 12, 28), 1, lambda day: "Noël" if day == date(2026, 12, 25) else None)
    datetime.date(2026, 12, 24)
    """
    found, left = day, count
    for back in range(1, _LONGEST + count * 2):
        if not left:
            break
        one = day - timedelta(days=back)
        if one.weekday() < 5 and closed(one) is None:
            found, left = one, left - 1
    return found
