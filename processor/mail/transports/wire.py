"""smtplib's verbs with answers read strictly: a line that is cut is no answer, and none is taken before its time.

`smtplib` reads « 25 » as a code and « 250 OK » without its end of line as an acceptance; after the final dot that
difference decides whether a mail is sent twice.
"""

import errno
import select
import smtplib
import socket
import ssl
import time

from processor.mail.transports.reply import Reply
from processor.model.catalogue import say

_LONGEST_REPLY = 64 * 1024  # bytes; no server has that much to say
_BLOCK = 64 * 1024  # bytes sent under one time-out


class Broken(Exception):
    """The connection is of no more use: cut, silent for too long, or not speaking SMTP."""


class Wire(smtplib.SMTP):
    """One connection. Every method raises `Broken` when no complete answer came in time."""

    def __init__(self, local_name: str, patience: float) -> None:
        self._unread = b""
        self.patience = patience
        super().__init__(local_hostname=local_name)

    def dial(self, host: str, port: int, seconds: float, tls: ssl.SSLContext | None) -> Reply:
        """Connect, with TLS from the first byte if a context is given; the greeting comes back."""
        try:
            self.sock = socket.create_connection((host, port), seconds)
            # The body and the final dot are two writes: with Nagle's algorithm the dot waits 40 ms for an acknowledgement.
            self.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            if tls is not None:
                self.sock = tls.wrap_socket(self.sock, server_hostname=host)
        except ssl.SSLCertVerificationError:
            self.close()
            raise
        except OSError as error:
            self.close()
            raise Broken(_cause(error)) from error
        return self.answer(seconds)

    def secure(self, host: str, tls: ssl.SSLContext, seconds: float) -> None:
        """Begin TLS after the server agreed to it; what it said before is forgotten (RFC 3207, section 4.2)."""
        assert self.sock is not None  # noqa: S101 - dial came first
        if self._unread:
            raise Broken("the server spoke between STARTTLS and TLS")
        try:
            self.sock.settimeout(seconds)
            self.sock = tls.wrap_socket(self.sock, server_hostname=host)
        except ssl.SSLCertVerificationError:
            raise
        except OSError as error:
            raise Broken(str(error)) from error
        self.ehlo_resp = None
        self.helo_resp = None
        self.esmtp_features = {}
        self.does_esmtp = False

    def ask(self, command: str, seconds: float) -> Reply:
        """Send one line, ASCII or UTF-8, and read the answer."""
        if "\r" in command or "\n" in command:
            raise ValueError("a command is one line")
        self.push(command.encode() + b"\r\n", seconds)
        return self.answer(seconds)

    def push(self, data: bytes, seconds: float) -> None:
        """Send bytes as they are, `seconds` for each block of 64 KiB."""
        if self.sock is None:
            raise Broken("not connected")
        view = memoryview(data)
        try:
            self.sock.settimeout(seconds)
            for start in range(0, len(view), _BLOCK):
                self.sock.sendall(view[start : start + _BLOCK])
        except OSError as error:
            raise Broken(str(error)) from error

    def answer(self, seconds: float) -> Reply:
        """The next complete answer; `seconds` for all of its lines."""
        code, lines = self._lines(time.monotonic() + seconds)
        return Reply(code, " ".join(lines))

    def quiet(self) -> bool:
        """Whether the server has said nothing that was not asked. Before the final dot it must be True."""
        if self.sock is None:
            return False
        if self._unread or (isinstance(self.sock, ssl.SSLSocket) and self.sock.pending()):
            return False
        return not select.select([self.sock], [], [], 0)[0]

    def getreply(self) -> tuple[int, bytes]:
        """For smtplib's own verbs (EHLO, AUTH)."""
        try:
            code, lines = self._lines(time.monotonic() + self.patience)
        except Broken as broken:
            self.close()
            raise smtplib.SMTPServerDisconnected(str(broken)) from broken
        return code, "\n".join(lines).encode()

    def close(self) -> None:
        """Close the socket, without a word."""
        self._unread = b""
        super().close()

    def _lines(self, end: float) -> tuple[int, list[str]]:
        texts: list[str] = []
        while True:
            line = self._line(end)
            code, mark = line[:3], line[3:4]
            if not (len(code) == 3 and code.isdigit() and code[:1] in b"12345" and mark in (b"", b" ", b"-")):
                raise Broken(f"not an answer: {line[:80]!r}")
            texts.append(line[4:].decode("utf-8", "replace").strip())
            if mark != b"-":
                return int(code), texts

    def _line(self, end: float) -> bytes:
        while b"\n" not in self._unread:
            if len(self._unread) > _LONGEST_REPLY:
                raise Broken("an answer without end")
            self._unread += self._more(end)
        line, _, self._unread = self._unread.partition(b"\n")
        return line.rstrip(b"\r")

    def _more(self, end: float) -> bytes:
        left = end - time.monotonic()
        if self.sock is None or left <= 0:
            raise Broken("no answer in time")
        try:
            self.sock.settimeout(left)
            data = self.sock.recv(4096)
        except OSError as error:
            raise Broken(str(error)) from error
        if not data:
            raise Broken("the server closed the connection")
        return data


def _cause(error: OSError) -> str:
    """Why no connection was made, in words; the system's own where it is none of the usual causes."""
    if isinstance(error, socket.gaierror):
        return say("wire.unknown")
    if isinstance(error, ConnectionRefusedError):
        return say("wire.refused")
    if isinstance(error, TimeoutError) or error.errno == errno.ETIMEDOUT:
        return say("wire.silent")
    if error.errno in (errno.EHOSTUNREACH, errno.ENETUNREACH):
        return say("wire.unreachable")
    return error.strerror or str(error)
