"""What one cell means, in each of the forms that people and Excel give it."""

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from processor.model.catalogue import quoted
from processor.model.findings import Fault
from processor.model.names import normalised
from processor.model.nearest import nearest
from processor.model.sheets import Accepts, Column
from processor.reading.dates import from_serial, read_moment, read_time, unlikely_year
from processor.reading.grid import INVISIBLE, Cell
from processor.reading.state import read_state
from processor.reading.weekdays import read_weekdays

_YES = {"oui", "o", "x", "vrai", "true", "yes", "1", "✓", "✔"}
_MOST = 999_999  # beyond it a number of places, weeks or days is a slip, and no calendar could count it
_MOST_HOURS = 9_999
_NO = {"non", "n", "faux", "false", "no", "0", "-"}


def text_of(cell: Cell) -> str:
    """The text a person would read in the cell: numbers without a useless decimal, dates in French figures.

    >>> text_of(Cell(67000.0)), text_of(Cell(12.5)), text_of(Cell(True)), text_of(Cell(datetime(2026, 12, 1, 9)))
    ('67000', '12,5', 'oui', '01/12/2026 09:00')
    """
    value = cell.value
    if cell.error:
        return cell.error
    if value is None:
        return ""
    if isinstance(value, str):
        return value.replace("\r\n", "\n").replace("\r", "\n").translate(INVISIBLE).strip()
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, datetime):
        return f"{value:%d/%m/%Y %H:%M}" if value.time() != time() or cell.shows_time else f"{value:%d/%m/%Y}"
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, timedelta):
        minutes = round(value.total_seconds() / 60)
        return f"{minutes // 60}:{minutes % 60:02}"
    return str(int(value)) if float(value).is_integer() else repr(value).replace(".", ",")


def read(cell: Cell, column: Column, date_1904: bool = False) -> object | Fault:
    """The value the column accepts, or the fault. A blank cell is None for every kind of column.

    >>> from processor.contract import OPEN
    >>> read(Cell("12"), OPEN.column("places")), read(Cell("x"), OPEN.column("invite"))
    (12, True)
    >>> read(Cell("Automatic"), OPEN.column("registering")).problem
    '« Automatic » n’est pas accepté dans cette colonne.'
    """
    if cell.blank:
        return None
    if cell.error:
        return Fault.of("erreur-excel", error=cell.error)
    if cell.value is None:
        return Fault.of("formule-sans-valeur")
    return _READERS[column.accepts](cell, column, date_1904)


def _text(cell: Cell, _column: Column, _1904: bool) -> object | Fault:
    return text_of(cell)


def _moment(cell: Cell, _column: Column, date_1904: bool) -> object | Fault:
    value = cell.value
    if isinstance(value, bool):
        return _no_date(cell)
    if isinstance(value, int | float):
        return from_serial(float(value), date_1904) or _no_date(cell)
    if isinstance(value, datetime):
        shown = value if cell.shows_time or value.time() != time() else value.date()
        return unlikely_year(value, text_of(cell)) or shown
    return read_moment(value) if isinstance(value, str) else _no_date(cell)


def _no_date(cell: Cell) -> Fault:
    return Fault.of("date-illisible", "other", typed=text_of(cell))


def _date(cell: Cell, column: Column, date_1904: bool) -> object | Fault:
    moment = _moment(cell, column, date_1904)
    return moment.date() if isinstance(moment, datetime) else moment


def _datetime(cell: Cell, column: Column, date_1904: bool) -> object | Fault:
    return _moment(cell, column, date_1904)


def _time(cell: Cell, _column: Column, _1904: bool) -> object | Fault:
    value = cell.value
    if isinstance(value, time):
        return value
    if isinstance(value, datetime):
        return value.time()
    if isinstance(value, timedelta) and timedelta() <= value < timedelta(days=1):
        return (datetime.min + value).time()
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < 1:
        return (datetime.min + timedelta(seconds=round(value * 86400))).time()
    return read_time(text_of(cell))


def _number(cell: Cell, _column: Column, _1904: bool) -> object | Fault:
    value = cell.value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    if isinstance(value, timedelta | time):
        return _hours(value)
    typed = re.sub(r"[\s\u202f\xa0]", "", text_of(cell)).removesuffix("h").replace(",", ".")
    hours = re.fullmatch(r"(\d+)[h:](\d{2})", typed)
    if hours:
        return int(hours[1]) + int(hours[2]) / 60
    if re.fullmatch(r"-?\d+(\.\d+)?", typed):
        return float(typed)
    return Fault.of("nombre-illisible", typed=text_of(cell))


def _hours(value: timedelta | time) -> float:
    if isinstance(value, timedelta):
        return value.total_seconds() / 3600
    return value.hour + value.minute / 60


def _count_of_hours(cell: Cell, column: Column, date_1904: bool) -> object | Fault:
    number = _number(cell, column, date_1904)
    if isinstance(number, float) and not 0 <= number <= _MOST_HOURS:
        return Fault.of("nombre-illisible", "hours", typed=text_of(cell))
    return number


def _whole(cell: Cell, column: Column, date_1904: bool) -> object | Fault:
    number = _number(cell, column, date_1904)
    if isinstance(number, float) and number.is_integer() and 0 <= number <= _MOST:
        return int(number)
    large = isinstance(number, float) and number > _MOST
    return Fault.of("nombre-illisible", "large" if large else "whole", typed=text_of(cell))


def _yes(cell: Cell, _column: Column, _1904: bool) -> object | Fault:
    typed = normalised(text_of(cell))
    if typed in _YES or typed in _NO:
        return typed in _YES
    return Fault.of("oui-non-illisible", typed=text_of(cell))


def _choice(cell: Cell, column: Column, _1904: bool) -> object | Fault:
    typed = text_of(cell)
    by_name = {normalised(choice): choice for choice in column.choices}
    if normalised(typed) in by_name:
        return by_name[normalised(typed)]
    near, accepted = nearest(typed, column.choices), quoted(column.choices)
    return Fault.of("valeur-inconnue", "near" if near else "", typed=typed, accepted=accepted, near=near)


def _weekdays(cell: Cell, _column: Column, _1904: bool) -> object | Fault:
    return read_weekdays(text_of(cell))


def _names(cell: Cell, _column: Column, _1904: bool) -> object | Fault:
    return tuple(" ".join(name.split()) for name in re.split(r"[;\n]", text_of(cell)) if name.strip())


def _state(cell: Cell, _column: Column, _1904: bool) -> object | Fault:
    return read_state(text_of(cell))


_READERS: dict[Accepts, Callable[[Cell, Column, bool], object | Fault]] = {
    Accepts.TEXT: _text,
    Accepts.DATE: _date,
    Accepts.DATETIME: _datetime,
    Accepts.TIME: _time,
    Accepts.WHOLE: _whole,
    Accepts.NUMBER: _count_of_hours,
    Accepts.YES: _yes,
    Accepts.CHOICE: _choice,
    Accepts.WEEKDAYS: _weekdays,
    Accepts.NAMES: _names,
    Accepts.STATE: _state,
}


def as_datetime(moment: date | datetime, hour: time) -> datetime:
    """The moment itself if it has an hour, else that day at `hour`.

    >>> as_datetime(date(2026, 12, 1), time(9)), as_datetime(datetime(2026, 12, 1, 14), time(9))
    (datetime.datetime(2026, 12, 1, 9, 0), datetime.datetime(2026, 12, 1, 14, 0))
    """
    return moment if isinstance(moment, datetime) else datetime.combine(moment, hour)
