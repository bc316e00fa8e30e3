"""Nights that kill themselves: `python nursery.py CLASSEUR` forks one for each line of its input, once it has done that workbook's.

A line is JSON: `path`, the workbook; `step`, a dotted name, at whose `nth` passage, `when` « before » or « after » it, the night
kills itself, or an empty one; `environ`, what the night's environment has besides. Its exit status is answered. Nights are
forked from one that has done its work, because starting Python and reading the templates costs ten times what a night costs.
"""

import contextlib
import gc
import importlib
import io
import json
import os
import signal
import sys
from typing import Any

from processor.cli import main

NOW = "2026-12-01T02:00"


def night(path: str) -> int:
    """One night by the command line; its exit code comes back."""
    try:
        main(["run", path, "--now", NOW])
    except SystemExit as ended:
        return int(ended.code or 0)
    return 0


def kill_at(step: str, nth: int, when: str) -> None:
    """From here on, the n-th passage at the step is the last."""
    owner, _, name = step.rpartition(".")
    place = _found(owner)
    original, passed = getattr(place, name), [0]

    def killed(*args: Any, **kwargs: Any) -> Any:
        passed[0] += 1
        if passed[0] == nth and when == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        result = original(*args, **kwargs)
        if passed[0] == nth and when == "after":
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    setattr(place, name, killed)


def _found(owner: str) -> Any:
    """A module, or a class of one."""
    try:
        return importlib.import_module(owner)
    except ModuleNotFoundError:
        module, _, kind = owner.rpartition(".")
        return getattr(importlib.import_module(module), kind)


def born(path: str, step: str, nth: int, when: str, environ: dict[str, str]) -> None:
    """The life of a night; it ends with the process."""
    os.environ.update(environ)
    code = 1
    try:
        if step:
            kill_at(step, nth, when)
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            code = night(path)
    finally:
        os._exit(code)


def nursery() -> None:
    with contextlib.redirect_stdout(io.StringIO()):
        night(sys.argv[1])
    gc.collect()
    gc.freeze()
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            born(**json.loads(line))
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


if __name__ == "__main__":
    nursery()
