"""The numbers of attestations: `2026-000123`, one after the other within a year, and which attestation replaces which."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import count

from processor.model import Kind
from processor.model.past import DocumentRecord, Known
from processor.model.plan import Document
from processor.model.snapshot import Snapshot
from processor.rules.decided import Decided


def numbered(snapshot: Snapshot, documents: Iterable[Document]) -> list[Document]:
    """The documents with the number that each attestation bears: the year's next ones, in order."""
    year = snapshot.now.year
    return _counted(documents, year, max(_taken(snapshot, year), default=0) + 1)


def with_numbers(snapshot: Snapshot, decided: Decided) -> Decided:
    """What was decided, with the numbers of the attestations on them and on the mails that carry them."""
    documents = numbered(snapshot, decided.documents)
    facts = {document.key: document.facts for document in documents}
    mails = [replace(mail, facts=facts.get(mail.key, mail.facts)) for mail in decided.mails]
    return replace(decided, documents=documents, mails=mails)


def closed_up(planned: Iterable[Document], kept: Iterable[Document]) -> list[Document]:
    """The kept documents numbered again, from the first number of all that were planned on.

    A number that was planned and not issued would be a hole in the year's sequence, which nobody could explain later.
    """
    numbers = [document.facts.number for document in planned if document.facts.number]
    if not numbers:
        return list(kept)
    year, _, first = min(numbers).partition("-")
    return _counted(kept, int(year), int(first))


def latest(known: Known, kind: Kind, subject: str, person: str) -> tuple[int, DocumentRecord | None]:
    """The newest version of a person's attestation and the document, or (0, None) when none was ever issued.

    The first version may be unknown: the journal that held it was lost, and the workbook alone told its number.
    """
    version, found = 0, None
    for number in count(1):
        document = known.document(kind, subject, person, number)
        if document is not None:
            version, found = number, document
        elif number > 1:
            break
    return version, found


def _counted(documents: Iterable[Document], year: int, number: int) -> list[Document]:
    counted = []
    for document in documents:
        if document.kind.traits.attests:
            facts = replace(document.facts, number=f"{year}-{number:06}")
            counted.append(replace(document, facts=facts))
            number += 1
        else:
            counted.append(document)
    return counted


def _taken(snapshot: Snapshot, year: int) -> Iterator[int]:
    """The numbers of the year that the journal knows, and those that the workbook shows when the journal was lost."""
    issued = [document.number for document in snapshot.known.documents.values()]
    for number in (*issued, *(row.attestation_number for row in snapshot.participations)):
        start, _, rest = number.partition("-")
        if start == str(year) and rest.isdigit():
            yield int(rest)
