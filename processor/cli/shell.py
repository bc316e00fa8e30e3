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

from processor.model.catalogue import known, say

if TYPE_CHECKING:
    from processor.night.observe import Clock

YEARS = (1990, 2100)  # as in the workbook: beyond them, counting days would leave the calendar
DONE, BUG, SET_ASIDE, REFUSED, INTERRUPTED, MISMATCH, UNDECIDED, TRY_LATER = 0, 1, 10, 11, 12, 13, 14, 75
P = ParamSpec("P")


def _moment(_: click.Context, __: click.Parameter, value: str | None) -> datetime | None:
    """The moment given to `--now`, or a usage error."""
    try:
        moment = datetime.fromisoformat(value) if value else None
    except ValueError as error:
        raise bad("", "now", value=value) from error
    if moment is not None and not YEARS[0] <= moment.year <= YEARS[1]:
        raise bad("", "year", value=value, first=YEARS[0], last=YEARS[1])
    return moment


now_option = click.option(
    "--now",
    metavar="DATE-HEURE",
    callback=_moment,
)
workbook_argument = click.argument("workbook", metavar="CLASSEUR", type=click.Path(path_type=Path))
format_option = click.option("--format", "shape", type=click.Choice(["text", "json"]), default="text")


def at_least(least: int) -> Callable[[click.Context, click.Parameter, str | None], int | None]:
    """The callback of an option that takes a whole number from `least` on.

    Click's own range would write « [x>=1] » into the help.
    """

    def whole(_: click.Context, __: click.Parameter, value: str | None) -> int | None:
        if value is None:
            return None
        if not re.fullmatch(r"[0-9]{1,9}", value.strip()) or int(value) < least:
            raise bad("", "whole", value=value, least=least)
        return int(value)

    return whole


workbook_option = click.option("--workbook", metavar="CLASSEUR", type=click.Path(path_type=Path))


def output_option(metavar: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """`-o`, where what is made goes."""
    return click.option("-o", "--output", metavar=metavar, type=click.Path(path_type=Path))


def exit_codes() -> str:
    """What each exit code means, kept in its lines by click's mark."""
    return "\n\b\n" + say("cli.exit-codes")


def explained(command: click.Command, path: str = "seances") -> None:
    """Gives a command, its options and its subcommands their help: `cli.<command>.--<option>`, else `cli.any.--<option>`."""
    command.help = say(f"cli.{path}.help")
    if known(f"cli.{path}.short"):
        command.short_help = say(f"cli.{path}.short")
    for option in command.params:
        name = max(option.opts, key=len)
        if isinstance(option, click.Option) and name != "--version":
            option.help = say(f"cli.{path}.{name}" if known(f"cli.{path}.{name}") else f"cli.any.{name}")
    for name, one in getattr(command, "commands", {}).items():
        explained(one, name if path == "seances" else f"{path}.{name}")


def show(text: str = "") -> None:
    """Prints a person's text, on stderr."""
    click.echo(text, err=True)


def usage(slug: str, **values: object) -> click.UsageError:
    """A command that was typed wrong, and how to type it."""
    return click.UsageError(say(f"cli.usage.{slug}", **values))


def bad(option: str, slug: str, **values: object) -> click.BadParameter:
    """A value that an option does not take, and what to give instead."""
    return click.BadParameter(say(f"cli.usage.{slug}", **values), param_hint=option or None)


def guarded(command: Callable[P, int | None]) -> Callable[P, NoReturn]:
    """One place where errors end: expected ones as French text with their exit code, bugs in a log whose path is told."""

    @wraps(command)
    def wrapper(*args: P.args, **kwargs: P.kwargs) -> NoReturn:
        from processor.model.findings import Stopped
        from processor.night.showing import findings_text

        try:
            code = command(*args, **kwargs) or DONE
        except Stopped as stopped:
            show(findings_text(stopped.findings))
            code = REFUSED
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except KeyboardInterrupt:
            show(say("cli.interrupted"))
            code = INTERRUPTED
        except OSError as error:
            show(_system_error(error))
            code = INTERRUPTED
        except Exception as error:
            refused = _journal_refused(error)
            show(refused or _bug(error))
            code = INTERRUPTED if refused else BUG
        sys.exit(code)

    return wrapper


def _system_error(error: OSError) -> str:
    name = errno.errorcode.get(error.errno or 0, "")
    cause = say(f"cli.system.{name}") if known(f"cli.system.{name}") else error.strerror or str(error)
    if error.filename:
        cause = say("cli.system.file", cause=cause, file=error.filename)
    return say("cli.system", cause=cause)


def _journal_refused(error: Exception) -> str:
    """What the disk of the journal refused in the middle of the work, or nothing for any other error."""
    from processor.journal.unusable import cause_of

    found = cause_of(error)
    return say("cli.journal", cause=found[0], fix=found[1]) if found else ""


def _bug(error: Exception) -> str:
    from processor.night.mishaps import trace

    return say("cli.bug", trace=trace(error))


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
