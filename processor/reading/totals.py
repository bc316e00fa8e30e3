"""The line under a table that says « Total » and counts: nobody's séance, nobody's name."""

import re
from collections.abc import Mapping

from processor.model.names import normalised
from processor.model.sheets import Accepts, Column
from processor.reading.cells import text_of
from processor.reading.grid import Cell

_COUNTED = r"(seances?|heures?|h|inscrits?|inscriptions?|participants?|personnes?|lignes?|places?)"
_WORD = re.compile(
    rf"(sous[ -]?)?(total|totaux|somme)( general| generale| generaux)?( (de|des|d'|du) ?{_COUNTED}| {_COUNTED})?"
    rf"( ?[:=])?( ?[\d ]+([.,]\d+)?( {_COUNTED})?)?"
)
_COUNT = re.compile(rf"[\d ]+([.,]\d+)?( ?{_COUNTED})?")
_DATES = {Accepts.DATE, Accepts.DATETIME}
_FIRST_DATE = 10_000  # the serial of a day of 1927: a smaller number in a column of dates counts something


def totals(cells: Mapping[int, Cell], columns: Mapping[int, Column]) -> bool:
    """Whether a row says « Total », holds but counts beside it, and lacks what a real row must have.

    `columns` are those of the contract by number. A séance called « Total » that has a date is a séance; a room called
    « Total » needs no more than its name, and is a room.

    >>> seances = {1: Column("name", "Nom", required=True), 2: Column("start", "Date de début", Accepts.DATETIME, required=True)}
    >>> totals({1: Cell("Total :"), 2: Cell(12)}, seances), totals({1: Cell("Total"), 2: Cell("12/09/2026 9h")}, seances)
    (True, False)
    >>> totals({1: Cell("Total")}, {1: Column("name", "Nom", required=True)})
    False
    """
    typed = {n: cells[n] for n in columns if n in cells and not cells[n].blank and not cells[n].formula}
    said = {number for number, cell in typed.items() if _WORD.fullmatch(_words(cell))}
    if not said or not all(_counts(typed[number]) for number in set(typed) - said):
        return False
    return any(
        column.field == "day"
        or (column.required and number not in said and not _holds(typed.get(number), column))
        for number, column in columns.items()
    )


def _words(cell: Cell) -> str:
    return normalised(text_of(cell))


def _counts(cell: Cell) -> bool:
    value = cell.value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value < _FIRST_DATE
    return isinstance(value, str) and bool(_COUNT.fullmatch(_words(cell)))


def _holds(cell: Cell | None, column: Column) -> bool:
    """Whether the cell holds what the column wants, and not a count."""
    return cell is not None and not (column.accepts in _DATES and _counts(cell))
