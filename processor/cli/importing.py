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
    settings_of,
    show,
    usage,
    workbook_argument,
)
from processor.model.catalogue import quoted, say

if TYPE_CHECKING:
    from processor.desk.importing import Brought, ImportRequest
    from processor.reading.list_headers import Doubt, Recognised
    from processor.reading.listing import Listing


@click.command("import")
@workbook_argument
@click.argument("file", metavar="LISTE", type=click.Path(path_type=Path))
@click.option("--session", default="", metavar="CODE")
@click.option("--seance", default="", metavar="CODE")
@click.option(
    "--columns",
    multiple=True,
    metavar="CHAMP=TITRE",
)
@click.option("--sheet", default="", metavar="FEUILLE")
@click.option("--dry-run", is_flag=True)
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
    """`seances import_list`."""
    from processor.desk import importing
    from processor.night.run import Busy, WorkbookOpen
    from processor.rules.registering.joining import Fate

    if session and seance:
        raise usage("one-of-two")
    asked = importing.ImportRequest(file, session, seance, _given(columns), sheet)
    listing = importing.read_list(file, sheet)
    asked, found = _sure(asked, listing)
    act = importing.look if dry_run else importing.bring
    try:
        brought = act(settings_of(workbook, identity=not dry_run), clock_at(now), asked, listing, found)
    except (WorkbookOpen, Busy) as error:
        who = f" ({error})" if isinstance(error, WorkbookOpen) and str(error) else ""
        show(say("cli.import.open", workbook=workbook.name, who=who))
        return TRY_LATER
    _show(brought, shape, dry_run)
    return SET_ASIDE if any(outcome.fate is Fate.REFUSED for outcome in brought.outcomes) else DONE


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
            hint = say("cli.import.near", near=near) if near and field is None else ""
            raise usage("columns", part=part.strip(), fields=", ".join(FIELDS.values()), hint=hint)
        given[field] = header.strip()
    return given


def _sure(asked: "ImportRequest", listing: "Listing") -> "tuple[ImportRequest, Recognised]":
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
    show(say("cli.import.doubt", why=doubt.why))
    for number, header in enumerate(headers, 1):
        show(f"  {number:>2}. {header}")
    likely = headers.index(doubt.candidates[0]) + 1 if doubt.candidates else None
    wanted = click.prompt(
        say("cli.import.which", field=FIELDS[doubt.field]),
        type=click.IntRange(0, len(headers)), default=likely, err=True,
    )  # fmt: skip
    if not wanted:
        raise usage("column-lacking")
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
    lines = [
        say("cli.import.read", file=brought.asked.file.name, how=brought.listing.how, row=found.header_row)
    ]
    width = max(len(FIELDS[field]) for field in found.columns)
    lines += [
        say("cli.import.column", field=FIELDS[field].ljust(width), header=found.headers[column])
        for field, column in sorted(found.columns.items(), key=lambda item: list(FIELDS).index(item[0]))
    ]
    if found.unused:
        lines.append(say("cli.import.unused", headers=quoted(found.unused)))
    if brought.listing.sheets:
        lines.append(say("cli.import.sheets", sheets=quoted(brought.listing.sheets)))
    lines.append("")
    for outcome in brought.outcomes:
        who = outcome.entry.full_name or say("cli.import.nameless")
        why = f" : {outcome.why}" if outcome.why else ""
        lines.append(say("cli.import.line", line=outcome.entry.line, fate=outcome.fate, who=who, why=why))
    known, refused, new = (brought.count(fate) for fate in (Fate.KNOWN, Fate.REFUSED, Fate.ADDED))
    added, there, turned_away = (
        say(f"cli.import.{what}", count=count)
        for what, count in (("added", new), ("known", known), ("refused", refused))
    )
    total = say("cli.import.total", added=added, known=there, refused=turned_away)
    lines += ["", say("cli.import.dry", total=total) if dry_run else total]
    if brought.backup is not None:
        lines.append(say("cli.import.backup", file=brought.backup))
    return lines


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
