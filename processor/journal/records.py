"""What the journal holds, as plain frozen data: runs, mails, documents, and a view of them all."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType

from processor.model.address import Address


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


class RunState(StrEnum):
    """How far a night came. Only `replacing` and `committed` leave something for the next run to finish."""

    BEGUN = "begun"
    REPLACING = "replacing"
    COMMITTED = "committed"
    FINISHED = "finished"
    ABANDONED = "abandoned"


@dataclass(frozen=True)
class QueuedMail:
    """A mail that a run decides: its exact bytes, and the readable name of its file (`….eml`).

    `told` is what it tells the person of dates, place and state: see `processor.rules.news.told`. One with `held` is recorded as
    kept back, for that reason.
    """

    key: str
    kind: str
    seance: str
    session: str
    person: str
    to: Address
    subject: str
    message: bytes
    file_name: str = ""
    told: str = ""
    held: str = ""


@dataclass(frozen=True)
class IssuedDocument:
    """A document that a run makes. `facts` is a digest of what it says, `sha256` one of the bytes of the file.

    Of a numbered attestation also the number that it cancels and why, and the signed line that its QR code shows.
    """

    key: str
    kind: str
    seance: str
    session: str
    person: str
    facts: str
    file: str
    sha256: str
    number: str = ""
    replaces: str = ""
    reason: str = ""
    statement: str = ""


@dataclass(frozen=True)
class AttestationRecord:
    """A numbered attestation as the journal knows it; `replaced_by` is the number that cancelled it, mostly blank."""

    number: str
    key: str
    file: str
    sha256: str
    issued_on: datetime
    replaces: str = ""
    reason: str = ""
    statement: str = ""
    replaced_by: str = ""


@dataclass(frozen=True)
class MailRecord:
    """A mail as the journal knows it, without its bytes. `detail` is the last word of the mail server.

    Of a mail sent again by hand, `copy_of` is the key of the first one and `reason` what the person said.
    """

    key: str
    kind: str
    seance: str
    session: str
    person: str
    to: Address
    subject: str
    state: MailState
    queued_on: datetime
    sent_on: datetime | None
    run: str
    detail: str = ""
    attempts: int = 0
    told: str = ""
    copy_of: str = ""
    reason: str = ""
    tried_on: datetime | None = None


@dataclass(frozen=True)
class DocumentRecord:
    """A document as the journal knows it; of several with one key, the view holds the newest."""

    key: str
    kind: str
    seance: str
    session: str
    person: str
    facts: str
    file: str
    sha256: str
    number: str
    issued_on: datetime
    run: str = ""


@dataclass(frozen=True)
class Bounce:
    """One recipient whom one mail did not reach. `key` is "" when the report names no mail of ours.

    `permanent` tells « will never arrive » (5.x.x) from « still trying » (4.x.x, a notice of delay).
    """

    key: str
    recipient: Address
    permanent: bool
    status: str = ""
    detail: str = ""


@dataclass(frozen=True)
class BounceRecord:
    """An address that will not be reached, and the mail that showed it."""

    address: Address
    key: str
    status: str
    detail: str
    noted_on: datetime


@dataclass(frozen=True)
class CalendarRecord:
    """What a person's calendar was last told of a séance: see `processor.mail.calendar.next_sequence`."""

    uid: str
    sequence: int
    facts: str


@dataclass(frozen=True)
class RunRecord:
    """A night: what is known of it at its start, and what finishing it after a crash needs."""

    id: str
    started: datetime
    workbook: str
    state: RunState = RunState.BEGUN
    digest_before: str = ""
    digest_after: str = ""
    replacement: Path | None = None
    staging: Path | None = None
    summary: str = ""
    documents: tuple[DocumentRecord, ...] = ()


@dataclass(frozen=True)
class ReleasedMail:
    """A mail to hand over now: envelope recipient, frozen bytes, and how often it was tried before."""

    key: str
    to: Address
    subject: str
    file_name: str
    message: bytes
    queued_on: datetime
    attempts: int = 0


@dataclass(frozen=True)
class Outcome:
    """What became of one attempt: the new state, and the server's words or the reason."""

    state: MailState
    detail: str = ""


# What `meta` says of the first night of a journal; for one that was younger than the workbook, in the end, its date.
NEW, RENEWING = "new", "renewing"


@dataclass(frozen=True)
class JournalView:
    """Everything a plan needs of the past, read in one transaction.

    A run that was cut short is in `unfinished`, and what it staged is in the view as well: finish or abandon
    it before deciding anything new.
    """

    mails: Mapping[str, MailRecord] = field(default_factory=lambda: MappingProxyType({}))
    documents: Mapping[str, DocumentRecord] = field(default_factory=lambda: MappingProxyType({}))
    calendar: Mapping[str, CalendarRecord] = field(default_factory=lambda: MappingProxyType({}))
    occurrences: frozenset[tuple[str, date]] = frozenset()
    codes: frozenset[str] = frozenset()
    bounced: Mapping[str, BounceRecord] = field(default_factory=lambda: MappingProxyType({}))
    workbook: str = ""
    last_run: RunRecord | None = None
    unfinished: RunRecord | None = None
    opening: str = ""

    @property
    def fresh(self) -> bool:
        """Whether no night that used this journal was ever done: it is new, or the one before it was lost."""
        return self.opening == RENEWING or (not self.opening and self.last_run is None)

    @property
    def renewed(self) -> datetime | None:
        """When the first night was done of a journal that is younger than the workbook's own traces."""
        return datetime.fromisoformat(self.opening) if self.opening not in ("", NEW, RENEWING) else None

    @property
    def uncertain(self) -> tuple[MailRecord, ...]:
        """The mails whose fate only a person can tell, in the order in which they were decided."""
        return tuple(mail for mail in self.mails.values() if mail.state is MailState.UNCERTAIN)
