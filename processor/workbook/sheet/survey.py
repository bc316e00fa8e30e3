"""A first pass over a sheet: its frame, the rows that edits need, its formulas' groups; rows are not kept."""

import re
from bisect import bisect_left, bisect_right
from collections import deque
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from lxml import etree

from processor.workbook.errors import Reason, Refused
from processor.workbook.package.markup import attributes, parse_xml, text_of
from processor.workbook.sheet.a1 import MAX_ROW, Range, column_number
from processor.workbook.sheet.cells import RowXml, inner, parse_row
from processor.workbook.sheet.reader import Sheet
from processor.workbook.sheet.stream import SheetStream
from processor.workbook.sheet.values import unescape

TRAIL = 4  # blocks of about a megabyte: thousands of rows
_HUGE = 64 << 10  # bytes
_REMEMBERED = 2_000  # rows: several edits look at the same ones


@dataclass
class Group:
    """A shared formula: where the cell stands that holds its text, its text, the range it may fill."""

    row: int
    column: int
    text: str
    area: Range


@dataclass
class Survey:
    """What a pass has found; `rows` are those of the `asked` ones that the sheet has, `trails` the last rows up to each of the
    asked bottoms, `samples` one row a block.
    """

    head: bytes = b""
    tail: bytes = b""
    prefix: bytes = b""
    asked: set[int] = field(default_factory=set)
    rows: dict[int, bytes] = field(default_factory=dict)
    samples: dict[int, bytes] = field(default_factory=dict)
    trails: dict[int, list[tuple[int, bytes]]] = field(default_factory=dict)
    full: set[int] = field(default_factory=set)
    groups: dict[str, Group] = field(default_factory=dict)
    arrays: list[tuple[int, int, Range, bool]] = field(default_factory=list)
    data_tables: list[Range] = field(default_factory=list)
    formulas: bool = False
    last_row: int = 0
    _parsed: dict[int, RowXml] = field(default_factory=dict, repr=False)

    def row(self, number: int) -> RowXml:
        """The row in hand, an empty one where the sheet has none; a copy, its cells are not to be changed in place."""
        raw = self.rows.get(number)
        if raw is None:
            return RowXml(number)
        row = self._parsed.get(number)
        if row is None:
            if len(self._parsed) >= _REMEMBERED:
                self._parsed.clear()
            row = self._parsed[number] = parse_row(number, raw, self.prefix)
        return RowXml(number, dict(row.attributes), dict(row.cells), row.rest, row.before)

    def take(self, other: "Survey") -> None:
        """Take the rows of another survey of the same sheet in hand."""
        self.asked |= other.asked
        self.rows.update(other.rows)

    def keep(self, bottom: int, wanted: range) -> None:
        """Take those of the rows in hand that stand in the trail up to a bottom."""
        trail = self.trails.get(bottom, [])
        first = trail[0][0] if bottom in self.full and trail else 1
        self.asked.update(range(max(wanted.start, first), min(wanted.stop, bottom + 1)))
        self.rows.update((number, raw) for number, raw in trail if number in wanted)

    def root(self, name: str) -> etree._Element:
        """The sheet without its rows."""
        return parse_xml(self.head + self.tail, name)


def survey(sheet: Sheet, wanted: Collection[int], bottoms: Collection[int]) -> Survey:
    """The survey of a sheet: the rows `wanted` are kept, and the last ones up to each of `bottoms`."""
    found = Survey(asked=set(wanted))
    recent: dict[int, deque[bytes]] = {bottom: deque(maxlen=TRAIL) for bottom in bottoms}
    rows = sorted(wanted)
    stream: SheetStream | None = None
    for block, stream in sheet.blocks():
        found.prefix = stream.prefix
        first, last = _bounds(stream, block, found)
        if first <= found.last_row or last > MAX_ROW:
            raise Refused(Reason("rows", sheet.name, f"row {first} stands after row {found.last_row}"))
        for bottom, blocks in recent.items():
            if first <= bottom:
                blocks.append(block)
        if _has_groups(found, block) and not _noted_at_once(found, block):
            _note_groups(found, stream.cut(block, found.last_row))
        if not pick_rows(found.rows, found.prefix, block, between(rows, first, last)):
            found.rows |= {row: raw for row, raw in stream.cut(block, found.last_row) if row in found.asked}
        found.last_row = last
        _sample(found, stream, block)
    if stream is not None:
        found.trails = {bottom: _trail(stream, blocks, bottom) for bottom, blocks in recent.items()}
        found.full = {bottom for bottom, blocks in recent.items() if len(blocks) == TRAIL}
    found.trails = found.trails or {bottom: [] for bottom in bottoms}
    found.head, found.tail, found.prefix = sheet.frame
    return found


def _bounds(stream: SheetStream, block: bytes, found: Survey) -> tuple[int, int]:
    bounds = stream.bounds(block)
    if bounds is None:
        numbers = [number for number, _ in stream.cut(block, found.last_row)]
        bounds = (numbers[0], numbers[-1]) if numbers else (found.last_row + 1, found.last_row + 1)
    return bounds


def _trail(stream: SheetStream, blocks: Iterable[bytes], bottom: int) -> list[tuple[int, bytes]]:
    rows: list[tuple[int, bytes]] = []
    for block in blocks:
        rows += [item for item in stream.cut(block, rows[-1][0] if rows else 0) if item[0] <= bottom]
    return rows


def _has_groups(found: Survey, block: bytes) -> bool:
    """Whether formulas with attributes stand in the block."""
    if b"<" + found.prefix + b"f" not in block:
        return False
    found.formulas = True
    return b"<" + found.prefix + b"f " in block


def between(rows: Sequence[int], first: int, last: int) -> Sequence[int]:
    """Those of the ascending rows that stand from first to last."""
    return rows[bisect_left(rows, first) : bisect_right(rows, last)]


def pick_rows(into: dict[int, bytes], prefix: bytes, block: bytes, asked: Iterable[int]) -> bool:
    """Keep the asked rows, found by their usual start tag; False when one is not found so and rows must be cut."""
    start, close, at = b"<" + prefix + b'row r="', b"</" + prefix + b"row>", 0
    for number in asked:
        begin = block.find(start + b'%d"' % number, at)
        if begin < 0:
            return False
        at = block.find(b">", begin) + 1
        if block[at - 2 : at - 1] != b"/":
            at = block.find(close, at) + len(close)
        into[number] = block[begin:at]
    return True


def _sample(found: Survey, stream: SheetStream, block: bytes) -> None:
    """Keep the first row of the block, where it says its number and is not huge."""
    bounds = stream.bounds(block)
    if bounds and len(block) > _HUGE:
        pick_rows(found.samples, found.prefix, block, (bounds[0],))
        if len(found.samples.get(bounds[0], b"")) > _HUGE:
            del found.samples[bounds[0]]


def _note_groups(found: Survey, rows: Iterable[tuple[int, bytes]]) -> None:
    """Note the formulas of groups in rows that are cut."""
    for number, raw in rows:
        if any(kind in raw for kind in (b"shared", b"array", b"dataTable")):
            for column, cell in parse_row(number, raw, found.prefix).cells.items():
                match = inner(cell.inner, found.prefix, b"f") if b"f" in cell.inner else None
                if match is not None:
                    _note(found, number, column, match[1], match[2] or b"", "cm" in cell.attributes)


def _note(found: Survey, row: int, column: int, tag: bytes, content: bytes, dynamic: bool) -> None:
    values = attributes(tag)
    area = Range.parse(values.get("ref", "")) or Range(row, column, row, column)
    kind, index = values.get("t"), values.get("si", "")
    if kind == "shared" and content:
        found.groups[index] = Group(row, column, unescape(text_of(content)), area)
    elif kind == "array" and not area.single:
        found.arrays.append((row, column, area, dynamic))
    elif kind == "dataTable":
        found.data_tables.append(area)


def _noted_at_once(found: Survey, block: bytes) -> bool:
    """Note the formulas of groups in a block where their cells say their addresses as usual; False where one does not."""
    start = b"<" + found.prefix + b"c "
    for match in _with_attributes(found.prefix).finditer(block):
        cell = block[block.rfind(start, 0, match.start()) : match.start()]
        place = _ADDRESS.search(cell)
        if place is None or cell.count(b"<") != 1:
            return False
        own = b'ref="%s%s"' % place.groups()
        if not (own in match[1] and b'"array"' in match[1]):
            row, column = int(place[2]), column_number(place[1].decode())
            _note(found, row, column, match[1], match[2] or b"", b" cm=" in cell)
    return True


_ADDRESS = re.compile(rb' r="([A-Z]{1,3})([0-9]+)"')


@cache
def _with_attributes(prefix: bytes) -> re.Pattern[bytes]:
    """The element of a formula that has attributes, unless it shares another's text or is only calculated always."""
    p = re.escape(prefix)
    others = rb'(?!(?:t="shared" si="[0-9]+"|ca="1")\s*/?>)'
    return re.compile(rb"<" + p + rb"f " + others + rb"([^>]*?)(?:/>|>([^<]*)</)")


def sharers(sheet: Sheet, group: str) -> Iterator[tuple[int, int]]:
    """Row and column of each cell that shares the formula of a group, from top to bottom."""
    sign = re.compile(rb"""si\s*=\s*["']%s["']""" % re.escape(group.encode()))
    for number, raw, prefix in sheet.raw_rows():
        for column, cell in parse_row(number, raw, prefix).cells.items() if sign.search(raw) else ():
            match = inner(cell.inner, prefix, b"f") if b"f" in cell.inner else None
            values = attributes(match[1]) if match else {}
            if match and (values.get("t"), values.get("si")) == ("shared", group) and not match[2]:
                yield number, column


def trail_rows(found: Survey, bottom: int) -> Iterator[RowXml]:
    """The rows up to the bottom, the last one first."""
    for number, raw in reversed(found.trails[bottom]):
        yield parse_row(number, raw, found.prefix)
