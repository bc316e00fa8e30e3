"""The command line: the only room that prints, reads the clock and ends the process.

Exit codes: 0 done · 1 bug · 2 usage · 10 done, rows set aside · 11 refused, nothing changed · 12 stopped while applying ·
75 workbook open, try later.
"""

import json
import os
import sys
import time
import traceback
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, ParamSpec
from zoneinfo import ZoneInfo

import click

from processor import __version__

if TYPE_CHECKING:
    from processor.findings import Finding
    from processor.night.observe import Clock
    from processor.schedule import Scheduled

DONE, BUG, SET_ASIDE, REFUSED, INTERRUPTED, TRY_LATER = 0, 1, 10, 11, 12, 75
P = ParamSpec("P")

_EXIT_HELP = """
\b
Codes de sortie :
  0   tout est fait          10  fait, des lignes laissées de côté
  11  refusé, rien changé    12  interrompu en cours de route
  75  classeur ouvert, réessayez plus tard
"""


def _moment(_: click.Context, __: click.Parameter, value: str | None) -> datetime | None:
    """The moment given to `--now`, or a usage error."""
    try:
        return datetime.fromisoformat(value) if value else None
    except ValueError as error:
        raise click.BadParameter(f"« {value} » n’est pas une date, par exemple 2026-12-01T02:00.") from error


now_option = click.option(
    "--now",
    metavar="DATE-HEURE",
    callback=_moment,
    help="Agir comme si l’on était à ce moment (2026-12-01T02:00).",
)
workbook_argument = click.argument("workbook", metavar="CLASSEUR", type=click.Path(path_type=Path))
format_option = click.option(
    "--format", "shape", type=click.Choice(["text", "json"]), default="text", help="Texte ou JSON."
)


def say(text: str = "") -> None:
    """Prints a person's text, on stderr."""
    click.echo(text, err=True)


def guarded(command: Callable[P, int | None]) -> Callable[P, NoReturn]:
    """One place where errors end: expected ones as French text with their exit code, bugs in a log whose path is told."""

    @wraps(command)
    def wrapper(*args: P.args, **kwargs: P.kwargs) -> NoReturn:
        from processor.findings import Stopped
        from processor.night.showing import findings_text

        try:
            code = command(*args, **kwargs) or DONE
        except Stopped as stopped:
            say(findings_text(stopped.findings))
            code = REFUSED
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except KeyboardInterrupt:
            say("Interrompu. Relancez la commande : elle reprendra où il faut.")
            code = INTERRUPTED
        except OSError as error:
            say(_system_error(error))
            code = INTERRUPTED
        except Exception:
            say(_bug())
            code = BUG
        sys.exit(code)

    return wrapper


def _system_error(error: OSError) -> str:
    what = f" « {error.filename} »" if error.filename else ""
    return (
        f"Traitement interrompu : {error.strerror or error}{what}.\n"
        "  Que faire : vérifiez l’espace disque et les droits sur le dossier, puis relancez ; le traitement reprendra où il faut."
    )


def _bug() -> str:
    import tempfile

    handle, name = tempfile.mkstemp(prefix="seances-erreur-", suffix=".log", text=True)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(f"seances {__version__}, Python {sys.version}\n{traceback.format_exc()}")
    return f"Erreur du programme, qui n’est pas de votre fait. Le détail est dans {name} : transmettez-le à la personne qui a installé Séances."


def clock_at(now: datetime | None) -> "Clock":
    """The wall-clock time in a zone, the same for the whole command: that of `--now`, else the real one at its start."""
    instant = datetime.now(ZoneInfo("UTC")).replace(microsecond=0)

    def clock(zone: str) -> datetime:
        if now is not None and now.tzinfo is None:
            return now
        return (now or instant).astimezone(ZoneInfo(zone)).replace(tzinfo=None)

    return clock


@click.group(context_settings={"help_option_names": ["-h", "--help"]}, epilog=_EXIT_HELP)
@click.version_option(__version__, prog_name="seances")
def main() -> None:
    """Gère chaque nuit les séances de formation d’un classeur Excel.

    Commencez par « seances demo », qui montre tout sur un classeur d’exemple et n’envoie rien.
    """


@main.command()
@click.argument("folder", metavar="[DOSSIER]", type=click.Path(path_type=Path), default=Path("seances-demo"))
@guarded
def demo(folder: Path) -> int:
    """Montre une nuit entière sur le classeur d’exemple, dans un dossier neuf. Rien n’est envoyé."""
    from processor.demo import prepare

    workbook, now = prepare(folder)
    say(f"Une nuit sur le classeur d’exemple, comme si l’on était le {now:%d/%m/%Y à %H:%M}.\n")
    os.environ["SEANCES_STATE"] = str(workbook.parent / ".journal")
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


@main.command()
@click.argument("folder", metavar="DOSSIER", type=click.Path(path_type=Path))
@guarded
def init(folder: Path) -> None:
    """Prépare un dossier : un classeur prêt à remplir, les modèles Word et les réglages."""
    from processor.demo import start

    workbook = start(folder)
    say(f"Le dossier est prêt. Ouvrez {workbook} et lisez la feuille « Mode d’emploi ».")
    say(f'Pour une première nuit : seances run "{workbook}"')


@main.command()
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
        _, plan = look(_settings(workbook), clock_at(now))
        findings = plan.findings
    except _stopped() as error:
        findings, stopped = error.findings, True
    if shape == "json":
        click.echo(json.dumps(findings_json(findings), ensure_ascii=False, indent=2))
    else:
        click.echo("\n\n".join(part for part in (findings_text(findings), counted(findings)) if part))
    return REFUSED if stopped else exit_code(findings)


def _stopped() -> "type[Any]":
    from processor.findings import Stopped

    return Stopped


@main.command()
@workbook_argument
@format_option
@now_option
@guarded
def plan(workbook: Path, shape: str, now: datetime | None) -> int:
    """Dit ce que « run » ferait maintenant : lignes, documents, destinataires. Ne change rien."""
    from processor.night.paper import Shelf
    from processor.night.run import exit_code, look, refused
    from processor.night.showing import findings_text, plan_json, plan_text

    settings = _settings(workbook)
    observation, found = look(settings, clock_at(now))
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


@main.command(epilog=_EXIT_HELP)
@workbook_argument
@click.option(
    "--accept-large-plan", is_flag=True, help="Accepter un plan qui change une grande part du classeur."
)
@click.option(
    "--wait",
    type=click.IntRange(0),
    default=0,
    metavar="MINUTES",
    help="Attendre que le classeur soit fermé.",
)
@now_option
@guarded
def run(workbook: Path, accept_large_plan: bool, wait: int, now: datetime | None) -> int:
    """Le traitement de la nuit."""
    return _night(workbook, now, accept=accept_large_plan, wait=wait)


def _night(workbook: Path, now: datetime | None, *, accept: bool, wait: int) -> int:
    from processor.night import run as night
    from processor.night.report import after, told

    until = datetime.now(ZoneInfo("UTC")) + timedelta(minutes=wait)
    while True:
        try:
            settings = _settings(workbook, identity=True)
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


@main.command()
@workbook_argument
@click.option("--limit", type=click.IntRange(1), help="N’envoyer qu’un nombre donné de courriels.")
@now_option
@guarded
def send(workbook: Path, limit: int | None, now: datetime | None) -> int:
    """Remet les courriels en attente. N’en prépare aucun."""
    from processor.mail.journal import Journal
    from processor.night import run as night
    from processor.night.observe import observe
    from processor.night.report import delivered_text

    settings, clock = _settings(workbook), clock_at(now)
    with Journal.open(settings.journal_place) as journal:
        parameters = observe(settings, settings.workbook, journal.view(), clock).snapshot.parameters
        say(
            delivered_text(night.send(settings, journal, parameters, clock(parameters.zone), progress, limit))
        )
    return DONE


@main.command()
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
        _settings(workbook),
        clock_at(now),
        seance=seance,
        session=session,
        who=who,
        shape=shape,
        output=output,
    )
    say(f"Liste écrite : {path}")


@main.group()
def schedule() -> None:
    """Installe, montre ou retire le traitement de chaque nuit."""


system_option = click.option(
    "--system",
    type=click.Choice(["systemd", "cron", "windows", "launchd"]),
    help="L’ordonnanceur ; par défaut celui de la machine.",
)
at_option = click.option("--at", default="03:30", metavar="HH:MM", help="L’heure du traitement (03:30).")


@schedule.command("install")
@workbook_argument
@at_option
@system_option
@guarded
def schedule_install(workbook: Path, at: str, system: str | None) -> None:
    """Installe le traitement de chaque nuit ; l’installer de nouveau le remplace."""
    from processor.schedule import install

    planned = _scheduled(workbook, at, system)
    install(planned)
    say(planned.explanation)


@schedule.command("show")
@workbook_argument
@at_option
@system_option
@guarded
def schedule_show(workbook: Path, at: str, system: str | None) -> None:
    """Montre exactement ce qui serait installé. Ne change rien."""
    from processor.schedule import shown

    click.echo(shown(_scheduled(workbook, at, system)))


@schedule.command("remove")
@workbook_argument
@system_option
@guarded
def schedule_remove(workbook: Path, system: str | None) -> None:
    """Retire le traitement de chaque nuit de ce classeur, et rien d’autre."""
    from processor.schedule import remove

    remove(_scheduled(workbook, "03:30", system))
    say("Le traitement de chaque nuit est retiré. Le classeur et ses dossiers restent tels quels.")


def _scheduled(workbook: Path, at: str, system: str | None) -> "Scheduled":
    """The schedule of a workbook. Refuses an hour that does not exist every night, and a workbook that is not there."""
    from processor.night.observe import opened
    from processor.schedule import check_time, detect, planned

    reason = check_time(at)
    if reason is not None:
        raise click.UsageError(reason)
    opened(workbook)
    command = (sys.executable, "-m", "processor", "run", str(workbook.resolve()), "--wait", "120")
    return planned(command, workbook.resolve(), at, system or detect(), Path.home())


def _settings(workbook: Path, *, identity: bool = False) -> Any:
    """The settings of the workbook; with `identity`, written to seances.toml if it has none yet and the file is readable."""
    from processor.night.journal_place import placed
    from processor.night.observe import opened
    from processor.settings import give_identity, read_settings

    if identity:
        opened(workbook)
        return placed(give_identity(workbook))
    return placed(read_settings(workbook))


def progress(what: str, done: int, total: int) -> None:
    """One line that rewrites itself, on a terminal only."""
    if sys.stderr.isatty() and total:
        end = "\n" if done == total else ""
        click.echo(f"\r{what} : {done}/{total}{end}", err=True, nl=False)
