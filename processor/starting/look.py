"""How a new workbook looks: its colours, its fonts and the named looks of its cells."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from processor.contract import COURSES, TEMPLATES
from processor.model.sheets import Accepts, Column, SheetSpec

if TYPE_CHECKING:
    from openpyxl.cell import Cell

ACCENT = "1F6F78"
DARK = "22333B"
SOFT = "647077"
PALE = "F4F6F6"
TINT = "E6F0F1"
LINE = "DDE4E6"
ORANGE = "FCE4D0"
ORANGE_TEXT = "8A3D00"
FONT = "Calibri"
_TAB_OF_THE_PROGRAM = "AEB8BC"
_TABS = {
    "Séances ouvertes": ACCENT, "Séances terminées": ACCENT, "Inscriptions": "C98A2B", "Participations": "C98A2B",
    "Journal": _TAB_OF_THE_PROGRAM, "Paramètres": SOFT, "Modèles": SOFT,
}  # fmt: skip
_LONG = 28
_AS_TEXT = frozenset(
    {"code", "session", "seance", "course", "series", "postcode", "phone", "attestation_number", "value"}
)
_CENTRED = (Accepts.DATE, Accepts.DATETIME, Accepts.TIME, Accepts.YES, Accepts.WHOLE, Accepts.NUMBER)
_FORMATS = {
    Accepts.DATE: "dd/mm/yyyy",
    Accepts.DATETIME: "dd/mm/yyyy hh:mm",
    Accepts.TIME: "hh:mm",
    Accepts.WHOLE: "0",
}


@dataclass(frozen=True)
class CellLook:
    """The look of one column's cells."""

    number_format: str
    wrapped: bool
    written: bool
    centred: bool
    vertical: Literal["top", "center"] = "center"


def look_of(spec: SheetSpec, column: Column) -> CellLook:
    """The look of a column: dates as dates, codes and telephones as text, lighter where the program writes.

    >>> from processor.contract import VENUES
    >>> look_of(VENUES, VENUES.column("postcode")).number_format
    '@'
    """
    number_format = "@" if column.field in _AS_TEXT else _FORMATS.get(column.accepts, "General")
    centred = column.accepts in _CENTRED
    long = column.accepts is Accepts.TEXT and column.width >= _LONG and column.field != "email"
    vertical: Literal["top", "center"] = "top" if spec in (TEMPLATES, COURSES) else "center"
    wrapped = column.accepts is Accepts.NAMES or long
    return CellLook(number_format, wrapped, column.written, centred, vertical)


def tab_colour(sheet: str) -> str:
    """The colour of a sheet's tab: séances, people, the program's own, and the lists."""
    return _TABS.get(sheet, "5FA3A9")


def paint_header(cell: "Cell", look: CellLook) -> None:
    """The header cell: white on the accent; softer where the program writes."""
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    cell.font = Font(name=FONT, size=11, bold=True, color="FFFFFF")
    cell.fill = PatternFill("solid", fgColor=SOFT if look.written else ACCENT)
    cell.alignment = Alignment(
        vertical="center", wrap_text=True, horizontal="center" if look.centred else "left"
    )
    cell.border = Border(right=Side("thin", color="FFFFFF"))


def paint(cell: "Cell", look: CellLook) -> None:
    """A cell of data."""
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    cell.number_format = look.number_format
    cell.font = Font(name=FONT, size=11, color=SOFT if look.written else DARK)
    cell.alignment = Alignment(
        vertical=look.vertical, wrap_text=look.wrapped, horizontal="center" if look.centred else None
    )
    cell.border = Border(bottom=Side("thin", color=LINE))
    if look.written:
        cell.fill = PatternFill("solid", fgColor=PALE)
