"""The attestation d'assiduité of a quarter as a file: one line a person, an Excel table or csv."""

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

from processor.exports.comma import decimal_comma, harmless
from processor.exports.excel import write_text
from processor.exports.fixed import fixed
from processor.exports.writing import replace_file
from processor.model import Assiduity
from processor.model.catalogue import say

_NAMES = ("last_name", "first_name", "employer")
_FIGURES = ("planned", "attended", "excused", "unjustified", "unknown", "rate", "unjustified_rate")
_WIDTHS = (22, 18, 28, 11, 11, 14, 16, 14, 12, 17)
_FIRST, _A4 = 4, 9
_INK, _ACCENT, _MUTED, _LIMIT = "FF1F2933", "FF1F6F78", "FF5B6770", 10.0


def write_assiduity(lines: Sequence[Assiduity], path: Path, shape: str, title: str) -> None:
    """Writes the table, whole or not at all; the same lines always give the same bytes. OSError when the disk refuses."""
    replace_file(path, _csv(lines) if shape == "csv" else _xlsx(lines, title))


def headers() -> list[str]:
    """The headers of the table: the names, then the figures."""
    return [*(say(f"people.{name}") for name in _NAMES), *(say(f"assiduity.{name}") for name in _FIGURES)]


def row(line: Assiduity) -> tuple[str | float, ...]:
    """The cells of one person, in the order of the headers.

    >>> from processor.model import Attendee
    >>> row(Assiduity(Attendee("k", "Zoé", "Dupont"), 20, 16, 2, 2))[3:]
    (20, 16, 2, 2, 0.0, 80.0, 10.0)
    """
    return (*(getattr(line.person, name) for name in _NAMES), *(getattr(line, name) for name in _FIGURES))


def _csv(lines: Sequence[Assiduity]) -> bytes:
    rows = [tuple(headers()), *(tuple(_cell(value) for value in row(line)) for line in lines)]
    text = "".join(";".join(f'"{cell}"' if '"' in cell or ";" in cell else cell for cell in cells) + "\r\n"
                   for cells in ([one.replace('"', '""').replace("\n", " ") for one in cells] for cells in rows))  # fmt: skip
    return b"\xef\xbb\xbf" + text.encode("utf-8")


def _cell(value: str | float) -> str:
    return harmless(value) if isinstance(value, str) else decimal_comma(value)


def _xlsx(lines: Sequence[Assiduity], title: str) -> bytes:
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.properties import PageSetupProperties
    from openpyxl.worksheet.table import Table, TableStyleInfo

    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title, book.properties.creator, book.properties.title = say("assiduity.sheet"), "Séances", title
    write_text(sheet.cell(1, 1), title)
    sheet.cell(1, 1).font = Font(name="Calibri", size=16, bold=True, color=_ACCENT)
    write_text(sheet.cell(2, 1), say("assiduity.note"))
    sheet.cell(2, 1).font = Font(name="Calibri", size=10, color=_MUTED)
    for column, (header, width) in enumerate(zip(headers(), _WIDTHS, strict=True), 1):
        cell = sheet.cell(_FIRST, column)
        write_text(cell, header)
        cell.font = Font(name="Calibri", size=11, bold=True, color="FFFFFFFF")
        cell.fill = PatternFill("solid", fgColor=_ACCENT)
        cell.alignment = Alignment(
            vertical="center", wrap_text=True, horizontal="right" if column > len(_NAMES) else None
        )
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.row_dimensions[_FIRST].height = 48
    for at, line in enumerate(lines, _FIRST + 1):
        for column, value in enumerate(row(line), 1):
            cell = sheet.cell(at, column)
            if isinstance(value, str):
                write_text(cell, value)
            else:
                cell.value, cell.number_format = value, "0.##" if float(value).is_integer() is False else "0"
            cell.font = Font(name="Calibri", size=11, color=_INK, bold=line.unjustified_rate > _LIMIT)
    last = sheet.cell(_FIRST + max(1, len(lines)), len(_WIDTHS)).coordinate
    table = Table(displayName="Assiduite", name="Assiduite", ref=f"A{_FIRST}:{last}")
    table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=True)
    sheet.add_table(table)
    sheet.freeze_panes = f"A{_FIRST + 1}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", _A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = f"{_FIRST}:{_FIRST}"
    sheet.sheet_view.showGridLines = False
    raw = BytesIO()
    book.save(raw)
    return fixed(raw.getvalue())
