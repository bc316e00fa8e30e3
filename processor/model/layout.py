"""Where the columns of a sheet of the contract stand in the workbook."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from processor.model.findings import Fault, Finding, Severity


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

    @property
    def own_headers(self) -> tuple[str, ...]:
        """The headers of staff's own columns, which templates may print of each row."""
        ours = set(self.columns.values())
        return tuple(header for number, header in self.headers.items() if number not in ours)


def cell_finding(layout: Layout, row: int, name: str, fault: Fault, why: str, severity: Severity) -> Finding:
    """The finding of one cell, named by sheet, address and header."""
    return Finding(
        fault.code, severity, fault.problem, why, fault.fix,
        layout.sheet, row, layout.address(row, name), layout.header(name),
    )  # fmt: skip


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
