"""Dates, hours and counts as the pages say them, the same whatever the machine's locale."""

from datetime import date, datetime, time

_DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip
_SHORT = (
    "janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc.",
)  # fmt: skip
_LAST_MINUTE = time(23, 59)


def day(when: date) -> str:
    """The date in full.

    >>> day(date(2026, 12, 1))
    'mardi 1 décembre 2026'
    """
    return f"{_DAYS[when.weekday()]} {when.day} {_MONTHS[when.month - 1]} {when.year}"


def short_day(when: date) -> str:
    """The date for a column of a table.

    >>> short_day(date(2026, 12, 1))
    'mar. 1 déc. 2026'
    """
    return f"{_DAYS[when.weekday()][:3]}. {when.day} {_SHORT[when.month - 1]} {when.year}"


def hour(when: datetime) -> str:
    """The hour, held together by no-break spaces; nothing for the last minute of a day, which says that none was given.

    >>> hour(datetime(2026, 12, 1, 9)), hour(datetime(2026, 12, 1, 23, 59, 59))
    ('9\\xa0h\\xa000', '')
    """
    return "" if when.time() >= _LAST_MINUTE else f"{when.hour}\u00a0h\u00a0{when.minute:02}"


def hours(count: float) -> str:
    """A number of hours in hours and minutes.

    >>> [said.replace("\xa0", " ") for said in (hours(3.5), hours(14), hours(0.75))]
    ['3 h 30', '14 h', '45 min']
    """
    whole, minutes = divmod(round(count * 60), 60)
    if not whole and minutes:
        return f"{minutes}\u00a0min"
    return f"{whole}\u00a0h" + (f"\u00a0{minutes:02}" if minutes else "")


def moment(when: datetime) -> str:
    """Date and hour.

    >>> moment(datetime(2026, 12, 1, 14, 30))
    'mardi 1 décembre 2026 à 14\\xa0h\\xa030'
    """
    return f"{day(when)} à {hour(when)}" if hour(when) else day(when)


def span(start: datetime, end: datetime) -> str:
    """From when to when.

    >>> span(datetime(2026, 12, 1, 9), datetime(2026, 12, 1, 12, 30)).replace("\\xa0", " ")
    'mardi 1 décembre 2026 de 9 h 00 à 12 h 30'
    >>> span(datetime(2026, 12, 1, 9), datetime(2026, 12, 2, 17)).replace("\\xa0", " ")
    'du mardi 1 décembre 2026 à 9 h 00 au mercredi 2 décembre 2026 à 17 h 00'
    >>> span(datetime(2026, 12, 1), datetime(2026, 12, 1, 23, 59, 59))
    'mardi 1 décembre 2026'
    """
    if start.date() != end.date():
        if start.time() == time() and not hour(end):
            return f"du {day(start)} au {day(end)}"
        return f"du {moment(start)} au {moment(end)}"
    if hour(end):
        return f"{day(start)} de {hour(start)} à {hour(end)}"
    return day(start) if start.time() == time() else f"{day(start)} à partir de {hour(start)}"


def several(count: int, noun: str, plural: str = "") -> str:
    """The count with its noun; zero and one are singular, as French has it.

    >>> several(0, "inscrit"), several(2, "inscrit"), several(2, "à vérifier", "à vérifier")
    ('0 inscrit', '2 inscrits', '2 à vérifier')
    """
    return f"{count} {noun if count < 2 else plural or noun + 's'}"


def capital(said: str) -> str:
    """The same with a capital first letter, the rest untouched.

    >>> capital("élan de Zoé")
    'Élan de Zoé'
    """
    return said[:1].upper() + said[1:]
