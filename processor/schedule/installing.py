"""Putting a schedule in place and taking it away: the only module of the room that changes files."""

import subprocess
from collections.abc import Mapping
from pathlib import Path

from processor.model.catalogue import say
from processor.schedule.cron import with_block, without
from processor.schedule.crontab import crontab, give
from processor.schedule.running import Run, ran, refused
from processor.schedule.scheduled import MARK, Scheduled, content, legible
from processor.schedule.showing import nothing
from processor.schedule.windows import not_applied


def install(scheduled: Scheduled, run: Run = subprocess.run) -> str:
    """Writes the files and runs the commands; says in French what there is now. Installing twice is installing once.

    Raises Stopped with a finding when the scheduler refuses; what was written for it is then taken away again, or put back.
    """
    if scheduled.block:
        before = crontab(run)
        give(run, before, with_block(before, scheduled.name, scheduled.block))
        return scheduled.explanation
    held = {path: path.read_bytes() if path.exists() else None for path, _ in scheduled.files}
    for path, text in scheduled.files:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content(text))
    for command in scheduled.commands:
        answer = ran(run, command)
        if answer.code and "bootout" not in command:  # launchd: there may be no older version to unload
            _put_back(scheduled, held, run)
            raise refused(command, answer)
    return "\n".join((scheduled.explanation, *_remarks(scheduled, run)))


def _put_back(scheduled: Scheduled, held: Mapping[Path, bytes | None], run: Run) -> None:
    """The files as they were: none after a first installation that failed, the older ones after another."""
    if all(older is None for older in held.values()):
        remove(scheduled, run)
        return
    for path, older in held.items():
        if older is None:
            path.unlink(missing_ok=True)
        else:
            path.write_bytes(older)
    for command in scheduled.settle:
        ran(run, command)


def _remarks(scheduled: Scheduled, run: Run) -> list[str]:
    """What the person should still know, read back from the scheduler."""
    if scheduled.system == "windows":
        wrong = ", ".join(not_applied(ran(run, scheduled.query[0]).said))
        return [say("schedule.windows.dropped", settings=wrong)] if wrong else []
    if scheduled.system == "systemd" and "--user" in scheduled.commands[0]:
        lingers = "Linger=yes" in ran(run, ("loginctl", "show-user", "--property=Linger")).said
        return [say("schedule.systemd.lingers" if lingers else "schedule.systemd.leaves")]
    return []


def remove(scheduled: Scheduled, run: Run = subprocess.run) -> str:
    """Takes away what `install` put there, and nothing else: files that do not bear our mark stay. Says what was done."""
    if scheduled.block:
        before = crontab(run)
        after = without(before, scheduled.name)
        give(run, before, after)
        return nothing(scheduled) if after == before else say("schedule.removed.block")
    ours = [path for path, _ in scheduled.files if path.exists() and MARK in legible(path.read_bytes())]
    if not ours:
        return nothing(scheduled)
    for command in scheduled.undo:
        ran(run, command)
    for path in ours:
        path.unlink()
    for command in scheduled.settle:
        ran(run, command)
    return "\n".join((say("schedule.removed"), *(f"  {path}" for path in ours)))
