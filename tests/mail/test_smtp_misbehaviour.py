"""A server that misbehaves once, in each way it can, at the first, the middle and the last of three mails."""

import contextlib
import re
import socket
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from processor.journal.records import Outcome, WrittenMail
from processor.mail.account import Account, Patience, Security
from processor.mail.delivery import deliver
from processor.mail.transports.smtp import Smtp
from processor.model.address import unjudged

MAILS = 3
CALM = Patience(connect=20, command=20, data=20, block=20, dot=20, farewell=20)
# Only the wait that a silent server is to run into is short, and only for that mail: a slow machine must not look like silence.
SHORT = {
    "banner": "connect", "ehlo": "command", "mail": "command", "rcpt": "command", "data": "data", "refuse": "dot",
    "accept": "dot", "quit": "farewell",
}  # fmt: skip
# In the body the client must still be sending when the server speaks: twice what the sockets of `RudeServer` hold.
LONG = (b"x" * 70 + b"\r\n") * 2_000


class Cut(Exception):
    """The server goes away."""


class RudeServer:
    """Answers well, but once, at one step of the n-th transaction, does what `action` says.

    `action` is `drop`, `hang`, or the very bytes to answer with; `bytes + CUT` answers them and goes away.
    """

    def __init__(self, step: str, action: bytes | str, at: int, size: int = 0) -> None:
        self.step, self.action, self.at, self.size = step, action, at, size
        self.mails = 0
        self.done = False
        self.accepted: Counter[str] = Counter()
        self.connections = 0
        self._over = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0))
        # The least buffers that the system gives: a message of 140 kB then fills both ends of a connection, not one of 3 MB.
        self._listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        self._listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_MAXSEG, 536)
        self.port = self._listener.getsockname()[1]
        self._threads = [threading.Thread(target=self._listen)]
        self._threads[0].start()

    def stop(self) -> None:
        self._over.set()
        with contextlib.suppress(OSError):
            socket.create_connection(("127.0.0.1", self.port)).close()
        for thread in self._threads:
            thread.join()
        self._listener.close()

    def _listen(self) -> None:
        while not self._over.is_set():
            sock, _ = self._listener.accept()
            thread = threading.Thread(target=self._serve, args=(sock,))
            self._threads.append(thread)
            thread.start()

    def _serve(self, sock: socket.socket) -> None:
        self.connections += 1
        sock.settimeout(20)
        with contextlib.suppress(Cut, OSError), sock, sock.makefile("rb") as lines:
            self._converse(sock, lines)

    def _turn(self, step: str) -> bool:
        if self.done or step != self.step or self.mails != self.at:
            return False
        self.done = True
        return True

    def _answer(self, sock: socket.socket, step: str, good: bytes) -> bool:
        """Answer; True when the answer was the good one."""
        if not self._turn(step):
            sock.sendall(good)
            return True
        if self.action == "hang":
            self._over.wait()
            raise Cut
        if self.action == "drop":
            raise Cut
        assert isinstance(self.action, bytes)
        said = self.action.removesuffix(b"CUT")
        sock.sendall(said)
        if said != self.action:
            raise Cut
        return bool(good) and said.startswith(good[:3])

    def _converse(self, sock: socket.socket, lines: object) -> None:
        self._answer(sock, "banner", b"220 rude\r\n")
        for line in lines:  # type: ignore[attr-defined]
            verb = line[:4].upper()
            if verb == b"EHLO":
                self._answer(sock, "ehlo", b"250-rude\r\n250-8BITMIME\r\n250 SIZE %d\r\n" % self.size)
            elif verb == b"MAIL":
                self._answer(sock, "mail", b"250 2.1.0 Ok\r\n")
            elif verb == b"RCPT":
                self._answer(sock, "rcpt", b"250 2.1.5 Ok\r\n")
            elif verb == b"DATA":
                if self._answer(sock, "data", b"354 go\r\n"):
                    self._data(sock, lines)
            elif verb == b"RSET":
                self._answer(sock, "rset", b"250 Ok\r\n")
            elif verb == b"QUIT":
                self._answer(sock, "quit", b"221 bye\r\n")
                return
            else:
                sock.sendall(b"502 what?\r\n")

    def _data(self, sock: socket.socket, lines: object) -> None:
        body, length = [], 0
        for line in lines:  # type: ignore[attr-defined]
            if line == b".\r\n":
                break
            body.append(line)
            length += len(line)
            if length > 60 and self.step == "body":
                self._answer(sock, "body", b"")
        else:
            raise Cut
        key = re.search(rb"Message-ID: <([^@]+)@", b"".join(body[:9]))
        assert key
        if self._answer(sock, "refuse", b""):
            self.accepted[key[1].decode()] += 1
            self._answer(sock, "accept", b"250 2.0.0 queued\r\n")
        gone = self._turn("after")
        self.mails += 1
        if gone:
            raise Cut
        if self.step in ("banner", "ehlo") and self.mails == self.at and not self.done:
            raise Cut


# At these steps nothing was handed over: the mail leaves on another connection, in the same delivery.
AGAIN = [
    ("banner", "drop"), ("banner", b"garbage\r\n"), ("banner", b"421 busy\r\nCUT"), ("banner", b"554 no\r\nCUT"),
    ("banner", b"22CUT"), ("banner", b"220-more\r\nCUT"), ("banner", "hang"),
    ("ehlo", "drop"), ("ehlo", "hang"), ("ehlo", b"421 busy\r\n"), ("ehlo", b"502 what?\r\n"), ("ehlo", b"25CUT"),
    ("ehlo", b"250-rude\r\nCUT"),
    ("mail", "drop"), ("mail", "hang"), ("mail", b"421 busy\r\n"), ("mail", b"garbage\r\n"), ("mail", b"25CUT"),
    ("mail", b"250 OkCUT"), ("mail", b"354 go\r\n"), ("mail", b"250 Ok\r\n250 Ok\r\n"),
    ("rcpt", "drop"), ("rcpt", "hang"), ("rcpt", b"421 busy\r\n"), ("rcpt", b"\xff\xfe\r\n"),
    ("rcpt", b"452 4.5.3 too many\r\n"), ("rcpt", b"250 Ok\r\n250 Ok\r\n"),
    ("data", "drop"), ("data", "hang"), ("data", b"421 busy\r\n"), ("data", b"250 what?\r\n"), ("data", b"3CUT"),
    ("data", b"354 go\r\n250 queued\r\n"),
    ("body", "drop"), ("body", b"250 queued\r\n"), ("body", b"421 bye\r\nCUT"),
]  # fmt: skip
LATER = [
    ("mail", b"451 4.3.0 later\r\n"), ("mail", b"452 4.3.1 full\r\n"),
    ("rcpt", b"450 4.2.1 greylisted\r\n"), ("rcpt", b"451 later\r\n"), ("rcpt", b"452 full\r\n"),
    ("rcpt", b"552 5.2.2 mailbox full\r\n"), ("rcpt", b"552 too many\r\n"),
    ("data", b"451 later\r\n"),
    ("refuse", b"421 busy\r\n"), ("refuse", b"450 later\r\n"), ("refuse", b"451 later\r\n"), ("refuse", b"452 full\r\n"),
    ("refuse", b"552 5.2.2 mailbox full\r\n"), ("refuse", b"451-4.7.1 wait\r\n451 4.7.1 five minutes\r\nCUT"),
]  # fmt: skip
NEVER = [
    ("mail", b"552 5.3.4 too big\r\n"),
    ("rcpt", b"550 5.1.1 unknown\r\n"), ("rcpt", b"551 moved\r\n"), ("rcpt", b"553 bad\r\n"), ("rcpt", b"550 no\r\n"),
    ("rcpt", b"552 5.3.4 too big\r\n"), ("rcpt", b"554 5.7.1 relay\r\n"), ("rcpt", b"550 5.7.1 spam\r\nCUT"),
    ("data", b"554 no\r\n"), ("body", b"552 5.3.4 too big\r\nCUT"),
    ("refuse", b"550 no\r\n"), ("refuse", b"552 5.3.4 too big\r\n"), ("refuse", b"554 5.7.1 spam\r\n"),
]  # fmt: skip
# The message was complete: whatever the server did with it, only a clear answer would tell.
NOT_KNOWN = [
    ("refuse", "drop"), ("refuse", "hang"), ("refuse", b"25CUT"), ("refuse", b"354 go\r\n"), ("refuse", b"garbage\r\n"),
    ("accept", "drop"), ("accept", "hang"), ("accept", b"2CUT"), ("accept", b"25CUT"), ("accept", b"250CUT"),
    ("accept", b"250 2.0.0 queuedCUT"), ("accept", b"250-2.0.0\r\nCUT"), ("accept", b"xyz\r\n"), ("accept", b"25 ok\r\n"),
    ("accept", b"150 ok\r\n"), ("accept", b"\r\n"), ("accept", b"999 ok\r\n"),
]  # fmt: skip
# The server took the message and said so: what it does afterwards changes nothing.
DONE = [
    ("accept", b"251 Ok\r\n"), ("accept", b"250\r\n"), ("accept", b"250-a\r\n250 b\r\n"), ("accept", b"250 Ok\nCUT"),
    ("accept", b"250 Ok\r\n250 Ok\r\n"), ("after", "drop"), ("quit", "drop"), ("quit", "hang"), ("quit", b"garbage\r\n"),
]  # fmt: skip
CASES = [
    (step, action, fate)
    for fate, cases in (
        ("sent", AGAIN), ("deferred", LATER), ("refused", NEVER), ("uncertain", NOT_KNOWN), ("sent", DONE)
    )
    for step, action in cases
]  # fmt: skip


def account(port: int, patience: Patience, per_connection: int) -> Account:
    return Account(
        "127.0.0.1", unjudged("centre@exemple.fr"), port, Security.NONE, per_minute=None, patience=patience,
        per_connection=per_connection,
    )  # fmt: skip


@contextlib.contextmanager
def serving(step: str, action: bytes | str, at: int, size: int = 0) -> Iterator[RudeServer]:
    server = RudeServer(step, action, at, size)
    try:
        yield server
    finally:
        server.stop()


def test_the_server_has_enough_ways_to_misbehave():
    assert len(CASES) >= 80


class Hurried(Smtp):
    """In no hurry but for one mail, before which and after which every answer is waited for."""

    def __init__(self, calm: Account, key: str, hasty: Account) -> None:
        super().__init__(calm, sleep=lambda _: None)
        self._calm, self._key, self._hasty = calm, key, hasty

    def hand_over(self, mail: WrittenMail, dot: Callable[[], bool]) -> Outcome:
        self._account = self._hasty if mail.key == self._key else self._calm
        try:
            return super().hand_over(mail, dot)
        finally:
            self._account = self._calm


def client(server: RudeServer, step: str, action: bytes | str, at: int) -> Smtp:
    """After a farewell, which changes nothing, each mail has a connection of its own."""
    calm = replace(CALM, farewell=1) if step == "quit" else CALM
    hasty = replace(calm, **{SHORT[step]: 1}) if action == "hang" else calm
    per_connection = 1 if step == "quit" else 100
    return Hurried(
        account(server.port, calm, per_connection), f"m{at}", account(server.port, hasty, per_connection)
    )


PLACES = [
    pytest.param(
        (step, action),
        fate,
        at,
        id=f"{step}-{action}-{('first', 'middle', 'last')[at]}",
        marks=() if at == 1 else pytest.mark.long,
    )
    for step, action, fate in CASES
    for at in range(MAILS)
]


@pytest.mark.parametrize(("case", "fate", "at"), PLACES)
def test_no_misbehaviour_sends_twice_or_loses(journal, mail, released, now, case, fate, at):
    step, action = case
    mails = [mail(f"m{number}") for number in range(MAILS)]
    if step == "body":
        mails[at] = replace(mails[at], message=mails[at].message + LONG)
    released(journal, *mails)
    with serving(step, action, at + (step == "quit")) as server:
        smtp = client(server, step, action, at)
        delivered = deliver(journal, smtp, now)
        assert server.done
        states = {key: record.state.value for key, record in journal.view().mails.items()}
        expected = {f"m{number}": "sent" for number in range(MAILS)} | {f"m{at}": fate}
        assert states == expected, delivered
        deliver(journal, smtp, now + timedelta(days=1))
        states = {key: record.state.value for key, record in journal.view().mails.items()}
    assert set(server.accepted.values()) == {1}, "a mail was accepted twice"
    for key, state in states.items():
        assert state in ("sent", "refused", "uncertain")
        if state != "uncertain":
            assert server.accepted[key] == (state == "sent")
    assert states[f"m{at}"] == ("sent" if fate == "deferred" else fate)
