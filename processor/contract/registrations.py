"""The columns of the sheet « Inscriptions »."""

from processor.model import REGISTRATIONS_SHEET, Role, Status
from processor.model.sheets import Accepts, Column, SheetSpec

REGISTRATIONS = SheetSpec(
    REGISTRATIONS_SHEET,
    (
        Column(
            "session",
            "Session",
            width=14,
            from_list="Sessions",
            spellings=("Code session",),
        ),
        Column(
            "seance",
            "Séance",
            width=12,
            spellings=("Code séance",),
        ),
        Column("civility", "Civilité", width=9, choices=("Mme", "M.")),
        Column("first_name", "Prénom", required=True, width=16, spellings=("Prénoms",)),
        Column("last_name", "Nom", required=True, width=18, spellings=("Nom de famille",)),
        Column(
            "email",
            "Courriel",
            width=30,
            spellings=(
                "E-mail",
                "Email",
                "Mail",
                "Adresse e-mail",
                "Adresse mail",
                "Adresse électronique",
                "Mél",
            ),
        ),
        Column("employer", "Employeur", width=24, spellings=("Entreprise", "Société", "Organisme employeur")),
        Column("role", "Rôle", Accepts.CHOICE, choices=tuple(Role), width=12),
        Column("status", "Statut", Accepts.CHOICE, choices=tuple(Status), width=12),
        Column("since", "Inscrit le", Accepts.DATETIME, width=16, spellings=("Date d'inscription",)),
        Column(
            "invited_on", "Invitation envoyée le", Accepts.DATETIME, width=18, offered=False, written=True
        ),
        Column(
            "attested_on", "Attestation envoyée le", Accepts.DATETIME, width=18, offered=False, written=True
        ),
        Column("control", "Contrôle", width=44, written=True),
    ),
    "Inscriptions",
    spellings=("Inscrits", "Registre"),
)
