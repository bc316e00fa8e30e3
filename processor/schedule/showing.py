"""What would be installed, and what is."""

import shlex
import subprocess

from processor.schedule.crontab import crontab
from processor.schedule.running import Run, ran
from processor.schedule.scheduled import Command, Scheduled, content, legible

# « crontab - » reads a whole crontab on its input: typed alone by a person, it would wait, then empty theirs.
_BY_OURSELVES = "Pour l’installer, la commande est « seances schedule install » ; pour le retirer, « seances schedule remove »."
NOTHING = "Rien n’est installé sous le nom « {} »."
_NAMES = {
    "systemd": "systemd",
    "cron": "cron",
    "windows": "le Planificateur de tâches de Windows",
    "launchd": "launchd",
}


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
        f"Traitement de chaque nuit par {_NAMES[scheduled.system]}, sous le nom « {scheduled.name} ».",
        scheduled.explanation,
    ]
    if scheduled.block:
        parts.append(
            f"Lignes ajoutées à la crontab, les autres restant telles quelles :\n\n{scheduled.block.rstrip()}"
        )
    parts += [f"Fichier {path}\n\n{legible(content(text)).rstrip()}" for path, text in scheduled.files]
    if scheduled.block:
        return "\n\n".join((*parts, _BY_OURSELVES))
    parts.append(_commands("Pour l’installer :", scheduled.commands, scheduled.system))
    parts.append(_commands("Pour le retirer :", (*scheduled.undo, *scheduled.settle), scheduled.system))
    return "\n\n".join(parts)


def _commands(head: str, commands: tuple[Command, ...], system: str) -> str:
    joined = subprocess.list2cmdline if system == "windows" else shlex.join
    return "\n".join((head, *(f"  {joined(command)}" for command in commands)))


def installed(scheduled: Scheduled, run: Run = subprocess.run) -> str:
    """What is installed now for this workbook, in French, with the text found and the scheduler's answer; or that nothing is."""
    if scheduled.block:
        there = scheduled.block in crontab(run)
        return f"Installé dans la crontab :\n\n{scheduled.block}" if there else NOTHING.format(scheduled.name)
    present = [path for path, _ in scheduled.files if path.exists()]
    if not present:
        return NOTHING.format(scheduled.name)
    texts = [f"{path}\n\n{legible(path.read_bytes())}" for path in present]
    states = [ran(run, command).said.strip() for command in scheduled.query]
    return "\n\n".join(part for part in ("Installé :", *texts, *states) if part)
