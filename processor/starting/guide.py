"""The sheets « Mode d'emploi », beside which staff need to read nothing, and « Mots des lettres »."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from processor.contract import SHEETS
from processor.model.catalogue import explained, say
from processor.model.sheets import Column, SheetSpec
from processor.model.typography import typeset
from processor.starting.guide_text import parts
from processor.starting.heights import height
from processor.starting.look import ACCENT, DARK, FONT, LINE, SOFT, TINT
from processor.starting.sheet import print_landscape

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

GUIDE = "Mode d'emploi"
WORDS = "Mots des lettres"
_WIDTHS = {"A": 3, "B": 36, "C": 92, "D": 44}
_WORDS_WIDTHS = {"A": 3, "B": 60, "C": 84, "D": 44}


def add_guide(workbook: "Workbook") -> None:
    """Adds the guide: what to do and how, then the columns of each sheet."""
    page = _Page(workbook.create_sheet(GUIDE), _WIDTHS)
    page.sheet.sheet_view.tabSelected = True
    title, *how, columns, words = parts()
    page.title(title.title, title.introduction)
    for part in how:
        page.heading(part.title, part.introduction)
        for what, told in part.tasks:
            page.line(what, told)
    page.heading(columns.title, columns.introduction)
    for spec in SHEETS:
        page.columns(spec)
    page.heading(words.title, f"{words.introduction} {say('guide.words.sheet', sheet=WORDS)}")
    page.link(WORDS)


def add_words(workbook: "Workbook", placeholders: Sequence[tuple[str, str, str]]) -> None:
    """Adds the words that letters may say: what to type, its meaning, an example."""
    page = _Page(workbook.create_sheet(WORDS), _WORDS_WIDTHS)
    words = parts()[-1]
    page.title(words.title, words.introduction)
    page.heads(*(say(f"guide.words.{column}") for column in ("typed", "meaning", "example")))
    page.sheet.freeze_panes = f"A{page.row}"
    for typed, meaning, example in placeholders:
        page.line(typed, meaning, example, mono=True)


class _Page:
    """The lines of a sheet that is read like a page, from top to bottom."""

    def __init__(self, sheet: "Worksheet", widths: Mapping[str, int]) -> None:
        self.sheet, self.widths = sheet, widths
        self.row = 1
        for letter, width in widths.items():
            sheet.column_dimensions[letter].width = width
        sheet.sheet_view.showGridLines = False
        sheet.sheet_properties.tabColor = ACCENT
        print_landscape(sheet)

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
        self.link(spec.name)
        if spec.help:
            self._paragraph(spec.help)
        if spec.as_in:
            same = next(other.name for other in SHEETS if other.table == spec.as_in)
            self._paragraph(say("guide.same", sheet=same))
            return
        for column in spec.columns:
            if column.offered:
                header = column.header + (" *" if column.required else "")
                self.line(header, spec.guide_to(column), _accepted(column))

    def link(self, sheet: str) -> None:
        """The name of a sheet, which leads to it."""
        from openpyxl.worksheet.hyperlink import Hyperlink

        self.row += 1
        title = self.sheet[f"B{self.row}"]
        self._band(say("guide.sheet", sheet=sheet), TINT, ACCENT, 12)
        title.hyperlink = Hyperlink(ref=title.coordinate, location=f"'{sheet}'!A1")

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
        texts = [(text, self.widths[letter]) for letter, text in zip("BCD", (what, how, more), strict=True)]
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
        room = sum(self.widths[letter] for letter in "BCD")
        self.sheet.row_dimensions[self.row].height = height([(text, room)]) + 3
        self.row += 1

    def _put(self, letter: str, text: str, *, size: int = 11, bold: bool = False, colour: str = DARK,
             font: str = FONT, wrapped: bool = True) -> None:  # fmt: skip
        from openpyxl.styles import Alignment, Font

        cell = self.sheet[f"{letter}{self.row}"]
        cell.value = (text if font != FONT else typeset(text)) or None
        cell.font = Font(name=font, size=size, bold=bold, color=colour)
        cell.alignment = Alignment(wrap_text=wrapped, vertical="center" if size > 11 else "top")


def _accepted(column: Column) -> str:
    if column.written:
        return say("guide.written")
    if column.choices and column.choices != ("oui",):
        return ", ".join(column.choices)
    if column.from_list:
        return say("guide.from_list", sheet=column.from_list)
    return explained(f"guide.accepts.{column.accepts.name.lower()}")
