"""What one rule decided, to be gathered into the plan."""

from dataclasses import dataclass, field

from processor.model import Place
from processor.model.address import Address
from processor.model.findings import Finding
from processor.model.plan import Document, Mail, NewRow, Write


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

    def letter(self, document: Document, to: Address, told: str = "", mail_key: str = "") -> None:
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
                    told=told,
                )
            )

    def did(self, place: Place, action: str, code: str, detail: str) -> None:
        """Notes what was done for a row: the words of the sheets Journal and Contrôle."""
        self.done.append((place, action, code, detail))


def plural(count: int, one: str, many: str = "") -> str:
    """A count with its noun.

    >>> plural(1, "invitation"), plural(3, "invitation"), plural(2, "jour sauté", "jours sautés")
    ('1 invitation', '3 invitations', '2 jours sautés')
    """
    return f"{count} {one if count < 2 else many or one + 's'}"
