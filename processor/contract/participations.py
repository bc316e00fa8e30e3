"""The columns of the sheet « Participations »."""

from processor.model import Presence, Role, Status
from processor.model.sheets import Accepts, Column, SheetSpec

PARTICIPATIONS = SheetSpec(
    "Participations",
    (
        Column("seance", "Séance", required=True, width=12, spellings=("Code séance",)),
        Column("first_name", "Prénom", required=True, width=16),
        Column("last_name", "Nom", required=True, width=18),
        Column("email", "Courriel", width=30, spellings=("E-mail", "Email", "Mail")),
        Column("role", "Rôle", Accepts.CHOICE, choices=tuple(Role), width=12),
        Column("status", "Statut", Accepts.CHOICE, choices=tuple(Status), width=12),
        Column(
            "presence",
            "Présence",
            Accepts.CHOICE,
            choices=tuple(p for p in Presence if p),
            width=20,
            help="À compléter après la séance : Présent, Absent justifié ou Absent non justifié.",
        ),
        Column(
            "hours",
            "Heures",
            Accepts.NUMBER,
            width=9,
            help="Heures suivies, si la personne n’est pas restée tout le temps.",
        ),
        Column(
            "invited_on", "Invitation envoyée le", Accepts.DATETIME, width=18, help="Écrit par le programme."
        ),
        Column(
            "attested_on",
            "Attestation envoyée le",
            Accepts.DATETIME,
            width=18,
            help="Écrit par le programme.",
        ),
        Column("attestation_number", "Attestation n°", width=15, help="Écrit par le programme."),
        Column(
            "reissue",
            "Réémettre",
            width=24,
            spellings=("Réémettre l'attestation",),
            help="Une attestation émise ne change plus. Écrivez ici pourquoi en refaire une : elle « annule et remplace » la première.",
        ),
        Column(
            "control",
            "Contrôle",
            width=44,
            offered=False,
            help="Écrit par le programme, quand un courriel n’est pas arrivé.",
        ),
    ),
    "Participations",
    "Les lignes sont écrites par le programme ; vous complétez la Présence et, au besoin, les Heures.",
)
