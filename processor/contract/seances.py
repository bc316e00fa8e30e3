"""The columns of the sheets « Séances ouvertes » and « Séances terminées »."""

from processor.model import FINISHED_SHEET, OPEN_SHEET, Registering, State
from processor.model.details import DETAILS
from processor.model.sheets import Accepts, Column, SheetSpec

_SEANCE_COLUMNS = (
    Column(
        "code",
        "Code",
        width=11,
        spellings=("Code de la séance",),
    ),
    Column(
        "name",
        "Nom",
        required=True,
        width=34,
        spellings=("Nom de la séance", "Intitulé de la séance"),
    ),
    Column(
        "session",
        "Session",
        width=14,
        from_list="Sessions",
        spellings=("Code session", "Code de la session"),
    ),
    Column("description", "Description", width=34),
    Column(
        "start",
        "Date de début",
        Accepts.DATETIME,
        required=True,
        width=18,
        spellings=("Début",),
    ),
    Column(
        "end",
        "Date de fin",
        Accepts.DATETIME,
        required=True,
        width=18,
        spellings=("Fin",),
    ),
    Column(
        "day",
        "Date",
        Accepts.DATE,
        offered=False,
        spellings=("Jour", "Date de la séance"),
    ),
    Column("start_time", "Heure de début", Accepts.TIME, offered=False, spellings=("Heure début",)),
    Column("end_time", "Heure de fin", Accepts.TIME, offered=False, spellings=("Heure fin",)),
    Column(
        "registering",
        "Inscription",
        Accepts.CHOICE,
        choices=tuple(Registering),
        width=13,
        spellings=("Inscription aux séances", "Mode d'inscription"),
    ),
    Column(
        "group",
        "Groupe",
        width=13,
        from_list="Groupes",
    ),
    Column("venue", "Lieu", width=22, from_list="Lieux"),
    Column(
        "extra",
        "Infos complémentaires",
        width=30,
        spellings=("Informations complémentaires",),
    ),
    *(
        Column(
            one.field,
            one.header,
            Accepts.CHOICE if one.choices else Accepts.TEXT,
            choices=one.choices,
            spellings=one.spellings,
            width=one.width,
        )
        for one in DETAILS
    ),
    Column(
        "trainers",
        "Formateurs",
        Accepts.NAMES,
        width=24,
        spellings=("Formateur", "Formateur(s)", "Formatrices et formateurs"),
    ),
    Column(
        "places",
        "Places",
        Accepts.WHOLE,
        width=8,
        spellings=("Nombre de places", "Nombre maximum d'utilisateurs"),
    ),
    Column(
        "invitation_template",
        "Modèle d'invitation",
        width=20,
        from_list="Modèles",
    ),
    Column(
        "attestation_template",
        "Modèle d'attestation",
        width=20,
        from_list="Modèles",
    ),
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
    Column(
        "weekdays",
        "Répéter les jours",
        Accepts.WEEKDAYS,
        width=17,
        spellings=("Répéter",),
    ),
    Column("until", "Répéter jusqu'au", Accepts.DATE, width=15),
    Column(
        "weeks",
        "Répéter (semaines)",
        Accepts.WHOLE,
        width=11,
        spellings=("Répéter semaines", "Nombre de semaines"),
    ),
    Column(
        "state",
        "État",
        Accepts.STATE,
        choices=tuple(State),
        width=12,
        spellings=("Statut de la séance",),
    ),
    Column(
        "accepted",
        "Conflit accepté",
        offered=False,
    ),
    Column("series", "Série", width=11, written=True),
    Column("control", "Contrôle", width=44, written=True),
)


OPEN = SheetSpec(
    OPEN_SHEET,
    _SEANCE_COLUMNS,
    "SeancesOuvertes",
)


FINISHED = SheetSpec(
    FINISHED_SHEET,
    _SEANCE_COLUMNS,
    "SeancesTerminees",
    as_in=OPEN.table,
)
