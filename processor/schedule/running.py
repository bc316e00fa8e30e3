"""Running the commands of a scheduler, and refusing in French when one of them does."""

import os
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from processor.model.catalogue import say
from processor.model.findings import Fault
from processor.schedule.job import refusal

Run = Callable[..., "subprocess.CompletedProcess[bytes]"]
"""Called as `subprocess.run` is: the words of a command, then `input`, `capture_output`, `check` and `env`."""


_ABSENT = 127
_PACKAGES = {"crontab": "schedule.package.crontab", "systemctl": "schedule.package.systemctl"}


@dataclass(frozen=True)
class Ran:
    """How a command ended: its exit code (127 when it is not there) and what it said, its errors only when it failed."""

    code: int
    said: str = ""


def ran(run: Run, command: Sequence[str], given: str | None = None) -> Ran:
    """Runs a command with `given` on its input; bytes that are not UTF-8 come back, and go again, as they were.

    One that asks for a password (`/RP *`) talks to the terminal itself. Answers are asked in English, to be recognised.
    """
    try:
        done = run(
            list(command),
            input=None if given is None else given.encode("utf-8", "surrogateescape"),
            capture_output="/RP" not in command,
            check=False,
            env={**os.environ, "LC_ALL": "C"},
        )
    except OSError as error:
        return Ran(_ABSENT if isinstance(error, FileNotFoundError) else 126, str(error))
    said = (done.stdout or b"") + ((done.stderr or b"") if done.returncode else b"")
    return Ran(done.returncode, said.decode("utf-8", "surrogateescape"))


def refused(command: Sequence[str], answer: Ran) -> Exception:
    """The reason why the scheduler did not do it, to be raised."""
    program = command[0]
    if answer.code == _ABSENT:
        package = say(_PACKAGES[program]) if program in _PACKAGES else program
        return refusal(Fault.of("planification-impossible", "absent", program=program, package=package))
    said = " ".join(answer.said.encode("utf-8", "replace").decode("utf-8").split())
    told = said or say("planification-impossible.code", code=answer.code)
    return refusal(Fault.of("planification-impossible", command=" ".join(command[:3]), answer=told))
