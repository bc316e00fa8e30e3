"""The words of the mails without a document: those that staff wrote in the sheet Modèles, else the program's own."""

from collections.abc import Iterator

from processor.contract import TEMPLATES
from processor.model import Kind, Wording
from processor.model.catalogue import say
from processor.model.findings import Fault, Finding, Severity
from processor.model.snapshot import Snapshot


def words(snapshot: Snapshot, notice: Kind) -> tuple[str, str]:
    """The subject and message of a mail without a document, with their placeholders.

    A row in error is as if it were not there: who must hear that a séance is cancelled hears it, in the program's words.
    """
    subject, message = notice.subject, notice.message
    row = next((row for row in snapshot.wordings if row.kind is notice), None)
    if row is None or row.place in snapshot.set_aside:
        return subject, message
    if any(fault.severity is Severity.ROW for fault in snapshot.template_faults.get(row.place, ())):
        return subject, message
    return row.subject or subject, row.message or message


def second_wordings(snapshot: Snapshot) -> Iterator[Finding]:
    """A finding for each row that gives words to a mail which another row before it has given already."""
    layout = snapshot.layouts.get(TEMPLATES.name)
    first: dict[Kind, Wording] = {}
    for row in snapshot.wordings if layout else ():
        earlier = first.setdefault(row.kind, row)
        if earlier is not row and layout is not None:
            fault = Fault.of("modele-a-choisir", "twice", row=earlier.place.row, kind=row.kind.label)
            yield snapshot.finding(row.place, "kind", fault, say("modele-a-choisir.twice.why"), Severity.NOTE)
