"""The list of one séance or session, asked for by hand."""

from pathlib import Path

from processor.model import Roll, SessionRoll
from processor.model.catalogue import say
from processor.model.findings import Finding, Severity, Stopped
from processor.model.names import normalised
from processor.model.nearest import nearest
from processor.model.snapshot import Snapshot
from processor.night.journal_place import past
from processor.night.observe import Clock, observe
from processor.night.paper import Shelf
from processor.rules.registering.registration import register
from processor.rules.registering.rolls import Rolls, rolls
from processor.settings import Settings


def write(
    settings: Settings,
    clock: Clock,
    *,
    seance: str | None,
    session: str | None,
    who: str,
    shape: str,
    output: Path | None,
) -> Path:
    """Writes the list and returns its path. Raises Stopped for a code that the workbook does not have."""
    from processor.exports import people, write_list

    snapshot = observe(settings, settings.workbook, past(settings), clock).snapshot
    found = rolls(snapshot, register(snapshot))
    roll = seance_roll(snapshot, found, seance) if seance else session_roll(snapshot, found, session or "")
    code = seance or session
    path = output or Path(say("list.file", code=code, who=who, shape=shape))
    suffix = path.suffix.removeprefix(".").lower()
    chosen = suffix if output and suffix in {"xlsx", "csv"} else shape
    write_list(people(roll, who), path, chosen, Shelf(settings).title(roll))
    return path


def seance_roll(snapshot: Snapshot, found: Rolls, code: str) -> Roll:
    """The séance of a code. Raises Stopped when the workbook has none."""
    for roll in found.seances.values():
        if normalised(roll.seance.code) == normalised(code):
            return roll
    raise Stopped([_unknown("seance", code, snapshot.codes)])


def session_roll(snapshot: Snapshot, found: Rolls, code: str) -> SessionRoll:
    """The session of a code. Raises Stopped when the workbook has none."""
    for roll in found.sessions.values():
        if normalised(roll.session.code) == normalised(code):
            return roll
    raise Stopped([_unknown("session", code, tuple(s.code for s in snapshot.sessions))])


def _unknown(what: str, code: str, known: tuple[str, ...]) -> Finding:
    near = nearest(code, known)
    variant = "asked.near" if near else "asked.example" if known else "asked"
    example = known[0] if known else ""
    return Finding.of(f"{what}-inconnue", Severity.STOP, variant, code=code, near=near, example=example)
