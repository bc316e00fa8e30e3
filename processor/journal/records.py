"""What the journal holds, as plain frozen data: runs, what a worker hands over, and a view of it all."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType

from processor.model.address import Address
from processor.model.past import DocumentRecord, MailRecord, MailState


class RunState(StrEnum):
    """How far a night came. Only `replacing` and `committed` leave something for the next run to finish."""

    BEGUN = "begun"
    REPLACING = "replacing"
    COMMITTED = "committed"
    FINISHED = "finished"
    ABANDONED = "abandoned"


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
class WrittenMail:
    """A mail with its exact bytes and the readable name of its file (`….eml`): as a run stages it, as a worker hands it over."""

    record: MailRecord
    message: bytes
    file_name: str = ""

    @property
    def key(self) -> str:
        """The name that the bytes bear."""
        return self.record.key

    @property
    def to(self) -> Address:
        """The recipient of the envelope."""
        return self.record.to


@dataclass(frozen=True)
class Outcome:
    """What became of one attempt: the new state, and the server's words or the reason."""

    state: MailState
    detail: str = ""


# What `meta` says of the first night of a journal; for one that was younger than the workbook, in the end, its date.
NEW, RENEWING = "new", "renewing"


@dataclass(frozen=True)
class JournalView:
    """Everything a plan needs of the past, read in one transaction; mails and documents by their identity.

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
