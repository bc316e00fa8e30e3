"""Reading everything once: the workbook's sheets as grids, the journal's record, the templates' state, the clock."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from processor.contract import SHEETS
from processor.journal.records import RENEWING, JournalView
from processor.mail.bounces import too_many
from processor.model.findings import Code, Finding, Severity, Stopped
from processor.model.past import Known
from processor.model.snapshot import Snapshot
from processor.night.conflict_copies import copies_told
from processor.night.unchangeable import signed
from processor.reading.grid import Cell, Grid
from processor.reading.layouts import sheet_of
from processor.reading.snapshot import take
from processor.settings import Settings
from processor.workbook import Book, ErrorValue, Sheet, Unreadable, open_workbook
from processor.workbook import Cell as SheetCell

Clock = Callable[[str], datetime]


@dataclass(frozen=True)
class Observation:
    """The workbook as it was read, and the snapshot that decisions are made from."""

    book: Book
    grids: Mapping[str, Grid]
    snapshot: Snapshot


def observe(settings: Settings, workbook: Path, view: JournalView, clock: Clock) -> Observation:
    """The observation of a workbook. `clock` gives the wall-clock time in a zone. Raises Stopped, changes nothing."""
    book = opened(workbook)
    try:
        grids = grids_of(book)
    except Unreadable as error:
        raise Stopped([unreadable(workbook, error)]) from error
    snapshot = take(
        grids,
        worksheets(book),
        settings.columns,
        replace(known(view), copy_of=settings.copy_of),
        datetime(1970, 1, 1),
    )
    if book.signed and not settings.break_signature:
        snapshot = replace(snapshot, findings=(*snapshot.findings, signed(Severity.NOTE)))
    findings = (*snapshot.findings, *copies_told(workbook))
    return Observation(book, grids, replace(snapshot, findings=findings, now=clock(snapshot.parameters.zone)))


def opened(workbook: Path) -> Book:
    """The workbook, or Stopped with what is wrong with the file."""
    try:
        return open_workbook(workbook)
    except Unreadable as error:
        raise Stopped([unreadable(workbook, error)]) from error


_CODES: dict[str, Code] = {
    "missing": "classeur-absent", "empty": "classeur-vide", "encrypted": "classeur-chiffre", "xls": "classeur-ancien",
    "not-a-workbook": "classeur-illisible", "folder": "classeur-illisible", "special": "classeur-illisible",
    "loop": "classeur-absent", "damaged": "classeur-abime", "too-large": "classeur-trop-grand",
}  # fmt: skip


def unreadable(workbook: Path, error: Unreadable) -> Finding:
    """What is wrong with a file that is no workbook, or with a part of it that could not be read."""
    variant = "detail" if error.kind == "damaged" and error.detail else error.kind
    code = _CODES.get(error.kind, "classeur-abime")
    return Finding.of(code, Severity.STOP, variant, workbook=workbook.name, detail=error.detail)


def grids_of(book: Book) -> dict[str, Grid]:
    """The sheets of the contract that the workbook has, by the contract's name."""
    found = {spec.name: sheet_of(spec, worksheets(book)) for spec in SHEETS}
    return {name: grid_of(book.sheet(sheet), book.date_1904) for name, sheet in found.items() if sheet}


def worksheets(book: Book) -> tuple[str, ...]:
    """The names of the sheets that have cells: a chart has a tab of its own, which is no sheet of the contract."""
    return tuple(entry.name for entry in book.entries if entry.kind == "worksheet")


def grid_of(sheet: Sheet, date_1904: bool) -> Grid:
    """The sheet as reading sees it. A value merged over several rows of a column holds for each of them.

    The totals row of a table is none of its data.
    """
    totals = {table.totals_row for table in sheet.tables}
    rows = {
        number: {column: _cell(cell) for column, cell in cells.items()}
        for number, cells in sheet.rows()
        if number not in totals
    }
    shared: dict[int, str] = {}
    for merged in sheet.merged:
        if merged.first_row < merged.last_row:
            across = range(merged.first_row, merged.last_row + 1)
            shared |= {row: str(merged) for row in across if row in rows}
        top = rows.get(merged.first_row, {}).get(merged.first_col)
        if top is None or top.blank:
            continue
        below = range(merged.first_row + 1, merged.last_row + 1)
        few, many = (below, rows) if len(below) < len(rows) else (rows, below)
        for row in [row for row in few if row in many]:
            rows[row][merged.first_col] = top
    return Grid(sheet.name, rows, frozenset(sheet.marked), date_1904, shared)


def _cell(cell: SheetCell) -> Cell:
    if isinstance(cell.value, ErrorValue):
        return Cell(None, str(cell.value), cell.formula is not None)
    shows_time = cell.kind == "date" and "h" in cell.number_format.lower()
    return Cell(cell.value, "", cell.formula is not None, shows_time)


def known(view: JournalView) -> Known:
    """What the journal tells the rules. A cancelled mail was decided too: it is never written again of itself."""
    return Known(
        view.mails,
        view.documents,
        view.occurrences,
        view.codes,
        calendar={uid: (entry.sequence, entry.facts) for uid, entry in view.calendar.items()},
        bounced={address: record.detail or record.status for address, record in view.bounced.items()},
        returned=too_many(view),
        fresh=view.fresh,
        renewing=view.opening == RENEWING,
        renewed=view.renewed,
    )
