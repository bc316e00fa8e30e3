"""A night stopped by SIGKILL, or by a disk that fails, at any step: nothing twice, nothing lost, the next one finishes it."""

import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import Envelope

from processor.journal.journal import Journal

NIGHT = Path(__file__).with_name("night.py")
ROOT = NIGHT.parents[2]
MAILS = 5
# What leaves a trace outside of the process.
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
    """Run a night in a process of its own, forked from a warm one; its exit status comes back."""
    if not hasattr(os, "fork"):
        pytest.skip("nights are forked, and this system cannot")
    with subprocess.Popen(
        [sys.executable, str(NIGHT)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    ) as nursery:  # fmt: skip
        assert nursery.stdin
        assert nursery.stdout
        stdin, stdout = nursery.stdin, nursery.stdout

        def run(
            folder: Path, port: int, point: str = "-", number: int = 0, where: str = "", fault: str = "-"
        ) -> int:
            stdin.write(f"{folder} {port} {where or folder / 'journal.db'} {point} {number} {fault}\n")
            stdin.flush()
            answer = stdout.readline().strip()
            if not answer.lstrip("-").isdigit():
                pytest.skip(f"strace may not trace here: {answer}")
            return int(answer)

        yield run
        stdin.close()


@pytest.fixture
def folder() -> Iterator[Path]:
    """In memory where there is such a place: what a disk keeps is not asked here, and the calls are the same."""
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if os.access(memory, os.W_OK) else None) as name:
        yield Path(name)


def prepare(folder: Path) -> None:
    (folder / "classeur").write_bytes(b"ancien")


def assert_converged(folder: Path, sink: Sink, where: Path | str = "") -> list[str]:
    """What must hold after any accident and one more night; the keys of the uncertain mails come back."""
    assert (folder / "classeur").read_bytes() == b"nouveau"
    left = {path.name for path in folder.iterdir()} - {"classeur", "journal.db", "trace", "trace.error"}
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


def test_a_night_that_nothing_stops(night, folder, port, sink):
    prepare(folder)
    assert night(folder, port) == 0
    assert assert_converged(folder, sink) == []
    assert night(folder, port) == 0
    assert assert_converged(folder, sink) == []


PLACES = [(point, 1) for point in ONCE] + [
    pytest.param(point, number, marks=() if number == 1 else pytest.mark.long)
    for point in EACH
    for number in (1, 3, MAILS)
]


@pytest.mark.parametrize(("point", "number"), PLACES)
def test_killed_at_a_named_step(night, folder, port, sink, point, number):
    prepare(folder)
    assert night(folder, port, point, number) == -9
    assert (folder / "classeur").read_bytes() in (b"ancien", b"nouveau")
    assert night(folder, port) == 0
    assert assert_converged(folder, sink) == ([f"m{number - 1}"] if point in SURELY_UNCERTAIN else [])


# What a night passes that finishes another's work: the later the other was stopped, the less.
TWICE = [
    pytest.param(first, second, marks=() if second in (first, "finish-before") else pytest.mark.long)
    for first, before in (
        ("stage-after", ONCE), ("replace-after", ("commit-after", "finish-before")),
        ("commit-after", ("finish-before",)), ("dot-before", ("finish-before",)), ("final-after", ("finish-before",)),
    )
    for second in (*EACH, *before)
]  # fmt: skip


@pytest.mark.parametrize(("first", "second"), TWICE)
def test_killed_again_while_recovering(night, folder, port, sink, first, second):
    prepare(folder)
    assert night(folder, port, first, 1) == -9
    assert night(folder, port, second, 1) == -9
    assert night(folder, port) == 0
    assert len(assert_converged(folder, sink)) <= 2


@pytest.mark.parametrize(("point", "number"), PLACES)
def test_killed_at_a_named_step_on_postgresql(night, postgresql, folder, port, sink, point, number):
    prepare(folder)
    assert night(folder, port, point, number, postgresql) == -9
    assert night(folder, port, where=postgresql) == 0
    assert len(assert_converged(folder, sink, postgresql)) <= 1


needs_strace = pytest.mark.skipif(
    shutil.which("strace") is None, reason="strace stops programs at their system calls"
)
TRACED = f"trace={','.join(CALLS)}"


@pytest.fixture(scope="module")
def passages(tmp_path_factory, night, port_and_sink) -> dict[str, int]:
    """How often a night that nothing stops passes each system call."""
    folder = tmp_path_factory.mktemp("compte")
    prepare(folder)
    assert night(folder, port_and_sink[0], fault=TRACED) == 0
    return {call: len(passed(folder, call)) for call in CALLS}


def passed(folder: Path, call: str) -> list[str]:
    return re.findall(rf"^{call}\(.*", (folder / "trace").read_text(), re.MULTILINE)


@needs_strace
def test_a_night_passes_each_kind_of_system_call(passages):
    for call in CALLS:
        assert passages[call] or call in ("fsync", "fdatasync"), passages
    assert sum(passages.values()) >= 100, passages


@needs_strace
def test_the_disk_has_each_dot_before_it_is_sent_and_the_last_answer_before_the_end(night, folder, port):
    prepare(folder)
    assert night(folder, port, fault=TRACED) == 0
    calls = re.findall(
        r"^(fsync|fdatasync|pwrite64|sendto)\((.*)", (folder / "trace").read_text(), re.MULTILINE
    )
    story = "".join(
        {"fsync": "F", "fdatasync": "f", "pwrite64": "w", "sendto": "D" if '".\\r\\n"' in said else "s"}[call]
        for call, said in calls
    )
    assert story.count("D") == MAILS
    assert all(before.rstrip("s").endswith("f") for before in story.split("D")[:-1]), story
    assert re.match("w+s?F", story.rpartition("D")[2]), story


FAULTS = (
    "signal=KILL",
    "error=EIO",
    "error=ENOSPC",
    "error=ENOSPC+",
)  # what is full mostly stays so, until somebody comes
FEW = ("fsync", "rename")  # of the others a night passes tens


@needs_strace
@pytest.mark.parametrize(
    ("call", "fault"),
    [
        pytest.param(call, fault, marks=() if call in FEW else pytest.mark.long)
        for call in CALLS
        for fault in FAULTS
    ],
)
def test_stopped_at_every_system_call(passages, night, folder, port, sink, call, fault):
    what, onwards = fault.rstrip("+"), "+" if fault.endswith("+") else ""
    for moment in range(1, passages[call] + 1):
        place = folder / str(moment)
        place.mkdir()
        prepare(place)
        sink.accepted.clear()
        inject = f"inject={call}:{what}:when={moment}{onwards}"
        status = night(place, port, fault=f"{TRACED};{inject}")
        assert status == -9 if "KILL" in fault else status in (0, 1)
        assert len(passed(place, call)) >= moment, "never came so far"
        assert "KILL" in fault or "(INJECTED)" in passed(place, call)[moment - 1]
        assert (place / "classeur").read_bytes() in (b"ancien", b"nouveau")
        assert night(place, port) == 0
        assert len(assert_converged(place, sink)) <= 1
