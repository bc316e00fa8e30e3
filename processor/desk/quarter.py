"""The attestation d'assiduité of a quarter, asked for by hand."""

from dataclasses import replace
from pathlib import Path

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
        raise Stopped([_no_quarter(asked)])
    observation, plan = look(settings, clock)
    snapshot = replace(observation.snapshot, set_aside=plan.set_aside)
    found = within(rolls(snapshot, register(snapshot)).seances.values(), *days)
    if session:
        found = [roll for roll in found if normalised(roll.seance.session) == normalised(session)]
    if not found:
        raise Stopped([_nothing(asked, session)])
    path = output or Path(f"Assiduité {asked.upper()}{' ' + session if session else ''}.{shape}")
    suffix = path.suffix.removeprefix(".").lower()
    title = f"Attestation d’assiduité, du {days[0]:%d/%m/%Y} au {days[1]:%d/%m/%Y}"
    title += f", session {session}" if session else ""
    title += f" – {snapshot.parameters.organisation}" if snapshot.parameters.organisation else ""
    lines = assiduity((r for r in found if r.seance.place not in snapshot.set_aside), snapshot.parameters)
    write_assiduity(lines, path, suffix if output and suffix in {"xlsx", "csv"} else shape, title)
    return path, tuple(incomplete(snapshot, found))


def _no_quarter(asked: str) -> Finding:
    return Finding("date-illisible", Severity.STOP, f"« {asked} » n’est pas un trimestre.", "l’attestation d’assiduité couvre un trimestre civil.",
                   "écrivez l’année et le trimestre, par exemple 2026-T4.")  # fmt: skip


def _nothing(asked: str, session: str | None) -> Finding:
    which = f" de la session « {session} »" if session else ""
    return Finding("seance-inconnue", Severity.STOP, f"le classeur n’a aucune séance{which} au trimestre « {asked} ».",
                   "il n’y a pas d’heures à attester.", "vérifiez le trimestre et le code, par exemple 2026-T4.")  # fmt: skip
