"""The columns of the sheet « Groupes »."""

from processor.model.sheets import Accepts, Column, SheetSpec

GROUPS = SheetSpec(
    "Groupes",
    (
        Column("name", "Nom", required=True, width=24),
        Column(
            "limit",
            "Limite",
            Accepts.WHOLE,
            width=10,
        ),
    ),
    "Groupes",
)
