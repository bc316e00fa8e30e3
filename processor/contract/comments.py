"""The columns of the sheet « Commentaires »."""

from processor.model.sheets import Accepts, Column, SheetSpec

COMMENTS = SheetSpec(
    "Commentaires",
    (
        Column("seance", "Séance", required=True, width=12, spellings=("Code séance",)),
        Column("when", "Date", Accepts.DATETIME, width=16),
        Column("author", "Auteur", width=18),
        Column("text", "Commentaire", required=True, width=70),
        Column(
            "visible",
            "Visible",
            Accepts.YES,
            choices=("oui", "non"),
            width=9,
        ),
    ),
    "Commentaires",
)
