"""The edits, given as data: all addresses are those of the workbook as read, all edits apply together."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from processor.workbook.sheet.values import Written

Values = Mapping[int, Written]
Neighbour = tuple[int, int] | Literal["above"]


@dataclass(frozen=True)
class SetCell:
    """Put a value into a cell, keeping its format; a formula there goes. None (or "") makes it blank.

    `like` gives the cell the format (font, fill, borders, alignment, protection, number format) of another one:
    * (row, column) of a cell of the same sheet, as it was read: what Excel's Format Painter, drawn from that cell,
      gives, without its conditional formats and validations. A cell that is not there has its row's or column's format;
    * "above": only where the cell has no format of its own, and at least three of the five rows above have one
      and the same in that column: what Excel's option "Extend data range formats and formulas" gives a value typed there.

    Our mark is no part of a format: a neighbour's is not taken, the cell's own stays. With a neighbour's format,
    `number_format`, where given, takes the place of its number format. Without one, a moment put into a cell whose
    format shows no date gets that format with `number_format`, or with the format Excel itself would give it.
    On a row that is moved, value and format travel.
    """

    sheet: str
    row: int
    column: int
    value: Written
    number_format: str | None = None
    like: Neighbour | None = None


@dataclass(frozen=True)
class MarkCell:
    """Lay a light orange over the cell, as a conditional format: the cell's own format stays as it is."""

    sheet: str
    row: int
    column: int


@dataclass(frozen=True)
class UnmarkCell:
    """Take the mark away, also the hatch that earlier versions laid: the cell looks as it did."""

    sheet: str
    row: int
    column: int


@dataclass(frozen=True)
class AppendRows:
    """New rows under the list whose header stands in `header_row`, by column number.

    Blank rows at the list's end are used first; what format they have stays. Otherwise formats, heights and formulas
    follow the last five data rows, column by column, as Excel's "Extend data range formats and formulas":
    what more than half of them (at least three of five) have alike; where they differ, what the last one has whose cell
    is not coloured apart from its row.
    A formula is filled down from the nearest of them that has one. When more than half of the columns of the last rows
    alternate by turns (bands laid by hand, at least four rows), the new rows go on alternating: each looks like the
    rows two, four and six above it. A height that Excel had fitted to its row (not set by hand) is left to be fitted
    again. Our mark is no part of a look.
    """

    sheet: str
    header_row: int
    rows: tuple[Values, ...]


@dataclass(frozen=True)
class CopyRow:
    """Copies of a row at the end of its list, as filling down makes them; each mapping overrides columns.

    Values, rich text, formulas (relative references moved), formats, height; not our mark. A plain range is known by its
    `header_row`: without it, a filter or a print area that ends with the list does not grow.
    """

    sheet: str
    row: int
    copies: tuple[Values, ...]
    header_row: int = 0


@dataclass(frozen=True)
class MoveRows:
    """Rows that go to the end of another list; `columns` leads from source to target columns.

    Values, rich text, formats and heights travel, formulas as their values (relative references would
    change their meaning) unless the target column is calculated. The source rows are deleted.
    """

    sheet: str
    rows: tuple[int, ...]
    to_sheet: str
    to_header_row: int
    columns: Mapping[int, int]


@dataclass(frozen=True)
class DeleteRows:
    """Delete whole rows of the sheet, as Excel's Delete Sheet Rows."""

    sheet: str
    rows: tuple[int, ...]


@dataclass(frozen=True)
class AddColumn:
    """A new column right of the list whose header stands in `header_row`: directly, unless a plain range has notes there.

    It looks like its left neighbour, as a column that Excel inserts there: header and data cells have its formats, but for
    the number format, which is General. `width`, in characters, is given to a column that is narrower.
    """

    sheet: str
    header_row: int
    column: int
    header: str
    width: float = 0


@dataclass(frozen=True)
class AddHyperlink:
    """A link on a cell; `target` is an address, or #Sheet!A1 for a place in the workbook."""

    sheet: str
    row: int
    column: int
    target: str
    tooltip: str | None = None


@dataclass(frozen=True)
class SheetColumn:
    """A column of a new sheet: header, width in characters, number format of its cells."""

    header: str
    width: float
    number_format: str | None = None


@dataclass(frozen=True)
class AddSheet:
    """A new sheet that holds one table, its header in row 1 and frozen; behind `after`, or last."""

    name: str
    columns: tuple[SheetColumn, ...]
    table_name: str
    rows: tuple[Values, ...] = field(default=())
    after: str | None = None


CellEdit = SetCell | MarkCell | UnmarkCell
Edit = (
    SetCell
    | MarkCell
    | UnmarkCell
    | AppendRows
    | CopyRow
    | MoveRows
    | DeleteRows
    | AddColumn
    | AddHyperlink
    | AddSheet
)
