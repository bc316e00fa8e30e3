"""Finding the header row of a sheet, whatever stands above it and whatever order the columns are in."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from processor.model.layout import Layout
from processor.model.names import normalised
from processor.model.nearest import nearest
from processor.model.sheets import Column, SheetSpec
from processor.reading.cells import text_of
from processor.reading.grid import Grid

_ALTERNATIVES = {"start": ("start", "day"), "end": ("end", "end_time")}
_SEARCHED_ROWS = 200


@dataclass(frozen=True)
class Headless:
    """No row of the sheet holds all required headers. `missing` pairs each missing header with the nearest one seen."""

    sheet: str
    row: int
    missing: tuple[tuple[str, str | None], ...]
    blank: bool


def find_layout(grid: Grid, spec: SheetSpec, renames: Mapping[str, str]) -> Layout | Headless:
    """The first row that holds the required headers, with the column of each field.

    `renames` comes from `[colonnes]`: our header → the header the workbook uses. The last mended header row would do as
    well, but the first one is what a person reading from the top takes for the header.
    """
    names = _names(spec, renames)
    best: tuple[int, int, dict[str, int]] = (0, 0, {})
    for row in _candidates(grid):
        columns = _recognised(grid, row, names)
        if not _missing(spec, columns):
            return _layout(grid, row, columns)
        if len(columns) > best[0]:
            best = (len(columns), row, columns)
    return _headless(grid, spec, best[1], best[2], renames)


def _candidates(grid: Grid) -> Iterator[int]:
    for index, row in enumerate(sorted(grid.rows)):
        if index >= _SEARCHED_ROWS:
            return
        yield row


def _names(spec: SheetSpec, renames: Mapping[str, str]) -> dict[str, tuple[int, str]]:
    """Normalised spelling → (rank, field): a rename beats our own header, which beats another spelling."""
    renamed = {normalised(ours): theirs for ours, theirs in renames.items()}
    names: dict[str, tuple[int, str]] = {}
    for column in spec.columns:
        for rank, spelling in _spellings(column, renamed.get(normalised(column.header))):
            key = normalised(spelling)
            if key not in names or rank < names[key][0]:
                names[key] = (rank, column.field)
    return names


def _spellings(column: Column, renamed: str | None) -> Iterator[tuple[int, str]]:
    if renamed is not None:
        yield 0, renamed
        return
    yield 1, column.header
    for spelling in column.spellings:
        yield 2, spelling


def _recognised(grid: Grid, row: int, names: Mapping[str, tuple[int, str]]) -> dict[str, int]:
    found: dict[str, tuple[int, int]] = {}
    for number, cell in sorted(grid.rows[row].items()):
        match = names.get(normalised(text_of(cell))) if isinstance(cell.value, str) else None
        if match and (match[1] not in found or match[0] < found[match[1]][0]):
            found[match[1]] = (match[0], number)
    return {field: number for field, (_, number) in found.items()}


def _missing(spec: SheetSpec, columns: Mapping[str, int]) -> list[Column]:
    return [
        column
        for column in spec.columns
        if column.required
        and not any(field in columns for field in _ALTERNATIVES.get(column.field, (column.field,)))
    ]


def _layout(grid: Grid, row: int, columns: dict[str, int]) -> Layout:
    headers = {number: text_of(cell) for number, cell in grid.rows[row].items() if text_of(cell)}
    return Layout(grid.name, row, columns, headers, marked=grid.marked, merged=grid.merged)


def _headless(
    grid: Grid, spec: SheetSpec, row: int, columns: Mapping[str, int], renames: Mapping[str, str]
) -> Headless:
    seen = [
        text_of(cell)
        for number, cell in grid.rows.get(row, {}).items()
        if number not in columns.values() and text_of(cell)
    ]
    expected = [renames.get(column.header, column.header) for column in _missing(spec, columns)]
    missing = tuple((header, nearest(header, seen) if columns else None) for header in expected)
    return Headless(grid.name, row if columns else 0, missing, blank=not any(grid.rows.values()))
