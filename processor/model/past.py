"""What earlier nights did, as the journal tells it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from processor.model.address import Address


@dataclass(frozen=True)
class SentMail:
    """A mail that the journal knows of, whatever became of it. `sent_on` is blank until it has left.

    `told` is what it told the person of dates, place and state: see `processor.rules.news.told`. `detail` is the last word of the
    mail server.
    """

    key: str
    kind: str
    seance: str
    session: str
    person: str
    to: Address
    state: str
    sent_on: datetime | None = None
    told: str = ""
    detail: str = ""


@dataclass(frozen=True)
class IssuedDocument:
    """A document that the journal knows of; `facts` is the digest of what it says."""

    key: str
    kind: str
    seance: str
    session: str
    person: str
    facts: str
    file: str
    number: str = ""


@dataclass(frozen=True)
class Known:
    """What earlier nights did, as the journal tells it.

    `calendar` is by the entry's UID: its sequence and the digest of its facts. `bounced` is by the key of the address:
    what the server what the server said that will not deliver to it. `returned` says why nothing should leave: too many mails came back.
    `fresh` is whether the journal has seen no whole night yet, `renewing` that its first one found traces of earlier ones
    in the workbook, `renewed` when that night was done. `copy_of` is the workbook that this one is a
    copy of, while it still exists.
    """

    mails: Mapping[str, SentMail] = field(default_factory=dict)
    documents: Mapping[str, IssuedDocument] = field(default_factory=dict)
    occurrences: frozenset[tuple[str, date]] = frozenset()
    codes: frozenset[str] = frozenset()
    calendar: Mapping[str, tuple[int, str]] = field(default_factory=dict)
    bounced: Mapping[str, str] = field(default_factory=dict)
    returned: str = ""
    fresh: bool = False
    renewing: bool = False
    renewed: datetime | None = None
    copy_of: str = ""
