"""Reading a workbook: sheets found by relationship, cells decoded row by row when asked for."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from lxml import etree

from processor.workbook.errors import Unreadable
from processor.workbook.package.markup import DECLARATION, child, parse_xml, relation_id
from processor.workbook.package.package import Package, Relationship, read_package
from processor.workbook.sheet.a1 import Range
from processor.workbook.sheet.cells import parse_row
from processor.workbook.sheet.decoding import Decoder
from processor.workbook.sheet.marks import marked_areas, marked_cells
from processor.workbook.sheet.stream import NotUsual, SheetStream, usual_form
from processor.workbook.sheet.strings import SharedStrings
from processor.workbook.sheet.styles import Styles
from processor.workbook.sheet.table import Table, read_table
from processor.workbook.sheet.values import Cell

_FORMAT = re.compile(rb' s(?:tyle)?="([0-9]{1,6})"')
_MOST_FORMATS = 65_490  # of Excel
_TRUE = ("1", "true", "on")
_AHEAD = 40  # formats beyond the last one that are looked for in cells


@dataclass(frozen=True)
class SheetLine:
    """A sheet's line in the workbook part; `kind` is worksheet, chartsheet, dialogsheet or a macro sheet's type."""

    name: str
    hidden: bool
    kind: str
    part: str
    sheet_id: str


class Book:
    """A workbook as read: its bytes, its sheets, its shared strings and styles."""

    def __init__(self, path: Path, package: Package, digest: str) -> None:
        self.path = path
        self.package = package
        self.digest = digest
        self.part = _office_document(package)
        self.root = parse_xml(package.read(self.part), self.part)
        self.relations = package.relationships(self.part)
        self.entries = tuple(self._entries())
        self._sheets: dict[str, Sheet] = {}

    @property
    def date_1904(self) -> bool:
        """Whether dates count from 1904."""
        properties = child(self.root, "workbookPr")
        return properties is not None and properties.get("date1904") in _TRUE

    @property
    def sheet_names(self) -> tuple[str, ...]:
        """The names of all sheets, chart sheets too, in the order of the tabs."""
        return tuple(entry.name for entry in self.entries)

    @property
    def signed(self) -> bool:
        """Whether a digital signature is there, which any change breaks."""
        return self.package.signed

    def sheet(self, name: str) -> "Sheet":
        """The worksheet of that name. Raises KeyError where there is none."""
        if name not in self._sheets:
            entry = next((item for item in self.entries if item.name == name), None)
            if entry is None or entry.kind != "worksheet":
                raise KeyError(name)
            self._sheets[name] = Sheet(self, entry)
        return self._sheets[name]

    @cached_property
    def strings(self) -> SharedStrings:
        """The shared strings."""
        part = self.related("sharedStrings")
        return SharedStrings(self.package.read(part) if part and self.package.find(part) else b"")

    @cached_property
    def styles(self) -> Styles:
        """The styles as read (never derived from: writing makes its own)."""
        return self.fresh_styles()

    def fresh_styles(self) -> Styles:
        """The styles read anew, to derive formats from."""
        part = self.related("styles")
        space = etree.QName(self.root).namespace
        none = DECLARATION + f'<styleSheet xmlns="{space}"/>'.encode()
        content = self.package.read(part) if part and self.package.find(part) else none
        return Styles(content, self._highest_format)

    def _highest_format(self, first: int) -> int:
        """The highest index of a format that cells name, where they name one of those from `first` on; else the one before."""
        names = [
            f'{name}="{index}"'.encode()
            for index in range(first, first + _AHEAD)
            for name in (" s", " style")
        ]
        highest = first - 1
        for entry in self.entries:
            pieces = self.package.pieces(entry.part) if entry.kind == "worksheet" else ()
            if any(name in piece for piece in pieces for name in names):
                found = _FORMAT.findall(self.package.read(entry.part))
                highest = max(highest, *map(int, found))
        return min(highest, _MOST_FORMATS)

    def related(self, kind: str) -> str | None:
        """The workbook's part of that kind, by relationship."""
        return next((item.target for item in self.relations if item.kind == kind and not item.external), None)

    def _entries(self) -> Iterator[SheetLine]:
        sheets = child(self.root, "sheets")
        targets = {item.id: item for item in self.relations}
        for node in sheets if sheets is not None else ():
            if not isinstance(node.tag, str):
                continue
            relation = targets.get(relation_id(node) or "")
            kind = relation.kind if relation else ""
            part = relation.target if relation else ""
            if kind == "worksheet" and self.package.find(part) is None:
                kind = ""
            hidden = node.get("state", "visible") != "visible"
            yield SheetLine(node.get("name") or "", hidden, kind, part, node.get("sheetId") or "")


class Sheet:
    """A worksheet as read; nothing is inflated before it is asked for."""

    def __init__(self, book: Book, entry: SheetLine) -> None:
        self.book = book
        self.name = entry.name
        self.hidden = entry.hidden
        self.part = entry.part
        self._usual: bytes | None = None
        self._index: dict[int, bytes] | None = None
        self._frame: tuple[bytes, bytes, bytes] | None = None
        self._decoder_of_index: Decoder | None = None

    @cached_property
    def relations(self) -> tuple[Relationship, ...]:
        """The sheet's relationships."""
        return self.book.package.relationships(self.part)

    @cached_property
    def tables(self) -> tuple[Table, ...]:
        """The tables of the sheet, from top to bottom."""
        parts = [item.target for item in self.relations if item.kind == "table" and not item.external]
        tables = [
            read_table(self.book.package.read(part), part) for part in parts if self.book.package.find(part)
        ]
        return tuple(sorted(tables, key=lambda table: table.ref))

    @property
    def merged(self) -> tuple[Range, ...]:
        """The merged ranges."""
        return merged_in(self.frame_root())

    @property
    def marked(self) -> set[tuple[int, int]]:
        """The (row, column) pairs that carry the mark, or the hatch that marked cells in earlier versions."""
        styles, root = self.book.styles.marked, self.frame_root()
        found = marked_cells(root, self._last_row) if marked_areas(root) else set()
        for number, raw, prefix in self.raw_rows() if styles else ():
            row = parse_row(number, raw, prefix)
            found.update((number, column) for column, cell in row.cells.items() if cell.style in styles)
        return found

    @property
    def _last_row(self) -> int:
        return max((number for number, _, _ in self.raw_rows()), default=0)

    def cell(self, row: int, column: int) -> Cell | None:
        """The cell, None when it is not there at all; a formatted blank cell has kind blank."""
        index = self._indexed()
        raw = index.get(row)
        if raw is None or self._frame is None or self._decoder_of_index is None:
            return None
        prefix = self._frame[2]
        found = parse_row(row, raw, prefix).cells.get(column)
        return self._decoder_of_index.cell(found, row, column) if found else None

    def rows(self) -> Iterator[tuple[int, dict[int, Cell]]]:
        """Row numbers and cells by column, of the rows that hold at least a value; one row is held at a time."""
        decoder: Decoder | None = None
        for number, raw, prefix in self.raw_rows():
            decoder = decoder or self._decoder(prefix)
            if b"</" not in raw:
                continue
            cells = decoder.quick_row(number, raw)
            if cells:
                yield number, cells

    def stream(self) -> SheetStream:
        """A reading of the sheet's XML from its beginning."""
        pieces = iter((self._usual,)) if self._usual is not None else self.book.package.pieces(self.part)
        return SheetStream(pieces, self.part)

    def raw_rows(self) -> Iterator[tuple[int, bytes, bytes]]:
        """Row numbers, the rows' XML and the sheet's prefix."""
        number = 0
        for block, stream in self.blocks():
            for row, raw in stream.cut(block, number):
                number = row
                yield row, raw, stream.prefix

    def blocks(self) -> Iterator[tuple[bytes, SheetStream]]:
        """Blocks of whole rows, with the stream that can cut them."""
        stream, passed = self.stream(), 0
        try:
            for block in stream.blocks():
                yield block, stream
                last = block[max(block.rfind(b"<" + stream.prefix + b"row"), 0) :]
                passed = max((number for number, _ in stream.cut(last, passed)), default=passed)
        except NotUsual:
            self.make_usual()
            stream = self.stream()
            for block in stream.blocks():
                left = b"".join(raw for number, raw in stream.cut(block) if number > passed)
                if left:
                    yield left, stream
        self._frame = (stream.head + stream.opening, stream.tail, stream.prefix)

    def make_usual(self) -> None:
        """Keep the sheet in its usual form: comments or CDATA were found among the rows."""
        self._usual = usual_form(self.book.package.read(self.part), self.part)

    def frame_root(self) -> etree._Element:
        """The sheet without its rows, parsed."""
        return parse_xml(self.frame[0] + self.frame[1], self.part)

    @property
    def frame(self) -> tuple[bytes, bytes, bytes]:
        """What stands before the rows, what stands after, and the prefix of the sheet's elements."""
        if self._frame is None:
            for _ in self.raw_rows():
                pass
        assert self._frame is not None  # noqa: S101 - raw_rows sets it at its end
        return self._frame

    def _decoder(self, prefix: bytes) -> Decoder:
        return Decoder(prefix, self.book.strings, self.book.styles, self.book.date_1904)

    def _indexed(self) -> dict[int, bytes]:
        if self._index is None:
            index = {}
            for number, raw, prefix in self.raw_rows():
                self._decoder_of_index = self._decoder_of_index or self._decoder(prefix)
                index[number] = raw
                if b'"shared"' in raw:
                    self._decoder_of_index.row(parse_row(number, raw, prefix))
            self._index = index
        return self._index


def open_workbook(path: Path | str) -> Book:
    """The workbook in a file, read once.

    Raises Unreadable, whose kind is missing, empty, encrypted, xls, not-a-workbook, damaged or too-large.
    """
    path = Path(path)
    package, digest = read_package(path)
    return Book(path, package, digest)


def merged_in(root: etree._Element) -> tuple[Range, ...]:
    """The merged ranges of a sheet, from its XML without the rows."""
    refs = (Range.parse(node.get("ref") or "") for node in root.iterfind("{*}mergeCells/{*}mergeCell"))
    return tuple(ref for ref in refs if ref is not None)


def _office_document(package: Package) -> str:
    for relation in package.relationships(""):
        if relation.kind == "officeDocument" and not relation.external and package.find(relation.target):
            root = parse_xml(package.read(relation.target), relation.target)
            if etree.QName(root).localname == "workbook":
                return relation.target
    raise Unreadable("not-a-workbook", "no workbook part")
