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
    settings_of,
    show,
    usage,
    workbook_argument,
    workbook_option,
)
from processor.documents.kinds import SLUGS
from processor.model.catalogue import say

if TYPE_CHECKING:
    from processor.desk.by_hand import Handmade
    from processor.documents.lint.problems import Problem
    from processor.model import Kind


def _kind_option(*, required: bool = False) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    return click.option("--kind", "slug", type=click.Choice(list(SLUGS)), required=required)


@click.command()
@click.argument("template", metavar="MODELE", type=click.Path(path_type=Path))
@_kind_option()
@workbook_option
@format_option
@guarded
def lint(template: Path, slug: str | None, workbook: Path | None, shape: str) -> int:
    """`seances lint`."""
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
        "kind": kind.label,
        "findings": [
            {"code": one.code, "severity": "row" if one.serious else "note", "place": one.place, "text": one.text,
             "near": one.near, "problem": one.problem, "why": one.why, "fix": one.fix}
            for one in problems
        ],
    }  # fmt: skip


def _as_text(template: Path, kind: "Kind", problems: "Sequence[Problem]") -> list[str]:
    from processor.documents.lint.problems import problem_text

    serious = sum(problem.serious for problem in problems)
    counts = [say("cli.lint.serious", count=serious)] if serious else []
    notes = len(problems) - serious
    counts += [say("cli.lint.notes", count=notes)] if notes else []
    shown = ", ".join(counts) or say("cli.lint.nothing")
    return [
        *map(problem_text, problems),
        say("cli.lint.head", template=template.name, kind=kind.label, counts=shown),
    ]


@click.command()
@click.argument("what", metavar="FICHIER|TEXTE")
@workbook_option
@click.option(
    "--key",
    metavar="FICHIER",
    type=click.Path(path_type=Path),
)
@format_option
@guarded
def verify(what: str, workbook: Path | None, key: Path | None, shape: str) -> int:
    """`seances verify`."""
    from processor.desk.verifying import evidence_for
    from processor.desk.verifying import verify as verified

    verdict = verified(what, evidence_for(what, workbook, key))
    click.echo(
        json.dumps(verdict.as_json(), ensure_ascii=False, indent=2) if shape == "json" else verdict.told()
    )
    return DONE if verdict.holds else UNDECIDED if verdict.undecided else MISMATCH


@click.command()
@workbook_argument
@output_option("FICHIER")
@guarded
def key(workbook: Path, output: Path | None) -> None:
    """`seances key`."""
    from processor.night.signing_key import key_of

    settings = settings_of(workbook, identity=True)
    key_of(settings)
    text = settings.public_key.read_text("utf-8")
    if output is None:
        click.echo(text, nl=False)
    else:
        output.write_text(text, "utf-8")
        show(say("cli.key.written", file=output))


@click.command()
@workbook_argument
@click.option("--seance", metavar="CODE", default="")
@click.option("--session", metavar="CODE", default="")
@_kind_option(required=True)
@click.option("--person", "people", metavar="NOM", multiple=True)
@click.option(
    "--reissue",
    metavar="RAISON",
    default="",
)
@click.option("--presences", is_flag=True)
@output_option("DOSSIER")
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
    """`seances document`."""
    from processor.desk.by_hand import Demand, make
    from processor.night.lock import Busy

    if bool(seance) == bool(session):
        raise usage("one-of-two")
    if reissue and not people:
        raise usage("reissue-person")
    demand = Demand(SLUGS[slug], seance, session, people, reissue, presences, output)
    try:
        done = make(settings_of(workbook, identity=True), clock_at(now), demand, progress)
    except Busy:
        show(say("cli.busy"))
        return TRY_LATER
    return _told(done)


def _told(done: "Handmade") -> int:
    from processor.night.showing import findings_text

    for path in done.made:
        click.echo(path)
    for path in done.there:
        click.echo(say("cli.document.unchanged", file=path))
    if done.printing:
        click.echo(say("cli.document.printing", file=done.printing))
    if done.findings:
        show(findings_text(done.findings))
    return SET_ASIDE if any(finding.severity.value == "row" for finding in done.findings) else DONE
