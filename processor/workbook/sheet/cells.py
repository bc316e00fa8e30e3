"""One row in hand: its cells as attributes and inner XML, written back in order (CT_Row, CT_Cell)."""

import re
from dataclasses import dataclass, field
from functools import cache

from processor.workbook.errors import Unreadable
from processor.workbook.package.markup import attribute_text, attributes, integer
from processor.workbook.sheet.a1 import cell_address, parse_cell


@dataclass
class CellXml:
    """A cell's attributes (without r) and what stands between its tags."""

    attributes: dict[str, str] = field(default_factory=dict)
    inner: bytes = b""

    @property
    def style(self) -> int:
        """The index of the cell's format."""
        return integer(self.attributes.get("s"))

    def restyled(self, style: int) -> "CellXml":
        """The same cell with another format."""
        values = {name: value for name, value in self.attributes.items() if name != "s"}
        return CellXml({"s": str(style), **values} if style else values, self.inner)


@dataclass
class RowXml:
    """A row's attributes (without r), its cells by column, and what follows them (extLst)."""

    number: int
    attributes: dict[str, str] = field(default_factory=dict)
    cells: dict[int, CellXml] = field(default_factory=dict)
    rest: bytes = b""
    before: bytes = b""

    def written(self, prefix: bytes) -> bytes:
        """The row's XML; `spans`, an optional hint, is left out where it no longer holds."""
        values = {n: v for n, v in self.attributes.items() if n != "spans" or self._within(v)}
        tag = b"<" + prefix + b"row" + attribute_text({"r": str(self.number), **values})
        if not self.cells and not self.rest:
            return self.before + tag + b"/>"
        cells = [self._cell(prefix, column) for column in sorted(self.cells)]
        return self.before + tag + b">" + b"".join(cells) + self.rest + b"</" + prefix + b"row>"

    def _within(self, spans: str) -> bool:
        first, _, last = spans.partition(":")
        if not (first.isdecimal() and last.isdecimal()):
            return False
        return not self.cells or (int(first) <= min(self.cells) and max(self.cells) <= int(last))

    def _cell(self, prefix: bytes, column: int) -> bytes:
        cell = self.cells[column]
        address = {"r": cell_address(self.number, column), **cell.attributes}
        tag = b"<" + prefix + b"c" + attribute_text(address)
        return tag + b">" + cell.inner + b"</" + prefix + b"c>" if cell.inner else tag + b"/>"


@cache
def cell_pattern(prefix: bytes) -> re.Pattern[bytes]:
    """Matches one cell: attributes, then its inner XML when it has any."""
    p = re.escape(prefix)
    return re.compile(rb"<" + p + rb"c((?:\s[^>]*?)?)(?:/>|>(.*?)</" + p + rb"c\s*>)", re.DOTALL)


def parse_row(number: int, raw: bytes, prefix: bytes) -> RowXml:
    """The row in hand; cells without r= stand right of the one before."""
    start = raw.index(b"<")
    end = raw.index(b">")
    values = attributes(raw[start:end])
    values.pop("r", None)
    row = RowXml(number, values, before=raw[:start])
    if raw[end - 1 : end] == b"/":
        return row
    column, at = 0, end + 1
    for match in cell_pattern(prefix).finditer(raw, end + 1):
        cell = attributes(match[1])
        address = cell.pop("r", None)
        place = parse_cell(address) if address else (number, column + 1)
        if place is None or place[1] <= 0:
            raise Unreadable("damaged", f"cell {address} in row {number}")
        column = place[1]
        row.cells[column] = CellXml(cell, match[2] or b"")
        at = match.end()
    row.rest = raw[at : raw.rindex(b"</")].strip()
    return row


@cache
def _inner_pattern(prefix: bytes, name: bytes) -> re.Pattern[bytes]:
    p = re.escape(prefix) + name
    return re.compile(rb"<" + p + rb"((?:\s[^>]*?)?)(?:/>|>(.*?)</" + p + rb"\s*>)", re.DOTALL)


def inner(content: bytes, prefix: bytes, name: bytes) -> re.Match[bytes] | None:
    """The element of that name within a cell: attributes, then content (None when self-closed)."""
    return _inner_pattern(prefix, name).search(content)
