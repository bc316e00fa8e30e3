"""A first pass over a sheet: its frame, the rows that edits need, its formulas' groups; rows are not kept."""

from collections import deque
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from lxml import etree

from processor.workbook.address import MAX_ROW, Range
from processor.workbook.cells import RowXml, inner, parse_row
from processor.workbook.markup import attributes, parse_xml, text_of
from processor.workbook.reader import Sheet
from processor.workbook.values import unescape

TRAIL = 5000


@dataclass
class Group:
    """A shared formula: where its master stands, its text, the range it may fill."""

    row: int
    column: int
    text: str
    area: Range


@dataclass
class Survey:
    """What a pass has found; `trails` are the last rows up to each of the asked bottoms."""

    head: bytes = b""
    tail: bytes = b""
    prefix: bytes = b""
    rows: dict[int, bytes] = field(default_factory=dict)
    trails: dict[int, deque[tuple[int, bytes]]] = field(default_factory=dict)
    groups: dict[str, Group] = field(default_factory=dict)
    arrays: list[tuple[int, int, Range, bool]] = field(default_factory=list)
    data_tables: list[Range] = field(default_factory=list)
    formulas: bool = False
    last_row: int = 0

    def row(self, number: int) -> RowXml:
        """The row in hand, an empty one where the sheet has none."""
        raw = self.rows.get(number)
        return parse_row(number, raw, self.prefix) if raw else RowXml(number)

    def root(self, name: str) -> etree._Element:
        """The sheet without its rows."""
        return parse_xml(self.head + self.tail, name)


def survey(sheet: Sheet, wanted: Collection[int], bottoms: Collection[int]) -> Survey:
    """The survey of a sheet: the rows `wanted` are kept, and the last ones up to each of `bottoms`."""
    found = Survey(trails={bottom: deque(maxlen=TRAIL) for bottom in bottoms})
    deepest = max(bottoms, default=0)
    previous = 0
    for number, raw, prefix in sheet.raw_rows():
        found.prefix = prefix
        if number <= previous or number > MAX_ROW:
            found.last_row = -1
        previous = number
        if number in wanted:
            found.rows[number] = raw
        if number <= deepest:
            for bottom, trail in found.trails.items():
                if number <= bottom:
                    trail.append((number, raw))
        if b"<" + prefix + b"f" in raw:
            found.formulas = True
            if b" t=" in raw:
                _note_groups(found, number, raw)
    head, found.tail, found.prefix = sheet.frame
    found.head = head
    found.last_row = previous if found.last_row >= 0 else -1
    return found


def _note_groups(found: Survey, number: int, raw: bytes) -> None:
    if not any(kind in raw for kind in (b"shared", b"array", b"dataTable")):
        return
    for column, cell in parse_row(number, raw, found.prefix).cells.items():
        match = inner(cell.inner, found.prefix, b"f") if b"f" in cell.inner else None
        if match is None:
            continue
        values = attributes(match[1])
        area = Range.parse(values.get("ref", "")) or Range(number, column, number, column)
        kind, text = values.get("t"), unescape(text_of(match[2] or b""))
        if kind == "shared" and text:
            found.groups[values.get("si", "")] = Group(number, column, text, area)
        elif kind == "array":
            found.arrays.append((number, column, area, "cm" in cell.attributes))
        elif kind == "dataTable":
            found.data_tables.append(area)


def trail_rows(found: Survey, bottom: int) -> Iterator[RowXml]:
    """The rows up to the bottom, the last one first."""
    for number, raw in reversed(found.trails[bottom]):
        yield parse_row(number, raw, found.prefix)
