"""The columns of the sheet « Participations »."""

from processor.model import Presence, Role, Status
from processor.model.sheets import Accepts, Column, SheetSpec

PARTICIPATIONS = SheetSpec(
    "Participations",
    (
        Column("seance", "Séance", required=True, width=12, spellings=("Code séance",), written=True),
        Column("first_name", "Prénom", required=True, width=16, written=True),
        Column("last_name", "Nom", required=True, width=18, written=True),
        Column("email", "Courriel", width=30, spellings=("E-mail", "Email", "Mail"), written=True),
        Column("role", "Rôle", Accepts.CHOICE, choices=tuple(Role), width=12, written=True),
        Column("status", "Statut", Accepts.CHOICE, choices=tuple(Status), width=12, written=True),
        Column(
            "presence",
            "Présence",
            Accepts.CHOICE,
            choices=tuple(p for p in Presence if p),
            width=20,
        ),
        Column(
            "hours",
            "Heures",
            Accepts.NUMBER,
            width=9,
        ),
        Column("invited_on", "Invitation envoyée le", Accepts.DATETIME, width=18, written=True),
        Column("attested_on", "Attestation envoyée le", Accepts.DATETIME, width=18, written=True),
        Column("attestation_number", "Attestation n°", width=15, written=True),
        Column(
            "reissue",
            "Réémettre",
            width=24,
            spellings=("Réémettre l'attestation",),
        ),
        Column("control", "Contrôle", width=44, offered=False, written=True),
    ),
    "Participations",
)
