"""The edits, given as data: all addresses are those of the workbook as read, all edits apply together."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from processor.workbook.values import Written

Values = Mapping[int, Written]


@dataclass(frozen=True)
class SetCell:
    """Put a value into a cell, keeping its format; a formula there goes. None (or "") makes it blank.

    A moment put into a cell whose format shows no date gets that format with `number_format`, or with
    the format Excel itself would give it. On a row that is moved, the value travels.
    """

    sheet: str
    row: int
    column: int
    value: Written
    number_format: str | None = None


@dataclass(frozen=True)
class MarkCell:
    """Lay a light hatch over the cell's fill. Cells with a pattern or gradient of their own stay unmarked."""

    sheet: str
    row: int
    column: int


@dataclass(frozen=True)
class UnmarkCell:
    """Take the hatch away: the fill that it lay over is back."""

    sheet: str
    row: int
    column: int


@dataclass(frozen=True)
class AppendRows:
    """New rows under the list whose header stands in `header_row`, by column number.

    They look like the last data row; formulas of that row are filled down. Blank rows at the list's end
    are used first.
    """

    sheet: str
    header_row: int
    rows: tuple[Values, ...]


@dataclass(frozen=True)
class CopyRow:
    """Copies of a row at the end of its list, as filling down makes them; each mapping overrides columns."""

    sheet: str
    row: int
    copies: tuple[Values, ...]


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
    """A new column directly right of the list whose header stands in `header_row`."""

    sheet: str
    header_row: int
    column: int
    header: str


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
