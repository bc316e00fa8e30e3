"""The command that writes one list of people."""

from datetime import datetime
from pathlib import Path

import click

from processor.cli.shell import (
    DONE,
    SET_ASIDE,
    clock_at,
    guarded,
    now_option,
    output_option,
    settings_of,
    show,
    usage,
    workbook_argument,
)
from processor.model.catalogue import say


@click.command()
@workbook_argument
@click.option("--seance", metavar="CODE")
@click.option("--session", metavar="CODE")
@click.option(
    "--assiduite",
    metavar="TRIMESTRE",
)
@click.option(
    "--who",
    type=click.Choice(["participants", "formateurs", "tous"]),
    default="participants",
)
@click.option("--format", "shape", type=click.Choice(["xlsx", "csv"]), default="xlsx")
@output_option("FICHIER")
@now_option
@guarded
def export(
    workbook: Path,
    *,
    seance: str | None,
    session: str | None,
    assiduite: str | None,
    who: str,
    shape: str,
    output: Path | None,
    now: datetime | None,
) -> int:
    """`seances export`."""
    from processor.desk.lists import write
    from processor.desk.quarter import write_quarter
    from processor.night.showing import findings_text

    if assiduite:
        if seance:
            raise usage("assiduite-alone")
        path, findings = write_quarter(
            settings_of(workbook), clock_at(now), assiduite, session, shape, output
        )
        if findings:
            show(findings_text(findings))
        show(say("cli.export.assiduity", file=path))
        return SET_ASIDE if findings else DONE
    if bool(seance) == bool(session):
        raise usage("one-of-two")
    path = write(
        settings_of(workbook),
        clock_at(now),
        seance=seance,
        session=session,
        who=who,
        shape=shape,
        output=output,
    )
    show(say("cli.export.list", file=path))
    return DONE
