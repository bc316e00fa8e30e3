"""French dates, hours, lists and counts as finished strings, the same on every machine whatever its locale.

What must not be parted at the end of a line is held together by no-break spaces (U+00A0).
"""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip
_SHORT = (
    "janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc.",
)  # fmt: skip
_LAST_MINUTE = time(23, 59)


def day(when: date) -> str:
    """The date in full.

    >>> day(date(2026, 12, 1)), day(date(2026, 12, 2))
    ('mardi 1er décembre 2026', 'mercredi 2 décembre 2026')
    """
    return f"{WEEKDAYS[when.weekday()]} {_number(when)} {MONTHS[when.month - 1]} {when.year}"


def short_day(when: date) -> str:
    """The date for a column of a table.

    >>> short_day(date(2026, 12, 1))
    'mar. 1er déc. 2026'
    """
    return f"{WEEKDAYS[when.weekday()][:3]}. {_number(when)} {_SHORT[when.month - 1]} {when.year}"


def _number(when: date) -> str:
    return "1er" if when.day == 1 else str(when.day)


def hour(when: datetime) -> str:
    """The hour, with two figures of minutes; nothing for the last minute of a day, which says that none was given.

    >>> hour(datetime(2026, 12, 1, 9)), hour(datetime(2026, 12, 1, 23, 59, 59))
    ('9\\xa0h\\xa000', '')
    """
    return "" if ends_with_the_day(when) else f"{when.hour}\u00a0h\u00a0{when.minute:02}"


def ends_with_the_day(end: datetime) -> bool:
    """Whether an end is the 23:59 that stands for « no hour was given ».

    >>> ends_with_the_day(datetime(2026, 12, 1, 23, 59, 59))
    True
    """
    return end.time() >= _LAST_MINUTE


def moment(when: datetime) -> str:
    """Date and hour together.

    >>> moment(datetime(2026, 12, 1, 14, 30)), moment(datetime(2026, 12, 1, 23, 59, 59))
    ('mardi 1er décembre 2026 à 14\\xa0h\\xa030', 'mardi 1er décembre 2026')
    """
    return day(when) if ends_with_the_day(when) else f"{day(when)} à {hour(when)}"


def hours_between(start: datetime, end: datetime) -> str:
    """The hours of one day, for a table; nothing when no hour was given.

    >>> said = hours_between(datetime(2026, 12, 1, 9), datetime(2026, 12, 1, 12, 30))
    >>> said.replace("\\xa0", " "), said.count("\\xa0")
    ('9 h 00 – 12 h 30', 5)
    >>> hours_between(datetime(2026, 12, 1, 9), datetime(2026, 12, 1, 23, 59, 59)).replace("\\xa0", " ")
    'à partir de 9 h 00'
    >>> hours_between(datetime(2026, 12, 1), datetime(2026, 12, 1, 23, 59, 59))
    ''
    """
    if not ends_with_the_day(end):
        return f"{hour(start)}\u00a0– {hour(end)}"
    return "" if start.time() == time() else f"à partir de {hour(start)}"


def schedule(start: datetime, end: datetime) -> str:
    """From when to when, in a sentence.

    >>> schedule(datetime(2026, 12, 1, 9), datetime(2026, 12, 1, 12, 30)).replace("\\xa0", " ")
    'mardi 1er décembre 2026 de 9 h 00 à 12 h 30'
    >>> schedule(datetime(2026, 12, 1, 9), datetime(2026, 12, 2, 17)).replace("\\xa0", " ")
    'du mardi 1er décembre 2026 à 9 h 00 au mercredi 2 décembre 2026 à 17 h 00'
    >>> schedule(datetime(2026, 12, 1, 9), datetime(2026, 12, 1, 23, 59, 59)).replace("\\xa0", " ")
    'mardi 1er décembre 2026 à partir de 9 h 00'
    """
    if start.date() != end.date():
        hourless = start.time() == time() and ends_with_the_day(end)
        return days(start, end) if hourless else f"du {moment(start)} au {moment(end)}"
    if ends_with_the_day(end):
        return f"{day(start)} {hours_between(start, end)}".strip()
    return f"{day(start)} de {hour(start)} à {hour(end)}"


def days(first: date | None, last: date | None) -> str:
    """From which day to which day; one end alone, or none, when that is all that is known.

    >>> days(date(2026, 12, 1), date(2026, 12, 2))
    'du mardi 1er décembre 2026 au mercredi 2 décembre 2026'
    >>> days(date(2026, 12, 1), date(2026, 12, 1)), days(date(2026, 12, 1), None)
    ('le mardi 1er décembre 2026', 'à partir du mardi 1er décembre 2026')
    """
    if first is None:
        return f"jusqu’au {day(last)}" if last else ""
    if last is None:
        return f"à partir du {day(first)}"
    if day(first) == day(last):
        return f"le {day(first)}"
    return f"du {day(first)} au {day(last)}"


def duration(start: datetime, end: datetime) -> str:
    """How long a séance lasts: in hours within one day, in days beyond, because nights are not hours of training.

    >>> duration(datetime(2026, 12, 1, 9), datetime(2026, 12, 1, 12, 30))
    '3\\xa0h\\xa030'
    >>> duration(datetime(2026, 12, 1, 9), datetime(2026, 12, 2, 17))
    '2\\xa0jours'
    >>> duration(datetime(2026, 12, 1, 9), datetime(2026, 12, 1, 23, 59, 59))
    ''
    """
    if start.date() != end.date():
        return f"{(end.date() - start.date()).days + 1}\u00a0jours"
    return "" if ends_with_the_day(end) else hours((end - start) / timedelta(hours=1))


def hours(count: float | None) -> str:
    """A number of hours in hours and minutes, rounded to the minute; nothing for an unknown number.

    >>> [said.replace("\\xa0", " ") for said in (hours(3.5), hours(14), hours(0.75), hours(None))]
    ['3 h 30', '14 h', '45 min', '']
    """
    if count is None:
        return ""
    whole, minutes = divmod(round(count * 60), 60)
    if not whole and minutes:
        return f"{minutes}\u00a0min"
    return f"{whole}\u00a0h" + (f"\u00a0{minutes:02}" if minutes else "")


def listed(words: Iterable[str]) -> str:
    """The words as a French enumeration, blanks left out.

    >>> listed(["Anne Martin", "", "Luc Petit", "Zoé Dupont"])
    'Anne Martin, Luc Petit et Zoé Dupont'
    """
    *others, last = [word for word in words if word] or [""]
    return f"{', '.join(others)} et {last}" if others else last


def lines(*parts: str) -> str:
    """The parts that say something, one a line, as an address is written.

    >>> lines("12 rue des Lilas", "", "69003 Lyon")
    '12 rue des Lilas\\n69003 Lyon'
    """
    return "\n".join(part.strip() for part in parts if part.strip())


def capital(said: str) -> str:
    """The same with a capital first letter, the rest untouched.

    >>> capital("élan de Zoé")
    'Élan de Zoé'
    """
    return said[:1].upper() + said[1:]
