"""A whole night in miniature, for tests that stop it anywhere: `python night.py FOLDER PORT [POINT NUMBER]`.

It replaces a workbook, sends five mails and finishes, or finishes what an earlier one left. With a point and a number it
kills itself there, at the n-th passage. `python night.py --nursery` forks one night for each line of its input instead,
which spares the start of Python.
"""

import os
import signal
import sys
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from processor.mail.account import Account, Security
from processor.mail.delivery import deliver
from processor.mail.journal import Journal
from processor.mail.records import QueuedMail, RunRecord, RunState
from processor.mail.smtp import Smtp
from processor.mail.wire import Wire
from processor.mail.worker import Worker

NOW = datetime(2026, 12, 1, 3, 30)
MAILS = 5
# Before and after each step that leaves a trace somewhere.
ONCE = ("stage-before", "stage-after", "replace-after", "commit-after", "finish-before")
EACH = (
    "claim-after",
    "body-before",
    "dot-before",
    "dot-after",
    "final-after",
    "answer-after",
    "record-after",
)


def night(folder: Path, port: int, where: Path | str) -> None:
    workbook, new = folder / "classeur", folder / "classeur.tmp"
    with Journal.open(where) as journal:
        recover(journal, new)
        view = journal.view()
        if not view.mails:
            decide(journal, workbook, new)
        deliver(
            journal,
            Smtp(Account("127.0.0.1", "centre@exemple.fr", port, Security.NONE, per_minute=None)),
            NOW,
        )
        run = journal.unfinished()
        if run is not None:
            journal.finish(run.id, "fini")


def recover(journal: Journal, new: Path) -> None:
    run = journal.unfinished()
    if run is not None and run.state is RunState.REPLACING:
        if new.exists():
            journal.abandon(run.id)
        else:
            journal.commit(run.id)
    new.unlink(missing_ok=True)


def decide(journal: Journal, workbook: Path, new: Path) -> None:
    run = f"r-{os.getpid()}"
    journal.begin(RunRecord(run, NOW, str(workbook)))
    with new.open("wb") as file:
        file.write(b"nouveau")
        file.flush()
        os.fsync(file.fileno())
    mails = [
        QueuedMail(f"m{number}", "k", "s", "", "p", "zoe@exemple.fr", "s",
                   f"Message-ID: <m{number}@exemple.fr>\r\n\r\n{'x' * 70}\r\n".encode())
        for number in range(MAILS)
    ]  # fmt: skip
    journal.stage(run, digest_before="ancien", digest_after="nouveau", replacement=new, mails=mails)
    os.replace(new, workbook)  # noqa: PTH105
    point("replace-after")
    journal.commit(run)


passed: Counter[str] = Counter()
target = ("", 0)


def point(name: str) -> None:
    passed[name] += 1
    if (name, passed[name]) == target:
        os.kill(os.getpid(), signal.SIGKILL)


def around(owner: type, name: str, before: str = "", after: str = "") -> None:
    method: Callable[..., Any] = getattr(owner, name)

    def watched(*args: Any, **kwargs: Any) -> Any:
        if before:
            point(before)
        result = method(*args, **kwargs)
        if after:
            point(after)
        return result

    setattr(owner, name, watched)


def watch() -> None:
    around(Journal, "stage", "stage-before", "stage-after")
    around(Journal, "commit", after="commit-after")
    around(Journal, "finish", before="finish-before")
    around(Worker, "_claim", after="claim-after")
    around(Worker, "dot", "dot-before", "dot-after")
    around(Worker, "record_and_claim", after="record-after")
    push, answer = Wire.push, Wire.answer
    said = []

    def watched_push(self: Wire, data: bytes, seconds: float) -> None:
        if data.startswith(b"Message-ID"):
            point("body-before")
        push(self, data, seconds)
        said.append(data)
        if data == b".\r\n":
            point("final-after")

    def watched_answer(self: Wire, seconds: float) -> Any:
        reply = answer(self, seconds)
        if said and said[-1] == b".\r\n":
            point("answer-after")
        return reply

    Wire.push, Wire.answer = watched_push, watched_answer  # type: ignore[method-assign]


def nursery() -> None:
    """One night a line of `FOLDER PORT WHERE POINT NUMBER`; the exit status of each is answered."""
    global target  # noqa: PLW0603
    watch()
    for line in sys.stdin:
        folder, port, where, name, number = line.split()
        child = os.fork()
        if child == 0:
            target = (name, int(number))
            night(Path(folder), int(port), where)
            os._exit(0)
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


if __name__ == "__main__":
    if sys.argv[1:] == ["--nursery"]:
        nursery()
    else:
        folder = Path(sys.argv[1])
        night(folder, int(sys.argv[2]), sys.argv[3] if len(sys.argv) > 3 else folder / "journal.db")
