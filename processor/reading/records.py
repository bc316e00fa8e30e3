"""One row of a sheet as typed values, with a finding for each cell that could not be read."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from processor.model import Place
from processor.model.catalogue import known, say
from processor.model.findings import Fault, Finding, Severity
from processor.model.layout import Layout, cell_finding
from processor.model.names import normalised
from processor.model.sheets import SheetSpec
from processor.reading.cells import read, text_of
from processor.reading.grid import BLANK, Cell, Grid
from processor.reading.totals import totals

T = TypeVar("T")

_JUDGED_LATER = {"start", "end", "file"}


@dataclass
class Record:
    """The values of one row by field. `place` says where it stands; `findings` what could not be read."""

    place: Place
    layout: Layout
    values: dict[str, object] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    others: dict[str, str] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """The text of a field, blank where the cell or the column is missing."""
        value = self.values.get(name)
        return value if isinstance(value, str) else ""

    def get(self, name: str, kind: type[T]) -> T | None:
        """The value of a field when it is of that type, else None."""
        value = self.values.get(name)
        return value if isinstance(value, kind) else None

    def fault(self, name: str, fault: Fault, why: str = "", severity: Severity = Severity.ROW) -> None:
        """Adds the finding of a cell of this row."""
        self.findings.append(
            cell_finding(self.layout, self.place.row, name, fault, why or _why(name), severity)
        )


def records(grid: Grid, spec: SheetSpec, layout: Layout) -> Iterator[Record]:
    """The rows under the header that hold anything in a column of the contract, in the order of the sheet.

    A row where only staff's own columns or dragged-down formulas hold something is no row of the contract, nor is one
    that repeats the header, as people do at the top of each printed page, nor a line of text below the list, nor one that
    says « Total » and counts.
    """
    known = {
        layout.columns[column.field]: column for column in spec.columns if column.field in layout.columns
    }
    captions = _captions(grid, spec, layout)
    for row in sorted(number for number in grid.rows if number > layout.header_row):
        cells = grid.rows[row]
        if row in captions:
            continue
        if not any(
            not cells[number].blank and not cells[number].formula for number in known if number in cells
        ):
            continue
        if _repeats_header(cells, layout) or totals(cells, known):
            continue
        record = Record(Place(layout.sheet, row), layout)
        for number, column in known.items():
            value = read(cells.get(number, BLANK), column, grid.date_1904)
            if isinstance(value, Fault):
                record.fault(column.field, value)
            elif value is not None:
                record.values[column.field] = value
            elif column.required and column.field not in _JUDGED_LATER:
                record.fault(column.field, Fault.of("cellule-vide", header=column.header))
        record.others = {
            header: text_of(cells.get(number, BLANK))
            for number, header in layout.headers.items()
            if number not in known
        }
        yield record


def _why(field: str) -> str:
    """Why a field matters: the slug `field.<field>.why`, else that of any field."""
    own = f"field.{field}.why"
    return say(own if known(own) else "field.why")


def _captions(grid: Grid, spec: SheetSpec, layout: Layout) -> set[int]:
    """The lines of text below the list, behind a blank row: one cell each, in no column that a row must fill, unless with
    three words or more where a code belongs.

    >>> from processor.model.sheets import Column
    >>> spec = SheetSpec("Lieux", (Column("code", "Code"), Column("name", "Nom", required=True)), "T_Lieux")
    >>> layout = Layout("Lieux", 1, {"code": 1, "name": 2}, {1: "Code", 2: "Nom"})
    >>> rows = {2: {1: Cell("A"), 2: Cell("Gymnase")}, 3: {1: Cell("B")}, 5: {1: Cell("Signature :")}, 6: {2: Cell("Stade")}}
    >>> _captions(Grid("Lieux", rows), spec, layout), _captions(Grid("Lieux", {**rows, 6: {1: Cell("Le maire")}}), spec, layout)
    (set(), {5, 6})
    """
    ours = layout.columns.get("control")
    lone, last = set(), layout.header_row
    for row in sorted((number for number in grid.rows if number > layout.header_row), reverse=True):
        held = {n: cell for n, cell in grid.rows[row].items() if not cell.blank and n != ours}
        if _is_caption(held, spec, layout):
            lone.add(row)
        elif held:
            last = row
            break
    while last + 1 in lone:  # right under the list, so one of its rows
        last += 1
    return {row for row in lone if row > last}


def _is_caption(held: Mapping[int, Cell], spec: SheetSpec, layout: Layout) -> bool:
    """Whether the row is one cell of text, where no row of the list need have one."""
    number, cell = next(iter(held.items()), (0, BLANK))
    if len(held) != 1 or not isinstance(cell.value, str):
        return False
    must = {
        layout.columns.get(column.field)
        for column in spec.columns
        if column.required or column.field == "day"
    }
    codes = {layout.columns.get(name) for name in ("code", "seance", "session")}
    return number not in must or (number in codes and len(cell.value.split()) > 2)


def _repeats_header(cells: Mapping[int, Cell], layout: Layout) -> bool:
    """Whether each cell of the row holds its own header, two cells at least.

    >>> layout = Layout("Lieux", 1, {"name": 1, "city": 2}, {1: "Nom", 2: "Ville"})
    >>> _repeats_header({1: Cell("NOM "), 2: Cell("Ville")}, layout), _repeats_header({1: Cell("Nom")}, layout)
    (True, False)
    """
    shown = {number: text_of(cell) for number, cell in cells.items() if not cell.blank}
    return len(shown) > 1 and all(
        normalised(text) == normalised(layout.headers.get(number, "")) for number, text in shown.items()
    )
