"""From edits to work: which rows change, go and come in each sheet, refused where the format stands in the way."""

from collections.abc import Iterable, Sequence
from functools import partial

from processor.workbook.edits.arrivals import fill, frozen
from processor.workbook.edits.edits import (
    AppendRows,
    CellEdit,
    CopyRow,
    DeleteRows,
    Edit,
    MarkCell,
    MoveRows,
    SetCell,
    UnmarkCell,
)
from processor.workbook.edits.looks import borrowed_style, rows_to_look_at
from processor.workbook.edits.placing import keep_a_row, place
from processor.workbook.edits.work import Incoming, SheetWork
from processor.workbook.edits.writing import CellWriter, says_the_same
from processor.workbook.errors import Reason, Refused
from processor.workbook.package.markup import whole
from processor.workbook.sheet.a1 import MAX_COLUMN, MAX_ROW
from processor.workbook.sheet.cells import CellXml, RowXml
from processor.workbook.sheet.decoding import Decoder
from processor.workbook.sheet.lists import Extent, extent_around, extent_of
from processor.workbook.sheet.reader import Book, Sheet
from processor.workbook.sheet.styles import Styles
from processor.workbook.sheet.survey import Survey, survey

_ROOM = 64  # rows below a list that are looked at beside those needed


def works_of(book: Book, edits: Sequence[Edit], styles: Styles) -> dict[str, SheetWork]:
    """The work by sheet name in lower case, of the sheets that the edits name. Raises Refused."""
    works = {name.casefold(): _asked(book, name, edits, styles) for name in _sheets(edits)}
    for edit in edits:
        if isinstance(edit, CellEdit):
            _cell(edit, works[edit.sheet.casefold()])
    for edit in edits:
        _rows(edit, works)
    for work in works.values():
        keep_a_row(work)
        for extent, incoming in work.incoming.items():
            work.placed.append(place(work, extent, incoming))
        work.settle()
    for work in works.values():
        for placed in work.placed:
            fill(work, placed, works)
    return works


def _sheets(edits: Iterable[Edit]) -> dict[str, None]:
    names: dict[str, None] = {}
    for edit in edits:
        if isinstance(edit, CellEdit | AppendRows | CopyRow | DeleteRows | MoveRows):
            names[edit.sheet] = None
        if isinstance(edit, MoveRows):
            names[edit.to_sheet] = None
    return names


def sheet_of(book: Book, name: str) -> Sheet:
    """The worksheet. Raises Refused where there is none of that name."""
    try:
        return book.sheet(name)
    except KeyError as error:
        raise Refused(Reason("sheet", name, "there is no such worksheet")) from error


def _asked(book: Book, name: str, edits: Sequence[Edit], styles: Styles) -> SheetWork:
    sheet = sheet_of(book, name)
    wanted, bottoms = _needs(sheet, edits)
    return begun(sheet, survey(sheet, wanted, bottoms), styles)


def begun(sheet: Sheet, found: Survey, styles: Styles) -> SheetWork:
    """The work on a sheet, nothing asked of it yet."""
    book = sheet.book
    writer = CellWriter(found.prefix, styles, book.date_1904, column_styles(found, sheet))
    decoder = Decoder(found.prefix, book.strings, styles, book.date_1904)
    for index, group in found.groups.items():
        decoder.shared[index] = (group.row, group.column, group.text)
    return SheetWork(sheet, found, decoder, writer)


def _needs(sheet: Sheet, edits: Sequence[Edit]) -> tuple[set[int], set[int]]:
    """The rows that the edits look at, and the bottoms of the lists that they append to."""
    wanted: set[int] = set()
    extents: list[tuple[Extent, int]] = []
    for edit in edits:
        if isinstance(edit, CellEdit) and edit.sheet == sheet.name:
            wanted.add(edit.row)
            wanted.update(rows_to_look_at(edit))
        elif isinstance(edit, CopyRow) and edit.sheet == sheet.name:
            wanted.add(edit.row)
            extents.append((extent_around(sheet, edit.row, edit.header_row), len(edit.copies)))
        elif isinstance(edit, AppendRows) and edit.sheet == sheet.name:
            extents.append((extent_of(sheet, edit.header_row), len(edit.rows)))
        elif isinstance(edit, DeleteRows | MoveRows) and edit.sheet == sheet.name:
            wanted.update(edit.rows)
        if isinstance(edit, MoveRows) and edit.to_sheet == sheet.name:
            extents.append((extent_of(sheet, edit.to_header_row), len(edit.rows)))
    count = sum(number for _, number in extents) + _ROOM
    for table in sheet.tables:
        wanted.add(table.data[0])
    for extent, _ in extents:
        wanted.add(extent.header_row)
        if extent.table is not None:
            wanted.update(range(extent.bottom + 1, extent.bottom + count))
    return wanted, {extent.bottom for extent, _ in extents}


def column_styles(found: Survey, sheet: Sheet) -> dict[int, int]:
    """The formats of whole columns."""
    styles: dict[int, int] = {}
    done = 0
    for node in found.root(sheet.part).iterfind("{*}cols/{*}col"):
        first, last = whole(node, "min", 1), min(whole(node, "max"), MAX_COLUMN)
        if style := whole(node, "style"):
            styles.update(dict.fromkeys(range(max(first, done + 1), last + 1), style))
        done = max(done, last)  # they ascend; a file where thousands overlap must not take minutes
    return styles


def _cell(edit: CellEdit, work: SheetWork) -> None:
    if not (1 <= edit.row <= MAX_ROW and 1 <= edit.column <= MAX_COLUMN):
        raise Refused(Reason("address", edit.sheet, f"row {edit.row}, column {edit.column}"))
    cell = work.found.row(edit.row).cells.get(edit.column)
    if isinstance(edit, SetCell):
        _set(edit, work, cell)
        return
    style = work.writer.style(work.edited(edit.row), edit.column)
    plain = work.writer.styles.without_mark(style)
    if isinstance(edit, UnmarkCell) or plain == style:  # a hatch of earlier versions is mark enough
        work.marks[edit.row, edit.column] = isinstance(edit, MarkCell)
    if isinstance(edit, UnmarkCell) and plain != style:
        work.change(edit.row, partial(_restyle, edit.column, plain))


def _set(edit: SetCell, work: SheetWork, cell: CellXml | None) -> None:
    for row, column, area, _ in work.found.arrays:
        if area.holds(edit.row, edit.column):
            raise Refused(
                Reason("array formula", edit.sheet, f"{area} entered at row {row}, column {column}")
            )
    if any(area.holds(edit.row, edit.column) for area in work.found.data_tables):
        raise Refused(Reason("data table", edit.sheet, f"row {edit.row}, column {edit.column}"))
    read = work.decoder.cell(cell, edit.row, edit.column) if cell is not None else None
    again = (edit.row, edit.column) in work.written
    style = borrowed_style(edit, work)
    if style is not None:
        own = work.writer.style(work.found.row(edit.row), edit.column)
        if work.writer.styles.without_mark(own) != own:
            work.marks.setdefault((edit.row, edit.column), True)
        work.change(edit.row, partial(_restyle, edit.column, style))
    if again or not says_the_same(read, edit.value, work.decoder, work.writer):
        if edit.value not in (None, ""):
            work.check_seen(edit.row, edit.column)
        work.written.add((edit.row, edit.column))
        work.formula_lost = work.formula_lost or (read is not None and read.formula is not None)
        work.change(edit.row, partial(_put, work, edit))


def _put(work: SheetWork, edit: SetCell, row: RowXml) -> None:
    work.writer.put(row, edit.column, edit.value, edit.number_format)


def _restyle(column: int, style: int, row: RowXml) -> None:
    row.cells[column] = row.cells.get(column, CellXml({})).restyled(style)


def _rows(edit: Edit, works: dict[str, SheetWork]) -> None:
    if isinstance(edit, AppendRows):
        work = works[edit.sheet.casefold()]
        extent = extent_of(work.sheet, edit.header_row)
        work.enter(extent, [Incoming(values) for values in edit.rows])
    elif isinstance(edit, CopyRow):
        work = works[edit.sheet.casefold()]
        extent = extent_around(work.sheet, edit.row, edit.header_row)
        copies = [Incoming(values, copied=edit.row) for values in edit.copies]
        work.enter(extent, copies)
    elif isinstance(edit, DeleteRows):
        works[edit.sheet.casefold()].deleted.update(edit.rows)
    elif isinstance(edit, MoveRows):
        _move(edit, works)


def _move(edit: MoveRows, works: dict[str, SheetWork]) -> None:
    source, target = works[edit.sheet.casefold()], works[edit.to_sheet.casefold()]
    if source.found.prefix != target.found.prefix:
        raise Refused(Reason("namespace prefix", edit.to_sheet, "differs from that of the other sheet"))
    _check_alone(source, edit)
    extent = extent_of(target.sheet, edit.to_header_row)
    for number in edit.rows:
        row = source.edited(number)
        cells = {
            there: frozen(source, row.cells[here])
            for here, there in edit.columns.items()
            if here in row.cells
        }
        height: dict[str, str] = {
            str(name): row.attributes[name] for name in ("ht", "customHeight") if name in row.attributes
        }
        arrived = Incoming(moved=cells, height=height, origin=(edit.sheet, number), columns=edit.columns)
        target.enter(extent, [arrived])
    source.deleted.update(edit.rows)


def _check_alone(source: SheetWork, edit: MoveRows) -> None:
    """The source rows are deleted as whole rows: no second table and no cell merged over rows may lose by it."""
    rows = set(edit.rows)
    for table in source.sheet.tables:
        mine = any(table.ref.first_col <= column <= table.ref.last_col for column in edit.columns)
        if not mine and rows & set(range(table.ref.first_row, table.ref.last_row + 1)):
            raise Refused(Reason("table", edit.sheet, f"{table.name} stands beside the rows that would go"))
    for area in source.merged:
        if area.first_row < area.last_row and rows & set(range(area.first_row, area.last_row + 1)):
            raise Refused(Reason("merged cells", edit.sheet, f"{area} spans a row that would go"))
