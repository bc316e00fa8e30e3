"""Workbooks as text: a sheet is a table of ` | `-separated cells, so that a test shows its input beside what it expects."""

from collections.abc import Mapping
from datetime import datetime

from processor.contract import SHEETS
from processor.model.findings import Finding
from processor.model.past import Known
from processor.model.plan import Plan
from processor.model.snapshot import Snapshot
from processor.reading.grid import Cell, Grid
from processor.reading.snapshot import take
from processor.rules.plan import plan

NOW = datetime(2026, 12, 1, 2)


def grid(name: str, table: str) -> Grid:
    """The grid of a text table; a blank line is a blank row, `\\n` in a cell a line break."""
    rows = {}
    for number, line in enumerate(table.strip("\n").splitlines(), 1):
        cells = {
            column: Cell(text.strip().replace("\\n", "\n"))
            for column, text in enumerate(line.split("|"), 1)
            if text.strip()
        }
        rows[number] = cells
    return Grid(name, rows)


def snapshot(open_: str, now: datetime = NOW, known: Known | None = None, renames: Mapping[str, Mapping[str, str]] | None = None,
             **sheets: str) -> Snapshot:  # fmt: skip
    """The snapshot of text tables: the open sheet, and others by their Excel table's name in lower case (`lieux=…`)."""
    by_table = {spec.table.lower(): spec.name for spec in SHEETS}
    grids = {"Séances ouvertes": grid("Séances ouvertes", open_)}
    grids |= {by_table[name.lower()]: grid(by_table[name.lower()], table) for name, table in sheets.items()}
    return take(grids, list(grids), renames or {}, known or Known(), now)


def planned(open_: str, now: datetime = NOW, known: Known | None = None, **sheets: str) -> Plan:
    """The plan for text tables."""
    return plan(snapshot(open_, now, known, **sheets))


def told(findings: tuple[Finding, ...]) -> list[str]:
    """Each finding as `cell code: problem`, sorted."""
    return sorted(f"{finding.cell or finding.row} {finding.code}: {finding.problem}" for finding in findings)
