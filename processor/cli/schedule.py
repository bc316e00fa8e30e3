"""The commands that install, show and remove the job of every night."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from processor.cli.shell import guarded, show, workbook_argument
from processor.model.catalogue import say

if TYPE_CHECKING:
    from processor.schedule import Scheduled


@click.group()
def schedule() -> None:
    """`seances schedule`."""


system_option = click.option(
    "--system",
    type=click.Choice(["systemd", "cron", "windows", "launchd"]),
)
at_option = click.option("--at", default="03:30", metavar="HH:MM")


@schedule.command("install")
@workbook_argument
@at_option
@system_option
@guarded
def schedule_install(workbook: Path, at: str, system: str | None) -> None:
    """`seances schedule_install`."""
    from processor.schedule import install

    planned = _scheduled(workbook, at, system)
    install(planned)
    show(planned.explanation)


@schedule.command("show")
@workbook_argument
@at_option
@system_option
@guarded
def schedule_show(workbook: Path, at: str, system: str | None) -> None:
    """`seances schedule_show`."""
    from processor.schedule import shown

    click.echo(shown(_scheduled(workbook, at, system)))


@schedule.command("remove")
@workbook_argument
@system_option
@guarded
def schedule_remove(workbook: Path, system: str | None) -> None:
    """`seances schedule_remove`."""
    from processor.schedule import remove

    remove(_scheduled(workbook, "03:30", system))
    show(say("cli.schedule.removed"))


def _scheduled(workbook: Path, at: str, system: str | None) -> "Scheduled":
    """The schedule of a workbook. Refuses an hour that does not exist every night, and a workbook that is not there."""
    from processor.night.observe import opened
    from processor.schedule import check_time, detect, planned

    if fault := check_time(at):
        raise click.UsageError(fault.problem)
    opened(workbook)
    command = (sys.executable, "-m", "processor", "run", str(workbook.resolve()), "--wait", "120")
    return planned(command, workbook.resolve(), at, system or detect(), Path.home())
