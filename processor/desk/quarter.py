"""The attestation d'assiduité of a quarter, asked for by hand."""

from dataclasses import replace
from pathlib import Path

from processor.model.catalogue import say
from processor.model.findings import Finding, Severity, Stopped
from processor.model.names import normalised
from processor.night.observe import Clock
from processor.night.run import look
from processor.rules.letters.assiduity import assiduity, incomplete, quarter, within
from processor.rules.registering.registration import register
from processor.rules.registering.rolls import rolls
from processor.settings import Settings


def write_quarter(
    settings: Settings, clock: Clock, asked: str, session: str | None, shape: str, output: Path | None
) -> tuple[Path, tuple[Finding, ...]]:
    """Writes the table; its path and what keeps it from being complete come back. Raises Stopped for no quarter, or an empty one."""
    from processor.exports import write_assiduity

    days = quarter(asked)
    if days is None:
        raise Stopped([Finding.of("date-illisible", Severity.STOP, "quarter", asked=asked)])
    observation, plan = look(settings, clock)
    snapshot = replace(observation.snapshot, set_aside=plan.set_aside)
    found = within(rolls(snapshot, register(snapshot)).seances.values(), *days)
    if session:
        found = [roll for roll in found if normalised(roll.seance.session) == normalised(session)]
    if not found:
        variant = "quarter.session" if session else "quarter"
        raise Stopped([Finding.of("seance-inconnue", Severity.STOP, variant, asked=asked, session=session)])
    path = output or Path(
        say("quarter.file", which=" ".join(filter(None, (asked.upper(), session))), shape=shape)
    )
    suffix = path.suffix.removeprefix(".").lower()
    title = say("quarter.title", first=days[0], last=days[1])
    title += say("quarter.title.session", session=session) if session else ""
    title += f" – {snapshot.parameters.organisation}" if snapshot.parameters.organisation else ""
    lines = assiduity((r for r in found if r.seance.place not in snapshot.set_aside), snapshot.parameters)
    write_assiduity(lines, path, suffix if output and suffix in {"xlsx", "csv"} else shape, title)
    return path, tuple(incomplete(snapshot, found))
