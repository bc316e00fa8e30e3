"""The command that writes one list of people."""

from datetime import datetime
from pathlib import Path

import click

from processor.cli.shell import clock_at, guarded, now_option, say, settings_of, workbook_argument


@click.command()
@workbook_argument
@click.option("--seance", help="Code de la séance.")
@click.option("--session", help="Code de la session.")
@click.option(
    "--who",
    type=click.Choice(["participants", "formateurs", "tous"]),
    default="participants",
    help="Qui est dans la liste.",
)
@click.option(
    "--format", "shape", type=click.Choice(["xlsx", "csv"]), default="xlsx", help="Classeur Excel ou texte."
)
@click.option(
    "-o", "--output", metavar="FICHIER", type=click.Path(path_type=Path), help="Où écrire la liste."
)
@now_option
@guarded
def export(
    workbook: Path,
    seance: str | None,
    session: str | None,
    who: str,
    shape: str,
    output: Path | None,
    now: datetime | None,
) -> None:
    """Écrit la liste des inscrits ou des formateurs d’une séance ou d’une session."""
    from processor.night.lists import write

    if bool(seance) == bool(session):
        raise click.UsageError("donnez soit --seance CODE, soit --session CODE.")
    path = write(
        settings_of(workbook),
        clock_at(now),
        seance=seance,
        session=session,
        who=who,
        shape=shape,
        output=output,
    )
    say(f"Liste écrite : {path}")
