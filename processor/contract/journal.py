"""The columns of the sheet « Journal »."""

from processor.model.sheets import Accepts, Column, SheetSpec

JOURNAL = SheetSpec(
    "Journal",
    (
        Column("when", "Quand", Accepts.DATETIME, required=True, width=18),
        Column("action", "Action", width=24),
        Column("seance", "Séance", width=12),
        Column("detail", "Détail", width=80),
    ),
    "Journal",
    "Écrit par le programme, une ligne par action ; ne modifiez rien ici.",
)
