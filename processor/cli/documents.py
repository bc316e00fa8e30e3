"""The commands about documents: lint a template, verify an attestation, give the public key, make documents by hand."""

import json
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from processor.cli.shell import (
    DONE,
    MISMATCH,
    REFUSED,
    SET_ASIDE,
    TRY_LATER,
    UNDECIDED,
    clock_at,
    format_option,
    guarded,
    now_option,
    output_option,
    progress,
    say,
    settings_of,
    workbook_argument,
    workbook_option,
)
from processor.documents.kinds import SLUGS

if TYPE_CHECKING:
    from processor.desk.by_hand import Handmade
    from processor.documents.lint.problems import Problem
    from processor.model import Kind


def _kind_option(words: str, *, required: bool = False) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    return click.option("--kind", "slug", type=click.Choice(list(SLUGS)), required=required, help=words)


@click.command(short_help="Dit ce qui ne va pas dans un modèle Word.")
@click.argument("template", metavar="MODELE", type=click.Path(path_type=Path))
@_kind_option(
    "Type du document. Sans cette option, il vient du classeur, du nom du fichier ou des mots du modèle."
)
@workbook_option("Essayer aussi avec les lignes et les colonnes de ce classeur.")
@format_option
@guarded
def lint(template: Path, slug: str | None, workbook: Path | None, shape: str) -> int:
    """Dit ce qui ne va pas dans un modèle Word, avant qu’aucun document n’en soit tiré.

    Code de sortie : 0 rien à corriger, 10 des corrections à faire, 11 fichier inutilisable.
    """
    from processor.desk.lint import linted

    settings = settings_of(workbook) if workbook else None
    kind, problems = linted(template, SLUGS[slug] if slug else None, settings, clock_at(None))
    if shape == "json":
        click.echo(json.dumps(_as_json(template, kind, problems), ensure_ascii=False, indent=2))
    else:
        click.echo("\n\n".join(_as_text(template, kind, problems)))
    if any(problem.code == "modele-inutilisable" for problem in problems):
        return REFUSED
    return SET_ASIDE if any(problem.serious for problem in problems) else DONE


def _as_json(template: Path, kind: "Kind", problems: "Sequence[Problem]") -> dict[str, Any]:
    return {
        "template": template.name,
        "kind": kind.value,
        "findings": [
            {"code": one.code, "severity": "row" if one.serious else "note", "place": one.place, "text": one.text,
             "near": one.near, "problem": one.problem, "why": one.why, "fix": one.fix}
            for one in problems
        ],
    }  # fmt: skip


def _as_text(template: Path, kind: "Kind", problems: "Sequence[Problem]") -> list[str]:
    from processor.documents.lint.problems import told
    from processor.rules.decided import plural

    serious = sum(problem.serious for problem in problems)
    head = f"« {template.name} », vérifié comme « {kind.value} »"
    counts = [plural(serious, "chose à corriger", "choses à corriger")] if serious else []
    notes = len(problems) - serious
    counts += [plural(notes, "chose à vérifier", "choses à vérifier")] if notes else []
    return [*map(told, problems), f"{head} : {', '.join(counts) or 'rien à corriger'}."]


@click.command(short_help="Vérifie une attestation : fichier, code QR ou numéro.")
@click.argument("what", metavar="FICHIER|TEXTE")
@workbook_option("Le classeur qui a émis l’attestation.")
@click.option(
    "--key",
    metavar="FICHIER",
    type=click.Path(path_type=Path),
    help="La clé publique de l’organisme (cle-publique.pem).",
)
@format_option
@guarded
def verify(what: str, workbook: Path | None, key: Path | None, shape: str) -> int:
    """Vérifie une attestation : son fichier (PDF, Word), le texte de son code QR, son numéro ou son empreinte SHA-256.

    Rien n’est envoyé nulle part. La clé et le journal sont ceux du dossier du fichier, ou ceux que l’on nomme.
    Code de sortie : 0 conforme, 13 ne correspond pas, ne vaut plus, ou ne peut pas être vérifié, 14 signature
    valide, mais une partie du document n’a pas pu être lue : à comparer à l’œil.
    """
    from processor.desk.verifying import evidence_for
    from processor.desk.verifying import verify as verified

    verdict = verified(what, evidence_for(what, workbook, key))
    click.echo(
        json.dumps(verdict.as_json(), ensure_ascii=False, indent=2) if shape == "json" else verdict.told()
    )
    return DONE if verdict.holds else UNDECIDED if verdict.undecided else MISMATCH


@click.command(short_help="Donne la clé publique qui vérifie les attestations.")
@workbook_argument
@output_option("FICHIER", "Où l’écrire ; sinon elle est affichée.")
@guarded
def key(workbook: Path, output: Path | None) -> None:
    """Donne la clé publique, avec laquelle tout le monde peut vérifier les attestations. La clé privée ne sort jamais."""
    from processor.night.signing_key import key_of

    settings = settings_of(workbook, identity=True)
    key_of(settings)
    text = settings.public_key.read_text("utf-8")
    if output is None:
        click.echo(text, nl=False)
    else:
        output.write_text(text, "utf-8")
        say(f"Clé publique écrite : {output}")


@click.command(short_help="Fait des documents à la main, sans courriel.")
@workbook_argument
@click.option("--seance", metavar="CODE", default="", help="Code de la séance.")
@click.option("--session", metavar="CODE", default="", help="Code de la session.")
@_kind_option("Type du document.", required=True)
@click.option(
    "--person", "people", metavar="NOM", multiple=True, help="Pour cette personne seulement (répétable)."
)
@click.option(
    "--reissue",
    metavar="RAISON",
    default="",
    help="Refaire une attestation déjà émise : la nouvelle annule et remplace.",
)
@click.option("--presences", is_flag=True, help="Feuille d’émargement : montrer les présences notées.")
@output_option("DOSSIER", "Où mettre ce qui est à imprimer.")
@now_option
@guarded
def document(
    workbook: Path,
    *,
    seance: str,
    session: str,
    slug: str,
    people: tuple[str, ...],
    reissue: str,
    presences: bool,
    output: Path | None,
    now: datetime | None,
) -> int:
    """Fait des documents à la main, sans envoyer de courriel, et un seul PDF de tous pour l’imprimante.

    Une attestation reçoit son numéro, comme la nuit ; déjà émise, elle n’est pas refaite.
    """
    from processor.desk.by_hand import Demand, make
    from processor.night.lock import Busy

    if bool(seance) == bool(session):
        raise click.UsageError("donnez soit --seance CODE, soit --session CODE.")
    if reissue and not people:
        raise click.UsageError(
            "--reissue demande aussi --person : une attestation se remplace pour une personne."
        )
    demand = Demand(SLUGS[slug], seance, session, people, reissue, presences, output)
    try:
        done = make(settings_of(workbook, identity=True), clock_at(now), demand, progress)
    except Busy:
        say("Un autre traitement de ce classeur est en cours ; il suffit d’attendre qu’il finisse.")
        return TRY_LATER
    return _told(done)


def _told(done: "Handmade") -> int:
    from processor.night.showing import findings_text

    for path in done.made:
        click.echo(path)
    for path in done.there:
        click.echo(f"{path} (déjà émise, inchangée)")
    if done.printing:
        click.echo(f"{done.printing} (tout, pour l’imprimante)")
    if done.findings:
        say(findings_text(done.findings))
    return SET_ASIDE if any(finding.severity.value == "row" for finding in done.findings) else DONE
