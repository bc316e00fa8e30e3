"""Where rows come and go in a sheet, and what may not be cut by it."""

from functools import partial

from processor.workbook.edits.work import Incoming, Placed, SheetWork
from processor.workbook.errors import Reason, Refused
from processor.workbook.sheet.a1 import Range
from processor.workbook.sheet.cells import CellXml, RowXml
from processor.workbook.sheet.lists import Extent, data_list, free_below, header_columns


def keep_a_row(work: SheetWork) -> None:
    """A table keeps one data row, as in Excel: when all go, the first is cleared instead."""
    for table in work.sheet.tables:
        first, last = table.data
        protected = {table.header_row, table.totals_row} & work.deleted
        whole = all(row in work.deleted for row in range(table.ref.first_row, table.ref.last_row + 1))
        if protected and not whole:
            raise Refused(
                Reason("table", work.sheet.name, f"the header or totals row of {table.name} would go")
            )
        if not whole and last >= first and all(row in work.deleted for row in range(first, last + 1)):
            work.deleted.discard(first)
            work.cleared.add(first)
            work.changes[first] = [partial(_clear, work)]


def _clear(work: SheetWork, row: RowXml) -> None:
    for column, cell in row.cells.items():
        if b"<" + work.found.prefix + b"f" not in cell.inner:
            row.cells[column] = CellXml({}).restyled(work.writer.styles.without_mark(cell.style))


def place(work: SheetWork, extent: Extent, incoming: list[Incoming]) -> Placed:
    """Where a list's incoming rows go: its blank rows, free rows below, else rows inserted. Raises Refused."""
    found, decoder = work.found, work.decoder
    columns = header_columns(found.row(extent.header_row), decoder, work.merged)
    data = data_list(extent, work.sheet, found, decoder, columns, _written(columns, incoming))
    if data.table is None:
        found.keep(extent.bottom, range(data.last + 1, data.last + len(incoming) + data.captions + 1))
    hosts = [row for row in data.blank_rows if row not in work.deleted]
    if data.table and data.first in work.cleared and data.first not in hosts:
        hosts.insert(0, data.first)
    missing = len(incoming) - len(hosts)
    if missing > 0 and free_below(data, work.sheet, found, work.merged, missing, work.deleted):
        hosts += range(data.last + 1, data.last + 1 + missing)
        missing = 0
    if missing > 0:
        _check_insertion(work, data.last + 1, data.columns)
    found.keep(extent.bottom, range(data.first, data.last + 1))
    return Placed(data, hosts[: len(incoming)], max(missing, 0), incoming)


def _written(columns: tuple[int, int], incoming: list[Incoming]) -> tuple[int, int]:
    """The columns of a plain range and those that rows bring beside it: what stands in them is not overwritten."""
    brought = [column for row in incoming for column in (*row.values, *(row.moved or {}))]
    return min([columns[0], *brought]), max([columns[1], *brought])


def _check_insertion(work: SheetWork, before: int, columns: tuple[int, int]) -> None:
    """Whole sheet rows are inserted; nothing may straddle the place beside the list itself."""
    name = work.sheet.name
    for other in work.sheet.tables:
        if (
            other.ref.first_row < before <= other.ref.last_row
            and (other.ref.first_col, other.ref.last_col) != columns
        ):
            raise Refused(
                Reason("table", name, f"{other.name} stands beside the list: rows cannot be inserted")
            )
    for area in work.merged:
        if area.first_row < before <= area.last_row:
            raise Refused(
                Reason("merged cells", name, f"{area} stands beside the list: rows cannot be inserted")
            )


def _unspill(area: Range, row: RowXml) -> None:
    for column in range(area.first_col, area.last_col + 1):
        if column in row.cells:
            row.cells[column] = CellXml({}).restyled(row.cells[column].style)


def check_shift(work: SheetWork) -> None:
    """Raises Refused when the rows that go would cut an array formula or a data table.

    A formula that spills may lose rows; where its own goes, what it had spilled goes too, as in Excel.
    """
    name, shift = work.sheet.name, work.shift
    if not shift.moves:
        return
    for row, column, area, dynamic in work.found.arrays:
        after = shift.range(area)
        if after is None:
            continue
        whole = after.last_row - after.first_row == area.last_row - area.first_row
        if dynamic and shift.row(row) is None:
            for left in range(area.first_row, area.last_row + 1):
                work.change(left, partial(_unspill, area))
        elif shift.row(row) is None or (not whole and not dynamic):
            raise Refused(
                Reason("array formula", name, f"the rows cut {area} entered at row {row}, column {column}")
            )
    for area in work.found.data_tables:
        if shift.range(area) != area:
            raise Refused(Reason("data table", name, f"{area} cannot follow moved rows"))
