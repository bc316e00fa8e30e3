"""All that a decision depends on, read once: the workbook’s sheets, the journal’s record and the clock."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from processor.model import (
    REGISTRATIONS_SHEET,
    Closure,
    Comment,
    Course,
    Group,
    Parameters,
    Participation,
    Place,
    Registration,
    Seance,
    Session,
    Template,
    Trainer,
    Unread,
    Venue,
    Wording,
)
from processor.model.findings import Fault, Finding, Severity
from processor.model.layout import Layout, cell_finding
from processor.model.past import Known
from processor.model.sheets import SheetSpec


@dataclass(frozen=True)
class Snapshot:
    """One moment of the office. `layouts` is by the contract's sheet name; an absent sheet has none.

    `set_aside` holds the places of the rows for which nothing may be made, because reading them found a fault.
    `controls` holds what the column Contrôle shows now. `template_faults` is by the row of Modèles whose Word file or texts cannot be used; `pdf` says whether PDF can be made.
    `blank_sheets` leads from the contract's sheet name to a sheet of that name on which nothing stands yet.
    `noted` holds what the sheet Journal says was done: (action, code), both normalised.
    """

    now: datetime
    parameters: Parameters = field(default_factory=Parameters)
    seances: tuple[Seance, ...] = ()
    unread: tuple[Unread, ...] = ()
    sessions: tuple[Session, ...] = ()
    courses: tuple[Course, ...] = ()
    registrations: tuple[Registration, ...] = ()
    participations: tuple[Participation, ...] = ()
    trainers: tuple[Trainer, ...] = ()
    venues: tuple[Venue, ...] = ()
    groups: tuple[Group, ...] = ()
    templates: tuple[Template, ...] = ()
    wordings: tuple[Wording, ...] = ()
    comments: tuple[Comment, ...] = ()
    closures: tuple[Closure, ...] = ()
    layouts: Mapping[str, Layout] = field(default_factory=dict)
    controls: Mapping[Place, str] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    set_aside: frozenset[Place] = frozenset()
    known: Known = field(default_factory=Known)
    template_faults: Mapping[Place, tuple[Finding, ...]] = field(default_factory=dict)
    pdf: bool = False
    blank_sheets: Mapping[str, str] = field(default_factory=dict)
    noted: frozenset[tuple[str, str]] = frozenset()

    def has(self, spec: SheetSpec) -> bool:
        """Whether the workbook has that sheet; what refers to an absent one is not checked against it."""
        return spec.name in self.layouts

    def stands(self, place: Place, spec: SheetSpec) -> bool:
        """Whether the row stands in that sheet of the contract."""
        layout = self.layouts.get(spec.name)
        return layout is not None and layout.sheet == place.sheet

    def layout_at(self, place: Place) -> Layout:
        """The layout of the sheet that the row stands in."""
        return next(layout for layout in self.layouts.values() if layout.sheet == place.sheet)

    def finding(self, place: Place, field: str, fault: Fault, why: str, severity: Severity) -> Finding:
        """The finding of one cell of a row, named by sheet, address and header."""
        return cell_finding(self.layout_at(place), place.row, field, fault, why, severity)

    @property
    def own_columns(self) -> tuple[str, ...]:
        """The headers of staff's own columns of Inscriptions, which templates may print of each person."""
        layout = self.layouts.get(REGISTRATIONS_SHEET)
        return layout.own_headers if layout else ()

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of all rows of séances, those that could not be read included."""
        return tuple(c for c in (*(s.code for s in self.seances), *(u.code for u in self.unread)) if c)
