"""From a command, a workbook and an hour to the text of a schedule."""

from collections.abc import Sequence
from datetime import time
from pathlib import Path, PurePath, PureWindowsPath

from processor.model.findings import Fault
from processor.schedule import cron, launchd, systemd, windows
from processor.schedule.job import Job, refusal
from processor.schedule.machine import owner_of
from processor.schedule.scheduled import Scheduled, schedule_name
from processor.schedule.times import check_time, read_time

_MAKERS = {
    "systemd": systemd.scheduled,
    "cron": cron.scheduled,
    "windows": windows.scheduled,
    "launchd": launchd.scheduled,
}


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
    if system not in _MAKERS:
        fault = Fault.of("planificateur-inconnu", system=system, known=", ".join(_MAKERS))
        raise refusal(fault)
    path: PurePath = PureWindowsPath(workbook) if system == "windows" else workbook
    _check(command, path, at)
    moment = read_time(at) or time(3, 30)
    owner = owner_of(home, user, uid)
    return _MAKERS[system](Job(schedule_name(workbook), tuple(command), path, moment, owner))


def _check(command: Sequence[str], workbook: PurePath, at: str) -> None:
    if fault := check_time(at):
        raise refusal(fault)
    program = type(workbook)(command[0]) if command else None
    if program is None or not program.is_absolute() or not workbook.is_absolute():
        raise refusal(Fault.of("chemin-relatif", workbook=workbook.name))
    said = (*command, str(workbook))
    if any(character in part for part in said for character in "\n\r\0"):
        raise refusal(Fault.of("chemin-impossible"))
