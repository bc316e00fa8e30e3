"""The command that brings a list of people into the workbook."""

import json
import sys
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from processor.cli.shell import (
    DONE,
    SET_ASIDE,
    TRY_LATER,
    clock_at,
    format_option,
    guarded,
    now_option,
    say,
    settings_of,
    workbook_argument,
)

if TYPE_CHECKING:
    from processor.desk.importing import Asked, Brought
    from processor.reading.list_headers import Doubt, Recognised
    from processor.reading.listing import Listing


@click.command("import", short_help="Inscrit les personnes d’une liste (.csv ou .xlsx).")
@workbook_argument
@click.argument("file", metavar="LISTE", type=click.Path(path_type=Path))
@click.option("--session", default="", metavar="CODE", help="La session à laquelle inscrire ces personnes.")
@click.option("--seance", default="", metavar="CODE", help="La séance à laquelle inscrire ces personnes.")
@click.option(
    "--columns",
    multiple=True,
    metavar="CHAMP=TITRE",
    help="Où est un champ, par exemple « Prénom=Votre petit nom » ou « Nom=C ». Champs : Prénom, Nom, Nom complet, Courriel, "
    "Civilité, Employeur, Inscrit le, Session, Séance. Peut être répété.",
)
@click.option(
    "--sheet", default="", metavar="FEUILLE", help="La feuille à lire, si la liste est un classeur."
)
@click.option("--dry-run", is_flag=True, help="Dire ce qui serait fait, sans rien changer.")
@format_option
@now_option
@guarded
def import_list(
    workbook: Path,
    file: Path,
    *,
    session: str,
    seance: str,
    columns: tuple[str, ...],
    sheet: str,
    dry_run: bool,
    shape: str,
    now: datetime | None,
) -> int:
    """Ajoute aux inscriptions les personnes nouvelles d’une liste (.csv ou .xlsx).

    La liste vient de Google Forms, Microsoft Forms, Framaforms, Claroline, ou d’un simple tableau. Chaque ligne est rapportée :
    ajoutée, déjà inscrite, ou refusée avec sa raison. Relancer la commande n’ajoute personne deux fois.
    """
    from processor.desk import importing
    from processor.night.run import Busy, WorkbookOpen

    if session and seance:
        raise click.UsageError("donnez soit --session CODE, soit --seance CODE.")
    asked = importing.Asked(file, session, seance, _given(columns), sheet)
    listing = importing.read_list(file, sheet)
    asked, found = _sure(asked, listing)
    act = importing.look if dry_run else importing.bring
    try:
        brought = act(settings_of(workbook, identity=not dry_run), clock_at(now), asked, listing, found)
    except (WorkbookOpen, Busy) as error:
        say(f"« {workbook.name} » est ouvert ou en cours de traitement{f' ({error})' if isinstance(error, WorkbookOpen) and str(error) else ''} : rien n’a été ajouté.\n"
            "  Que faire : enregistrez et fermez le classeur, puis relancez la commande.")  # fmt: skip
        return TRY_LATER
    _show(brought, shape, dry_run)
    return SET_ASIDE if any(outcome.fate == "refusé" for outcome in brought.outcomes) else DONE


def _given(columns: tuple[str, ...]) -> dict[str, str]:
    """Field → header, from `--columns`; several may stand in one, separated by semicolons."""
    from processor.model.names import normalised
    from processor.model.nearest import nearest
    from processor.reading.list_headers import FIELDS

    names = {normalised(name): field for field, name in FIELDS.items()}
    given = {}
    for part in (part for text in columns for part in text.split(";") if part.strip()):
        name, equals, header = part.partition("=")
        field = names.get(normalised(name))
        if not equals or field is None:
            near = nearest(name, FIELDS.values())
            hint = f" Le champ le plus proche est « {near} »." if near and field is None else ""
            raise click.UsageError(
                f"--columns « {part.strip()} » : écrivez CHAMP=TITRE, avec un champ parmi {', '.join(FIELDS.values())}.{hint}"
            )
        given[field] = header.strip()
    return given


def _sure(asked: "Asked", listing: "Listing") -> "tuple[Asked, Recognised]":
    """The columns without a doubt left: asked for on a terminal, else refused with what to type."""
    from processor.desk.importing import columns_of, in_doubt
    from processor.model.findings import Stopped

    while True:
        found, doubts = columns_of(asked, listing)
        if not doubts:
            return asked, found
        if not sys.stdin.isatty():
            raise Stopped([in_doubt(asked, found, doubts)])
        asked = replace(asked, columns={**(asked.columns or {}), **_answer(found, doubts[0])})


def _answer(found: "Recognised", doubt: "Doubt") -> dict[str, str]:
    from processor.reading.list_headers import FIELDS

    headers = list(found.headers.values())
    say(f"\nUn doute : {doubt.why}. Les colonnes de la liste :")
    for number, header in enumerate(headers, 1):
        say(f"  {number:>2}. {header}")
    likely = headers.index(doubt.candidates[0]) + 1 if doubt.candidates else None
    wanted = click.prompt(
        f"Quelle colonne contient « {FIELDS[doubt.field]} » ? (0 : aucune)",
        type=click.IntRange(0, len(headers)), default=likely, err=True,
    )  # fmt: skip
    if not wanted:
        raise click.UsageError(
            "sans cette colonne, la liste ne peut pas être lue ; complétez-la, puis recommencez."
        )
    answer = {doubt.field: headers[wanted - 1]}
    return answer | ({"last_name": ""} if doubt.field == "full_name" else {})


def _show(brought: "Brought", shape: str, dry_run: bool) -> None:
    if shape == "json":
        click.echo(json.dumps(_json(brought, dry_run), ensure_ascii=False, indent=2))
        return
    for line in _told(brought, dry_run):
        click.echo(line)


def _told(brought: "Brought", dry_run: bool) -> list[str]:
    from processor.reading.list_headers import FIELDS
    from processor.rules.registering.joining import Fate

    found = brought.found
    lines = [f"« {brought.asked.file.name} » : {brought.listing.how}, titres à la ligne {found.header_row}."]
    width = max(len(FIELDS[field]) for field in found.columns)
    lines += [
        f"  {FIELDS[field]:<{width}} ← « {found.headers[column]} »"
        for field, column in sorted(found.columns.items(), key=lambda item: list(FIELDS).index(item[0]))
    ]
    if found.unused:
        lines.append(f"  Colonnes non utilisées : {', '.join(f'« {header} »' for header in found.unused)}.")
    if brought.listing.sheets:
        lines.append(
            f"  Autres feuilles, non lues : {', '.join(f'« {name} »' for name in brought.listing.sheets)}."
        )
    lines.append("")
    for outcome in brought.outcomes:
        who = outcome.entry.full_name or "(sans nom)"
        why = f" : {outcome.why}" if outcome.why else ""
        lines.append(f"  ligne {outcome.entry.line:<4} {outcome.fate:<13} {who}{why}")
    known, refused, new = (brought.count(fate) for fate in (Fate.KNOWN, Fate.REFUSED, Fate.ADDED))
    total = [
        _many(new, "ajouté"),
        f"{known} déjà inscrit{'s' if known > 1 else ''}",
        _many(refused, "refusé"),
    ]
    lines += ["", ("Rien n’a été changé (essai) : " if dry_run else "") + ", ".join(total) + "."]
    if brought.backup is not None:
        lines.append(f"Le classeur d’avant est gardé : {brought.backup}")
    return lines


def _many(count: int, word: str) -> str:
    return f"{count} {word}{'s' if count > 1 else ''}"


def _json(brought: "Brought", dry_run: bool) -> dict[str, object]:
    found = brought.found
    return {
        "list": brought.asked.file.name,
        "read_as": brought.listing.how,
        "header_row": found.header_row,
        "columns": {field: found.headers[column] for field, column in found.columns.items()},
        "changed": brought.backup is not None,
        "dry_run": dry_run,
        "lines": [
            {"line": o.entry.line, "person": o.entry.full_name, "result": str(o.fate), "why": o.why}
            for o in brought.outcomes
        ],
    }
