"""The columns of the sheet « Formateurs »."""

from processor.model.sheets import Column, SheetSpec

TRAINERS = SheetSpec(
    "Formateurs",
    (
        Column("first_name", "Prénom", required=True, width=16),
        Column("last_name", "Nom", required=True, width=18),
        Column("email", "Courriel", width=30, spellings=("E-mail", "Email", "Mail")),
        Column("phone", "Téléphone", width=16, spellings=("Tél.", "Tél", "Portable")),
    ),
    "Formateurs",
)
