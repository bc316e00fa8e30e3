"""What cells hold: values, rich text, errors, and the two date systems."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

EPOCH_1900 = datetime(1899, 12, 30)
EPOCH_1904 = datetime(1904, 1, 1)
_LAST_SERIAL = 2_958_466  # the first serial after 31/12/9999
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_TO_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)|[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@dataclass(frozen=True)
class ErrorValue:
    """An error that a formula gave or that was typed: #REF!, #N/A…"""

    code: str

    def __str__(self) -> str:
        return self.code


@dataclass(frozen=True)
class Run:
    """A piece of rich text; `properties` is the rPr element as stored ("" for the cell's own font)."""

    text: str
    properties: str = ""


@dataclass(frozen=True)
class RichText:
    """The text of a cell whose characters do not all look alike."""

    runs: tuple[Run, ...]

    def __str__(self) -> str:
        return "".join(run.text for run in self.runs)


Value = str | int | float | bool | datetime | time | timedelta | ErrorValue | None
Written = str | int | float | bool | date | datetime | time | timedelta | RichText | None


@dataclass(frozen=True)
class Cell:
    """A cell as read; `kind` is text, number, date, boolean, error or blank.

    A formula that was never calculated has a formula and the value None. `style` is the index of the
    cell's format in the styles part.
    """

    value: Value = None
    kind: str = "blank"
    number_format: str = "General"
    formula: str | None = None
    rich: RichText | None = None
    style: int = 0


def unescape(text: str) -> str:
    """The characters behind _xHHHH_ (ST_Xstring, ISO 29500-1 §22.9.2.19).

    >>> unescape("a_x000D_b_x005F_x0041_")
    'a\\rb_x0041_'
    """
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


def escape(text: str) -> str:
    """The text as stored: characters that XML cannot hold as _xHHHH_, a literal _xHHHH_ protected.

    >>> escape("a\\x07 _x0041_")
    'a_x0007_ _x005F_x0041_'
    """
    return _TO_ESCAPE.sub(lambda match: f"_x{ord(match[0]):04X}_", text)


def from_serial(serial: float, date_1904: bool, elapsed: bool) -> datetime | time | timedelta | None:
    """The moment a serial number denotes, or None outside the calendar; noise below a millisecond is rounded.

    Excel's 1900 system counts a 29/02/1900 that never was, so serials below 60 are one day later than
    the epoch says (ISO 29500-1 §18.17.4.1). Below 1 it is an hour of the day.

    >>> from_serial(46357.604166666664, False, False)
    datetime.datetime(2026, 12, 1, 14, 30)
    >>> from_serial(0.6041666666666666, False, False)
    datetime.time(14, 30)
    """
    if not -_LAST_SERIAL < serial < _LAST_SERIAL:
        return None
    whole, milliseconds = divmod(round(serial * 86_400_000), 86_400_000)
    if milliseconds % 1000 in (1, 999):
        milliseconds = round(milliseconds, -3)
    span = timedelta(days=whole, milliseconds=milliseconds)
    if elapsed:
        return span
    if serial < 0:
        return None
    if span < timedelta(days=1) and serial < 1:
        return (EPOCH_1904 + span).time()
    if date_1904:
        return EPOCH_1904 + span if whole <= _LAST_SERIAL - 1463 else None
    return EPOCH_1900 + span + (timedelta(days=1) if whole < 60 else timedelta())


def to_serial(value: date | datetime | time | timedelta, date_1904: bool) -> float | int:
    """The serial number of a moment in the workbook's date system; a whole day gives a whole number.

    >>> to_serial(datetime(2026, 12, 1, 14, 30), False), to_serial(date(2026, 12, 1), True)
    (46357.604166666664, 44895)
    """
    if isinstance(value, time):
        value = timedelta(
            hours=value.hour, minutes=value.minute, seconds=value.second, microseconds=value.microsecond
        )
    if isinstance(value, timedelta):
        days = value / timedelta(days=1)
    else:
        moment = value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)
        days = (moment.replace(tzinfo=None) - (EPOCH_1904 if date_1904 else EPOCH_1900)) / timedelta(days=1)
        if not date_1904 and days < 61:
            days -= 1
    return int(days) if days == int(days) else days
