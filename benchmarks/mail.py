"""Mails a second, memory, and what happens when workers are killed: `python benchmarks/mail.py --help`.

A server in another process on loopback takes everything and counts each mail; workers share one journal; with
`--kill-every` a worker picked at random is killed, and replaced at once; `--kill-each` counts mails instead of seconds, so
that a slow machine is not killed before it could do anything. Ends with one line of JSON.
"""

import argparse
import asyncio
import json
import mmap
import os
import random
import re
import resource
import shutil
import signal
import tempfile
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from processor.journal.journal import Journal
from processor.journal.records import RunRecord, WrittenMail
from processor.mail.account import Account, Security
from processor.mail.delivery import deliver
from processor.mail.transports.smtp import Smtp
from processor.model import Kind
from processor.model.address import unjudged
from processor.model.past import MailRecord

NOW = datetime(2026, 12, 1, 3, 30)
CHUNK = 5_000
KEY = re.compile(rb"Message-ID: <m(\d+)@")


class Sink(asyncio.Protocol):
    """The least that is still a mail server: it keeps no message, only how often each was accepted."""

    counts: memoryview

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport
        self.data = b""
        self.inside = False
        transport.write(b"220 sink\r\n")  # type: ignore[attr-defined]

    def data_received(self, data: bytes) -> None:
        self.data += data
        while True:
            if self.inside:
                end = self.data.find(b"\r\n.\r\n")
                if end < 0:
                    return
                found = KEY.search(self.data[:end])
                assert found
                self.counts[int(found[1])] += 1
                self.counts[-1] += 1
                self.data = self.data[end + 5 :]
                self.inside = False
                self.transport.write(b"250 2.0.0 queued\r\n")  # type: ignore[attr-defined]
            else:
                line, found_line, rest = self.data.partition(b"\r\n")
                if not found_line:
                    return
                self.data = rest
                self.inside = line.upper() == b"DATA"
                self.transport.write(b"354 go\r\n" if self.inside else b"250 ok\r\n")  # type: ignore[attr-defined]


def sink(total: int) -> tuple[int, int, memoryview]:
    """Start the server; its process, its port, and how often it accepted each mail, the last number being that of all."""
    counts = memoryview(mmap.mmap(-1, 4 * (total + 1))).cast("I")
    read, write = os.pipe()
    pid = os.fork()
    if pid:
        os.close(write)
        with os.fdopen(read) as said:
            return pid, int(said.readline()), counts
    os.close(read)
    Sink.counts = counts

    async def serve() -> None:
        loop = asyncio.get_running_loop()
        server = await loop.create_server(Sink, "127.0.0.1", 0)
        over = asyncio.Event()
        loop.add_signal_handler(signal.SIGTERM, over.set)
        os.write(write, b"%d\n" % server.sockets[0].getsockname()[1])
        await over.wait()
        server.close()

    asyncio.run(serve())
    os._exit(0)


def fill(where: str, total: int, size: int) -> None:
    body = ("x" * 76 + "\r\n") * (size // 78)
    with Journal.open(where) as journal:
        for start in range(0, total, CHUNK):
            run = f"run-{start}"
            journal.begin(RunRecord(run, NOW, "classeur.xlsx"))
            journal.stage(
                run,
                digest_before="a",
                digest_after="b",
                mails=[
                    WrittenMail(MailRecord(f"m{number}", Kind.REMINDER, "s", "", "p", unjudged("zoe@exemple.fr"), subject="s"),
                                f"Message-ID: <m{number}@exemple.fr>\r\n\r\n{body}".encode())
                    for number in range(start, min(total, start + CHUNK))
                ],
            )  # fmt: skip
            journal.commit(run)
            journal.finish(run, "")


def memory() -> int:
    """Resident memory of this process in MiB."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() // 2**20


def worker(where: str, port: int, log: Path) -> int:
    pid = os.fork()
    if pid:
        return pid
    seen = []

    def note(*_: object) -> None:
        seen.append(None)
        if len(seen) % 10_000 == 0:
            with log.open("a") as file:
                file.write(f"{memory()}\n")

    with Journal.open(where) as journal:
        account = Account(
            "127.0.0.1",
            unjudged("centre@exemple.fr"),
            port,
            Security.NONE,
            per_minute=None,
            per_connection=10**9,
        )
        deliver(journal, Smtp(account), NOW, progress=note)
    os._exit(0)


def load(
    where: str,
    port: int,
    workers: int,
    log: Path,
    kill_every: float = 0,
    passed: Callable[[], float] = time.monotonic,
) -> int:
    """Deliver everything with that many workers; the number of workers killed comes back.

    `kill_every` counts seconds, or what `passed` counts.
    """
    killed = 0
    alive = [worker(where, port, log) for _ in range(workers)]
    next_kill = passed() + kill_every
    while alive:
        for pid in list(alive):
            ended, status = os.waitpid(pid, os.WNOHANG)
            if ended:
                alive.remove(pid)
                if status:
                    alive.append(worker(where, port, log))
        if kill_every and passed() >= next_kill and alive:
            os.kill(random.choice(alive), signal.SIGKILL)  # noqa: S311
            killed += 1
            next_kill += kill_every
        time.sleep(0.01)
    return killed


def measure(options: argparse.Namespace, folder: Path) -> dict[str, object]:
    where = options.journal or str(folder / "journal.db")
    fill(where, options.mails, options.size)
    pid, port, counts = sink(options.mails)
    log = folder / "memory"
    start = time.monotonic()
    by_mails = (options.kill_each, lambda: counts[-1])
    by_seconds = (options.kill_every, time.monotonic)
    killed = load(where, port, options.workers, log, *(by_mails if options.kill_each else by_seconds))
    seconds = time.monotonic() - start
    load(where, port, 1, log)
    os.kill(pid, signal.SIGTERM)
    os.waitpid(pid, 0)
    mails = Journal.peek(where).mails
    uncertain = {int(key[1:]) for key, mail in mails.items() if mail.state == "uncertain"}
    undelivered = {number for number, count in enumerate(counts[:-1]) if not count}
    rss = [int(line) for line in log.read_text().split()] if log.exists() else []
    return {
        "mails": options.mails,
        "workers": options.workers,
        "backend": where.partition(":")[0] if "://" in where else "sqlite",
        "killed": killed,
        "doubles": sum(count > 1 for count in counts[:-1]),
        "undelivered": len(undelivered),
        "lost": len(undelivered - uncertain),
        "uncertain": len(uncertain),
        "left": sum(mail.state not in ("sent", "uncertain") for mail in mails.values()),
        "seconds": round(seconds, 1),
        "per_second": round(options.mails / seconds),
        "rss_mib": [rss[0], max(rss)] if rss else [],
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mails", type=int, default=10_000)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--kill-every", type=float, default=0.0, metavar="SECONDS")
    parser.add_argument("--kill-each", type=int, default=0, metavar="MAILS")
    parser.add_argument("--size", type=int, default=4_000, help="bytes of a mail")
    parser.add_argument("--journal", default="", help="URL of an empty database; a SQLite file by default")
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="seances-"))
    try:
        print(json.dumps(measure(options, folder)))
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
