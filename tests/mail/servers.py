"""Small servers on loopback: one that takes mails as each recipient's name says, one that holds a mailbox."""

import contextlib
import re
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class _Mails(socketserver.StreamRequestHandler):
    """« coupe » is accepted and never answered, « refuse » is unknown, all others are taken."""

    def handle(self) -> None:
        self.wfile.write(b"220 ici\r\n")
        to: list[bytes] = []
        for line in self.rfile:
            verb = line[:4].upper()
            if verb == b"EHLO":
                self.wfile.write(b"250-ici\r\n250 8BITMIME\r\n")
            elif verb == b"RCPT" and b"refuse" in line:
                self.wfile.write(b"550 5.1.1 inconnu ici\r\n")
            elif verb == b"DATA":
                self.wfile.write(b"354 allez-y\r\n")
                body = b"".join(iter(self.rfile.readline, b".\r\n"))
                self.server.taken.append((tuple(to), body))
                to = []
                if b"coupe" in self.server.taken[-1][0][0]:
                    return
                self.wfile.write(b"250 2.0.0 pris\r\n")
            else:
                if verb == b"RCPT":
                    to.append(re.search(rb"<([^>]*)>", line)[1])
                if verb in (b"RSET", b"MAIL"):
                    to = []
                    if verb == b"MAIL":
                        self.server.senders.append(line)
                self.wfile.write(b"250 bien\r\n")


class _Mailbox(socketserver.StreamRequestHandler):
    """The part of IMAP4rev1 that a reader needs; it refuses every command that would change something."""

    def handle(self) -> None:
        self.wfile.write(b"* OK pret\r\n")
        for line in self.rfile:
            tag, _, rest = line.decode().strip().partition(" ")
            self.server.heard.append(rest)
            answer = getattr(self, "do_" + rest.split(" ")[0].lower(), None)
            self.wfile.write(
                (answer(rest) if answer else b"") + f"{tag} {self._verdict(rest, answer)}\r\n".encode()
            )
            if rest.upper().startswith("LOGOUT"):
                return

    def _verdict(self, rest: str, answer: object) -> str:
        if rest.startswith("LOGIN"):
            return "OK bienvenue" if rest.endswith(f'"{self.server.password}"') else "NO mot de passe refuse"
        return "OK fait" if answer else "BAD inconnu ou interdit"

    def do_capability(self, _: str) -> bytes:
        return b"* CAPABILITY IMAP4rev1\r\n"

    def do_login(self, _: str) -> bytes:
        return b""

    def do_logout(self, _: str) -> bytes:
        return b"* BYE\r\n"

    def do_examine(self, _: str) -> bytes:
        return f"* {len(self.server.messages)} EXISTS\r\n".encode()

    def do_uid(self, rest: str) -> bytes:
        messages = self.server.messages
        if rest.startswith("UID SEARCH"):
            wanted = re.search(r'HEADER Message-ID "([^"]*)"', rest)
            found = [str(n) for n, one in enumerate(messages, 1) if not wanted or wanted[1].encode() in one]
            return f"* SEARCH {' '.join(found)}\r\n".encode()
        number = int(rest.split()[2])
        content = messages[number - 1]
        if "RFC822.SIZE" in rest:
            return f"* {number} FETCH (UID {number} RFC822.SIZE {len(content)})\r\n".encode()
        assert "BODY.PEEK" in rest
        name = b"BODY[]" if "BODY.PEEK[]" in rest else b"BODY[HEADER.FIELDS (MESSAGE-ID)]"
        return b"* %d FETCH (UID %d %s {%d}\r\n%s)\r\n" % (number, number, name, len(content), content)


class Server(socketserver.ThreadingTCPServer):
    """One of the two, on a free port, with what it heard."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, handler: type[socketserver.StreamRequestHandler]) -> None:
        super().__init__(("127.0.0.1", 0), handler)
        self.taken: list[tuple[tuple[bytes, ...], bytes]] = []
        self.senders: list[bytes] = []
        self.messages: list[bytes] = []
        self.heard: list[str] = []
        self.password = "secret-de-la-boite"  # noqa: S105

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that goes away in the middle is what some tests do."""


@contextmanager
def _served(handler: type[socketserver.StreamRequestHandler]) -> Iterator[Server]:
    with Server(handler) as server:
        thread = threading.Thread(target=lambda: server.serve_forever(0.02))
        thread.start()
        try:
            yield server
        finally:
            with contextlib.suppress(OSError):
                server.shutdown()
            thread.join()


def mail_server() -> contextlib.AbstractContextManager[Server]:
    return _served(_Mails)


def imap_server() -> contextlib.AbstractContextManager[Server]:
    return _served(_Mailbox)
