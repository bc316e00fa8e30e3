"""The commands that install, show and remove the job of every night."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from processor.cli.shell import guarded, say, workbook_argument

if TYPE_CHECKING:
    from processor.schedule import Scheduled


@click.group()
def schedule() -> None:
    """Installe, montre ou retire le traitement de chaque nuit."""


system_option = click.option(
    "--system",
    type=click.Choice(["systemd", "cron", "windows", "launchd"]),
    help="L’ordonnanceur ; par défaut celui de la machine.",
)
at_option = click.option("--at", default="03:30", metavar="HH:MM", help="L’heure du traitement (03:30).")


@schedule.command("install", short_help="Installe le traitement de chaque nuit, ou le remplace.")
@workbook_argument
@at_option
@system_option
@guarded
def schedule_install(workbook: Path, at: str, system: str | None) -> None:
    """Installe le traitement de chaque nuit ; l’installer de nouveau le remplace."""
    from processor.schedule import install

    planned = _scheduled(workbook, at, system)
    install(planned)
    say(planned.explanation)


@schedule.command("show")
@workbook_argument
@at_option
@system_option
@guarded
def schedule_show(workbook: Path, at: str, system: str | None) -> None:
    """Montre exactement ce qui serait installé. Ne change rien."""
    from processor.schedule import shown

    click.echo(shown(_scheduled(workbook, at, system)))


@schedule.command("remove", short_help="Retire le traitement de chaque nuit de ce classeur.")
@workbook_argument
@system_option
@guarded
def schedule_remove(workbook: Path, system: str | None) -> None:
    """Retire le traitement de chaque nuit de ce classeur, et rien d’autre."""
    from processor.schedule import remove

    remove(_scheduled(workbook, "03:30", system))
    say("Le traitement de chaque nuit est retiré. Le classeur et ses dossiers restent tels quels.")


def _scheduled(workbook: Path, at: str, system: str | None) -> "Scheduled":
    """The schedule of a workbook. Refuses an hour that does not exist every night, and a workbook that is not there."""
    from processor.night.observe import opened
    from processor.schedule import check_time, detect, planned

    reason = check_time(at)
    if reason is not None:
        raise click.UsageError(reason)
    opened(workbook)
    command = (sys.executable, "-m", "processor", "run", str(workbook.resolve()), "--wait", "120")
    return planned(command, workbook.resolve(), at, system or detect(), Path.home())
