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
    say,
    settings_of,
    workbook_argument,
)


@click.command(short_help="Écrit la liste des inscrits ou des formateurs.")
@workbook_argument
@click.option("--seance", metavar="CODE", help="Code de la séance.")
@click.option("--session", metavar="CODE", help="Code de la session.")
@click.option(
    "--assiduite",
    metavar="TRIMESTRE",
    help="Les heures de chaque personne au trimestre (2026-T4), absences à part ; --session le limite à une session.",
)
@click.option(
    "--who",
    type=click.Choice(["participants", "formateurs", "tous"]),
    default="participants",
    help="Qui est dans la liste.",
)
@click.option(
    "--format", "shape", type=click.Choice(["xlsx", "csv"]), default="xlsx", help="Classeur Excel ou texte."
)
@output_option("FICHIER", "Où écrire la liste.")
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
    """Écrit la liste des inscrits ou des formateurs d’une séance ou d’une session."""
    from processor.desk.lists import write
    from processor.desk.quarter import write_quarter
    from processor.night.showing import findings_text

    if assiduite:
        if seance:
            raise click.UsageError("--assiduite va seul, ou avec --session CODE.")
        path, findings = write_quarter(
            settings_of(workbook), clock_at(now), assiduite, session, shape, output
        )
        if findings:
            say(findings_text(findings))
        say(f"Attestation d’assiduité écrite : {path}")
        return SET_ASIDE if findings else DONE
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
    return DONE
