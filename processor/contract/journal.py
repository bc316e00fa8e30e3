"""The columns of the sheet « Journal »."""

from processor.model.sheets import Accepts, Column, SheetSpec

JOURNAL = SheetSpec(
    "Journal",
    (
        Column("when", "Quand", Accepts.DATETIME, required=True, width=18, written=True),
        Column("action", "Action", width=24, written=True),
        Column("seance", "Séance", width=12, written=True),
        Column("detail", "Détail", width=80, written=True),
    ),
    "Journal",
)
