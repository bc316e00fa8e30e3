"""All that a decision depends on, read once: the workbook's sheets, the journal's record and the clock."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import TypeVar

from processor.contract import (
    CLOSURES,
    COMMENTS,
    COURSES,
    FINISHED,
    GROUPS,
    JOURNAL,
    OPEN,
    PARAMETERS,
    PARTICIPATIONS,
    REGISTRATIONS,
    SESSIONS,
    TEMPLATES,
    TRAINERS,
    VENUES,
)
from processor.model import (
    Parameters,
    Place,
    Seance,
    Template,
    Unread,
    Wording,
)
from processor.model.findings import Finding, Severity, Stopped
from processor.model.layout import Layout
from processor.model.names import normalised
from processor.model.past import Known
from processor.model.sheets import SheetSpec
from processor.model.snapshot import Snapshot
from processor.reading import rows
from processor.reading.cells import text_of
from processor.reading.grid import BLANK, Grid
from processor.reading.layouts import ambiguous, layouts_of, lost, no_open_sheet
from processor.reading.parameters import read_parameters
from processor.reading.records import Record, records
from processor.reading.seances import read_seance

T = TypeVar("T")


def take(
    grids: Mapping[str, Grid],
    names: Iterable[str],
    renames: Mapping[str, Mapping[str, str]],
    known: Known,
    now: datetime,
) -> Snapshot:
    """The snapshot of the grids (by the contract's sheet name). Raises Stopped where the structure is in error.

    `names` are all the sheets of the workbook, for the remedy when « Séances ouvertes » is missing.
    """
    names = list(names)
    layouts, findings = layouts_of(grids, renames)
    if OPEN.name not in grids:
        findings.append(no_open_sheet(names))
    if findings:
        raise Stopped(findings)
    taking = _Taking(grids, layouts)
    taking.findings += [*ambiguous(names, layouts), *lost(layouts, renames)]
    return taking.snapshot(known, now)


class _Taking:
    """One reading of the grids, gathering what was found wrong on the way."""

    def __init__(self, grids: Mapping[str, Grid], layouts: Mapping[str, Layout]) -> None:
        self.grids, self.layouts = grids, layouts
        self.findings: list[Finding] = []
        self.set_aside: set[Place] = set()
        self.controls: dict[Place, str] = {}

    def snapshot(self, known: Known, now: datetime) -> Snapshot:
        parameters = self._parameters()
        rows_of_templates = self._each(TEMPLATES, rows.read_template)
        seances = [*self._each(OPEN, read_seance), *self._each(FINISHED, read_seance)]
        return Snapshot(
            now=now,
            parameters=parameters,
            seances=tuple(s for s in seances if isinstance(s, Seance)),
            unread=tuple(s for s in seances if isinstance(s, Unread)),
            sessions=self._each(SESSIONS, rows.read_session),
            courses=self._each(COURSES, rows.read_course),
            registrations=self._each(REGISTRATIONS, rows.read_registration),
            participations=self._each(PARTICIPATIONS, rows.read_participation),
            trainers=self._each(TRAINERS, rows.read_trainer),
            venues=self._each(VENUES, rows.read_venue),
            groups=self._each(GROUPS, rows.read_group),
            templates=tuple(t for t in rows_of_templates if isinstance(t, Template)),
            wordings=tuple(t for t in rows_of_templates if isinstance(t, Wording)),
            comments=self._each(COMMENTS, rows.read_comment),
            closures=tuple(c for c in self._each(CLOSURES, rows.read_closure) if c),
            layouts=self.layouts,
            blank_sheets={
                name: grid.name for name, grid in self.grids.items() if not any(grid.rows.values())
            },
            controls=self.controls,
            findings=tuple(self.findings),
            set_aside=frozenset(self.set_aside),
            known=known,
            noted=self._noted(),
        )

    def _noted(self) -> frozenset[tuple[str, str]]:
        """What the sheet Journal tells, as evidence for when the real journal is lost; its rows are nobody's to mend."""
        layout = self.layouts.get(JOURNAL.name)
        if layout is None:
            return frozenset()
        action, seance = layout.columns.get("action", 0), layout.columns.get("seance", 0)
        return frozenset(
            (normalised(text_of(cells.get(action, BLANK))), normalised(text_of(cells[seance])))
            for number, cells in self.grids[JOURNAL.name].rows.items()
            if number > layout.header_row and seance in cells
        )

    def _parameters(self) -> Parameters:
        if PARAMETERS.name not in self.layouts:
            return Parameters()
        parameters, findings = read_parameters(self.grids[PARAMETERS.name], self.layouts[PARAMETERS.name])
        self.findings += findings
        return parameters

    def _each(self, spec: SheetSpec, read: Callable[[Record], T]) -> tuple[T, ...]:
        if spec.name not in self.layouts:
            return ()
        read_rows = []
        for record in records(self.grids[spec.name], spec, self.layouts[spec.name]):
            read_rows.append(read(record))
            self.findings += record.findings
            if control := record.text("control"):
                self.controls[record.place] = control
            if any(finding.severity is Severity.ROW for finding in record.findings):
                self.set_aside.add(record.place)
        return tuple(read_rows)
