"""All that a decision depends on, read once: the workbook's sheets, the journal's record and the clock."""

from collections.abc import Callable, Iterable, Iterator, Mapping
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
    SHEETS,
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
from processor.model.layout import Layout, letters
from processor.model.names import normalised
from processor.model.nearest import nearest
from processor.model.past import Known
from processor.model.sheets import SheetSpec
from processor.model.snapshot import Snapshot
from processor.reading import rows
from processor.reading.cells import text_of
from processor.reading.grid import BLANK, Grid
from processor.reading.headers import Headless, find_layout
from processor.reading.parameters import read_parameters
from processor.reading.records import Record, records
from processor.reading.seances import read_seance

T = TypeVar("T")


def sheet_of(spec: SheetSpec, names: Iterable[str]) -> str | None:
    """The workbook's own name of a sheet of the contract, recognised as headers are.

    >>> sheet_of(OPEN, ["Accueil", "SEANCES OUVERTES "]), sheet_of(OPEN, ["SEANCES OUVERTES", "Séances ouvertes"])
    ('SEANCES OUVERTES ', 'Séances ouvertes')
    """
    return next(iter(_sheets_of(spec, names)), None)


def _sheets_of(spec: SheetSpec, names: Iterable[str]) -> list[str]:
    """The workbook's sheets that could be that of the contract, the one that is meant first: the exact name before others."""
    ranks = {
        normalised(name): rank for rank, name in reversed(list(enumerate((spec.name, *spec.spellings), 1)))
    }
    found = [name for name in names if normalised(name) in ranks]
    return sorted(found, key=lambda name: 0 if name == spec.name else ranks[normalised(name)])


def _ambiguous(names: Iterable[str], layouts: Mapping[str, Layout]) -> Iterator[Finding]:
    """A finding for each sheet that has the name of another one, and for each header that stands twice."""
    names = list(names)
    for spec in SHEETS:
        read, *others = [*_sheets_of(spec, names), ""]
        for other in filter(None, others):
            if normalised(other) == normalised(read):
                yield _second_sheet(read, other)
    for layout in layouts.values():
        for number in layout.columns.values():
            yield from _second_headers(layout, number)


def _lost(layouts: Mapping[str, Layout], renames: Mapping[str, Mapping[str, str]]) -> Iterator[Finding]:
    """A finding for each renamed column that the sheet does not have: what it holds would be missing without a word."""
    for name, layout in layouts.items():
        there = {normalised(header): header for header in layout.headers.values()}
        for ours, theirs in renames.get(name, {}).items():
            if normalised(theirs) not in there:
                near = nearest(
                    theirs, [h for n, h in layout.headers.items() if n not in layout.columns.values()]
                )
                yield Finding(
                    "renommage-introuvable",
                    Severity.NOTE,
                    f"seances.toml dit que « {ours} » s’appelle ici « {theirs} », mais la feuille n’a pas cette colonne.",
                    f"le programme travaille comme si la colonne « {ours} » n’existait pas.",
                    (f"écrivez « {near} » dans seances.toml, partie [colonnes]." if near
                     else f"corrigez ou supprimez cette ligne de seances.toml, ou ajoutez la colonne « {theirs} »."),
                    layout.sheet,
                    layout.header_row,
                )  # fmt: skip


def _second_sheet(read: str, other: str) -> Finding:
    return Finding(
        "feuille-en-double",
        Severity.NOTE,
        f"la feuille « {other} » porte le même nom que « {read} ».",
        f"le programme lit « {read} » et ne lit pas « {other} ».",
        f"si ses lignes comptent, déplacez-les dans « {read} » ; sinon renommez « {other} », par exemple « Ancienne liste ».",
        other,
    )


def _second_headers(layout: Layout, number: int) -> Iterator[Finding]:
    header = layout.headers.get(number, "")
    for other, text in layout.headers.items():
        if other != number and normalised(text) == normalised(header):
            yield Finding(
                "colonne-en-double",
                Severity.NOTE,
                f"l’en-tête « {header} » est déjà celui de la colonne {letters(number)}.",
                f"le programme lit la colonne {letters(number)} et laisse celle-ci à vous.",
                f"renommez ou supprimez l’une des deux colonnes, par exemple « {header} (ancien) ».",
                layout.sheet,
                layout.header_row,
                f"{letters(other)}{layout.header_row}",
                text,
            )


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
        findings.append(_no_open_sheet(list(names)))
    if findings:
        raise Stopped(findings)
    taking = _Taking(grids, layouts)
    taking.findings += _ambiguous(names, layouts)
    taking.findings += _lost(layouts, renames)
    return taking.snapshot(known, now)


def layouts_of(
    grids: Mapping[str, Grid], renames: Mapping[str, Mapping[str, str]]
) -> tuple[dict[str, Layout], list[Finding]]:
    """Where each sheet's columns stand, and a finding for each sheet without its header; a blank sheet is an absent one.

    The finished sheet follows the renames of the open one, unless it has its own.
    """
    layouts, findings = {}, []
    for spec in SHEETS:
        if spec.name not in grids:
            continue
        inherited = renames.get(OPEN.name, {}) if spec is FINISHED else {}
        found = find_layout(grids[spec.name], spec, renames.get(spec.name, inherited))
        if isinstance(found, Layout):
            layouts[spec.name] = found
        elif spec is OPEN or not found.blank:
            findings.append(_no_header(found))
    return layouts, findings


def _no_open_sheet(names: list[str]) -> Finding:
    near = nearest(OPEN.name, names)
    fix = (
        f"renommez la feuille « {near} » en « {OPEN.name} »"
        if near
        else f"nommez « {OPEN.name} » la feuille des séances à venir"
    )
    return Finding(
        "feuille-absente",
        Severity.STOP,
        f"le classeur n’a pas de feuille « {OPEN.name} ».",
        "c’est la seule feuille indispensable : elle contient les séances à venir.",
        f"{fix}, ou partez d’un classeur neuf avec « seances init ».",
        OPEN.name,
    )


def _no_header(found: Headless) -> Finding:
    names = ", ".join(f"« {header} »" for header, _ in found.missing)
    near = [f"renommez « {close} » en « {header} »" for header, close in found.missing if close]
    several = "s" if len(found.missing) > 1 else ""
    remedy = (
        " ; ".join(near)
        if near
        else f"ajoutez une ligne d’en-tête avec le{several or 'a'} colonne{several} {names}".replace(
            "lea", "la"
        )
    )
    return Finding(
        "colonne-absente",
        Severity.STOP,
        f"la feuille n’a pas {'les colonnes' if several else 'la colonne'} {names}.",
        "sans en-tête complet, le programme ne sait pas ce que contiennent les lignes.",
        f"{remedy}, ou déclarez vos propres en-têtes dans seances.toml, partie [colonnes].",
        found.sheet,
        found.row,
    )


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
