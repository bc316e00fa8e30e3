"""What one step decided, to be summed into the plan."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields
from datetime import date

from processor.model import Place
from processor.model.address import Address
from processor.model.catalogue import say
from processor.model.findings import Finding
from processor.model.plan import (
    Document,
    ListExport,
    Mail,
    Mark,
    Move,
    NewColumn,
    NewRow,
    NewSheet,
    Repeat,
    Write,
)


@dataclass(frozen=True)
class Done:
    """What was done for a row, in the words of the sheets Journal and Contrôle; `told` is whether Contrôle tells it too.

    `tells` holds the keys of the documents and mails that were decided by it.
    """

    place: Place
    action: str
    code: str
    detail: str
    told: bool = True
    tells: frozenset[str] = frozenset()


@dataclass
class Decided:
    """All that a step may decide. The plan is the sum of them, in the order of the steps."""

    findings: list[Finding] = field(default_factory=list)
    moves: list[Move] = field(default_factory=list)
    repeats: list[Repeat] = field(default_factory=list)
    writes: list[Write] = field(default_factory=list)
    rows: list[NewRow] = field(default_factory=list)
    columns: list[NewColumn] = field(default_factory=list)
    sheets: list[NewSheet] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    documents: list[Document] = field(default_factory=list)
    mails: list[Mail] = field(default_factory=list)
    lists: list[ListExport] = field(default_factory=list)
    occurrences: list[tuple[str, date]] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    done: list[Done] = field(default_factory=list)

    def add(self, other: "Decided") -> None:
        """Gathers what another step decided."""
        for one in fields(self):
            getattr(self, one.name).extend(getattr(other, one.name))

    def letter(self, document: Document, to: Address, news: str = "", mail_key: str = "") -> None:
        """A document for one person, and the mail that carries it to the address `to`, none where that is blank.

        `mail_key` is where the mail goes again while the document is the one issued before.
        """
        self.documents.append(document)
        person, template = document.facts.person, document.template
        if person is not None and to:
            self.mails.append(
                Mail(
                    key=mail_key or document.key,
                    kind=document.kind,
                    facts=document.facts,
                    to_name=person.full_name,
                    to_address=to,
                    subject=template.subject,
                    message=template.message,
                    documents=(document.key,),
                    source=document.source,
                    because=document.because,
                    news=news,
                )
            )

    def did(
        self, place: Place, action: str, code: str, detail: str, of: Iterable[Document | Mail] = ()
    ) -> None:
        """Notes what was done for a row, in the words of the sheets Journal and Contrôle, by which documents and mails."""
        self.done.append(Done(place, action, code, detail, tells=frozenset(one.key for one in of)))


def total(decided: Iterable[Decided]) -> Decided:
    """All that several steps decided, in their order.

    >>> total([Decided(codes=["S-1"]), Decided(codes=["S-2"])]).codes
    ['S-1', 'S-2']
    """
    found = Decided()
    for one in decided:
        found.add(one)
    return found


def shortened(names: Sequence[str], most: int = 5) -> str:
    """The first of many names, and how many others there are.

    >>> shortened(["Ali", "Zoé"]), shortened(["Ali", "Zoé", "Eva"], 1)
    ('Ali, Zoé', 'Ali et 2 autres')
    """
    shown = ", ".join(names[:most])
    return say("names.others", names=shown, count=len(names) - most) if len(names) > most else shown
