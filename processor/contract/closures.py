"""The columns of the sheet « Fermetures »."""

from processor.model.sheets import Accepts, Column, SheetSpec

CLOSURES = SheetSpec(
    "Fermetures",
    (
        Column("first", "Du", Accepts.DATE, required=True, width=14),
        Column("last", "Au", Accepts.DATE, width=14),
        Column("reason", "Motif", width=34),
    ),
    "Fermetures",
)
