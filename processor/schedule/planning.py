"""From a command, a workbook and an hour to the text of a schedule."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time
from pathlib import Path, PurePath, PureWindowsPath

from processor.findings import Code, Finding, Severity, Stopped
from processor.schedule.machine import Owner, owner_of
from processor.schedule.scheduled import Scheduled, schedule_name
from processor.schedule.times import check_time, read_time


@dataclass(frozen=True)
class Night:
    """What every scheduler is told: the command, where, when, for whom."""

    name: str
    command: tuple[str, ...]
    workbook: PurePath
    at: time
    owner: Owner

    @property
    def folder(self) -> str:
        """The folder of the workbook. The command never starts there: Python would run a `processor.py` that somebody left in it."""
        return str(self.workbook.parent)

    @property
    def title(self) -> str:
        """One line that says what this is, for lists of tasks."""
        return f"Séances : traitement de nuit de {self.workbook.name}"

    @property
    def clock(self) -> str:
        """The hour as people read it."""
        return f"{self.at:%H:%M}"


def planned(
    command: Sequence[str],
    workbook: Path,
    at: str,
    system: str,
    home: Path,
    *,
    user: str = "",
    uid: int | None = None,
) -> Scheduled:
    """The schedule as exact text; nothing is read, written or run, so that it can be shown before it is trusted.

    `command` is the whole command line, its program an absolute path; `workbook` an absolute path; `home` the folder of the
    account that will run it, by default (without `user` and `uid`) the account which runs this. Raises Stopped with a finding
    for an hour that the change of clock skips or doubles, a path that is not absolute or holds a line break, a `%NAME%` on
    Windows, or an unknown system.
    """
    from processor.schedule import cron, launchd, systemd, windows

    makers = {
        "systemd": systemd.scheduled,
        "cron": cron.scheduled,
        "windows": windows.scheduled,
        "launchd": launchd.scheduled,
    }
    if system not in makers:
        raise refusal(
            "planificateur-inconnu",
            f"« {system} » n’est pas un planificateur connu.",
            f"choisissez parmi {', '.join(makers)}.",
        )
    path: PurePath = PureWindowsPath(workbook) if system == "windows" else workbook
    _check(command, path, at)
    moment = read_time(at) or time(3, 30)
    owner = owner_of(home, user, uid)
    return makers[system](Night(schedule_name(workbook), tuple(command), path, moment, owner))


def _check(command: Sequence[str], workbook: PurePath, at: str) -> None:
    if reason := check_time(at):
        raise refusal("heure-refusee", reason, "choisissez une heure après 03:00, par exemple 03:30.")
    program = type(workbook)(command[0]) if command else None
    if program is None or not program.is_absolute() or not workbook.is_absolute():
        raise refusal(
            "chemin-relatif",
            "le programme et le classeur doivent être donnés par leur chemin complet.",
            f"donnez le chemin complet de « {workbook.name} ».",
        )
    said = (*command, str(workbook))
    if any(character in part for part in said for character in "\n\r\0"):
        raise refusal(
            "chemin-impossible",
            "un chemin contient un retour à la ligne.",
            "renommez le dossier ou le classeur.",
        )


def refusal(code: Code, problem: str, fix: str) -> Stopped:
    """The reason why nothing is scheduled, to be raised."""
    why = "le traitement de chaque nuit ne serait pas sûr d’être lancé."
    return Stopped([Finding(code, Severity.STOP, problem, why, fix)])
