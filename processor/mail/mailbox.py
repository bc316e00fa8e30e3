"""Read a mailbox by IMAP (RFC 3501) without changing it: reports of mails that came back, and copies that arrived."""

import imaplib
import os
import re
import ssl
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from processor.mail.account import Security
from processor.mail.outgoing_findings import missing, number, wrong
from processor.mail.passwords import password
from processor.model.catalogue import say
from processor.model.findings import Finding, Severity, Stopped

RETURNS, COPIES = "retours", "copies"
PATIENCE = 60  # seconds for each answer
LARGEST = 5_000_000  # bytes of a message that is read; a report is never that big
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True)
class Mailbox:
    """One folder of one account."""

    host: str
    user: str
    port: int = 993
    security: Security = Security.TLS
    folder: str = "INBOX"
    password: str = field(default="", repr=False)


def mailbox(
    table: Mapping[str, Any], name: str, beside: Path, environ: Mapping[str, str] = os.environ
) -> Mailbox | None:
    """The mailbox of [courriel.retours] or [courriel.copies] in seances.toml, None where there is none.

    Raises `Stopped` when the table cannot be used.
    """
    own = table.get(name)
    if own is None:
        return None
    where = f"[courriel.{name}]"
    if not isinstance(own, Mapping) or not own.get("hote"):
        raise Stopped([missing("hote", 'hote = "imap.exemple.fr"', where)])
    if not own.get("utilisateur"):
        raise Stopped([missing("utilisateur", 'utilisateur = "retours@exemple.fr"', where)])
    asked = str(own.get("securite", Security.TLS))
    if asked not in list(Security):
        raise Stopped([wrong("securite", asked, "security.box", where)])
    user = str(own["utilisateur"])
    file = beside / str(own["fichier_mot_de_passe"]) if "fichier_mot_de_passe" in own else None
    return Mailbox(
        host=str(own["hote"]),
        user=user,
        port=int(number(own, "port", 993 if asked == Security.TLS else 143) or 0),
        security=Security(asked),
        folder=str(own.get("dossier", "INBOX")),
        password=password(user, file, environ, "imap"),
    )


def messages(box: Mailbox, since: date, tls: ssl.SSLContext | None = None) -> Iterator[bytes]:
    """The messages that arrived on that day or later, oldest first; none is marked as read. Raises `Stopped`."""
    with _opened(box, tls) as connection:
        for number_ in _found(connection, "SINCE", f"{since.day:02}-{_MONTHS[since.month - 1]}-{since.year}"):
            content = _content(connection, number_)
            if content is not None:
                yield content


def present(box: Mailbox, keys: Iterable[str], tls: ssl.SSLContext | None = None) -> frozenset[str]:
    """Those of the keys of mails whose Message-ID the mailbox holds. Raises `Stopped`."""
    with _opened(box, tls) as connection:
        return frozenset(key for key in keys if any(_confirmed(connection, key)))


def _confirmed(connection: imaplib.IMAP4, key: str) -> Iterator[bool]:
    # SEARCH compares parts of words, and some servers search loosely: the header itself decides.
    for number_ in _found(connection, "HEADER", "Message-ID", f'"<{key}@"'):
        _, parts = connection.uid("FETCH", number_, "(BODY.PEEK[HEADER.FIELDS (MESSAGE-ID)])")
        yield f"<{key}@".encode() in b"".join(part[1] for part in parts if isinstance(part, tuple))


def _found(connection: imaplib.IMAP4, *criteria: str) -> list[str]:
    _, answers = connection.uid("SEARCH", *criteria)
    return [one.decode() for answer in answers if answer for one in answer.split()]


def _content(connection: imaplib.IMAP4, number_: str) -> bytes | None:
    _, sizes = connection.uid("FETCH", number_, "(RFC822.SIZE)")
    size = re.search(rb"RFC822\.SIZE (\d+)", b"".join(part for part in sizes if isinstance(part, bytes)))
    if size and int(size[1]) > LARGEST:
        return None
    _, parts = connection.uid("FETCH", number_, "(BODY.PEEK[])")
    return next((part[1] for part in parts if isinstance(part, tuple)), None)


@contextmanager
def _opened(box: Mailbox, tls: ssl.SSLContext | None) -> Iterator[imaplib.IMAP4]:
    try:
        connection = _connected(box, tls or ssl.create_default_context())
        try:
            if not box.password:
                raise imaplib.IMAP4.error(say("mail.no-password", user=box.user))
            connection.login(box.user, box.password)
            status, said = connection.select(f'"{box.folder}"', readonly=True)
            if status != "OK":
                raise imaplib.IMAP4.error(say("mailbox.folder", folder=box.folder, said=said))
            yield connection
        finally:
            connection.logout()
    except (imaplib.IMAP4.error, OSError, ValueError) as error:
        raise Stopped([_unreachable(box, error)]) from error


def _connected(box: Mailbox, tls: ssl.SSLContext) -> imaplib.IMAP4:
    if box.security is Security.TLS:
        return imaplib.IMAP4_SSL(box.host, box.port, ssl_context=tls, timeout=PATIENCE)
    connection = imaplib.IMAP4(box.host, box.port, timeout=PATIENCE)
    if box.security is Security.STARTTLS:
        connection.starttls(tls)
    elif box.host not in ("localhost", "127.0.0.1", "::1"):
        connection.shutdown()
        raise imaplib.IMAP4.error(say("mailbox.in-clear"))
    return connection


def _unreachable(box: Mailbox, error: Exception) -> Finding:
    said = str(error).replace(box.password, "…") if box.password else str(error)
    return Finding.of("boite-inaccessible", Severity.STOP, user=box.user, host=box.host, said=said)
