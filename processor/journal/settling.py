"""What a person decides about mails: the fate of an uncertain one, another copy, a mail that should not leave.

And what is forgotten: the words go when they are no longer needed, the keys stay, or the mails would leave again.
"""

import hashlib
import re
from collections.abc import Collection, Iterable
from datetime import datetime
from email.utils import format_datetime

from sqlalchemy import ColumnElement, Connection, delete, func, select, update

from processor.journal import schema
from processor.journal.records import Bounce
from processor.model.address import NOWHERE, Address, unjudged
from processor.model.catalogue import say
from processor.model.past import MailState

_DONE = (MailState.SENT, MailState.REFUSED, MailState.CANCELLED)
_NOT_GONE = (MailState.QUEUED, MailState.RELEASED, MailState.DEFERRED)


def settle(connection: Connection, key: str, *, sent: bool) -> bool:
    """Record that an uncertain mail arrived, or put it back in the queue; False when it is not uncertain.

    What is sent again has the same bytes and the same Message-ID: a receiver that has it may drop the second.
    """
    mails = schema.mails
    chosen = (mails.c.key == key) & (mails.c.state == MailState.UNCERTAIN)
    if sent:
        change = update(mails).where(chosen).values(
            state=MailState.SENT, sent_on=mails.c.tried_on, detail=say("settling.arrived")
        )  # fmt: skip
    else:
        change = update(mails).where(chosen).values(state=MailState.RELEASED, detail=say("settling.again"))
    return connection.execute(change).rowcount == 1


def cancel(connection: Connection, keys: Collection[str], why: str) -> int:
    """Keep mails from leaving that have not left; the number of those that were kept back comes back."""
    mails = schema.mails
    change = update(mails).where(mails.c.state.in_(_NOT_GONE)).values(state=MailState.CANCELLED, detail=why)
    return sum(connection.execute(change.where(mails.c.key == key)).rowcount for key in keys)


def resend(connection: Connection, key: str, reason: str, now: datetime, to: Address = NOWHERE) -> str | None:
    """Queue another copy of a mail for its person; the key of the copy, or None when the mail is not known.

    The copy is a mail of its own, the next version of the first one's key, so that it is neither dropped as a repeat nor
    mistaken for the first. `now` must be aware: it is the Date of the copy; `to` is another address of the same person. None
    too when the bytes were purged.
    """
    mails = schema.mails
    found = connection.execute(select(mails).where(mails.c.key == key)).first()
    content = connection.execute(
        select(schema.messages.c.content).where(schema.messages.c.key == key)
    ).scalar()
    if found is None or content is None:
        return None
    first = found.copy_of or key
    copies = connection.execute(select(func.count()).where(mails.c.copy_of == first)).scalar_one()
    fresh = version_key(first, copies + 2)
    message = renewed(content, key, fresh, now, to)
    row = {
        name: getattr(found, name)
        for name in ("kind", "seance", "session", "person", "recipient", "subject", "told")
    }
    name = re.sub(
        r"( \(renvoi \d+\))?(\.eml)?$",
        f" (renvoi {copies + 1}).eml",
        found.file_name or found.subject,
        count=1,
    )
    connection.execute(
        mails.insert().values(
            key=fresh,
            identity=fresh,
            file_name=name,
            run=found.run,
            queued_on=now.replace(tzinfo=None).isoformat(),
            state=MailState.RELEASED,
            copy_of=first,
            reason=reason,
            **(row | ({"recipient": str(to)} if to else {})),
        )
    )
    digest = hashlib.sha256(message).hexdigest()
    connection.execute(schema.messages.insert().values(key=fresh, sha256=digest, content=message))
    return fresh


def version_key(first: str, version: int) -> str:
    """The key of another version of a mail, from the key of the first: the same wherever it is asked for.

    >>> version_key("ecfb34af4ca9ce24714e", 2)
    'fe924ba6f548dfcb5b03'
    """
    return hashlib.blake2b(f"{first}\0{version}".encode(), digest_size=10).hexdigest()


def renewed(message: bytes, key: str, fresh: str, now: datetime, to: Address = NOWHERE) -> bytes:
    r"""The message with another key in its Message-ID and another Date, and another To if one is given; the rest is the same.

    >>> renewed(b"Date: x\r\nMessage-ID: <a@b>\r\n\r\nMessage-ID: <a@b>\r\n", "a", "c", datetime.fromisoformat(
    ...     "2026-12-01T09:00:00+01:00"))
    b'Date: Tue, 01 Dec 2026 09:00:00 +0100\r\nMessage-ID: <c@b>\r\n\r\nMessage-ID: <a@b>\r\n'
    """
    head, blank, body = message.partition(b"\r\n\r\n")
    head = re.sub(
        rb"(?mi)^(Message-ID:\s*<)" + re.escape(key.encode()) + b"@", rb"\g<1>" + fresh.encode() + b"@", head
    )
    head = re.sub(rb"(?mi)^Date:[^\r\n]*", b"Date: " + format_datetime(now).encode(), head)
    if to:
        wire = to.wire.encode()
        head = re.sub(rb"(?mi)^To:[^\r\n]*(?:\r\n[ \t][^\r\n]*)*", lambda _: b"To: " + wire, head)
    return head + blank + body


def note(connection: Connection, found: Iterable[Bounce], now: datetime) -> tuple[Bounce, ...]:
    """Record addresses that will not be reached; those that were not known to be so come back.

    Only what is permanent and answers a mail of this journal counts: anyone can write a report about anyone.
    """
    fresh = []
    for bounce in found:
        mail = connection.execute(
            select(schema.mails.c.recipient).where(schema.mails.c.key == bounce.key)
        ).scalar()
        to = unjudged(mail or "")
        known = connection.execute(select(schema.bounces.c.key).where(_about(to))).scalar()
        if not bounce.permanent or not _reached(to, bounce.recipient) or known is not None:
            continue
        row = {"address": to.key, "key": bounce.key, "status": bounce.status, "detail": bounce.detail}
        connection.execute(
            schema.bounces.insert().values(noted_on=now.replace(tzinfo=None).isoformat(), **row)
        )
        fresh.append(bounce)
    return tuple(fresh)


def _reached(to: Address, reported: Address) -> bool:
    """Whether a report is about the address: servers name it as it went over the wire, its domain in ASCII."""
    return bool(to) and (to.wire or str(to)).casefold() == (reported.wire or str(reported)).casefold()


def _about(to: Address) -> ColumnElement[bool]:
    """The rows of an address in error; journals written before hold it in small letters, which differ for « ß »."""
    return schema.bounces.c.address.in_({to.key, str(to).lower()})


def trust(connection: Connection, to: Address) -> bool:
    """Write to an address again after a person found that it works; False when nothing was held against it."""
    return connection.execute(delete(schema.bounces).where(_about(to))).rowcount > 0


def purge(connection: Connection, before: datetime) -> int:
    """Forget the words of the mails that were done with before that day; the number of messages comes back.

    Keys, states and dates stay: they are what keeps a mail from leaving twice.
    """
    mails = schema.mails
    limit = before.replace(tzinfo=None).isoformat()
    old = select(mails.c.key).where(mails.c.state.in_(_DONE) & (mails.c.queued_on < limit))
    return connection.execute(delete(schema.messages).where(schema.messages.c.key.in_(old))).rowcount


def fade(connection: Connection, before: datetime) -> int:
    """Forget whose the mails and documents were that were done with before that day; the number of mails comes back."""
    mails, documents, register = schema.mails, schema.documents, schema.attestations
    limit = before.replace(tzinfo=None).isoformat()
    old = mails.c.state.in_(_DONE) & (mails.c.queued_on < limit) & (mails.c.recipient != "")
    blank = dict.fromkeys(("person", "recipient", "subject", "file_name", "detail", "reason"), "")
    connection.execute(
        delete(schema.messages).where(schema.messages.c.key.in_(select(mails.c.key).where(old)))
    )
    count = connection.execute(update(mails).where(old).values(**blank)).rowcount
    aged = (documents.c.issued_on < limit) & (documents.c.person != "")
    connection.execute(update(documents).where(aged).values(person="", file=""))
    signed = (register.c.issued_on < limit) & (register.c.statement != "")
    connection.execute(update(register).where(signed).values(statement="", reason=""))
    return count


def erase(connection: Connection, person: str) -> int:
    """Forget a person: name, address, subject and words of all that is theirs; the number of mails comes back.

    What has not left is cancelled, and what may have left too: nobody is to ask them any more, and it is never resent. The
    keys stay, or a workbook put back from a backup would write to them again.
    """
    cancelled = say("settling.erased")
    mails, documents = schema.mails, schema.documents
    theirs = select(mails.c.key).where(mails.c.person == person)
    connection.execute(delete(schema.messages).where(schema.messages.c.key.in_(theirs)))
    waiting = (mails.c.person == person) & mails.c.state.in_((*_NOT_GONE, MailState.UNCERTAIN))
    connection.execute(update(mails).where(waiting).values(state=MailState.CANCELLED, detail=cancelled))
    reached = connection.execute(select(mails.c.recipient).where(mails.c.person == person)).scalars()
    for to in [unjudged(recipient) for recipient in reached]:
        connection.execute(delete(schema.bounces).where(_about(to)))
    mark = hashlib.sha256(person.encode()).hexdigest()[:16]
    blank = {
        "person": mark,
        "recipient": "",
        "subject": "",
        "file_name": "",
        "detail": cancelled,
        "reason": "",
    }
    count = connection.execute(update(mails).where(mails.c.person == person).values(**blank)).rowcount
    own = select(documents.c.key).where(documents.c.person == person)
    register = schema.attestations
    connection.execute(update(register).where(register.c.key.in_(own)).values(statement="", reason=""))
    connection.execute(update(documents).where(documents.c.person == person).values(person=mark, file=""))
    return count
