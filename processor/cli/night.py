"""The commands around one night: demo, init, check, plan, run."""

import json
import time
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import click

from processor.cli.shell import (
    DONE,
    REFUSED,
    SET_ASIDE,
    TRY_LATER,
    at_least,
    clock_at,
    exit_codes,
    format_option,
    guarded,
    now_option,
    progress,
    settings_of,
    show,
    workbook_argument,
)
from processor.model.catalogue import say

if TYPE_CHECKING:
    from processor.model.findings import Finding


@click.command()
@click.argument("folder", metavar="[DOSSIER]", type=click.Path(path_type=Path), default=Path("seances-demo"))
@guarded
def demo(folder: Path) -> int:
    """`seances demo`."""
    from processor.demo import prepare

    workbook, now = prepare(folder)
    show(say("cli.demo.now", now=now))
    code = _night(workbook, now, accept=False, wait=0)
    show(say("cli.demo.open"))
    for line in _to_open(workbook):
        show(f"  {line}")
    return DONE if code == SET_ASIDE else code


def _to_open(workbook: Path) -> list[str]:
    folder = workbook.parent
    return [
        say("cli.demo.workbook", file=workbook),
        say("cli.demo.report", file=folder / "rapport.html"),
        say("cli.demo.pages", file=folder / "pages" / "index.html"),
        say("cli.demo.documents", folder=folder / "documents"),
        say("cli.demo.mails", folder=folder / "courriels"),
    ]


@click.command()
@click.argument("folder", metavar="DOSSIER", type=click.Path(path_type=Path))
@guarded
def init(folder: Path) -> None:
    """`seances init`."""
    from processor.demo import start
    from processor.night.signing_key import key_of

    workbook = start(folder)
    key_of(settings_of(workbook))
    show(say("cli.init.ready", workbook=workbook))
    show(say("cli.init.first"))
    show(say("cli.init.night", workbook=workbook))


@click.command()
@workbook_argument
@format_option
@now_option
@guarded
def check(workbook: Path, shape: str, now: datetime | None) -> int:
    """`seances check`."""
    from processor.night.run import exit_code, look
    from processor.night.showing import counted, findings_json, findings_text

    findings: tuple[Finding, ...]
    stopped = False
    try:
        _, plan = look(settings_of(workbook), clock_at(now))
        findings = plan.findings
    except _stopped() as error:
        findings, stopped = error.findings, True
    if shape == "json":
        click.echo(json.dumps(findings_json(findings), ensure_ascii=False, indent=2))
    else:
        click.echo("\n\n".join(part for part in (findings_text(findings), counted(findings)) if part))
    return REFUSED if stopped else exit_code(findings)


def _stopped() -> "type[Any]":
    from processor.model.findings import Stopped

    return Stopped


@click.command()
@workbook_argument
@format_option
@click.option(
    "--eml",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DOSSIER",
)
@click.option("--only", default="", metavar="ADRESSE")
@now_option
@guarded
def plan(workbook: Path, shape: str, folder: Path | None, only: str, now: datetime | None) -> int:
    """`seances plan`."""
    from processor.night.paper import Shelf
    from processor.night.run import exit_code, look, refused
    from processor.night.showing import findings_text, plan_json, plan_text

    settings = settings_of(workbook)
    observation, found = look(settings, clock_at(now))
    if folder is not None:
        _preview(settings, observation, found, folder, only)
    shelf = Shelf(settings)
    names = shelf.names(found.documents, observation.snapshot.known)
    shown = (found, observation.snapshot, lambda document: names[document.key], shelf.subject)
    if shape == "json":
        click.echo(json.dumps(plan_json(*shown), ensure_ascii=False, indent=2))
        return exit_code(found.findings)
    click.echo(plan_text(*shown))
    reasons = refused(observation, found)
    if found.findings or reasons:
        click.echo("\n" + findings_text((*found.findings, *reasons)))
    return exit_code(found.findings)


def _preview(settings: Any, observation: Any, found: Any, folder: Path, only: str) -> None:
    from processor.desk.preview import preview
    from processor.night.showing import findings_text

    written, failed = preview(settings, observation, found, folder, only, progress)
    for path in written:
        show(str(path))
    if failed:
        show(findings_text(failed))
    if not written:
        show(say("cli.plan.no-such-mail") if only else say("cli.plan.no-mail"))


@click.command(epilog=exit_codes())
@workbook_argument
@click.option("--accept-large-plan", is_flag=True)
@click.option(
    "--wait",
    type=str,
    callback=at_least(0),
    default=0,
    metavar="MINUTES",
)
@now_option
@guarded
def run(workbook: Path, accept_large_plan: bool, wait: int, now: datetime | None) -> int:
    """`seances run`."""
    return _night(workbook, now, accept=accept_large_plan, wait=wait)


def _night(workbook: Path, now: datetime | None, *, accept: bool, wait: int) -> int:
    try:
        return _one_night(workbook, now, accept=accept, wait=wait)
    except (OSError, _stopped(), click.ClickException, click.exceptions.Exit, click.Abort):
        raise
    except Exception as error:
        _tell_error(workbook, now, error)
        raise


def _tell_error(workbook: Path, now: datetime | None, error: Exception) -> None:
    """Leaves a word where staff look; what keeps it from being written must not hide the error itself."""
    from processor.journal.unusable import cause_of
    from processor.night.mishaps import trace
    from processor.night.report import broken

    if cause_of(error):
        return
    with suppress(Exception):
        broken(settings_of(workbook), clock_at(now)("Europe/Paris"), trace(error))


def _one_night(workbook: Path, now: datetime | None, *, accept: bool, wait: int) -> int:
    from processor.night import run as night
    from processor.night.report import after, terminal_text

    until = datetime.now(ZoneInfo("UTC")) + timedelta(minutes=wait)
    while True:
        try:
            settings = settings_of(workbook, identity=True)
            done = night.run(settings, clock_at(now), progress, accept_large_plan=accept)
            break
        except (night.WorkbookOpen, night.Busy) as error:
            if datetime.now(ZoneInfo("UTC")) >= until:
                show(_busy(workbook, error))
                return TRY_LATER
            time.sleep(5)
        except night.Refused as refusal:
            _show_refused(settings, refusal)
            return REFUSED
    after(settings, done)
    show(terminal_text(settings, done))
    return night.exit_code(done.findings)


def _busy(workbook: Path, error: Exception) -> str:
    from processor.night.run import Busy

    if isinstance(error, Busy):
        return say("cli.busy")
    return say("cli.open.by" if str(error) else "cli.open", workbook=workbook.name, who=error)


def _show_refused(settings: Any, refusal: Any) -> None:
    from processor.night.paper import Shelf
    from processor.night.showing import findings_text, plan_text

    shelf = Shelf(settings)
    names = shelf.names(refusal.plan.documents, refusal.observation.snapshot.known)
    snapshot = refusal.observation.snapshot
    click.echo(plan_text(refusal.plan, snapshot, lambda document: names[document.key], shelf.subject))
    show("\n" + findings_text(refusal.findings))
