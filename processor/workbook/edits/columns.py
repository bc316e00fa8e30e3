"""Columns added right of a list, and the rule that a table's header cells keep the names of its columns."""

from functools import partial

from processor.workbook.edits.draft import Draft
from processor.workbook.edits.edits import AddColumn, SetCell
from processor.workbook.edits.plan import sheet_of
from processor.workbook.edits.work import SheetWork
from processor.workbook.edits.writing import CellWriter
from processor.workbook.errors import Reason, Refused
from processor.workbook.package.markup import attributes
from processor.workbook.sheet.a1 import MAX_ROW, Range, cell_address
from processor.workbook.sheet.cells import CellXml, RowXml, parse_row
from processor.workbook.sheet.lists import header_columns
from processor.workbook.sheet.reader import Sheet
from processor.workbook.sheet.table import Table


def add_columns(draft: Draft) -> None:
    """Enter the new headers into their rows, and remember what the tables gain. Raises Refused where there is no room."""
    columns: dict[tuple[str, int], list[AddColumn]] = {}
    for edit in draft.edits:
        if isinstance(edit, AddColumn):
            columns.setdefault((edit.sheet, edit.header_row), []).append(edit)
    for group in columns.values():
        _add_group(draft, group)


def check_headers(draft: Draft) -> None:
    """Raises Refused when a cell set would give a table's header another text: Excel would repair the file."""
    for edit in draft.edits:
        if isinstance(edit, SetCell):
            for table in sheet_of(draft.book, edit.sheet).tables:
                in_columns = table.ref.first_col <= edit.column <= table.ref.last_col
                there = table.columns[edit.column - table.ref.first_col :][:1]
                if edit.row == table.header_row and in_columns and there != (edit.value,):
                    raise Refused(
                        Reason("table header", edit.sheet, f"{table.name} would lose a column's name")
                    )


def _add_group(draft: Draft, group: list[AddColumn]) -> None:
    sheet = sheet_of(draft.book, group[0].sheet)
    work = draft.work(sheet, {group[0].header_row})
    table = next((item for item in sheet.tables if item.header_row == group[0].header_row), None)
    header = work.found.row(group[0].header_row)
    left, last = header_columns(header, work.decoder, sheet.merged)
    left = last = table.ref.last_col if table else last
    rows = _dressed(work, table, header.number, left)
    for edit in sorted(group, key=lambda item: item.column):
        taken = {name.casefold() for name in table.columns} if table else set()
        astray = edit.column != last + 1 if table else edit.column <= last
        if edit.header.casefold() in taken:
            raise Refused(Reason("column name", edit.sheet, f"the table has {edit.header} already"))
        if astray:
            raise Refused(Reason("column", edit.sheet, f"{edit.header} would not be right of the list"))
        _check_free(sheet, edit, table)
        work.change(edit.header_row, partial(_header_cell, work.writer, edit.column, edit.header, last))
        for number, styles in rows.items():
            work.change(number, partial(_like_left, left, edit.column, styles))
        if edit.width:
            draft.widths.setdefault(sheet.name.casefold(), {})[edit.column] = edit.width
        last = edit.column
        if table:
            draft.headers.setdefault(table.part, []).append(edit.header)


def _dressed(work: SheetWork, table: Table | None, header_row: int, left: int) -> dict[int, dict[int, int]]:
    """The rows under the header that have a format in the column `left`, with what becomes of each format.

    Those of a plain range end where a row has none, or where a table begins.
    """
    styles, derived = work.writer.styles, {0: 0}
    rows: dict[int, dict[int, int]] = {}
    below = [other.ref.first_row for other in work.sheet.tables if other.ref.first_row > header_row]
    bottom = table.data[1] if table else min(below, default=MAX_ROW + 1) - 1
    for number, raw, prefix in work.sheet.raw_rows():
        if number <= header_row:
            continue
        cell = _cell_in(raw, number, left, prefix) if number <= bottom else None
        ends = table is None and (cell is None or number != header_row + len(rows) + 1)
        if number > bottom or ends:
            break
        if cell is None:
            continue
        if cell.style not in derived:
            plain = styles.without_mark(cell.style)
            general = styles.number_format(plain) == "General"
            derived[cell.style] = plain if general else styles.with_number_format(plain, "General")
        rows[number] = derived
        work.found.asked.add(number)
        work.found.rows.setdefault(number, raw)
    return rows


def _cell_in(raw: bytes, number: int, column: int, prefix: bytes) -> CellXml | None:
    """The attributes of one cell of a row, found by its usual start tag, else by cutting the row."""
    start = raw.find(b"<" + prefix + b'c r="' + cell_address(number, column).encode() + b'"')
    if start < 0:
        return parse_row(number, raw, prefix).cells.get(column)
    return CellXml(attributes(raw[start : raw.index(b">", start)]))


def _like_left(left: int, column: int, styles: dict[int, int], row: RowXml) -> None:
    if left in row.cells and column not in row.cells and styles.get(row.cells[left].style):
        row.cells[column] = CellXml({}).restyled(styles[row.cells[left].style])


def _check_free(sheet: Sheet, edit: AddColumn, table: Table | None) -> None:
    below = [other.ref.first_row for other in sheet.tables if other.ref.first_row > edit.header_row]
    bottom = table.ref.last_row if table else min(below, default=MAX_ROW + 1) - 1
    area = Range(edit.header_row, edit.column, bottom, edit.column)
    if any(other.ref.meets(area) for other in sheet.tables) or any(area.meets(m) for m in sheet.merged):
        raise Refused(Reason("column", edit.sheet, f"{area} is taken by a table or merged cells"))
    for number, cells in sheet.rows():
        if area.first_row <= number <= area.last_row and edit.column in cells:
            raise Refused(Reason("column", edit.sheet, f"{area} is not free"))


def _header_cell(writer: CellWriter, column: int, header: str, left: int, row: RowXml) -> None:
    style = row.cells[left].style if left in row.cells else 0
    row.cells[column] = writer.encoded(header).restyled(style)
