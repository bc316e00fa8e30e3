"""What would be installed, and what is."""

import shlex
import subprocess

from processor.model.catalogue import say
from processor.schedule.crontab import crontab
from processor.schedule.running import Run, ran
from processor.schedule.scheduled import Command, Scheduled, content, legible


def shown(scheduled: Scheduled) -> str:
    """The exact content of each file and the exact commands, for a person to judge before anything is installed.

    >>> print(shown(Scheduled("cron", "seances-a", (), (("crontab", "-"),), (("crontab", "-"),), "Chaque nuit.", block="# a\\n")))
    Traitement de chaque nuit par cron, sous le nom « seances-a ».
    <BLANKLINE>
    Chaque nuit.
    <BLANKLINE>
    Lignes ajoutées à la crontab, les autres restant telles quelles :
    <BLANKLINE>
    # a
    <BLANKLINE>
    Pour l’installer, la commande est « seances schedule install » ; pour le retirer, « seances schedule remove ».
    """
    parts = [
        say("schedule.shown", scheduler=_scheduler(scheduled.system), name=scheduled.name),
        scheduled.explanation,
    ]
    if scheduled.block:
        parts.append(say("schedule.shown.block", block=scheduled.block.rstrip()))
    for path, text in scheduled.files:
        parts.append(say("schedule.shown.file", path=path, text=legible(content(text)).rstrip()))
    if (
        scheduled.block
    ):  # « crontab - » reads a whole crontab: typed alone by a person, it would wait, then empty theirs
        return "\n\n".join((*parts, say("schedule.shown.ourselves")))
    undo = (*scheduled.undo, *scheduled.settle)
    parts.append(_commands(say("schedule.shown.install"), scheduled.commands, scheduled.system))
    parts.append(_commands(say("schedule.shown.remove"), undo, scheduled.system))
    return "\n\n".join(parts)


def nothing(scheduled: Scheduled) -> str:
    """That nothing of this name is installed."""
    return say("schedule.nothing", name=scheduled.name)


def _scheduler(system: str) -> str:
    return say("schedule.scheduler.windows") if system == "windows" else system


def _commands(head: str, commands: tuple[Command, ...], system: str) -> str:
    joined = subprocess.list2cmdline if system == "windows" else shlex.join
    return "\n".join((head, *(f"  {joined(command)}" for command in commands)))


def installed(scheduled: Scheduled, run: Run = subprocess.run) -> str:
    """What is installed now for this workbook, in French, with the text found and the scheduler's answer; or that nothing is."""
    if scheduled.block:
        there = scheduled.block in crontab(run)
        return say("schedule.installed.block", block=scheduled.block) if there else nothing(scheduled)
    present = [path for path, _ in scheduled.files if path.exists()]
    if not present:
        return nothing(scheduled)
    texts = [f"{path}\n\n{legible(path.read_bytes())}" for path in present]
    states = [ran(run, command).said.strip() for command in scheduled.query]
    return "\n\n".join(part for part in (say("schedule.installed"), *texts, *states) if part)
