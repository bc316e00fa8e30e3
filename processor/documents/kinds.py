"""The kinds of document as a command line and a file name give them: `attestation-seance`, `certificat-realisation`."""

from processor.model import DOCUMENTS, Kind

SLUGS: dict[str, Kind] = {kind.slug: kind for kind in DOCUMENTS}


def kind_of_name(name: str) -> Kind | None:
    """The kind that the name of a file begins with, or None.

    >>> kind_of_name("invitation-seance (2026).docx").label, kind_of_name("lettre.docx")
    ('Invitation à une séance', None)
    """
    return next((kind for slug, kind in SLUGS.items() if name.casefold().startswith(slug)), None)
