"""Addresses of cells and ranges in the A1 notation of ISO 29500 (ST_Ref, ST_Sqref)."""

import re
from dataclasses import dataclass
from functools import cache

MAX_ROW = 1_048_576
MAX_COLUMN = 16_384
_CELL = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})\Z")


@cache
def column_letters(number: int) -> str:
    """The letters of a column counted from 1.

    >>> column_letters(1), column_letters(27), column_letters(16384)
    ('A', 'AA', 'XFD')
    """
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


@cache
def column_number(letters: str) -> int:
    """The number of a column, counted from 1.

    >>> column_number("A"), column_number("aa"), column_number("XFD")
    (1, 27, 16384)
    """
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def cell_address(row: int, column: int) -> str:
    """The A1 address of a cell.

    >>> cell_address(9, 2)
    'B9'
    """
    return f"{column_letters(column)}{row}"


def parse_cell(text: str) -> tuple[int, int] | None:
    """Row and column of an A1 address, or None when it is no single cell.

    >>> parse_cell("$B$9"), parse_cell("B:B")
    ((9, 2), None)
    """
    match = _CELL.match(text)
    return (int(match[2]), column_number(match[1])) if match else None


@dataclass(frozen=True, order=True)
class Range:
    """A rectangle of cells; rows and columns count from 1, both ends belong to it."""

    first_row: int
    first_col: int
    last_row: int
    last_col: int

    @staticmethod
    def parse(text: str) -> "Range | None":
        """The range that a reference without sheet denotes; whole rows and columns reach the sheet's end.

        >>> Range.parse("B2:C9"), Range.parse("A:A")
        (Range(first_row=2, first_col=2, last_row=9, last_col=3), Range(first_row=1, first_col=1, last_row=1048576, last_col=1))
        """
        first, _, last = text.replace("$", "").partition(":")
        last = last or first
        start, end = parse_cell(first), parse_cell(last)
        if start and end:
            rows, columns = sorted((start[0], end[0])), sorted((start[1], end[1]))
            return Range(rows[0], columns[0], rows[1], columns[1])
        if first.isalpha() and last.isalpha() and len(first) < 4 and len(last) < 4:
            columns = sorted((column_number(first), column_number(last)))
            return Range(1, columns[0], MAX_ROW, columns[1])
        if first.isdecimal() and last.isdecimal():
            rows = sorted((int(first), int(last)))
            return Range(rows[0], 1, rows[1], MAX_COLUMN)
        return None

    def __str__(self) -> str:
        """The reference as Excel writes it in ref and sqref attributes."""
        first = cell_address(self.first_row, self.first_col)
        last = cell_address(self.last_row, self.last_col)
        return first if first == last else f"{first}:{last}"

    @property
    def single(self) -> bool:
        """Whether it is one cell."""
        return (self.first_row, self.first_col) == (self.last_row, self.last_col)

    def holds(self, row: int, column: int) -> bool:
        """Whether the cell lies in the range."""
        return self.first_row <= row <= self.last_row and self.first_col <= column <= self.last_col

    def meets(self, other: "Range") -> bool:
        """Whether the two ranges share a cell."""
        return (
            self.first_row <= other.last_row
            and other.first_row <= self.last_row
            and self.first_col <= other.last_col
            and other.first_col <= self.last_col
        )

    def joined(self, other: "Range") -> "Range":
        """The smallest range that holds both."""
        return Range(
            min(self.first_row, other.first_row),
            min(self.first_col, other.first_col),
            max(self.last_row, other.last_row),
            max(self.last_col, other.last_col),
        )
