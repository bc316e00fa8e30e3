"""The six letters of a new workbook: what the sheet Modèles holds at first, and what holds where there is no such sheet.

Their places name no sheet, since they stand in none.
"""

from processor.model import Kind, Place, Template
from processor.model.catalogue import known, verbatim

_FILES = {
    Kind.SEANCE_INVITATION: "invitation-seance.docx",
    Kind.SESSION_INVITATION: "invitation-session.docx",
    Kind.SEANCE_ATTESTATION: "attestation-seance.docx",
    Kind.SESSION_ATTESTATION: "attestation-session.docx",
    Kind.EMARGEMENT: "feuille-emargement.docx",
    Kind.CERTIFICATE: "certificat-realisation.docx",
}


def _letter(row: int, kind: Kind, file: str) -> Template:
    """The letter of a kind, with the mail that carries it where the catalogue has one."""
    slug = f"letter.{kind.name.lower()}"
    if not known(f"{slug}.message"):
        return Template(Place("", row), kind.value, kind, file)
    message = verbatim("letter.greeting") + verbatim(f"{slug}.message") + verbatim("letter.signature")
    return Template(Place("", row), kind.value, kind, file, verbatim(f"{slug}.subject"), message)


LETTERS = tuple(_letter(row, kind, file) for row, (kind, file) in enumerate(_FILES.items(), 1))
