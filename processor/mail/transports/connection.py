"""Open a connection to a mail server: TCP, TLS as asked for and never less, the name and the password."""

import re
import smtplib
import socket
import ssl
from base64 import b64encode

from processor.mail.account import Account, Security
from processor.mail.transports.reply import Judged, Reply, ReplyClass, Step, expect, verdict
from processor.mail.transports.wire import Broken, Wire
from processor.model.catalogue import say


class Unreachable(Exception):
    """No connection was made. `hopeless` when another attempt would fail for the same reason."""

    def __init__(self, why: str, hopeless: bool) -> None:
        super().__init__(why)
        self.hopeless = hopeless


def connect(account: Account, tls: ssl.SSLContext | None = None) -> Wire:
    """A connection ready for MAIL; raises `Unreachable` with the reason in French.

    Where TLS is asked for and none is given, it is the system's: its certificates are read then, and not for nothing.

    STARTTLS that is asked for and not offered is an error: going on in clear is what an attacker would want.
    """
    if tls is None and account.security is not Security.NONE:
        tls = ssl.create_default_context()
    wire = Wire(_local_name(), account.patience.command)
    try:
        _open(wire, account, tls)
    except (Broken, smtplib.SMTPException, OSError, Judged) as error:
        wire.close()
        raise Unreachable(_said(account, error), _hopeless(error)) from error
    except BaseException:
        wire.close()
        raise
    return wire


def _open(wire: Wire, account: Account, tls: ssl.SSLContext | None) -> None:
    wait = account.patience
    direct = tls if account.security is Security.TLS else None
    expect(Step.CONNECT, wire.dial(account.host, account.port, wait.connect, direct))
    _greet(wire)
    if account.security is Security.STARTTLS:
        if not wire.has_extn("starttls"):
            raise Judged(ReplyClass.HALT, say("connection.no-starttls"))
        expect(Step.STARTTLS, wire.ask("STARTTLS", wait.command))
        assert tls is not None  # noqa: S101 - connect made one
        wire.secure(account.host, tls, wait.command)
        _greet(wire)
    if account.user:
        _log_in(wire, account)


def _greet(wire: Wire) -> None:
    code, text = wire.ehlo()
    expect(Step.EHLO, Reply(code, text.decode("utf-8", "replace")))


def _log_in(wire: Wire, account: Account) -> None:
    if account.security is Security.NONE and not _loopback(account.host):
        raise Judged(ReplyClass.HALT, say("connection.in-clear"))
    if not account.password:
        raise Judged(ReplyClass.HALT, say("mail.no-password", user=account.user))
    offered = wire.esmtp_features.get("auth", "").upper().split()
    if "PLAIN" in offered:
        secret = f"\0{account.user}\0{account.password}"
        reply = wire.ask(f"AUTH PLAIN {_base64(secret)}", account.patience.command)
    elif "LOGIN" in offered:
        reply = wire.ask("AUTH LOGIN", account.patience.command)
        for said in (account.user, account.password):
            if reply.code == 334:
                reply = wire.ask(_base64(said), account.patience.command)
    else:
        raise Judged(ReplyClass.HALT, say("connection.no-login"))
    if verdict(Step.AUTH, reply) is ReplyClass.HALT:
        raise Judged(ReplyClass.HALT, say("connection.login", reply=reply))
    expect(Step.AUTH, reply)


def _base64(text: str) -> str:
    # UTF-8 as RFC 4616 says; smtplib's own login knows only ASCII passwords.
    return b64encode(text.encode()).decode()


def _hopeless(error: Exception) -> bool:
    if isinstance(error, Judged):
        return error.what is ReplyClass.HALT
    return isinstance(error, ssl.SSLCertVerificationError)


def _said(account: Account, error: Exception) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return say("connection.certificate", host=account.host, why=error.verify_message)
    if isinstance(error, Judged):
        return say("connection.refused", host=account.host, error=error)
    return say("connection.silent", host=account.host, error=error)


def _loopback(host: str) -> bool:
    return host in ("localhost", "::1") or host.startswith("127.")


def _local_name() -> str:
    # smtplib would ask the DNS for its own name, which takes seconds where there is none.
    name = socket.gethostname()
    return name if re.fullmatch(r"[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+", name) else "[127.0.0.1]"
