"""What all commands share: exit codes, the place where errors end, the clock, options, progress."""

import errno
import re
import sys
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, ParamSpec
from zoneinfo import ZoneInfo

import click

if TYPE_CHECKING:
    from processor.night.observe import Clock

YEARS = (1990, 2100)  # as in the workbook: beyond them, counting days would leave the calendar
DONE, BUG, SET_ASIDE, REFUSED, INTERRUPTED, MISMATCH, UNDECIDED, TRY_LATER = 0, 1, 10, 11, 12, 13, 14, 75
P = ParamSpec("P")

EXIT_HELP = """
\b
Codes de sortie :
  0   tout est fait          10  fait, des lignes laissées de côté
  11  refusé, rien changé    12  interrompu en cours de route
  13  le document vérifié ne correspond pas
  14  le document vérifié est à comparer à l’œil
  75  classeur ouvert, réessayez plus tard
"""


def _moment(_: click.Context, __: click.Parameter, value: str | None) -> datetime | None:
    """The moment given to `--now`, or a usage error."""
    try:
        moment = datetime.fromisoformat(value) if value else None
    except ValueError as error:
        raise click.BadParameter(f"« {value} » n’est pas une date, par exemple 2026-12-01T02:00.") from error
    if moment is not None and not YEARS[0] <= moment.year <= YEARS[1]:
        raise click.BadParameter(f"« {value} » : donnez une année de {YEARS[0]} à {YEARS[1]}.")
    return moment


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


def at_least(least: int) -> Callable[[click.Context, click.Parameter, str | None], int | None]:
    """The callback of an option that takes a whole number from `least` on.

    Click's own range would write « [x>=1] » into the help.
    """

    def whole(_: click.Context, __: click.Parameter, value: str | None) -> int | None:
        if value is None:
            return None
        if not re.fullmatch(r"[0-9]{1,9}", value.strip()) or int(value) < least:
            raise click.BadParameter(f"« {value} » : donnez un nombre entier, {least} ou plus.")
        return int(value)

    return whole


def workbook_option(words: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """`--workbook`, of a command that can do without one; `words` say what it does with it."""
    return click.option("--workbook", metavar="CLASSEUR", type=click.Path(path_type=Path), help=words)


def output_option(metavar: str, words: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """`-o`, where what is made goes."""
    return click.option("-o", "--output", metavar=metavar, type=click.Path(path_type=Path), help=words)


def say(text: str = "") -> None:
    """Prints a person's text, on stderr."""
    click.echo(text, err=True)


def guarded(command: Callable[P, int | None]) -> Callable[P, NoReturn]:
    """One place where errors end: expected ones as French text with their exit code, bugs in a log whose path is told."""

    @wraps(command)
    def wrapper(*args: P.args, **kwargs: P.kwargs) -> NoReturn:
        from processor.model.findings import Stopped
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
        except Exception as error:
            refused = _journal_refused(error)
            say(refused or _bug(error))
            code = INTERRUPTED if refused else BUG
        sys.exit(code)

    return wrapper


_CAUSES = {
    errno.ENOSPC: "le disque est plein",
    errno.EDQUOT: "l’espace disque accordé est épuisé",
    errno.EACCES: "l’accès est refusé",
    errno.EPERM: "l’accès est refusé",
    errno.EROFS: "le dossier n’accepte pas l’écriture",
    errno.EEXIST: "un fichier porte déjà le nom du dossier à créer",
    errno.ENOTDIR: "un fichier porte le nom d’un dossier nécessaire",
    errno.EISDIR: "un dossier porte le nom d’un fichier à écrire",
    errno.ENAMETOOLONG: "le chemin est trop long",
    errno.EIO: "le disque ne répond pas",
    errno.ENOENT: "le fichier ou le dossier n’existe pas",
    errno.EBUSY: "le fichier est utilisé par un autre programme",
}


def _system_error(error: OSError) -> str:
    what = f" « {error.filename} »" if error.filename else ""
    cause = _CAUSES.get(error.errno or 0, error.strerror or str(error))
    return (
        f"Traitement interrompu : {cause}{what}.\n"
        "  Que faire : vérifiez l’espace disque et les droits sur le dossier, puis relancez ; le traitement reprendra où il faut."
    )


def _journal_refused(error: Exception) -> str:
    """What the disk of the journal refused in the middle of the work, or nothing for any other error."""
    from processor.journal.unusable import told

    found = told(error)
    return (
        f"Traitement interrompu : le journal n’a pas pu être écrit, {found[0]}.\n  Que faire : {found[1]}"
        if found
        else ""
    )


def _bug(error: Exception) -> str:
    from processor.night.mishaps import trace

    return f"Erreur du programme, qui n’est pas de votre fait. Le détail est dans {trace(error)} : transmettez-le à la personne qui a installé Séances."


def clock_at(now: datetime | None) -> "Clock":
    """The wall-clock time in a zone, the same for the whole command: that of `--now`, else the real one at its start."""
    instant = datetime.now(ZoneInfo("UTC")).replace(microsecond=0)

    def clock(zone: str) -> datetime:
        if now is not None and now.tzinfo is None:
            return now
        return (now or instant).astimezone(ZoneInfo(zone)).replace(tzinfo=None)

    return clock


def settings_of(workbook: Path, *, identity: bool = False) -> Any:
    """The settings of the workbook; with `identity`, written to seances.toml if it has none yet and the file is readable."""
    from processor.night.journal_place import placed
    from processor.night.observe import opened
    from processor.settings import give_identity, read_settings

    if identity:
        from processor.night.run import check_writable

        opened(workbook)
        if not read_settings(workbook).identity:
            check_writable(workbook)
        return placed(give_identity(workbook))
    return placed(read_settings(workbook))


def progress(what: str, done: int, total: int) -> None:
    """One line that rewrites itself, on a terminal only."""
    if sys.stderr.isatty() and total:
        end = "\n" if done == total else ""
        click.echo(f"\r{what} : {done}/{total}{end}", err=True, nl=False)
