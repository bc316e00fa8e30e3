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
    EXIT_HELP,
    REFUSED,
    SET_ASIDE,
    TRY_LATER,
    at_least,
    clock_at,
    format_option,
    guarded,
    now_option,
    progress,
    say,
    settings_of,
    workbook_argument,
)

if TYPE_CHECKING:
    from processor.model.findings import Finding


@click.command(short_help="Montre une nuit entière sur un exemple ; rien n’est envoyé.")
@click.argument("folder", metavar="[DOSSIER]", type=click.Path(path_type=Path), default=Path("seances-demo"))
@guarded
def demo(folder: Path) -> int:
    """Montre une nuit entière sur le classeur d’exemple, dans un dossier neuf. Rien n’est envoyé."""
    from processor.demo import prepare

    workbook, now = prepare(folder)
    say(f"Une nuit sur le classeur d’exemple, comme si l’on était le {now:%d/%m/%Y à %H:%M}.\n")
    code = _night(workbook, now, accept=False, wait=0)
    say("\nÀ ouvrir, pour voir :")
    for line in _to_open(workbook):
        say(f"  {line}")
    return DONE if code == SET_ASIDE else code


def _to_open(workbook: Path) -> list[str]:
    folder = workbook.parent
    return [
        f"le classeur après la nuit        {workbook}",
        f"le résumé de la nuit             {folder / 'rapport.html'}",
        f"les pages des séances            {folder / 'pages' / 'index.html'}",
        f"les documents, par séance        {folder / 'documents'}",
        f"les courriels prêts à partir     {folder / 'courriels'}",
    ]


@click.command(short_help="Prépare un dossier : classeur, modèles Word, réglages.")
@click.argument("folder", metavar="DOSSIER", type=click.Path(path_type=Path))
@guarded
def init(folder: Path) -> None:
    """Prépare un dossier : un classeur prêt à remplir, les modèles Word et les réglages."""
    from processor.demo import start
    from processor.night.signing_key import key_of

    workbook = start(folder)
    key_of(settings_of(workbook))
    say(f"Le dossier est prêt. Ouvrez {workbook} et lisez la feuille « Mode d’emploi ».")
    say(
        "Écrivez d’abord, dans la feuille « Paramètres », le nom de votre organisme et l’adresse de l’expéditeur."
    )
    say(f'Pour une première nuit : seances run "{workbook}"')


@click.command()
@workbook_argument
@format_option
@now_option
@guarded
def check(workbook: Path, shape: str, now: datetime | None) -> int:
    """Dit ce qui ne va pas dans le classeur. Ne change rien."""
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


@click.command(short_help="Dit ce que « run » ferait maintenant.")
@workbook_argument
@format_option
@click.option(
    "--eml",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DOSSIER",
    help="Écrire aussi dans ce dossier les courriels prévus, tels qu’ils partiraient.",
)
@click.option(
    "--only", default="", metavar="ADRESSE", help="Avec --eml : seulement les courriels à cette adresse."
)
@now_option
@guarded
def plan(workbook: Path, shape: str, folder: Path | None, only: str, now: datetime | None) -> int:
    """Dit ce que « run » ferait maintenant : lignes, documents, destinataires. Ne change rien."""
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
        say(str(path))
    if failed:
        say(findings_text(failed))
    if not written:
        say("Aucun courriel de ce plan ne correspond." if only else "Ce plan ne prévoit aucun courriel.")


@click.command(epilog=EXIT_HELP, short_help="Fait le travail de la nuit.")
@workbook_argument
@click.option(
    "--accept-large-plan", is_flag=True, help="Accepter un plan qui change une grande part du classeur."
)
@click.option(
    "--wait",
    type=str,
    callback=at_least(0),
    default=0,
    metavar="MINUTES",
    help="Attendre que le classeur soit fermé.",
)
@now_option
@guarded
def run(workbook: Path, accept_large_plan: bool, wait: int, now: datetime | None) -> int:
    """Fait le travail de la nuit."""
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
    from processor.journal.unusable import told
    from processor.night.mishaps import trace
    from processor.night.report import broken

    if told(error):
        return
    with suppress(Exception):
        broken(settings_of(workbook), clock_at(now)("Europe/Paris"), trace(error))


def _one_night(workbook: Path, now: datetime | None, *, accept: bool, wait: int) -> int:
    from processor.night import run as night
    from processor.night.report import after, told

    until = datetime.now(ZoneInfo("UTC")) + timedelta(minutes=wait)
    while True:
        try:
            settings = settings_of(workbook, identity=True)
            done = night.run(settings, clock_at(now), progress, accept_large_plan=accept)
            break
        except (night.WorkbookOpen, night.Busy) as error:
            if datetime.now(ZoneInfo("UTC")) >= until:
                say(_busy(workbook, error))
                return TRY_LATER
            time.sleep(5)
        except night.Refused as refusal:
            _show_refused(settings, refusal)
            return REFUSED
    after(settings, done)
    say(told(settings, done))
    return night.exit_code(done.findings)


def _busy(workbook: Path, error: Exception) -> str:
    from processor.night.run import Busy

    if isinstance(error, Busy):
        return "Un autre traitement de ce classeur est en cours ; il suffit d’attendre qu’il finisse."
    who = f" par {error}" if str(error) else ""
    return (
        f"« {workbook.name} » est ouvert{who} : rien n’a été changé.\n"
        "  Que faire : enregistrez et fermez le classeur ; le traitement se fera au prochain passage."
    )


def _show_refused(settings: Any, refusal: Any) -> None:
    from processor.night.paper import Shelf
    from processor.night.showing import findings_text, plan_text

    shelf = Shelf(settings)
    names = shelf.names(refusal.plan.documents, refusal.observation.snapshot.known)
    snapshot = refusal.observation.snapshot
    click.echo(plan_text(refusal.plan, snapshot, lambda document: names[document.key], shelf.subject))
    say("\n" + findings_text(refusal.findings))
