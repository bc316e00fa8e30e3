"""What staff note of a séance in a column of its own, and everybody prints in a line of its own: one table.

A column added here is read, kept, offered to templates (`{{ seance.<placeholder> }}`, and all of them together in
`{{ seance.precisions }}`), and stands on invitations, on the sheet to sign, on the page of the séance and in calendars.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from processor.model.rows import Seance


@dataclass(frozen=True)
class Detail:
    """One such column: its field and header, the name of its placeholder, what it accepts (nothing: any text).

    `link` is whether it is an address of the web, which pages and calendars lead to.
    """

    field: str
    header: str
    placeholder: str
    choices: tuple[str, ...] = ()
    spellings: tuple[str, ...] = ()
    width: int = 16
    link: bool = False


DETAILS = (
    Detail(
        "modality",
        "Modalité",
        "modalite",
        ("Présentiel", "Distanciel", "Mixte"),
        ("Format de la séance",),
        13,
    ),
    Detail("link", "Lien", "lien", spellings=("Lien de connexion", "Lien visio", "URL"), width=26, link=True),
)


def lines(seance: Seance) -> Iterator[str]:
    """The details that staff gave, each after its header, in the order of the table."""
    return (f"{one.header} : {seance.details[one.field]}" for one in DETAILS if one.field in seance.details)


def link(seance: Seance) -> str:
    """The address of the web where the séance is held, or nothing; what is no such address is not followed."""
    found = (seance.details[one.field] for one in DETAILS if one.link and one.field in seance.details)
    return next((text for text in found if text.startswith(("https://", "http://"))), "")
