"""One sheet of a new workbook: a real Excel table with its looks, drop-downs and conditional formats."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from processor.contract import FINISHED, OPEN, PARAMETERS
from processor.contract.parameters import SETTINGS
from processor.model import State
from processor.model.findings import Severity
from processor.model.sheets import Column, SheetSpec
from processor.model.typography import typeset
from processor.starting.content import Rows
from processor.starting.heights import ONE_LINE, TWO_LINES, height
from processor.starting.look import (
    ORANGE,
    ORANGE_TEXT,
    PALE,
    SOFT,
    CellLook,
    look_of,
    paint,
    paint_header,
    tab_colour,
)
from processor.starting.validations import LAST_ROW, setting_validation, validation

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_HELP = Column("help", "Aide", width=88)
_HEADER_HEIGHT = 32
_MARGIN = 2
_CONTROL = 100
_WIDE = 320
_SEANCES = (OPEN, FINISHED)


def columns_of(spec: SheetSpec) -> tuple[Column, ...]:
    """The columns that a new workbook offers; Paramètres has a third one that explains each line.

    What the night says of a séance fits in two lines of a wide Contrôle, the last column.
    """
    offered = tuple(
        replace(column, width=_CONTROL) if column.field == "control" else column
        for column in spec.columns
        if column.offered
    )
    return (*offered, _HELP) if spec is PARAMETERS else offered


def add_sheet(workbook: "Workbook", spec: SheetSpec, rows: Rows) -> None:
    """Adds the sheet of that specification, with one blank row where no row is given.

    Raises KeyError for a header that the sheet does not have.
    """
    sheet: Worksheet = workbook.create_sheet(spec.name)
    columns = columns_of(spec)
    unknown = {header for row in rows for header in row} - {column.header for column in columns}
    if unknown:
        raise KeyError(f"no such columns in {spec.name}: {sorted(unknown)}")
    looks = [_help_look(column) or look_of(spec, column) for column in columns]
    for number, (column, look) in enumerate(zip(columns, looks, strict=True), 1):
        _column(sheet, spec, number, column, look)
    for number, row in enumerate(rows or [{}], 2):
        for position, (column, look) in enumerate(zip(columns, looks, strict=True), 1):
            paint(sheet.cell(number, position, _value(row, column)), look)
        wrapped = [column for column, look in zip(columns, looks, strict=True) if look.wrapped]
        texts = [(str(row.get(column.header) or ""), column.width + _MARGIN) for column in wrapped]
        needed = max(height(texts), TWO_LINES if rows and spec in _SEANCES else 0)
        if needed > ONE_LINE:
            sheet.row_dimensions[number].height = needed
    if spec is PARAMETERS:
        _drop_downs_of_settings(sheet)
    _table(sheet, spec, len(columns), max(len(rows), 1) + 1)
    _conditions(sheet, columns)
    _shown(sheet, spec, sum(column.width for column in columns))


def _value(row: Mapping[str, object], column: Column) -> Any:
    """What stands in the cell; the help, which is ours, is typeset."""
    value = row.get(column.header)
    return typeset(value) if column is _HELP and isinstance(value, str) else value


def _help_look(column: Column) -> CellLook | None:
    return CellLook("General", True, True, False) if column is _HELP else None


def _column(sheet: "Worksheet", spec: SheetSpec, number: int, column: Column, look: CellLook) -> None:
    from openpyxl.utils import get_column_letter

    letter = get_column_letter(number)
    dimension = sheet.column_dimensions[letter]
    dimension.width = column.width + _MARGIN
    if look.number_format != "General":
        dimension.number_format = look.number_format
    paint_header(sheet.cell(1, number, column.header), look)
    made = validation(spec, column)
    if made is not None:
        made.add(f"{letter}2:{letter}{LAST_ROW}")
        sheet.add_data_validation(made)


def _drop_downs_of_settings(sheet: "Worksheet") -> None:
    for number, setting in enumerate(SETTINGS, 2):
        made = setting_validation(setting)
        if made is not None:
            made.add(f"B{number}")
            sheet.add_data_validation(made)


def _table(sheet: "Worksheet", spec: SheetSpec, width: int, last_row: int) -> None:
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.table import Table, TableStyleInfo

    table = Table(displayName=spec.table, ref=f"A1:{get_column_letter(width)}{last_row}")
    table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=False)
    sheet.add_table(table)


def _conditions(sheet: "Worksheet", columns: tuple[Column, ...]) -> None:
    """A cancelled séance is greyed; a Contrôle that asks for something stands out."""
    from openpyxl.formatting.rule import Rule
    from openpyxl.styles import Font, PatternFill
    from openpyxl.styles.differential import DifferentialStyle
    from openpyxl.utils import get_column_letter

    letters = {column.field: get_column_letter(number) for number, column in enumerate(columns, 1)}
    if control := letters.get("control"):
        labels = (Severity.ROW.label, Severity.NOTE.label)
        starts = ",".join(f'LEFT(${control}2,{len(label)})="{label}"' for label in labels)
        fill = PatternFill("solid", bgColor=ORANGE, fgColor=ORANGE)
        rule = Rule(
            "expression",
            formula=[f"OR({starts})"],
            dxf=DifferentialStyle(font=Font(color=ORANGE_TEXT), fill=fill),
        )
        sheet.conditional_formatting.add(f"{control}2:{control}{LAST_ROW}", rule)
    if state := letters.get("state"):
        grey = PatternFill("solid", bgColor=PALE, fgColor=PALE)
        style = DifferentialStyle(font=Font(color=SOFT, strike=True), fill=grey)
        rule = Rule("expression", formula=[f'${state}2="{State.CANCELLED}"'], dxf=style)
        before_control = get_column_letter(len(columns) - 1)
        sheet.conditional_formatting.add(f"A2:{before_control}{LAST_ROW}", rule)


def _shown(sheet: "Worksheet", spec: SheetSpec, width: int) -> None:
    sheet.sheet_properties.tabColor = tab_colour(spec.name)
    sheet.sheet_view.showGridLines = False
    sheet.row_dimensions[1].height = _HEADER_HEIGHT
    sheet.freeze_panes = "C2" if spec in _SEANCES else "A2"
    _repeat_when_printed(sheet, "$A:$B" if width > _WIDE else "")
    print_landscape(sheet, 2 if width > _WIDE else 1)


def _repeat_when_printed(sheet: "Worksheet", columns: str) -> None:
    """The header on every page, and columns before it, as Excel orders them."""
    from openpyxl.workbook.defined_name import DefinedName

    quoted = f"'{sheet.title}'!"
    parts = ",".join(quoted + part for part in (columns, "$1:$1") if part)
    sheet.defined_names["_xlnm.Print_Titles"] = DefinedName("_xlnm.Print_Titles", attr_text=parts)


def print_landscape(sheet: "Worksheet", pages_wide: int = 1) -> None:
    """A4 landscape, as many pages high as it takes, with the sheet's name and the page number at the foot."""
    from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = pages_wide, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top, sheet.page_margins.bottom, sheet.page_margins.footer = 0.5, 0.75, 0.3
    sheet.oddFooter = HeaderFooterItem(left=_HeaderFooterPart("&A"), right=_HeaderFooterPart("&P / &N"))
