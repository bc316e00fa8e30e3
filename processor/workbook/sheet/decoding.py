"""From a cell's XML to its value, by its type and number format (CT_Cell, ST_CellType)."""

import re
from datetime import datetime, time
from functools import cache

from processor.workbook.package.markup import attributes, integer, text_of
from processor.workbook.sheet.a1 import column_number
from processor.workbook.sheet.cells import CellXml, RowXml, inner, parse_row
from processor.workbook.sheet.formulas import translated
from processor.workbook.sheet.strings import SharedStrings, plain_text, rich_text
from processor.workbook.sheet.styles import Styles
from processor.workbook.sheet.values import Cell, ErrorValue, RichText, Value, from_serial, unescape

_NUMBERS = (int, float)
Shared = dict[str, tuple[int, int, str]]


_QUICK = re.compile(
    rb'<c r="([A-Z]{1,3})[0-9]+"(?: s="([0-9]+)")?(?: t="(s|b|e|n|str)")?'
    rb"(?:/>|>(?:<f>([^<]+)</f>)?(?:<v>([^<&_\r]+)</v>)?</c>)"
)


class Decoder:
    """Gives the cells of one sheet; it remembers the masters of shared formulas that it has passed."""

    def __init__(self, prefix: bytes, strings: SharedStrings, styles: Styles, date_1904: bool) -> None:
        self._prefix = prefix
        self._strings = strings
        self._styles = styles
        self._date_1904 = date_1904
        self.shared: Shared = {}
        self._texts: dict[tuple[bytes, bytes, bytes], Cell] = {}

    def quick_row(self, number: int, raw: bytes) -> dict[int, Cell]:
        """As `row`, from the row's XML: at once where all cells have the form that Excel gives them."""
        cells = _QUICK.findall(raw)
        if self._prefix or len(cells) != raw.count(b"<c"):
            return self.row(parse_row(number, raw, self._prefix))
        found: dict[int, Cell] = {}
        for letters, style, kind, formula, value in cells:
            if not (value or formula):
                continue
            if kind == b"s":
                cell = self._texts.get((style, value, formula)) or self._text(style, value, formula)
            else:
                cell = self._quick(int(style or 0), kind.decode(), formula, value.decode())
            found[_column(letters)] = cell
        return found

    def _text(self, style: bytes, value: bytes, formula: bytes) -> Cell:
        index, look = integer(value, -1), int(style or 0)
        written = unescape(text_of(formula)) if formula else None
        text, rich = (self._strings.text(index), self._strings.rich(index)) if value else (None, None)
        cell = Cell(text, _kind(text, False), self._styles.number_format(look), written, rich, look)
        self._texts[style, value, formula] = cell
        return cell

    def _quick(self, style: int, kind: str, formula: bytes, raw: str) -> Cell:
        """A cell without rich text; built past the frozen dataclass's own slow way."""
        is_date, code = self._styles.is_date(style), self._styles.number_format(style)
        value: Value = None
        if raw:
            value = raw if kind == "str" else self._scalar(kind, raw, style)
        cell = Cell.__new__(Cell)
        cell.__dict__.update(
            value=value,
            kind="number" if type(value) in _NUMBERS else _kind(value, is_date),
            number_format=code,
            formula=unescape(text_of(formula)) if formula else None,
            rich=None,
            style=style,
        )
        return cell

    def row(self, row: RowXml) -> dict[int, Cell]:
        """The cells of a row that hold a value or a formula."""
        found = {
            column: self.cell(cell, row.number, column) for column, cell in row.cells.items() if cell.inner
        }
        return {
            column: cell for column, cell in found.items() if cell.kind != "blank" or cell.formula is not None
        }

    def cell(self, cell: CellXml, row: int, column: int) -> Cell:
        """The cell as read."""
        style = cell.style
        code = self._styles.number_format(style)
        formula = self.formula(cell, row, column)
        value, rich = self._value(cell, style)
        return Cell(value, _kind(value, self._styles.is_date(style)), code, formula, rich, style)

    def formula(self, cell: CellXml, row: int, column: int) -> str | None:
        """The text of the cell's formula, that of a shared one written out."""
        match = inner(cell.inner, self._prefix, b"f") if b"f" in cell.inner else None
        if match is None:
            return None
        text = unescape(text_of(match[2] or b""))
        values = attributes(match[1])
        group = values.get("si")
        if values.get("t") != "shared" or group is None:
            return text
        if text:
            self.shared[group] = (row, column, text)
            return text
        master = self.shared.get(group)
        return translated(master[2], row - master[0], column - master[1]) if master else ""

    def _value(self, cell: CellXml, style: int) -> tuple[Value, RichText | None]:
        kind = cell.attributes.get("t", "n")
        if kind == "inlineStr":
            match = inner(cell.inner, self._prefix, b"is")
            item = (match[2] or b"") if match else b""
            return (plain_text(item) if match else None), rich_text(item)
        match = inner(cell.inner, self._prefix, b"v")
        raw = text_of(match[2] or b"") if match else ""
        if kind == "str":
            return (unescape(raw) if match else None), None
        if not raw.strip():
            return None, None
        if kind == "s":
            index = integer(raw.strip())
            return self._strings.text(index), self._strings.rich(index)
        return self._scalar(kind, raw.strip(), style), None

    def _scalar(self, kind: str, raw: str, style: int) -> Value:
        if kind == "b":
            return raw in ("1", "true")
        if kind == "e":
            return ErrorValue(raw)
        if kind == "d":
            return _iso(raw)
        number = _number(raw)
        if isinstance(number, str) or not self._styles.is_date(style):
            return number
        moment = from_serial(number, self._date_1904, self._styles.is_elapsed(style))
        return number if moment is None else moment


def _number(raw: str) -> int | float | str:
    if raw.lstrip("-").isdecimal() and len(raw) < 16:
        return int(raw)
    try:
        number = float(raw)
    except ValueError:
        return raw
    return int(number) if "." not in raw and number.is_integer() and abs(number) < 1e15 else number


def _iso(raw: str) -> Value:
    try:
        if raw[2:3] == ":" or raw.startswith("T"):
            return time.fromisoformat(raw.removeprefix("T").removesuffix("Z"))
        return datetime.fromisoformat(raw.removesuffix("Z"))
    except ValueError:
        return raw


def _kind(value: Value, is_date: bool) -> str:
    if value is None:
        return "blank"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, str):
        return "text"
    if isinstance(value, ErrorValue):
        return "error"
    if isinstance(value, int | float):
        return "number"
    return "date" if is_date or not isinstance(value, int | float) else "number"


@cache
def _column(letters: bytes) -> int:
    return column_number(letters.decode())
