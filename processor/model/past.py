"""What earlier nights did, as the journal tells it: one record of a mail, one of a document, one list of states."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import TypeVar

from processor.model.address import Address
from processor.model.former import former_key
from processor.model.keys import action_key
from processor.model.kinds import Kind


class MailState(StrEnum):
    """Where a mail stands on its way. The words are those of the journal's column `state`.

    `dot` is the only state from which nothing can be concluded: the message was complete and its final dot may or may
    not have reached the server. `uncertain` is a `dot` whose owner is gone, or whose answer never came.
    """

    QUEUED = "queued"
    RELEASED = "released"
    SENDING = "sending"
    DOT = "dot"
    SENT = "sent"
    DEFERRED = "deferred"
    REFUSED = "refused"
    UNCERTAIN = "uncertain"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class MailRecord:
    """A mail of the journal, whatever became of it; `sent_on` is blank until it has left.

    `key` is the name that its bytes, its file and people's commands bear; in a journal older than slugs it is not the identity
    under which `Known` holds the mail. `news` is what it told the person of dates, place and state: see
    `processor.rules.news.told`. `detail` is the last word of the mail server, or why it is kept back. Of a mail sent
    again by hand, `copy_of` is the key of the first one and `reason` what the person said.
    """

    key: str
    kind: Kind
    seance: str
    session: str
    person: str
    to: Address
    state: MailState = MailState.QUEUED
    sent_on: datetime | None = None
    news: str = ""
    detail: str = ""
    subject: str = ""
    queued_on: datetime | None = None
    run: str = ""
    attempts: int = 0
    tried_on: datetime | None = None
    copy_of: str = ""
    reason: str = ""


@dataclass(frozen=True)
class DocumentRecord:
    """A document of the journal. `facts` is a digest of what it says, `sha256` one of the bytes of its file.

    Of several with one key, the newest is known. A numbered attestation also has the number that it cancels and why, and the
    signed line that its QR code shows; these three are told by the register alone (`Journal.attestations`).
    """

    key: str
    kind: Kind
    seance: str
    session: str
    person: str
    facts: str
    file: str
    sha256: str = ""
    number: str = ""
    replaces: str = ""
    reason: str = ""
    statement: str = ""
    issued_on: datetime | None = None
    run: str = ""


_Record = TypeVar("_Record", MailRecord, DocumentRecord)


@dataclass(frozen=True)
class Known:
    """What earlier nights did, as the journal tells it; mails and documents by their identity (`action_key`).

    `calendar` is by the entry's UID: its sequence and the digest of its facts. `bounced` is by the key of the address:
    what the server said that will not deliver to it. `returned` says why nothing should leave: too many mails came back.
    `fresh` is whether the journal has seen no whole night yet, `renewing` that its first one found traces of earlier ones
    in the workbook, `renewed` when that night was done. `copy_of` is the workbook that this one is a
    copy of, while it still exists.
    """

    mails: Mapping[str, MailRecord] = field(default_factory=dict)
    documents: Mapping[str, DocumentRecord] = field(default_factory=dict)
    occurrences: frozenset[tuple[str, date]] = frozenset()
    codes: frozenset[str] = frozenset()
    calendar: Mapping[str, tuple[int, str]] = field(default_factory=dict)
    bounced: Mapping[str, str] = field(default_factory=dict)
    returned: str = ""
    fresh: bool = False
    renewing: bool = False
    renewed: datetime | None = None
    copy_of: str = ""

    def mail(self, kind: Kind, subject: str, person: str = "", version: int = 1) -> MailRecord | None:
        """The mail of that kind about that séance or session to that person, if it was ever decided."""
        return of_identity(self.mails, kind, subject, person, version)

    def document(self, kind: Kind, subject: str, person: str = "", version: int = 1) -> DocumentRecord | None:
        """The document of that kind about that séance or session for that person, if it was ever issued."""
        return of_identity(self.documents, kind, subject, person, version)


def of_identity(
    records: Mapping[str, _Record], kind: Kind, subject: str, person: str = "", version: int = 1
) -> _Record | None:
    """The record of what is named; also one whose person was forgotten before there were slugs, under its key of then."""
    found = records.get(action_key(kind, subject, person, version))
    return records.get(former_key(kind, subject, person, version)) if found is None else found
