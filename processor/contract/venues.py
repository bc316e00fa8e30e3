"""The columns of the sheet « Lieux »."""

from processor.model.sheets import Accepts, Column, SheetSpec

VENUES = SheetSpec(
    "Lieux",
    (
        Column("name", "Nom", required=True, width=24),
        Column("address", "Adresse", width=34),
        Column("postcode", "Code postal", width=11, spellings=("CP",)),
        Column("city", "Ville", width=18),
        Column("country", "Pays", width=12),
        Column("phone", "Téléphone", width=16, spellings=("Tél.", "Tél")),
        Column("capacity", "Capacité", Accepts.WHOLE, width=10),
    ),
    "Lieux",
)
