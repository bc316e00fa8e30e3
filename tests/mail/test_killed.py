"""A night stopped by SIGKILL, or by a disk that fails, at any step: nothing twice, nothing lost, the next one finishes it.

SEANCES_WIDE=1 stops it at every mail and at every system call that leaves a trace; by default at a selection.
"""

import os
import re
import shutil
import socket
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import Envelope

from processor.mail.journal import Journal

NIGHT = Path(__file__).with_name("night.py")
ROOT = NIGHT.parents[2]
WIDE = bool(os.environ.get("SEANCES_WIDE"))
MAILS = 5
CALLS = ("fsync", "fdatasync", "rename", "sendto", "pwrite64")
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
SURELY_UNCERTAIN = ("dot-after", "final-after", "answer-after")


class Sink:
    """A server that takes everything and counts."""

    def __init__(self) -> None:
        self.accepted: Counter[str] = Counter()

    async def handle_DATA(self, _server, _session, envelope: Envelope):  # noqa: N802
        assert isinstance(envelope.content, bytes)
        found = re.search(rb"<([^@]+)@", envelope.content)
        assert found
        self.accepted[found[1].decode()] += 1
        return "250 queued"


@pytest.fixture(scope="module")
def port_and_sink() -> Iterator[tuple[int, Sink]]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    sink = Sink()
    controller = Controller(sink, hostname="127.0.0.1", port=port)
    controller.start()
    yield port, sink
    controller.stop()


@pytest.fixture
def sink(port_and_sink: tuple[int, Sink]) -> Sink:
    port_and_sink[1].accepted.clear()
    return port_and_sink[1]


@pytest.fixture
def port(port_and_sink: tuple[int, Sink]) -> int:
    return port_and_sink[0]


@pytest.fixture(scope="module")
def night() -> Iterator[Callable[..., int]]:
    """Run a night in a fresh process; its exit status comes back."""
    if not hasattr(os, "fork"):
        pytest.skip("nights are forked, and this system cannot")
    command = [sys.executable, str(NIGHT), "--nursery"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)}
    ) as nursery:  # fmt: skip
        assert nursery.stdin
        assert nursery.stdout
        stdin, stdout = nursery.stdin, nursery.stdout

        def run(folder: Path, port: int, point: str = "-", number: int = 0, where: str = "") -> int:
            stdin.write(f"{folder} {port} {where or folder / 'journal.db'} {point} {number}\n")
            stdin.flush()
            return int(stdout.readline())

        yield run
        stdin.close()


def prepare(folder: Path) -> None:
    (folder / "classeur").write_bytes(b"ancien")


def assert_converged(folder: Path, sink: Sink, where: Path | str = "") -> list[str]:
    """What must hold after any accident and one more night; the keys of the uncertain mails come back."""
    assert (folder / "classeur").read_bytes() == b"nouveau"
    left = {path.name for path in folder.iterdir()} - {"classeur", "journal.db", "trace"}
    assert not left, left
    view = Journal.peek(where or folder / "journal.db")
    assert view.unfinished is None
    assert len(view.mails) == MAILS
    assert max(sink.accepted.values()) == 1, "sent twice"
    for key, record in view.mails.items():
        assert record.state in ("sent", "uncertain"), "left behind"
        if record.state == "sent":
            assert sink.accepted[key] == 1, "lost"
    return [record.key for record in view.uncertain]


def test_a_night_that_nothing_stops(night, tmp_path, port, sink):
    prepare(tmp_path)
    assert night(tmp_path, port) == 0
    assert assert_converged(tmp_path, sink) == []
    assert night(tmp_path, port) == 0
    assert assert_converged(tmp_path, sink) == []


PLACES = [(point, 1) for point in ONCE] + [
    (point, number) for point in EACH for number in ((1, 3, MAILS) if WIDE else (3,))
]


@pytest.mark.parametrize(("point", "number"), PLACES)
def test_killed_at_a_named_step(night, tmp_path, port, sink, point, number):
    prepare(tmp_path)
    assert night(tmp_path, port, point, number) == -9
    assert (tmp_path / "classeur").read_bytes() in (b"ancien", b"nouveau")
    assert night(tmp_path, port) == 0
    # The claim of a mail is in one transaction with the record of the one before, whose answer dies with it.
    behind = {"claim-after": 2} | dict.fromkeys(SURELY_UNCERTAIN, 1)
    expected = [f"m{number - behind[point]}"] if point in behind and number >= behind[point] else []
    assert assert_converged(tmp_path, sink) == expected


@pytest.mark.parametrize("second", [*EACH, *ONCE] if WIDE else ["claim-after", "dot-after", "stage-after"])
@pytest.mark.parametrize(
    "first", ["stage-after", "replace-after", "commit-after", "dot-before", "final-after"]
)
def test_killed_again_while_recovering(night, tmp_path, port, sink, first, second):
    prepare(tmp_path)
    assert night(tmp_path, port, first, 1) == -9
    night(tmp_path, port, second, 1)
    assert night(tmp_path, port) == 0
    assert len(assert_converged(tmp_path, sink)) <= 2


@pytest.mark.parametrize(("point", "number"), PLACES)
def test_killed_at_a_named_step_on_postgresql(night, postgresql, tmp_path, port, sink, point, number):
    prepare(tmp_path)
    assert night(tmp_path, port, point, number, postgresql) == -9
    assert night(tmp_path, port, where=postgresql) == 0
    assert len(assert_converged(tmp_path, sink, postgresql)) <= 1


needs_strace = pytest.mark.skipif(
    shutil.which("strace") is None, reason="strace stops programs at their system calls"
)


def traced(folder: Path, port: int, *options: str) -> int:
    trace = ["strace", "-f", "-qq", "-o", str(folder / "trace"), "-e", f"trace={','.join(CALLS)}", *options]
    command = [*trace, sys.executable, "-B", str(NIGHT), str(folder), str(port)]
    done = subprocess.run(
        command, cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True, check=False
    )
    return done.returncode


@pytest.fixture(scope="module")
def passages(tmp_path_factory, port_and_sink) -> dict[str, int]:
    """How often a night passes each system call; skips where strace may not trace."""
    folder = tmp_path_factory.mktemp("compte")
    prepare(folder)
    if traced(folder, port_and_sink[0]) != 0 or not (folder / "trace").stat().st_size:
        pytest.skip("strace is not allowed to trace here")
    text = (folder / "trace").read_text()
    return {call: len(re.findall(rf"^\d+ +{call}\(", text, re.MULTILINE)) for call in CALLS}


def moments(count: int, fault: str) -> list[int]:
    if WIDE:
        return list(range(1, count + 1))
    return sorted(({1, count // 2, count} if "KILL" in fault else {count // 2 + 1}) - {0}) if count else []


@needs_strace
@pytest.mark.parametrize("fault", ["signal=KILL", "error=EIO", "error=ENOSPC"])
@pytest.mark.parametrize("call", CALLS)
def test_stopped_at_a_system_call(passages, night, tmp_path, port, sink, call, fault):
    assert passages[call] or call in ("fsync", "fdatasync"), passages
    for moment in moments(passages[call], fault):
        folder = tmp_path / str(moment)
        folder.mkdir()
        prepare(folder)
        sink.accepted.clear()
        traced(folder, port, "-e", f"inject={call}:{fault}:when={moment}")
        assert (folder / "classeur").read_bytes() in (b"ancien", b"nouveau")
        assert night(folder, port) == 0
        assert len(assert_converged(folder, sink)) <= 1
