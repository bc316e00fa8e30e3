"""The columns of the sheet « Modèles »."""

from processor.model import DOCUMENTS, NOTICES
from processor.model.sheets import Accepts, Column, SheetSpec

TEMPLATES = SheetSpec(
    "Modèles",
    (
        Column("name", "Nom", required=True, width=28),
        Column(
            "kind",
            "Type",
            Accepts.CHOICE,
            required=True,
            choices=tuple(kind.label for kind in (*DOCUMENTS, *NOTICES)),
            width=26,
        ),
        Column(
            "file",
            "Fichier",
            required=True,
            width=32,
        ),
        Column("subject", "Objet", width=44),
        Column("message", "Message", width=60),
        Column(
            "format",
            "Format",
            Accepts.CHOICE,
            choices=("PDF", "PDF/A", "PDF/UA", "Word"),
            width=9,
        ),
        Column(
            "oversize",
            "Pièces trop grosses",
            Accepts.CHOICE,
            choices=("zip", "lien"),
            width=12,
            offered=False,
        ),
    ),
    "Modeles",
)
