"""Running the commands of a scheduler, and refusing in French when one of them does."""

import os
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from processor.schedule.job import refusal

Run = Callable[..., "subprocess.CompletedProcess[bytes]"]
"""Called as `subprocess.run` is: the words of a command, then `input`, `capture_output`, `check` and `env`."""


_ABSENT = 127
_PACKAGES = {"crontab": "le paquet « cron » sous Debian et Ubuntu", "systemctl": "le paquet « systemd »"}


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
    if answer.code == _ABSENT:
        return refusal(
            "planification-impossible",
            f"le programme « {command[0]} » n’est pas installé sur cet ordinateur.",
            f"installez-le ({_PACKAGES.get(command[0], command[0])}), ou choisissez un autre planificateur avec --system.",
        )
    said = " ".join(answer.said.encode("utf-8", "replace").decode("utf-8").split()) or f"code {answer.code}"
    return refusal(
        "planification-impossible",
        f"le planificateur de l’ordinateur a refusé la commande « {' '.join(command[:3])} » (sa réponse : {said}).",
        "lancez la commande depuis une session ouverte par la personne dont c’est le compte, corrigez ce que dit la réponse, ou choisissez un autre planificateur avec --system.",
    )
