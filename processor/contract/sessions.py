"""The columns of the sheet « Sessions »."""

from processor.model import Registering
from processor.model.sheets import Accepts, Column, SheetSpec

SESSIONS = SheetSpec(
    "Sessions",
    (
        Column("code", "Code", required=True, width=14),
        Column("name", "Nom", required=True, width=34, spellings=("Intitulé",)),
        Column(
            "course",
            "Formation",
            width=14,
            from_list="Formations",
            spellings=("Code formation",),
        ),
        Column("description", "Description", width=34),
        Column("start", "Date de début", Accepts.DATE, width=14),
        Column("end", "Date de fin", Accepts.DATE, width=14),
        Column("trainers", "Formateurs", Accepts.NAMES, width=24),
        Column("places", "Places", Accepts.WHOLE, width=8),
        Column(
            "registering",
            "Inscription",
            Accepts.CHOICE,
            choices=tuple(Registering),
            width=13,
        ),
        Column("invitation_template", "Modèle d'invitation", width=20, from_list="Modèles"),
        Column("certificate_template", "Modèle de certificat", width=20, from_list="Modèles"),
        Column(
            "invite",
            "Inviter",
            Accepts.YES,
            choices=("oui",),
            width=9,
        ),
        Column(
            "attest",
            "Attester",
            Accepts.YES,
            choices=("oui",),
            width=9,
        ),
        Column("control", "Contrôle", width=44, written=True),
    ),
    "Sessions",
)
