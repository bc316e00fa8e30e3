"""What a night can decide to do, as inert data: each action says which row asked for it and why, in one French clause."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from processor.model import Facts, Kind, Place, Roll, SessionRoll, Template
from processor.model.address import Address
from processor.model.findings import Finding

Value = str | int | float | datetime | date | None


@dataclass(frozen=True)
class Move:
    """A séance's row goes to the end of the other sheet."""

    source: Place
    code: str
    to: str
    because: str


@dataclass(frozen=True)
class Repeat:
    """One copy of a séance, on its date."""

    source: Place
    code: str
    serie: str
    start: datetime
    end: datetime
    name: str
    because: str


@dataclass(frozen=True)
class Write:
    """A value for one cell, named by row and field. None empties the cell."""

    source: Place
    field: str
    value: Value
    because: str


@dataclass(frozen=True)
class NewRow:
    """A row at the end of a sheet that the processor writes (Participations, Journal), by field.

    `tells` holds the keys of the documents and mails that it tells of: without any of them, there is nothing to tell.
    """

    sheet: str
    values: Mapping[str, Value]
    source: Place
    because: str
    tells: frozenset[str] = frozenset()


@dataclass(frozen=True)
class NewColumn:
    """A column of the contract that the sheet lacks and the night needs, at the right of the others."""

    sheet: str
    field: str
    header: str
    because: str


@dataclass(frozen=True)
class NewSheet:
    """A sheet of the contract that the workbook lacks and the night needs."""

    sheet: str
    because: str


@dataclass(frozen=True)
class Mark:
    """The light fill on the cell of a finding, set or taken away."""

    sheet: str
    row: int
    column: int
    marked: bool


class _About:
    """What a document or a mail is about, as codes and a key; each is blank where there is none."""

    facts: Facts

    @property
    def seance(self) -> str:
        """The code of the séance."""
        return self.facts.seance.seance.code if self.facts.seance else ""

    @property
    def session(self) -> str:
        """The code of the session."""
        return self.facts.session.session.code if self.facts.session else ""

    @property
    def person(self) -> str:
        """The key of the person, blank for what is about all of them."""
        return self.facts.person.key if self.facts.person else ""


@dataclass(frozen=True)
class Document(_About):
    """A Word template to fill. `said` is the digest of what it says; a blank `template` row is never planned.

    `reason` is why staff had an attestation issued again.
    """

    key: str
    kind: Kind
    facts: Facts
    template: Template
    said: str
    source: Place
    because: str
    reason: str = ""


@dataclass(frozen=True)
class Mail(_About):
    """One message to one person. Subject and message still hold their placeholders; `documents` are keys of the plan.

    `news` is what it tells of dates, place and state, for the journal: see `processor.rules.news.told`. `held` is why it is only
    recorded, and leaves when a person says so: see `processor.rules.news.new_journal`.
    """

    key: str
    kind: Kind
    facts: Facts
    to_name: str
    to_address: Address
    subject: str
    message: str
    documents: tuple[str, ...]
    source: Place
    because: str
    news: str = ""
    held: str = ""


@dataclass(frozen=True)
class ListExport:
    """The list of people of a séance or session whose content changed since it was last written."""

    key: str
    roll: Roll | SessionRoll
    said: str
    because: str

    @property
    def code(self) -> str:
        """The code of the séance or session."""
        return self.roll.seance.code if isinstance(self.roll, Roll) else self.roll.session.code


@dataclass(frozen=True)
class Plan:
    """All that one night will do, and what it found. Planning again after it was carried out gives an empty one.

    `rolls` are those of all rows, for what is counted; the rows of `set_aside` are shown nowhere.
    """

    now: datetime
    findings: tuple[Finding, ...] = ()
    moves: tuple[Move, ...] = ()
    repeats: tuple[Repeat, ...] = ()
    writes: tuple[Write, ...] = ()
    rows: tuple[NewRow, ...] = ()
    columns: tuple[NewColumn, ...] = ()
    sheets: tuple[NewSheet, ...] = ()
    marks: tuple[Mark, ...] = ()
    documents: tuple[Document, ...] = ()
    mails: tuple[Mail, ...] = ()
    lists: tuple[ListExport, ...] = ()
    occurrences: frozenset[tuple[str, date]] = frozenset()
    codes: frozenset[str] = frozenset()
    rolls: tuple[Roll, ...] = field(default=(), repr=False)
    session_rolls: tuple[SessionRoll, ...] = field(default=(), repr=False)
    set_aside: frozenset[Place] = field(default=frozenset(), repr=False)

    @property
    def empty(self) -> bool:
        """Whether nothing is left to do; findings are no action."""
        return not any(
            (self.moves, self.repeats, self.writes, self.rows, self.columns, self.sheets, self.marks,
             self.documents, self.mails, self.lists)
        )  # fmt: skip
