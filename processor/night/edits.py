"""From the plan to edits of the workbook: fields become columns, codes and dates become cells."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time
from itertools import count
from typing import Literal

from processor.contract import FINISHED, OPEN, SHEETS
from processor.model import FINISHED_SHEET, Place
from processor.model.layout import Layout
from processor.model.names import normalised
from processor.model.plan import NewSheet, Plan, Repeat, Value
from processor.model.sheets import Accepts, Column
from processor.model.snapshot import Snapshot
from processor.model.typography import typeset
from processor.reading.grid import Cell, Grid
from processor.workbook import (
    AddColumn,
    AddSheet,
    AppendRows,
    CopyRow,
    Edit,
    MarkCell,
    MoveRows,
    SetCell,
    SheetColumn,
    UnmarkCell,
)

_CLEARED_IN_COPIES = ("invite", "attest", "weekdays", "until", "weeks", "state", "accepted", "control")
_SENTENCES = {"control", "action", "detail"}
_SPECS = {spec.name: spec for spec in SHEETS}


def structure(plan: Plan, snapshot: Snapshot, grids: Mapping[str, Grid]) -> list[Edit]:
    """The sheets and columns that must exist before anything else is written: applied on their own, first."""
    edits: list[Edit] = [edit for new in plan.sheets for edit in _prepared(plan, snapshot, new)]
    for spec in SHEETS:
        layout = snapshot.layouts.get(spec.name)
        if layout is not None:
            headers = [new.header for new in plan.columns if new.sheet == spec.name] + _missing_in(
                plan, snapshot, layout
            )
            edits += [
                AddColumn(layout.sheet, layout.header_row, column, header, _width(spec.columns, header))
                for column, header in zip(_free(layout, grids[spec.name]), headers, strict=False)
            ]
    return edits


def _free(layout: Layout, grid: Grid) -> Iterator[int]:
    """The columns right of the headers in which nobody typed anything."""
    typed = {c for row, cells in grid.rows.items() if row > layout.header_row for c in cells}
    return (column for column in count(max(layout.headers, default=0) + 1) if column not in typed)


def _width(columns: Sequence[Column], header: str) -> float:
    """The width of a column that is added, as in a new workbook; a header of staff's own, with its filter button."""
    known = {normalised(column.header): column.width for column in columns}
    return max(known.get(normalised(header), 0), len(header) + 3)


def _missing_in(plan: Plan, snapshot: Snapshot, target: Layout) -> list[str]:
    """Headers of the other sheet of séances that rows moving here bring with them."""
    sources = {move.source.sheet for move in plan.moves if _target(snapshot, move.to) is target}
    there = {normalised(header) for header in target.headers.values()}
    missing: dict[str, str] = {}
    for layout in snapshot.layouts.values():
        if layout.sheet in sources:
            known = {column: name for name, column in layout.columns.items()}
            for column, header in sorted(layout.headers.items()):
                if normalised(header) not in there and known.get(column) not in target.columns:
                    missing.setdefault(normalised(header), header)
    planned = {
        normalised(new.header)
        for new in plan.columns
        if new.sheet in (OPEN.name, FINISHED.name) and _is(snapshot, new.sheet, target)
    }
    return [header for key, header in missing.items() if key not in planned]


def _is(snapshot: Snapshot, name: str, layout: Layout) -> bool:
    return snapshot.layouts.get(name) is layout


def _target(snapshot: Snapshot, to: str) -> Layout | None:
    return snapshot.layouts.get(FINISHED.name if to == FINISHED_SHEET else OPEN.name)


def _prepared(plan: Plan, snapshot: Snapshot, new: NewSheet) -> list[Edit]:
    """The new sheet; or its headers, on the blank sheet of that name that staff made already."""
    sheet = _sheet(plan, snapshot, new)
    blank = snapshot.blank_sheets.get(new.sheet)
    if blank is None:
        return [sheet]
    return [SetCell(blank, 1, number, column.header) for number, column in enumerate(sheet.columns, 1)]


def _sheet(plan: Plan, snapshot: Snapshot, new: NewSheet) -> AddSheet:
    """A sheet of the contract. The finished séances get the headers of the open ones, in their order, added ones too."""
    spec = _SPECS[new.sheet]
    if new.sheet == FINISHED.name:
        layout = snapshot.layouts[OPEN.name]
        headers = [header for _, header in sorted(layout.headers.items())]
        headers += [column.header for column in plan.columns if column.sheet == OPEN.name]
        return AddSheet(spec.name, tuple(SheetColumn(h, 18) for h in headers), spec.table, after=layout.sheet)
    columns = tuple(
        SheetColumn(c.header, max(c.width, len(c.header) + 3), _FORMATS.get(c.accepts))
        for c in spec.columns
        if c.offered
    )
    return AddSheet(spec.name, columns, spec.table)


_FORMATS = {Accepts.DATETIME: "dd/mm/yyyy hh:mm", Accepts.DATE: "dd/mm/yyyy", Accepts.TIME: "hh:mm"}


@dataclass
class _Translation:
    """The edits of one plan, against layouts that have all the columns it needs."""

    plan: Plan
    snapshot: Snapshot
    grids: Mapping[str, Grid]
    layouts: Mapping[str, Layout] = field(init=False)

    def __post_init__(self) -> None:
        self.layouts = {layout.sheet: layout for layout in self.snapshot.layouts.values()}

    def edits(self) -> Iterator[Edit]:
        for write in self.plan.writes:
            layout = self.layouts[write.source.sheet]
            if layout.has(write.field):
                like: Literal["above"] | None = None if write.value is None else "above"
                column = layout.columns[write.field]
                value = _shown(write.field, write.value)
                yield SetCell(layout.sheet, write.source.row, column, value, like=like)
        for mark in self.plan.marks:
            yield (MarkCell if mark.marked else UnmarkCell)(mark.sheet, mark.row, mark.column)
        for repeat in sorted(self.plan.repeats, key=lambda r: (r.start, r.code)):
            layout = self.layouts[repeat.source.sheet]
            copies = (self._copy(layout, repeat),)
            yield CopyRow(layout.sheet, repeat.source.row, copies, layout.header_row)
        yield from self._moves()
        yield from self._new_rows()

    def _moves(self) -> Iterator[Edit]:
        ways: dict[tuple[str, str], list[int]] = defaultdict(list)
        for move in self.plan.moves:
            ways[move.source.sheet, move.to].append(move.source.row)
        for (sheet, to), rows in ways.items():
            source, target = self.layouts[sheet], _target(self.snapshot, to)
            if target is None:
                raise KeyError(to)
            columns = column_map(source, target)
            columns |= beside([self._grid(sheet).rows[row] for row in rows], source, target)
            yield MoveRows(sheet, tuple(sorted(rows)), target.sheet, target.header_row, columns)

    def _new_rows(self) -> Iterator[Edit]:
        by_sheet: dict[str, list[Mapping[str, Value]]] = defaultdict(list)
        for row in self.plan.rows:
            by_sheet[row.sheet].append(row.values)
        for name, rows in by_sheet.items():
            layout = self.snapshot.layouts[name]
            values = tuple(
                {layout.columns[f]: _shown(f, v) for f, v in row.items() if layout.has(f) and v is not None}
                for row in rows
            )
            yield AppendRows(layout.sheet, layout.header_row, values)

    def _copy(self, layout: Layout, repeat: Repeat) -> dict[int, Value]:
        cells = self._cells(repeat.source)
        values: dict[str, Value] = {
            "code": repeat.code,
            "series": repeat.serie,
            **dict.fromkeys(_CLEARED_IN_COPIES),
        }
        if text(cells.get(layout.columns.get("name", 0))) != repeat.name:
            values["name"] = repeat.name
        values |= wall_values(layout, cells, repeat)
        return {layout.columns[name]: value for name, value in values.items() if layout.has(name)}

    def _cells(self, place: Place) -> Mapping[int, Cell]:
        return self._grid(place.sheet).rows[place.row]

    def _grid(self, sheet: str) -> Grid:
        return next(grid for grid in self.grids.values() if grid.name == sheet)


def _shown(field: str, value: Value) -> Value:
    """A value as its cell shows it: the sentences of Contrôle and Journal are typeset, all else stays as it is."""
    return typeset(value) if field in _SENTENCES and isinstance(value, str) else value


def text(cell: Cell | None) -> str:
    """The text of a cell that holds text, for a comparison."""
    return cell.value.strip() if cell is not None and isinstance(cell.value, str) else ""


def wall_values(layout: Layout, cells: Mapping[int, Cell], repeat: Repeat) -> dict[str, Value]:
    """The dates of a copy in the columns that hold the original's: with their hour, or beside a column of hours.

    Columns that the original leaves blank stay blank, and hours in columns of their own are the original's already.
    """
    filled = {name for name, column in layout.columns.items() if column in cells and not cells[column].blank}
    values: dict[str, Value] = {}
    if "start" in filled:
        values["start"] = _on(repeat.start, "start_time" in filled)
    if "end" in filled:
        values["end"] = _on(repeat.end, "end_time" in filled or repeat.end.time() == time(23, 59, 59))
    if "day" in filled:
        values["day"] = _on(repeat.start, True)
    return values


def _on(moment: datetime, day_alone: bool) -> datetime:
    return datetime.combine(moment.date(), time()) if day_alone else moment


def column_map(source: Layout, target: Layout) -> dict[int, int]:
    """Source column → target column: by field where both know it, else by header; a column without a twin is left out.

    >>> source = Layout("A", 1, {"name": 1}, {1: "Intitulé", 2: "Budget", 3: "Seul"})
    >>> column_map(source, Layout("B", 1, {"name": 2}, {1: "budget", 2: "Nom"}))
    {1: 2, 2: 1}
    """
    fields = {column: name for name, column in source.columns.items()}
    headers = {normalised(header): column for column, header in sorted(target.headers.items(), reverse=True)}
    mapped = {
        column: target.columns.get(fields.get(column, ""), headers.get(normalised(header), 0))
        for column, header in sorted(source.headers.items())
    }
    return {column: there for column, there in mapped.items() if there}


def beside(rows: Iterable[Mapping[int, Cell]], source: Layout, target: Layout) -> dict[int, int]:
    """Where goes what staff typed beside the list, under no header: the same column, or right of all headers.

    The whole row goes, as when somebody cuts and pastes it: nothing typed in it may be lost.

    >>> source, target = Layout("A", 1, {}, {1: "Nom"}), Layout("B", 1, {}, {1: "Nom", 3: "Lieu"})
    >>> beside([{1: Cell("Yoga"), 3: Cell("rappeler"), 5: Cell(7)}], source, target)
    {3: 6, 5: 5}
    """
    held = {c for row in rows for c, cell in row.items() if c not in source.headers and not cell.blank}
    taken = {*target.headers, *(column for column in held if column not in target.headers)}
    places: dict[int, int] = {}
    for column in sorted(held):
        places[column] = column if column not in target.headers else max(taken) + 1
        taken.add(places[column])
    return places


def edits_of(plan: Plan, snapshot: Snapshot, grids: Mapping[str, Grid]) -> list[Edit]:
    """The edits of the plan, for a workbook that has the structure it needs (`structure` was applied and read again)."""
    return list(_Translation(plan, snapshot, grids).edits())
