"""Lists: a table, or a plain range under a header row; where its data ends and where new rows go."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from processor.workbook.errors import Reason, Refused
from processor.workbook.sheet.a1 import MAX_COLUMN, MAX_ROW, Range
from processor.workbook.sheet.cells import RowXml
from processor.workbook.sheet.decoding import Decoder
from processor.workbook.sheet.reader import Sheet
from processor.workbook.sheet.survey import Survey, trail_rows
from processor.workbook.sheet.table import Table
from processor.workbook.sheet.values import Value


@dataclass(frozen=True)
class Extent:
    """What is known of a list before its sheet is surveyed; `bottom` is the last row that it may reach."""

    header_row: int
    table: Table | None
    bottom: int


@dataclass(frozen=True)
class DataList:
    """A list: first data row, last row that holds something typed, last row, columns; whether captions stand below."""

    table: Table | None
    first: int
    filled: int
    last: int
    columns: tuple[int, int]
    captions: bool = False

    @property
    def blank_rows(self) -> range:
        """Rows at the end that hold nothing typed."""
        return range(self.filled + 1, self.last + 1)


def extent_of(sheet: Sheet, header_row: int) -> Extent:
    """The list whose header stands in the row: the table there, else a plain range down to the next table."""
    for table in sheet.tables:
        if table.header_row == header_row:
            return Extent(header_row, table, table.data[1])
    below = [table.ref.first_row - 1 for table in sheet.tables if table.ref.first_row > header_row]
    return Extent(header_row, None, min(below, default=MAX_ROW))


def extent_around(sheet: Sheet, row: int, header_row: int = 0) -> Extent:
    """The list that holds a row: its table, else the plain range whose header stands in `header_row`, where that is known."""
    for table in sheet.tables:
        first, last = table.data
        if first <= row <= last:
            return Extent(table.header_row or first - 1, table, last)
    if header_row:
        return extent_of(sheet, header_row)
    above = [table.ref.last_row for table in sheet.tables if table.ref.last_row < row]
    return extent_of(sheet, 0) if not above else Extent(max(above), None, MAX_ROW)


def data_list(
    extent: Extent,
    sheet: Sheet,
    found: Survey,
    decoder: Decoder,
    plain_columns: tuple[int, int],
    written: tuple[int, int],
) -> DataList:
    """The list with its end: a plain range reaches down to the last row that holds something in the columns `written`.

    Of three columns at least, it ends above captions: lines of text below it, behind a blank row, one cell each
    (a legend, who signs). Raises Refused when thousands of blank rows hide the end.
    """
    table = extent.table
    if table is not None:
        first, last = table.data
        columns = (table.ref.first_col, table.ref.last_col)
    else:
        first, last, columns = extent.header_row + 1, 0, plain_columns
    looked_at = columns if table else written
    may_have_captions = table is None and columns[1] - columns[0] >= 2
    filled, lone = first - 1, set[int]()
    for row in trail_rows(found, extent.bottom):
        if row.number < first:
            break
        held = typed(row, looked_at, decoder)
        if may_have_captions and len(held) == 1 and isinstance(held[0], str):
            lone.add(row.number)
        elif held:
            filled = row.number
            break
    else:
        if extent.bottom in found.full and not lone:
            raise Refused(Reason("rows", sheet.name, "thousands of blank rows at the end of the list"))
    if filled < first:
        filled = max(lone, default=filled)
    while filled + 1 in lone:
        filled += 1
    below = any(row > filled for row in lone)
    return DataList(table, first, filled, last if table else filled, columns, below)


def typed(row: RowXml, columns: tuple[int, int], decoder: Decoder) -> list[Value]:
    """What the cells of the columns hold that was typed (a formula, dragged ahead, does not count)."""
    cells = [(c, cell) for c, cell in row.cells.items() if columns[0] <= c <= columns[1] and cell.inner]
    read = [decoder.cell(cell, row.number, column) for column, cell in cells]
    return [cell.value for cell in read if cell.formula is None and cell.value not in (None, "")]


def is_free(row: RowXml, columns: tuple[int, int]) -> bool:
    """Whether no cell of the columns holds anything at all."""
    return not any(columns[0] <= column <= columns[1] and cell.inner for column, cell in row.cells.items())


def header_columns(row: RowXml, decoder: Decoder, merged: Iterable[Range]) -> tuple[int, int]:
    """First and last column of a plain range: those of its header's cells that hold something, merged ones included."""
    held = [
        c
        for c, cell in row.cells.items()
        if cell.inner and decoder.cell(cell, row.number, c).value not in (None, "")
    ]
    for area in merged:
        if area.first_row < area.last_row == row.number:
            held += area.first_col, area.last_col
    return (min(held), max(held)) if held else (1, MAX_COLUMN)


def free_below(
    data: DataList, sheet: Sheet, found: Survey, merged: Sequence[Range], count: int, gone: set[int]
) -> bool:
    """Whether so many rows under the list are free, so that it grows over them as when people type there.

    Above captions one more, so that they stay apart.
    """
    rows = range(data.last + 1, data.last + count + 1 + data.captions)
    if data.table is not None and data.table.totals_row is not None:
        return False
    if not rows or rows[-1] > MAX_ROW or gone.intersection(rows):
        return False
    area = Range(rows[0], data.columns[0], rows[-1], data.columns[1])
    others = [table.ref for table in sheet.tables if table is not data.table]
    if any(area.meets(other) for other in (*others, *merged, *(area for _, _, area, _ in found.arrays))):
        return False
    return all(is_free(found.row(number), data.columns) for number in rows)
