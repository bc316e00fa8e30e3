"""What a row shows of itself: the text of Contrôle, and the light mark on the cell to mend."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from processor.contract import FINISHED, OPEN, PARTICIPATIONS, REGISTRATIONS, SESSIONS
from processor.model import Place
from processor.model.catalogue import say
from processor.model.findings import Finding, Severity
from processor.model.plan import Mark, Write
from processor.model.snapshot import Snapshot
from processor.model.typography import same_words
from processor.rules.decided import Decided, Done

LABELS = tuple(severity.label for severity in Severity)


def control_text(findings: Iterable[Finding]) -> str:
    """The findings of one row in a few lines, the gravest first.

    >>> control_text([Finding("x", Severity.ROW, "« 31/02/2027 » n’est pas une date.", "", "saisissez une date.", "S", 4, "D4", "Date")])
    'Ligne laissée de côté : Date (D4), « 31/02/2027 » n’est pas une date. Que faire : saisissez une date.'
    """
    ordered = sorted(findings, key=lambda f: (list(Severity).index(f.severity), f.cell, f.code, f.problem))
    return "\n".join(_line(finding) for finding in ordered)


def _line(finding: Finding) -> str:
    slug = "control.line" if not finding.cell else "control.header" if finding.header else "control.cell"
    return say(
        slug,
        severity=finding.severity.label,
        header=finding.header,
        cell=finding.cell,
        problem=finding.problem,
        fix=finding.fix,
    )


def told_before(text: str) -> bool:
    """Whether a Contrôle text tells findings, so that it goes away when they do."""
    return text.startswith(LABELS)


def done_text(now: datetime, parts: Iterable[tuple[str, str]]) -> str:
    """What was done last on the row, and when: pairs of action and detail.

    >>> done_text(datetime(2026, 12, 1, 2), [("Invitation", "12 invitations par courriel")])
    '01/12/2026 02:00 – Invitation : 12 invitations par courriel'
    """
    return f"{now:%d/%m/%Y %H:%M} – " + " ; ".join(
        f"{action} : {detail}" if detail else action for action, detail in parts
    )


def controls(snapshot: Snapshot, decided: Decided, standing: Mapping[Place, str]) -> Iterator[Write]:
    """The text of Contrôle of each row whose text changes: findings first, else what was done, else nothing told before.

    `standing` is what rows of Participations show instead, while a mail of their person needs someone.
    """
    found, done = _by_row(decided.findings), _by_place(decided.done)
    for place in sorted({*found, *done, *standing, *snapshot.controls}, key=lambda p: (p.sheet, p.row)):
        if not _shows(snapshot, place):
            continue
        now = snapshot.controls.get(place, "")
        wanted = standing.get(place) or _text(snapshot, found.get(place, []), done.get(place, []), now)
        if not same_words(wanted, now):
            yield Write(place, "control", wanted or None, say("control.because"))


def _text(snapshot: Snapshot, found: list[Finding], done: list[Done], now: str) -> str:
    if found:
        return control_text(found)
    if done:
        return done_text(snapshot.now, [(one.action, one.detail) for one in done])
    return "" if told_before(now) else now


def _by_row(findings: Iterable[Finding]) -> Mapping[Place, list[Finding]]:
    """The findings by row; those about no row are left out."""
    rows: dict[Place, list[Finding]] = defaultdict(list)
    for finding in findings:
        if finding.row:
            rows[Place(finding.sheet, finding.row)].append(finding)
    return rows


def _by_place(done: Iterable[Done]) -> Mapping[Place, list[Done]]:
    places: dict[Place, list[Done]] = defaultdict(list)
    for one in done:
        if one.told:
            places[one.place].append(one)
    return places


def _shows(snapshot: Snapshot, place: Place) -> bool:
    """Whether a row shows a Contrôle: what is wrong in the header row itself is told, but never over a header.

    The sheets of séances and of presences get the column when they lack it, the others only show it where they have it.
    """
    for spec in (OPEN, FINISHED, PARTICIPATIONS, SESSIONS, REGISTRATIONS):
        layout = snapshot.layouts.get(spec.name)
        if layout is not None and layout.sheet == place.sheet:
            given = spec not in (SESSIONS, REGISTRATIONS) or layout.has("control")
            return given and place.row > layout.header_row
    return False


def marks(snapshot: Snapshot, findings: Iterable[Finding]) -> list[Mark]:
    """The marks to set on the cells of findings, and those to take away because their cell was mended."""
    wanted = {(f.sheet, f.row, column) for f in findings if (column := _column(snapshot, f))}
    there = {
        (layout.sheet, row, column) for layout in snapshot.layouts.values() for row, column in layout.marked
    }
    changed = [*((place, True) for place in wanted - there), *((place, False) for place in there - wanted)]
    return [Mark(sheet, row, column, marked) for (sheet, row, column), marked in sorted(changed)]


def _column(snapshot: Snapshot, finding: Finding) -> int:
    """The column of a finding's cell, read back from its address; 0 when it is about no cell."""
    if (
        not finding.cell
        or not finding.row
        or not any(layout.sheet == finding.sheet for layout in snapshot.layouts.values())
    ):
        return 0
    number = 0
    for letter in finding.cell.rstrip("0123456789"):
        number = number * 26 + ord(letter) - 64
    return number
