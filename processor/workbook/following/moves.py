"""How all sheets move at once: the shift of each, and where the cells of moved rows went."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from processor.workbook.following.formulas import shifted_reference
from processor.workbook.following.shift import RowShift
from processor.workbook.sheet.a1 import Range, cell_address
from processor.workbook.sheet.formulas import rewrite


@dataclass(frozen=True)
class Carried:
    """Rows moved from one sheet to another: `rows` from where they stood to where they stand, `columns` likewise."""

    sheet: str
    rows: Mapping[int, int]
    columns: Mapping[int, int]

    def place(self, area: Range) -> Range | None:
        """Where a range that was moved as a whole stands now; None when it was not, or was torn apart."""
        top, left = self.rows.get(area.first_row), self.columns.get(area.first_col)
        if top is None or left is None or area.last_row - area.first_row >= len(self.rows):
            return None
        down, right = top - area.first_row, left - area.first_col
        rows = range(area.first_row, area.last_row + 1)
        columns = range(area.first_col, area.last_col + 1)
        whole = all(self.rows.get(row) == row + down for row in rows) and all(
            self.columns.get(column) == column + right for column in columns
        )
        if not whole:
            return None
        return Range(top, left, area.last_row + down, area.last_col + right)


@dataclass(frozen=True)
class Moves:
    """The shifts of all sheets and the rows carried from them to others, both by sheet name in lower case."""

    shifts: Mapping[str, RowShift]
    carried: Mapping[str, tuple[Carried, ...]] = field(default_factory=dict)

    def of(self, sheet: str) -> RowShift:
        """The shift of a sheet, an empty one where its rows stay."""
        return self.shifts.get(sheet.casefold(), RowShift())

    def formula(self, text: str, sheet: str, absolute_only: bool = False) -> str:
        """The formula after the moves. What points at moved cells follows them, as after Excel's cut and paste.

        A range follows when all of it was moved together; else what is left of it stays. `absolute_only`: relative
        references do not follow, since in formats and validations they are read anew from each cell.
        """

        def change(name: str, reference: str) -> str:
            shift = self.shifts.get(name.casefold())
            return reference if shift is None else shifted_reference(reference, shift)

        def carry(name: str, reference: str) -> str | None:
            if absolute_only and any("$" not in corner[1:] for corner in reference.split(":")):
                return None
            return self.carry(name, reference)

        return rewrite(text, sheet, change, carry if self.carried else None)

    def carry(self, name: str, reference: str) -> str | None:
        """What a reference to cells that went to another sheet becomes; None when they did not, or not together."""
        area = Range.parse(reference)
        for carried in self.carried.get(name.casefold(), ()) if area else ():
            after = carried.place(area) if area else None
            if after is not None:
                return f"{quoted_sheet(carried.sheet)}!{_like(reference, after)}"
        return None


def quoted_sheet(name: str) -> str:
    """A sheet's name as it stands in a formula, in quotes when it holds more than letters and digits.

    >>> quoted_sheet("Feuil1"), quoted_sheet("L'an 2")
    ('Feuil1', "'L''an 2'")
    """
    plain = name.replace("_", "").isalnum() and name.isascii() and name[:1].isalpha() and len(name) > 3
    address = name[-1:].isdigit() and len(name) < 11 and name.rstrip("0123456789").isalpha()
    short = address and len(name.rstrip("0123456789")) < 4
    return name if plain and not short else "'" + name.replace("'", "''") + "'"


def _like(reference: str, area: Range) -> str:
    """The range written with the dollar signs of the reference."""
    corners = []
    places = ((area.first_row, area.first_col), (area.last_row, area.last_col))
    for corner, (row, column) in zip(reference.split(":"), places, strict=False):
        letters = cell_address(row, column).rstrip("0123456789")
        column_sign = "$" if corner.startswith("$") else ""
        row_sign = "$" if "$" in corner[1:] else ""
        corners.append(f"{column_sign}{letters}{row_sign}{row}")
    return ":".join(corners)
