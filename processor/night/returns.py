"""What comes back: reports of mails that did not arrive, and copies that show that one did."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from processor.journal.journal import Journal
from processor.mail import mailbox
from processor.mail.bounces import Bounce, bounces, files, some_back
from processor.model.catalogue import say
from processor.model.findings import Finding, Severity, Stopped
from processor.settings import Settings

_KEY = re.compile(rb"(?im)^Message-ID:\s*<([0-9a-f]{20,24})@")


@dataclass(frozen=True)
class Read:
    """What a reading of reports found: how many messages and reports there were, and the addresses not known before."""

    messages: int = 0
    reports: int = 0
    fresh: tuple[Bounce, ...] = ()


def read_returns(settings: Settings, journal: Journal, now: datetime, days: int, folder: Path | None) -> Read:
    """Notes the addresses in error told by a folder of .eml, or by the mailbox of [courriel.retours]. Raises Stopped."""
    messages = list(_messages(settings, mailbox.RETURNS, now - timedelta(days=days), folder))
    found = [bounce for message in messages for bounce in bounces(message)]
    return Read(len(messages), len(found), journal.note_bounces(found, now))


def settle_by_copies(settings: Settings, journal: Journal, folder: Path | None = None) -> tuple[int, int]:
    """Settles the uncertain mails whose copy arrived; how many, and how many are left. Raises Stopped.

    The copy went in the same transaction: where it is, the server took the mail. Where it is not, nothing is proved.
    """
    uncertain = [mail.key for mail in journal.view().uncertain]
    if not uncertain:
        return 0, 0
    if folder is not None:
        held = {key for message in files(folder) for key in _keys(message)}
        there: Iterable[str] = held & set(uncertain)
    else:
        there = mailbox.present(_box(settings, mailbox.COPIES), uncertain)
    settled = sum(journal.settle(key, sent=True) for key in there)
    return settled, len(uncertain) - settled


def at_night(settings: Settings, journal: Journal, now: datetime) -> tuple[Finding, ...]:
    """Reads the mailboxes that seances.toml names, before anything is decided.

    A mailbox that cannot be read is told and stops nothing: the night's work does not depend on it.
    """
    told: list[Finding] = []
    for name in (mailbox.RETURNS, mailbox.COPIES):
        if name not in settings.mail:
            continue
        try:
            if name == mailbox.RETURNS:
                read_returns(settings, journal, now, 15, None)
            else:
                settle_by_copies(settings, journal)
        except Stopped as stopped:
            told += [_as_note(finding) for finding in stopped.findings]
    if said := some_back(journal.view()):
        told.append(_some_back(said))
    return tuple(told)


def said_of(read: Read) -> str:
    """What a reading found, in words."""
    first = say(
        "returns.read",
        messages=say("returns.messages", count=read.messages),
        reports=say("returns.reports", count=read.reports),
    )
    if not read.fresh:
        return say("returns.none", first=first)
    lines = [f"  {bounce.recipient} : {bounce.detail or bounce.status}" for bounce in read.fresh]
    return "\n".join((first, say("returns.addresses"), *lines))


def _messages(settings: Settings, name: str, since: datetime, folder: Path | None) -> Iterator[bytes]:
    if folder is not None:
        return files(folder)
    return mailbox.messages(_box(settings, name), since.date())


def _box(settings: Settings, name: str) -> mailbox.Mailbox:
    box = mailbox.mailbox(settings.mail, name, settings.workbook.parent)
    if box is None:
        raise Stopped([_no_box(name)])
    return box


def _keys(message: bytes) -> list[str]:
    return [found.decode() for found in _KEY.findall(message.partition(b"\r\n\r\n")[0])]


def _some_back(said: str) -> Finding:
    return Finding.of("trop-de-retours", Severity.NOTE, "some", said=said)


def _as_note(finding: Finding) -> Finding:
    return Finding(finding.code, Severity.NOTE, finding.problem, finding.why, finding.fix)


def _no_box(name: str) -> Finding:
    return Finding.of("reglage-courriel", Severity.STOP, "no-box", name=name)
