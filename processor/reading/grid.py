"""A sheet as reading sees it: sparse cells, whatever read them, and where the recognised columns stand."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

Value = str | int | float | bool | datetime | time | timedelta | None


INVISIBLE = dict.fromkeys((0x00AD, 0x200B, 0x2060, 0xFEFF))
"""Characters that pasting from the web or a mail brings along and nobody sees: soft hyphen, spaces without width, byte
order mark. Joiners and marks of direction stay, since they change how a name looks.
"""


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell holds. `shows_time` says whether its number format displays an hour; `error` is such as #REF!."""

    value: Value = None
    error: str = ""
    formula: bool = False
    shows_time: bool = False

    @property
    def blank(self) -> bool:
        """Whether a person sees nothing there."""
        return (
            not self.formula
            and not self.error
            and (
                self.value is None
                or (isinstance(self.value, str) and not self.value.translate(INVISIBLE).strip())
            )
        )


BLANK = Cell()


@dataclass(frozen=True)
class Grid:
    """The cells of one sheet: row number → column number → cell, both from 1. `marked` carries our fill.

    `merged` leads from each row that shares a merged cell with another row to that range, such as `E2:E4`.
    """

    name: str
    rows: Mapping[int, Mapping[int, Cell]]
    marked: frozenset[tuple[int, int]] = frozenset()
    date_1904: bool = False
    merged: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Layout:
    """Where a sheet of the contract stands in the workbook: its header row and the column of each known field."""

    sheet: str
    header_row: int
    columns: Mapping[str, int]
    headers: Mapping[int, str]
    marked: frozenset[tuple[int, int]] = field(default=frozenset())
    merged: Mapping[int, str] = field(default_factory=dict)

    def has(self, field_name: str) -> bool:
        """Whether the sheet has that column."""
        return field_name in self.columns

    def address(self, row: int, field_name: str) -> str:
        """The A1 address of a field in a row, or nothing where the sheet lacks the column.

        >>> Layout("Lieux", 1, {"city": 28}, {28: "Ville"}).address(3, "city")
        'AB3'
        """
        column = self.columns.get(field_name)
        return f"{letters(column)}{row}" if column else ""

    def header(self, field_name: str) -> str:
        """The header as staff wrote it."""
        return self.headers.get(self.columns.get(field_name, 0), "")


def letters(column: int) -> str:
    """The letters of a column counted from 1.

    >>> letters(1), letters(27), letters(16384)
    ('A', 'AA', 'XFD')
    """
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text
