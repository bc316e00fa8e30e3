"""Dates and hours as French-speaking people type them; what is ambiguous is refused with an example, never guessed."""

import re
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from processor.model.catalogue import say
from processor.model.findings import Fault
from processor.model.french import MONTHS, WEEKDAYS
from processor.model.names import normalised

_PLAIN_MONTHS = tuple(map(normalised, MONTHS))
_SHORT_MONTHS = {"janv": 1, "jan": 1, "fevr": 2, "fev": 2, "avr": 4, "juil": 7, "jui": 0, "sept": 9, "sep": 9,
                 "oct": 10, "nov": 11, "dec": 12}  # fmt: skip

_DATE = re.compile(
    r"^(?:le\s+)?(?:(?P<weekday>(?!le\s)[a-z]+)\.?,?\s+)?(?:le\s+)?(?:"
    r"(?P<day>\d{1,2})\s*[/.\-]\s*(?P<month>\d{1,2})\s*[/.\-]\s*(?P<year>\d{2,4})"
    r"|(?P<iso_year>\d{4})-(?P<iso_month>\d{1,2})-(?P<iso_day>\d{1,2})"
    r"|(?P<day_word>\d{1,2})(?:er)?[\s\-]+(?P<word>[a-z]+)\.?(?:[\s\-]+(?P<year_word>\d{2,4}))?"
    r")(?:(?:\s*,\s*|\s+[-–]\s+|\s+|t)(?:a\s+|de\s+)?(?P<time>\d.*|midi|minuit))?$"
)
_TIME = re.compile(
    r"^(?P<hour>\d{1,2})\s*(?:(?:[h:]|heures?)\s*(?P<minute>\d{1,2})?)(?:\s*(?:[:m]|min)\s*(?P<second>\d{2})?\s*s?)?$"
)

YEARS = (1990, 2100)
"""The years that a date may have, typed or as Excel's day number: outside, it is a slip of the finger."""


def read_time(text: str) -> time | Fault:
    """An hour of the day.

    >>> [str(read_time(typed)) for typed in ("14h30", "9 h", "14:30", "9 h 05", "midi", "14:30:20")]
    ['14:30:00', '09:00:00', '14:30:00', '09:05:00', '12:00:00', '14:30:20']
    >>> read_time("14").problem
    '« 14 » n’est pas une heure complète.'
    """
    plain = normalised(text)
    if plain in {"midi", "minuit"}:
        return time(12 if plain == "midi" else 0)
    match = _TIME.match(plain)
    if match is None:
        return Fault.of("heure-illisible", "incomplete" if plain.isdigit() else "", typed=text.strip())
    if match["hour"] == "24":
        return Fault.of("heure-illisible", "impossible.midnight", typed=text.strip())
    try:
        return time(int(match["hour"]), int(match["minute"] or 0), int(match["second"] or 0))
    except ValueError:
        return Fault.of("heure-illisible", "impossible", typed=text.strip())


def read_moment(text: str) -> date | datetime | Fault:
    """A date, with its hour if one was typed. Day comes before month; the year has four figures.

    >>> read_moment("12/09/2026 14h30"), read_moment("12 sept. 2026 à 14:30")
    (datetime.datetime(2026, 9, 12, 14, 30), datetime.datetime(2026, 9, 12, 14, 30))
    >>> read_moment("samedi 12 septembre 2026"), read_moment("1er janvier 2027"), read_moment("2026-12-01T09:00")
    (datetime.date(2026, 9, 12), datetime.date(2027, 1, 1), datetime.datetime(2026, 12, 1, 9, 0))
    >>> read_moment("31/02/2027").problem
    '« 31/02/2027 » n’est pas une date qui existe.'
    >>> read_moment("le samedi 12 septembre 2026 - 14h"), read_moment("12/09/0026").problem
    (datetime.datetime(2026, 9, 12, 14, 0), '« 12/09/0026 » : l’année 0026 est presque sûrement une faute de frappe.')
    >>> read_moment("12/09/26").problem
    '« 12/09/26 » : l’année n’a que deux chiffres.'
    >>> read_moment("dimanche 12 septembre 2026").problem
    '« dimanche 12 septembre 2026 » : le 12/09/2026 est un samedi.'
    """
    typed = text.strip()
    match = _DATE.match(normalised(text))
    if match is None:
        return Fault.of("date-illisible", typed=typed)
    day = _day(match, typed)
    if isinstance(day, Fault):
        return day
    wrong = _wrong_weekday(match["weekday"], day, typed)
    if wrong is not None:
        return wrong
    if not match["time"]:
        return day
    hour = read_time(match["time"])
    if isinstance(hour, Fault):
        return replace(hour, problem=say("heure-illisible.after-date.problem", typed=typed))
    return datetime.combine(day, hour)


def _day(match: re.Match[str], typed: str) -> date | Fault:
    year_text = match["year"] or match["iso_year"] or match["year_word"]
    if year_text is None:
        return Fault.of("date-ambigue", "no-year", typed=typed)
    if len(year_text) != 4:
        return Fault.of("date-ambigue", f"figures-{len(year_text)}", typed=typed)
    month = _month(match["word"]) if match["word"] else int(match["month"] or match["iso_month"])
    if not month:
        return Fault.of("date-illisible", "month", typed=typed, month=match["word"])
    try:
        found = date(int(year_text), month, int(match["day"] or match["iso_day"] or match["day_word"]))
    except ValueError:
        return Fault.of("date-illisible", "impossible.swapped" if month > 12 else "impossible", typed=typed)
    return unlikely_year(found, typed) or found


def unlikely_year(day: date, typed: str) -> Fault | None:
    """The fault of a year that no séance of ours has: counting on from 9999 would leave the calendar.

    >>> unlikely_year(date(2026, 12, 1), "01/12/2026") is None
    True
    """
    if YEARS[0] <= day.year <= YEARS[1]:
        return None
    return Fault.of("date-illisible", "year", typed=typed, year=day.year)


def _month(word: str) -> int:
    if word in _PLAIN_MONTHS:
        return _PLAIN_MONTHS.index(word) + 1
    return _SHORT_MONTHS.get(word, 0)


def _wrong_weekday(word: str | None, day: date, typed: str) -> Fault | None:
    if word is None or word == "le":
        return None
    actual = WEEKDAYS[day.weekday()]
    if len(word) >= 2 and actual.startswith(word):
        return None
    if any(name.startswith(word) for name in WEEKDAYS):
        return Fault.of("date-ambigue", "weekday", typed=typed, day=day, weekday=actual)
    return Fault.of("date-illisible", "weekday", typed=typed, word=word)


def from_serial(number: float, date_1904: bool) -> datetime | None:
    """The moment that Excel's day number means, for days of 1990 to 2100; None outside: such a number is no date.

    The 1900 system counts a 29 February 1900 that never was, hence its origin of 30 December 1899 (ISO 29500-1, 18.17.4.1).

    >>> from_serial(46357.375, False)
    datetime.datetime(2026, 12, 1, 9, 0)
    >>> from_serial(44895.375, True)
    datetime.datetime(2026, 12, 1, 9, 0)
    >>> from_serial(20261201, False) is None
    True
    """
    days = number + (1462 if date_1904 else 0)
    if not 32874 <= days < 73415:
        return None
    return datetime(1899, 12, 30) + timedelta(seconds=round(days * 86400))
