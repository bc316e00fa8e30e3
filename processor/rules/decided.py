"""What one rule decided, to be gathered into the plan."""

from dataclasses import dataclass, field

from processor.findings import Finding
from processor.model import Place
from processor.rules.actions import Document, Mail, NewRow, Write


@dataclass
class Decided:
    """Actions and findings of one rule; `done` is by row, in words for Contrôle and Journal."""

    documents: list[Document] = field(default_factory=list)
    mails: list[Mail] = field(default_factory=list)
    writes: list[Write] = field(default_factory=list)
    rows: list[NewRow] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    done: list[tuple[Place, str, str, str]] = field(default_factory=list)

    def add(self, other: "Decided") -> None:
        """Gathers what another rule decided."""
        self.documents += other.documents
        self.mails += other.mails
        self.writes += other.writes
        self.rows += other.rows
        self.findings += other.findings
        self.done += other.done

    def did(self, place: Place, action: str, code: str, detail: str) -> None:
        """Notes what was done for a row: the words of the sheets Journal and Contrôle."""
        self.done.append((place, action, code, detail))


def plural(count: int, one: str, many: str = "") -> str:
    """A count with its noun.

    >>> plural(1, "invitation"), plural(3, "invitation"), plural(2, "jour sauté", "jours sautés")
    ('1 invitation', '3 invitations', '2 jours sautés')
    """
    return f"{count} {one if count < 2 else many or one + 's'}"
