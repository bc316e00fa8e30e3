"""The list as an Excel workbook: one real table, ready to read, to filter and to print."""

import re
from collections import Counter
from collections.abc import Sequence
from io import BytesIO
from math import ceil
from typing import TYPE_CHECKING

from processor.exports.columns import COLUMNS, Value, one_line, rows
from processor.exports.fixed import fixed
from processor.model import Attendee, Role, Status
from processor.model.catalogue import say

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell, MergedCell
    from openpyxl.worksheet.worksheet import Worksheet

_INK, _ACCENT, _MUTED = "FF1F2933", "FF1F6F78", "FF5B6770"
_FIRST = 4  # the row of the headers, under the title, the count and a blank row
_A4 = 9
_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


def xlsx_bytes(people: Sequence[Attendee], title: str) -> bytes:
    """The workbook; the same people and title always give the same bytes."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = say("list.sheet")
    book.properties.creator = "Séances"
    book.properties.title = text = one_line(title).strip()
    _heading(sheet, text, counted(people))
    lines = rows(people)
    _table(sheet, lines, [person.status is Status.WITHDRAWN for person in people])
    _measure(sheet, lines)
    _printing(sheet, text)
    raw = BytesIO()
    book.save(raw)
    return fixed(raw.getvalue())


def counted(people: Sequence[Attendee]) -> str:
    """How many of each, in words.

    >>> counted([Attendee("1", "Zoé", "Dupont"), Attendee("2", "Ali", "Ben", status=Status.WAITING)])
    '1 inscrit, 1 en attente'
    >>> counted([])
    'Personne'
    """
    status = Counter(person.status for person in people if person.role is Role.PARTICIPANT)
    trainers = sum(person.role is Role.TRAINER for person in people)
    counts = (
        ("people.sum.registered", status[Status.REGISTERED]),
        ("people.sum.waiting", status[Status.WAITING]),
        ("people.sum.withdrawn", status[Status.WITHDRAWN]),
        ("list.trainers", trainers),
    )
    return ", ".join(say(slug, count=count) for slug, count in counts if count) or say("list.nobody")


def _heading(sheet: "Worksheet", title: str, count: str) -> None:
    from openpyxl.styles import Alignment, Font

    for row, text, size, bold, colour in ((1, title, 16, True, _ACCENT), (2, count, 10, False, _MUTED)):
        cell = sheet.cell(row, 1)
        write_text(cell, text)
        cell.font = Font(name="Calibri", size=size, bold=bold, color=colour)
        cell.alignment = Alignment(vertical="center", wrap_text=row == 1)
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=len(COLUMNS))
    sheet.row_dimensions[2].height = 16


def _table(sheet: "Worksheet", lines: list[list[Value]], pale: list[bool]) -> None:
    """An Excel table needs one row under its headers, so an empty list has a blank one. Who withdrew is in grey."""
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.worksheet.table import Table, TableStyleInfo

    for at, column in enumerate(COLUMNS, 1):
        cell = sheet.cell(_FIRST, at)
        write_text(cell, column.header)
        cell.font = Font(name="Calibri", size=11, bold=True, color="FFFFFFFF")
        cell.fill = PatternFill("solid", fgColor=_ACCENT)
        cell.alignment = Alignment(vertical="center", horizontal="right" if column.number else None)
    for row, line in enumerate(lines, _FIRST + 1):
        for at, value in enumerate(line, 1):
            _fill(sheet.cell(row, at), value, _MUTED if pale[row - _FIRST - 1] else _INK)
    last = sheet.cell(_FIRST + max(1, len(lines)), len(COLUMNS)).coordinate
    table = Table(displayName="Liste", name="Liste", ref=f"A{_FIRST}:{last}")
    table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=True)
    sheet.add_table(table)
    sheet.row_dimensions[_FIRST].height = 22
    sheet.freeze_panes = f"A{_FIRST + 1}"


def _fill(cell: "Cell | MergedCell", value: Value, ink: str) -> None:
    from openpyxl.styles import Alignment, Border, Font, Side

    cell.font = Font(name="Calibri", size=11, color=ink)
    cell.border = Border(bottom=Side("thin", color="FFD9E0E3"))
    if isinstance(value, str):
        write_text(cell, value)
        cell.alignment = Alignment(vertical="center", wrap_text=True)
    else:
        cell.value = None if value is None else round(value, 2)
        cell.number_format = "General"
        cell.alignment = Alignment(vertical="center", horizontal="right")


def write_text(cell: "Cell | MergedCell", text: str) -> None:
    """Writes a text that stays one: never a formula, a number or an error, and still text when it is edited in Excel."""
    if not text:
        return
    cell.value = _ESCAPED.sub("_x005F_", text)
    cell.data_type = "s"
    cell.number_format = "@"
    if text.lstrip()[:1] in {"=", "+", "-", "@", "'"}:
        cell.quotePrefix = True


def _measure(sheet: "Worksheet", lines: list[list[Value]]) -> None:
    """Columns as wide as what they hold, up to their limit; rows as high as their longest text, cut into lines, needs.

    LibreOffice does not stretch a row by itself when it opens the file, so the height is said.
    """
    from openpyxl.utils import get_column_letter

    widths = []
    for at, column in enumerate(COLUMNS):
        longest = max((len(str(line[at] or "")) for line in lines), default=0)
        widths.append(min(column.width, max(len(column.header) + 4, column.width * 0.7, longest * 1.1 + 2)))
        sheet.column_dimensions[get_column_letter(at + 1)].width = widths[at]
    for row, line in enumerate(lines, _FIRST + 1):
        needed = max(
            ceil(len(str(value or "")) * 1.1 / (width - 1)) for value, width in zip(line, widths, strict=True)
        )
        sheet.row_dimensions[row].height = 4 + 15 * min(needed, 12)
    title = len(str(sheet.cell(1, 1).value or "")) * 1.7  # of large bold characters
    sheet.row_dimensions[1].height = 8 + 20 * min(max(1, ceil(title / sum(widths))), 4)


def _printing(sheet: "Worksheet", title: str) -> None:
    """A4 landscape, as wide as one page, the headers on every page, pages numbered."""
    from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = _A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = f"{_FIRST}:{_FIRST}"
    sheet.print_options.horizontalCentered = True
    margins = sheet.page_margins
    margins.left = margins.right = 0.4
    margins.top, margins.bottom, margins.footer = 0.6, 0.8, 0.35
    sheet.oddFooter = HeaderFooterItem(
        left=_HeaderFooterPart(text=title[:80].replace("&", "&&")),
        right=_HeaderFooterPart(text=say("list.page")),
    )
    sheet.sheet_view.showGridLines = False
