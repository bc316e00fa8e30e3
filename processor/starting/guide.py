"""The sheet « Mode d'emploi » : staff never need to read anything else."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from processor.contract import SHEETS
from processor.model.sheets import Column, SheetSpec
from processor.starting import guide_text as words
from processor.starting.heights import height
from processor.starting.look import ACCENT, DARK, FONT, LINE, SOFT, TINT, written_by_the_program
from processor.starting.sheet import print_landscape

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

NAME = "Mode d'emploi"
_WIDTHS = {"A": 3, "B": 36, "C": 92, "D": 44}


def add_guide(workbook: "Workbook", placeholders: Sequence[tuple[str, str, str]]) -> None:
    """Adds the guide: what to do and how, the columns of each sheet, the words that letters may say."""
    sheet: Worksheet = workbook.create_sheet(NAME)
    for letter, width in _WIDTHS.items():
        sheet.column_dimensions[letter].width = width
    sheet.sheet_view.showGridLines, sheet.sheet_view.tabSelected = False, True
    sheet.sheet_properties.tabColor = ACCENT
    print_landscape(sheet)
    page = _Page(sheet)
    page.title("Mode d’emploi", words.INTRODUCTION)
    for heading, tasks in words.TASKS:
        page.heading(heading)
        for what, how in tasks:
            page.line(what, how)
    page.heading(words.COLUMNS_TITLE, words.COLUMNS_INTRODUCTION)
    for spec in SHEETS:
        page.columns(spec)
    page.heading(words.PLACEHOLDERS_TITLE, words.PLACEHOLDERS_INTRODUCTION)
    page.heads("Ce que vous écrivez", "Ce qui s’imprime", "Exemple")
    for typed, meaning, example in placeholders:
        page.line(typed, meaning, example, mono=True)


class _Page:
    """The lines of the guide, from top to bottom."""

    def __init__(self, sheet: "Worksheet") -> None:
        self.sheet = sheet
        self.row = 1

    def title(self, title: str, introduction: str) -> None:
        self._put("B", title, size=22, bold=True, colour=ACCENT)
        self.sheet.row_dimensions[self.row].height = 34
        self.row += 1
        self._paragraph(introduction)

    def heading(self, heading: str, introduction: str = "") -> None:
        self.row += 1
        self._band(heading, ACCENT, "FFFFFF", 13)
        self.sheet.row_dimensions[self.row - 1].height = 24
        if introduction:
            self._paragraph(introduction)

    def columns(self, spec: SheetSpec) -> None:
        """What one sheet's columns hold, under a link to the sheet."""
        from openpyxl.worksheet.hyperlink import Hyperlink

        self.row += 1
        title = self.sheet[f"B{self.row}"]
        self._band(f"Feuille « {spec.name} »", TINT, ACCENT, 12)
        title.hyperlink = Hyperlink(ref=title.coordinate, location=f"'{spec.name}'!A1")
        if spec.help:
            self._paragraph(spec.help)
        if spec.name == "Séances terminées":
            self._paragraph("Les mêmes colonnes que « Séances ouvertes ».")
            return
        for column in spec.columns:
            if column.offered:
                header = column.header + (" *" if column.required else "")
                self.line(header, _meaning(spec, column), _accepted(spec, column))

    def heads(self, *texts: str) -> None:
        for letter, text in zip("BCD", texts, strict=False):
            self._put(letter, text, bold=True, colour=SOFT)
        self.row += 1

    def line(self, what: str, how: str, more: str = "", mono: bool = False) -> None:
        from openpyxl.styles import Border, Side

        self._put("B", what, bold=not mono, font="Consolas" if mono else FONT, size=10 if mono else 11)
        self._put("C", how)
        self._put("D", more, colour=SOFT)
        for letter in "BCD":
            self.sheet[f"{letter}{self.row}"].border = Border(bottom=Side("hair", color=LINE))
        texts = [(text, _WIDTHS[letter]) for letter, text in zip("BCD", (what, how, more), strict=True)]
        self.sheet.row_dimensions[self.row].height = height(texts)
        self.row += 1

    def _band(self, text: str, fill: str, colour: str, size: int) -> None:
        from openpyxl.styles import PatternFill

        for letter in "BCD":
            self.sheet[f"{letter}{self.row}"].fill = PatternFill("solid", fgColor=fill)
        self._put("B", text, size=size, bold=True, colour=colour, wrapped=False)
        self.row += 1

    def _paragraph(self, text: str) -> None:
        self.sheet.merge_cells(f"B{self.row}:D{self.row}")
        self._put("B", text)
        room = sum(_WIDTHS[letter] for letter in "BCD")
        self.sheet.row_dimensions[self.row].height = height([(text, room)]) + 3
        self.row += 1

    def _put(self, letter: str, text: str, *, size: int = 11, bold: bool = False, colour: str = DARK,
             font: str = FONT, wrapped: bool = True) -> None:  # fmt: skip
        from openpyxl.styles import Alignment, Font

        cell = self.sheet[f"{letter}{self.row}"]
        cell.value = text or None
        cell.font = Font(name=font, size=size, bold=bold, color=colour)
        cell.alignment = Alignment(wrap_text=wrapped, vertical="center" if size > 11 else "top")


def _meaning(spec: SheetSpec, column: Column) -> str:
    if written_by_the_program(spec, column):
        return column.help.replace("Écrit par le programme", "").lstrip(" .:").capitalize()
    return column.help or words.MEANINGS.get((spec.name, column.header), "")


def _accepted(spec: SheetSpec, column: Column) -> str:
    if written_by_the_program(spec, column):
        return "écrit par le programme"
    if column.choices and column.choices != ("oui",):
        return ", ".join(column.choices)
    if column.from_list:
        return f"un choix de « {column.from_list} »"
    return words.ACCEPTED[column.accepts.name]
