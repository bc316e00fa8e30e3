"""Columns added right of a list, and the rule that a table's header cells keep the names of its columns."""

from functools import partial

from processor.workbook.address import Range
from processor.workbook.cells import RowXml
from processor.workbook.draft import Draft
from processor.workbook.edits import AddColumn, SetCell
from processor.workbook.errors import Reason, Refused
from processor.workbook.plan import sheet_of
from processor.workbook.reader import Sheet, Table
from processor.workbook.writing import CellWriter


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
    held = work.found.row(group[0].header_row).cells
    last = table.ref.last_col if table else max((c for c, cell in held.items() if cell.inner), default=0)
    for edit in sorted(group, key=lambda item: item.column):
        taken = {name.casefold() for name in table.columns} if table else set()
        if edit.column != last + 1 or edit.header.casefold() in taken:
            detail = f"{edit.header}: not right of the list, or there already"
            raise Refused(Reason("column", edit.sheet, detail))
        _check_free(sheet, edit, table)
        work.change(edit.header_row, partial(_header_cell, work.writer, edit.column, edit.header, last))
        last = edit.column
        if table:
            draft.headers.setdefault(table.part, []).append(edit.header)


def _check_free(sheet: Sheet, edit: AddColumn, table: Table | None) -> None:
    bottom = table.ref.last_row if table else edit.header_row
    area = Range(edit.header_row, edit.column, bottom, edit.column)
    if any(other.ref.meets(area) for other in sheet.tables) or any(area.meets(m) for m in sheet.merged):
        raise Refused(Reason("column", edit.sheet, f"{area} is taken by a table or merged cells"))
    for number, cells in sheet.rows():
        if area.first_row <= number <= area.last_row and edit.column in cells:
            raise Refused(Reason("column", edit.sheet, f"{area} is not free"))


def _header_cell(writer: CellWriter, column: int, header: str, left: int, row: RowXml) -> None:
    style = row.cells[left].style if left in row.cells else 0
    row.cells[column] = writer.encoded(header).restyled(style)
