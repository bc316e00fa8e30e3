"""What an unforeseen error of the program costs: one document or one mail, never the night; and its trace, kept for who installed it."""

import os
import sys
import tempfile
import traceback
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TypeVar

from processor import __version__
from processor.model import Place
from processor.model.findings import Finding, Severity, Spot, Stopped

T = TypeVar("T")
_FATAL = (OSError, MemoryError, Stopped)


def attempted(action: Callable[[], T], what: str, place: Place) -> T | Finding:
    """What the action gives, or the finding of the error that it met: `what` could not be made.

    A full disk or a share that went away is no error of one document: it stops the night as before, and so does a refusal.
    """
    try:
        return action()
    except _FATAL:
        raise
    except Exception as error:
        return spoilt(what, place, trace(error))


def spoilt(what: str, place: Place, log: Path) -> Finding:
    """One thing that the program could not make, by a fault of its own."""
    return Finding.of(
        "erreur-du-programme", Severity.ROW, at=Spot(place.sheet, place.row), what=what, log=log
    )


def halted(log: Path) -> Finding:
    """The whole night stopped by an error of the program."""
    return Finding.of("erreur-du-programme", Severity.STOP, "night", log=log)


def trace(error: BaseException) -> Path:
    """The file of this run that holds the traces of its errors, this one's included once."""
    path = _log()
    if not getattr(error, "told_in", None):
        error.told_in = path  # type: ignore[attr-defined]
        with path.open("a", encoding="utf-8") as file:
            file.write("".join(traceback.format_exception(error)) + "\n")
    return path


@cache
def _log() -> Path:
    handle, name = tempfile.mkstemp(prefix="seances-erreur-", suffix=".log", text=True)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(f"seances {__version__}, Python {sys.version}\n")
    return Path(name)
