"""The commands about documents: lint a template before anyone uses it."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from processor.cli.shell import DONE, REFUSED, SET_ASIDE, clock_at, format_option, guarded, settings_of
from processor.documents.kinds import SLUGS

if TYPE_CHECKING:
    from processor.documents.problems import Problem
    from processor.model import Kind


@click.command()
@click.argument("template", metavar="MODELE", type=click.Path(path_type=Path))
@click.option(
    "--kind",
    "slug",
    type=click.Choice(list(SLUGS)),
    help="Type du document. Sans cette option, il vient du classeur, du nom du fichier ou des mots du modèle.",
)
@click.option(
    "--workbook",
    metavar="CLASSEUR",
    type=click.Path(path_type=Path),
    help="Essayer aussi avec les lignes et les colonnes de ce classeur.",
)
@format_option
@guarded
def lint(template: Path, slug: str | None, workbook: Path | None, shape: str) -> int:
    """Dit ce qui ne va pas dans un modèle Word, avant qu’aucun document n’en soit tiré.

    Code de sortie : 0 rien à corriger, 10 des corrections à faire, 11 fichier inutilisable.
    """
    from processor.night.lint import linted

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
    from processor.documents.problems import told
    from processor.rules.decided import plural

    serious = sum(problem.serious for problem in problems)
    head = f"« {template.name} », vérifié comme « {kind.value} »"
    counts = [plural(serious, "chose à corriger", "choses à corriger")] if serious else []
    notes = len(problems) - serious
    counts += [plural(notes, "chose à vérifier", "choses à vérifier")] if notes else []
    return [*map(told, problems), f"{head} : {', '.join(counts) or 'rien à corriger'}."]
