"""A whole night in miniature, for tests that stop it anywhere: `python night.py` forks one for each line of its input.

A night replaces a workbook, sends five mails and finishes, or finishes what an earlier one left. With a point and a number it
kills itself there, at the n-th passage; with a fault, strace stops it or fails it at a system call. Nights are forked
from one warm process, and strace is attached to them, because starting Python costs ten times what a night costs.
"""

import ctypes
import gc
import os
import signal
import subprocess
import sys
import tempfile
import traceback
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine

from processor.journal import opening
from processor.journal.journal import Journal
from processor.journal.records import RunRecord, RunState, WrittenMail
from processor.journal.worker import Worker
from processor.mail.account import Account, Patience, Security
from processor.mail.delivery import deliver
from processor.mail.transports.smtp import Smtp
from processor.mail.transports.wire import Wire
from processor.model import Kind
from processor.model.address import unjudged
from processor.model.past import MailRecord

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


def night(folder: Path, port: int, where: Path | str = "") -> None:
    workbook, new = folder / "classeur", folder / "classeur.tmp"
    with Journal.open(where or folder / "journal.db") as journal:
        recover(journal, new)
        view = journal.view()
        if not view.mails:
            decide(journal, workbook, new)
        account = Account(
            "127.0.0.1", unjudged("centre@exemple.fr"), port, Security.NONE, per_minute=None, patience=Patience(farewell=0.05)
        )  # fmt: skip
        deliver(journal, Smtp(account, sleep=lambda _: None), NOW)
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
        WrittenMail(MailRecord(f"m{number}", Kind.REMINDER, "s", "", "p", unjudged("zoe@exemple.fr"), subject="s"),
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
    around(Worker, "claim", after="claim-after")
    around(Worker, "dot", "dot-before", "dot-after")
    around(Worker, "record", after="record-after")
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
    """One night a line of `FOLDER PORT WHERE POINT NUMBER FAULT`; the exit status of each is answered.

    POINT is `-` for none. FAULT is `-`, or what strace is told with `-e`: it then writes to `trace` in the folder. What
    strace says when it may not trace is answered instead of the status.
    """
    watch()
    warm_up()
    for line in sys.stdin:
        folder, port, where, name, number, fault = line.split()
        go, start = os.pipe()
        child = os.fork()
        if child == 0:
            born(go, folder, int(port), where, (name, int(number)), fault)
        os.close(go)
        tracer = None if fault == "-" else attached(child, Path(folder), fault)
        if isinstance(tracer, str):
            os.kill(child, signal.SIGKILL)
        os.write(start, b"!")
        os.close(start)
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        if isinstance(tracer, subprocess.Popen):
            tracer.communicate()
        print(tracer if isinstance(tracer, str) else status, flush=True)


def warm_up() -> None:
    """Import all that a night imports, compile the SQL that it says, and keep the collector from touching every page."""
    compiled: dict[object, object] = {}
    opening.create_engine = lambda *where, **how: create_engine(  # type: ignore[attr-defined]
        *where, **how, execution_options={"compiled_cache": compiled}
    )
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "classeur").write_bytes(b"ancien")
        night(Path(folder), 9)  # nobody listens at port 9: a night without a server, but for that a night
    passed.clear()
    gc.collect()
    gc.freeze()
    gc.disable()


def born(go: int, folder: str, port: int, where: str, at: tuple[str, int], fault: str) -> None:
    """The life of a night; it ends with the process."""
    global target  # noqa: PLW0603
    target = at
    if fault != "-":
        # Where Yama guards processes, strace may trace only its own children, or who says that anyone may.
        ctypes.CDLL(None).prctl(0x59616D61, ctypes.c_ulong(-1), 0, 0, 0)
    os.read(go, 1)
    try:
        night(Path(folder), port, where)
    except BaseException as error:  # a failing disk is expected to stop a night with an error
        (Path(folder) / "trace.error").write_text("".join(traceback.format_exception_only(error)))
        os._exit(1)
    os._exit(0)


def attached(child: int, folder: Path, fault: str) -> "subprocess.Popen[str] | str":
    """A tracer that has hold of the child, before its first system call; or why there is none."""
    options = ["-o", str(folder / "trace"), "-p", str(child), *(f"-e{part}" for part in fault.split(";"))]
    tracer = subprocess.Popen(["strace", *options], stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)  # fmt: skip
    assert tracer.stderr
    said = tracer.stderr.readline()
    return tracer if said.endswith("attached\n") else said.strip() or "strace said nothing"


if __name__ == "__main__":
    nursery()
