"""The columns of the sheet « Formations »."""

from processor.model.sheets import Accepts, Column, SheetSpec

COURSES = SheetSpec(
    "Formations",
    (
        Column("code", "Code", required=True, width=14),
        Column("title", "Titre", required=True, width=40, spellings=("Intitulé", "Nom")),
        Column("description", "Description", width=40),
        Column("objectives", "Objectifs", width=40),
        Column(
            "nature",
            "Nature de l'action",
            width=24,
            choices=("action de formation", "bilan de compétences", "VAE", "apprentissage"),
        ),
        Column("hours", "Durée (heures)", Accepts.NUMBER, width=12, spellings=("Durée",)),
    ),
    "Formations",
)
