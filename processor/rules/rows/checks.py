"""What is wrong with a row that reads well: names that no other sheet knows, templates of another type.

A check is a function of the snapshot, one row and the names that the other sheets hold. Each stands in the table of its
subject: to add one, write it here and put it there.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from processor.contract import COURSES, GROUPS, OPEN, SESSIONS, TEMPLATES, TRAINERS, VENUES
from processor.model import ATTESTATIONS, Comment, Kind, Participation, Registration, Scope, Seance, Session
from processor.model.catalogue import say
from processor.model.findings import Code, Fault, Finding, Severity
from processor.model.french import hours
from processor.model.names import normalised
from processor.model.nearest import proposed
from processor.model.sheets import SheetSpec
from processor.model.snapshot import Snapshot
from processor.rules.calendar.hours import length_of
from processor.rules.registering.named import bearers

# What the column « Modèle de certificat » of a session may name.
CERTIFICATES = tuple(kind for kind in ATTESTATIONS if Scope.SESSION in kind.traits.scopes)
_BY_CODE = (COURSES, OPEN, SESSIONS)


@dataclass(frozen=True)
class Names:
    """The names that the sheets hold, normalised → as staff wrote them. What refers to an absent sheet is not checked."""

    snapshot: Snapshot

    def of(self, spec: SheetSpec) -> Mapping[str, str] | None:
        """The names or codes of a sheet; None where the workbook lacks it."""
        return self._known[spec.name] if self.snapshot.has(spec) else None

    @cached_property
    def _known(self) -> Mapping[str, Mapping[str, str]]:
        read = self.snapshot
        return {
            OPEN.name: _by_name(read.codes),
            SESSIONS.name: _by_name(s.code for s in read.sessions),
            COURSES.name: _by_name(c.code for c in read.courses),
            VENUES.name: _by_name(v.name for v in read.venues),
            GROUPS.name: _by_name(g.name for g in read.groups),
            TEMPLATES.name: _by_name(t.name for t in read.templates),
            # Trainers are known by first name and last name in either order.
            TRAINERS.name: {normalised(f"{t.last_name} {t.first_name}"): t.full_name for t in read.trainers}
            | _by_name(t.full_name for t in read.trainers),
        }

    @cached_property
    def kinds(self) -> Mapping[str, Kind]:
        """The kind of each template, by its normalised name."""
        return {normalised(t.name): t.kind for t in self.snapshot.templates}

    @cached_property
    def seances(self) -> Mapping[str, Seance]:
        """The séances by their normalised code."""
        return {normalised(seance.code): seance for seance in self.snapshot.seances if seance.code}

    @cached_property
    def bearers(self) -> Mapping[str, list[Seance]]:
        """The open séances by their normalised name."""
        return bearers(self.snapshot)


def _by_name(names: Iterable[str]) -> dict[str, str]:
    return {normalised(name): name for name in names if name}


Row = TypeVar("Row", Seance, Session, Registration, Participation, Comment)
Check = Callable[[Snapshot, Row, Names], Iterable[Finding]]


def _known(field: str, spec: SheetSpec, code: Code, why: str = "") -> Check[Row]:
    """The check that each name in a cell is in another sheet; `why` is the slug of what comes of it, else that of the code."""

    def check(snapshot: Snapshot, row: Row, names: Names) -> Iterator[Finding]:
        typed, known = getattr(row, field), names.of(spec)
        for one in (typed,) if isinstance(typed, str) else typed:
            if one and known is not None and normalised(one) not in known:
                fix = "unknown.fix.code" if spec in _BY_CODE else "unknown.fix.name"
                near = proposed(one, known.values())
                fault = Fault(
                    code, say("unknown", typed=one, sheet=spec.name), say(fix, sheet=spec.name, near=near)
                )
                yield snapshot.finding(row.place, field, fault, say(why or f"{code}.why"), Severity.ROW)

    return check


def _template(field: str, kinds: tuple[Kind, ...]) -> Check[Row]:
    """The check that the template named in a cell exists and is of a kind that fits."""

    def check(snapshot: Snapshot, row: Row, names: Names) -> Iterator[Finding]:
        typed, known = getattr(row, field), names.of(TEMPLATES)
        if typed and known is not None and (fault := _unfit(typed, known, names.kinds, kinds)):
            yield snapshot.finding(row.place, field, fault, say("modele-inconnu.why"), Severity.ROW)

    return check


def _unfit(
    typed: str, known: Mapping[str, str], is_of: Mapping[str, Kind], kinds: tuple[Kind, ...]
) -> Fault | None:
    fitting = [name for key, name in known.items() if is_of[key] in kinds]
    if normalised(typed) not in known:
        return Fault.of("modele-inconnu", typed=typed, near=proposed(typed, fitting))
    found = is_of[normalised(typed)]
    if found in kinds:
        return None
    wanted = say("or").join(say("quoted", text=kind.label) for kind in kinds)
    near = say("modele-d-un-autre-type.near", name=fitting[0]) if fitting else ""
    return Fault.of("modele-d-un-autre-type", typed=typed, kind=found.label, wanted=wanted, near=near)


_seance_by_code: Check[Registration] = _known("seance", OPEN, "seance-inconnue", "nobody.why")


def _seance_named(snapshot: Snapshot, row: Registration, names: Names) -> Iterator[Finding]:
    """An unknown séance, or a Nom that several séances bear; the Nom of one alone is as good as its code."""
    code = normalised(row.seance)
    bearing = [] if code in (names.of(OPEN) or {}) else names.bearers.get(code, [])
    if len(bearing) > 1:
        fault = _several(row.seance, bearing)
        yield snapshot.finding(row.place, "seance", fault, say("nobody.why"), Severity.ROW)
    elif not bearing:
        yield from _seance_by_code(snapshot, row, names)


def _several(typed: str, bearing: list[Seance]) -> Fault:
    """The fault of a Nom that tells nobody which séance is meant."""
    codes = [say("seance-inconnue.one", code=one.code, day=one.start) for one in bearing if one.code]
    shown = ", ".join(codes[:5]) + ("…" if codes[5:] else "")
    variant = "several" if codes else "several.uncoded"
    return Fault.of("seance-inconnue", variant, bearing=len(bearing), typed=typed, codes=shown)


def _lost(snapshot: Snapshot, comment: Comment, names: Names) -> Iterator[Finding]:
    """The comment of a séance that no sheet has: told, and shown nowhere meanwhile."""
    known = names.of(OPEN) or {}
    if comment.seance and normalised(comment.seance) not in known:
        near = proposed(comment.seance, known.values())
        fault = Fault.of("commentaire-sans-seance", typed=comment.seance, near=near)
        yield snapshot.finding(
            comment.place, "seance", fault, say("commentaire-sans-seance.why"), Severity.NOTE
        )


def _beyond(snapshot: Snapshot, row: Participation, names: Names) -> Iterator[Finding]:
    """More hours noted of one person than the séance lasts, less its break: a document would certify what never was."""
    seance = names.seances.get(normalised(row.seance))
    lasts = length_of(seance, snapshot.parameters) if seance and row.hours is not None else None
    if row.hours is not None and lasts is not None and row.hours > lasts:
        name = f"{row.first_name} {row.last_name}".strip()
        fault = Fault.of(
            "heures-au-dela", noted=hours(row.hours), lasts=hours(lasts), name=name, code=row.seance
        )
        yield snapshot.finding(row.place, "hours", fault, say("heures-au-dela.why"), Severity.NOTE)


SEANCE: tuple[Check[Seance], ...] = (
    _known("session", SESSIONS, "session-inconnue"),
    _known("venue", VENUES, "lieu-inconnu"),
    _known("group", GROUPS, "groupe-inconnu"),
    _known("trainers", TRAINERS, "formateur-inconnu"),
    _template("invitation_template", (Kind.SEANCE_INVITATION,)),
    _template("attestation_template", (Kind.SEANCE_ATTESTATION,)),
)
SESSION: tuple[Check[Session], ...] = (
    _known("course", COURSES, "formation-inconnue"),
    _known("trainers", TRAINERS, "formateur-inconnu"),
    _template("invitation_template", (Kind.SESSION_INVITATION,)),
    _template("certificate_template", CERTIFICATES),
)
REGISTRATION: tuple[Check[Registration], ...] = (
    _known("session", SESSIONS, "session-inconnue", "nobody.why"),
    _seance_named,
)
PARTICIPATION: tuple[Check[Participation], ...] = (_beyond,)
COMMENT: tuple[Check[Comment], ...] = (_lost,)


def row_findings(snapshot: Snapshot) -> Iterator[Finding]:
    """What is wrong with the rows that read well, and with what could be read of the others."""
    names = Names(snapshot)
    seances = (*snapshot.seances, *(unread.rest for unread in snapshot.unread))
    yield from _asked(SEANCE, snapshot, seances, names)
    yield from _asked(SESSION, snapshot, snapshot.sessions, names)
    yield from _asked(REGISTRATION, snapshot, snapshot.registrations, names)
    yield from _asked(PARTICIPATION, snapshot, snapshot.participations, names)
    yield from _asked(COMMENT, snapshot, snapshot.comments, names)


def _asked(
    checks: Iterable[Check[Row]], snapshot: Snapshot, rows: Iterable[Row], names: Names
) -> Iterator[Finding]:
    return (finding for row in rows for check in checks for finding in check(snapshot, row, names))
