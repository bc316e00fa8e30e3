"""The contract with staff as one table: sheets, headers, what each accepts, and the help shown beside it.

The reader recognises headers by it, the new workbook is made from it, and so is the sheet « Mode d'emploi ».
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache

from processor.model import (
    FINISHED_SHEET,
    OPEN_SHEET,
    Kind,
    Notice,
    Presence,
    Registering,
    Role,
    State,
    Status,
)


class Accepts(Enum):
    """What a column's cells hold."""

    TEXT = auto()
    DATE = auto()
    DATETIME = auto()
    TIME = auto()
    WHOLE = auto()
    NUMBER = auto()
    YES = auto()
    CHOICE = auto()
    WEEKDAYS = auto()
    NAMES = auto()
    STATE = auto()


@dataclass(frozen=True)
class Column:
    """One column of the contract. `field` is its name in the code, `width` is in Excel's characters."""

    field: str
    header: str
    accepts: Accepts = Accepts.TEXT
    required: bool = False
    choices: tuple[str, ...] = ()
    help: str = ""
    spellings: tuple[str, ...] = ()
    width: int = 16
    offered: bool = True
    from_list: str = ""


@dataclass(frozen=True)
class SheetSpec:
    """One sheet of the contract. `table` names its Excel table in a new workbook; `help` opens its guide."""

    name: str
    columns: tuple[Column, ...]
    table: str
    help: str = ""
    spellings: tuple[str, ...] = ()

    def column(self, field: str) -> Column:
        """The column of that field name."""
        return next(column for column in self.columns if column.field == field)


# The same names come back thousands of times a night: remembered, the comparison of a large office costs five times less.
@lru_cache(maxsize=1 << 18)
def normalised(text: str) -> str:
    """A header or name as it is compared: without case, accents, kind of apostrophe, line breaks, doubled spaces or
    characters that nobody sees.

    >>> normalised("  Modèle\\nd’INVITATION * ")
    "modele d'invitation"
    >>> normalised("oui\\u200b")
    'oui'
    """
    plain = unicodedata.normalize("NFKD", text.replace("’", "'").replace("ʼ", "'").replace("`", "'"))
    plain = "".join(c for c in plain if not unicodedata.combining(c) and unicodedata.category(c) != "Cf")
    plain = plain.replace("œ", "oe").replace("Œ", "oe")
    return re.sub(r"\s+", " ", plain).strip(" *:\t").casefold()


_REGISTERING = tuple(Registering)
_YES = ("oui",)

_SEANCE_COLUMNS = (
    Column(
        "code",
        "Code",
        width=11,
        spellings=("Code de la séance",),
        help="Laissez vide : le code (S-0001) est attribué la nuit suivante et ne change plus.",
    ),
    Column(
        "name",
        "Nom",
        required=True,
        width=34,
        spellings=("Nom de la séance", "Intitulé de la séance"),
        help="Le nom de la séance, tel qu’il sera imprimé.",
    ),
    Column(
        "session",
        "Session",
        width=14,
        from_list="Sessions",
        spellings=("Code session", "Code de la session"),
        help="Le Code d’une session de la feuille « Sessions ».",
    ),
    Column("description", "Description", width=34, help="Le contenu de la séance."),
    Column(
        "start",
        "Date de début",
        Accepts.DATETIME,
        required=True,
        width=18,
        spellings=("Début",),
        help="Date et heure, par exemple 01/12/2026 09:00.",
    ),
    Column(
        "end",
        "Date de fin",
        Accepts.DATETIME,
        required=True,
        width=18,
        spellings=("Fin",),
        help="Date et heure, après le début. Sans heure, la séance finit à 23:59:59.",
    ),
    Column(
        "day",
        "Date",
        Accepts.DATE,
        offered=False,
        spellings=("Jour", "Date de la séance"),
        help="Avec « Heure de début » et « Heure de fin », à la place des deux dates.",
    ),
    Column("start_time", "Heure de début", Accepts.TIME, offered=False, spellings=("Heure début",)),
    Column("end_time", "Heure de fin", Accepts.TIME, offered=False, spellings=("Heure fin",)),
    Column(
        "registering",
        "Inscription",
        Accepts.CHOICE,
        choices=_REGISTERING,
        width=13,
        spellings=("Inscription aux séances", "Mode d'inscription"),
        help="Automatique : toute la session. Manuelle ou Publique : les lignes de « Inscriptions » qui nomment la séance.",
    ),
    Column(
        "group",
        "Groupe",
        width=13,
        from_list="Groupes",
        help="Groupe de séances ; la limite par personne est dans « Groupes ».",
    ),
    Column("venue", "Lieu", width=22, from_list="Lieux", help="Le Nom d’un lieu de la feuille « Lieux »."),
    Column(
        "extra",
        "Infos complémentaires",
        width=30,
        spellings=("Informations complémentaires",),
        help="Salle, code de la porte, plan : imprimé sur l’invitation.",
    ),
    Column(
        "trainers",
        "Formateurs",
        Accepts.NAMES,
        width=24,
        spellings=("Formateur", "Formateur(s)", "Formatrices et formateurs"),
        help="Des noms de la feuille « Formateurs », séparés par un point-virgule.",
    ),
    Column(
        "places",
        "Places",
        Accepts.WHOLE,
        width=8,
        spellings=("Nombre de places", "Nombre maximum d'utilisateurs"),
        help="Nombre maximum d’inscrits ; vide : sans limite.",
    ),
    Column(
        "invitation_template",
        "Modèle d'invitation",
        width=20,
        from_list="Modèles",
        help="Le Nom d’un modèle de la feuille « Modèles » ; vide : le modèle par défaut.",
    ),
    Column(
        "attestation_template",
        "Modèle d'attestation",
        width=20,
        from_list="Modèles",
        help="Le Nom d’un modèle de la feuille « Modèles » ; vide : le modèle par défaut.",
    ),
    Column(
        "invite",
        "Inviter",
        Accepts.YES,
        choices=_YES,
        width=9,
        help="Écrivez « oui » : les inscrits reçoivent leur invitation la nuit suivante.",
    ),
    Column(
        "attest",
        "Attester",
        Accepts.YES,
        choices=_YES,
        width=9,
        help="Écrivez « oui » : les présents reçoivent leur attestation quand la séance est finie.",
    ),
    Column(
        "weekdays",
        "Répéter les jours",
        Accepts.WEEKDAYS,
        width=17,
        spellings=("Répéter",),
        help="Par exemple « lundi et mercredi », « lu-ve », « tous les jours » ou « jours ouvrés ».",
    ),
    Column("until", "Répéter jusqu'au", Accepts.DATE, width=15, help="Dernier jour possible, compris."),
    Column(
        "weeks",
        "Répéter (semaines)",
        Accepts.WHOLE,
        width=11,
        spellings=("Répéter semaines", "Nombre de semaines"),
        help="Nombre de semaines, si aucune date n’est donnée.",
    ),
    Column(
        "state",
        "État",
        Accepts.STATE,
        choices=tuple(State),
        width=12,
        spellings=("Statut de la séance",),
        help="Confirmée ou Annulée ; « Conflit accepté : motif » fait taire un conflit que vous acceptez.",
    ),
    Column(
        "accepted",
        "Conflit accepté",
        offered=False,
        help="Le motif pour lequel les conflits de la ligne sont acceptés, si vous préférez une colonne à part.",
    ),
    Column("series", "Série", width=11, help="Écrit par le programme : le code de la séance d’origine."),
    Column(
        "control",
        "Contrôle",
        width=44,
        help="Écrit par le programme : ce qui ne va pas, ou ce qui a été fait.",
    ),
)

OPEN = SheetSpec(
    OPEN_SHEET,
    _SEANCE_COLUMNS,
    "SeancesOuvertes",
    "Une ligne par séance à venir. Une séance finie passe d’elle-même dans « Séances terminées ».",
)
FINISHED = SheetSpec(
    FINISHED_SHEET,
    _SEANCE_COLUMNS,
    "SeancesTerminees",
    "Les séances dont la date de fin est passée. Corrigez la date de fin pour rouvrir une séance.",
)

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
            help="Le Code d’une formation.",
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
            choices=_REGISTERING,
            width=13,
            help="Pour les séances de la session qui ne disent rien.",
        ),
        Column("invitation_template", "Modèle d'invitation", width=20, from_list="Modèles"),
        Column("certificate_template", "Modèle de certificat", width=20, from_list="Modèles"),
        Column(
            "invite",
            "Inviter",
            Accepts.YES,
            choices=_YES,
            width=9,
            help="« oui » : invitation à la session entière.",
        ),
        Column(
            "attest",
            "Attester",
            Accepts.YES,
            choices=_YES,
            width=9,
            help="« oui » : attestation de session (ou certificat), quand toutes les séances sont finies.",
        ),
        Column("control", "Contrôle", width=44, help="Écrit par le programme."),
    ),
    "Sessions",
    "Une session réunit des séances et des inscrits.",
)

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
    "Le catalogue : ce que les documents disent de la formation.",
)

REGISTRATIONS = SheetSpec(
    "Inscriptions",
    (
        Column(
            "session",
            "Session",
            width=14,
            from_list="Sessions",
            help="Le Code d’une session…",
            spellings=("Code session",),
        ),
        Column(
            "seance",
            "Séance",
            width=12,
            help="… ou le Code d’une séance (l’un des deux au moins) ; son Nom convient si elle est seule à le porter.",
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
            "invited_on",
            "Invitation envoyée le",
            Accepts.DATETIME,
            width=18,
            offered=False,
            help="Écrit par le programme : l’invitation à la session entière.",
        ),
        Column(
            "attested_on",
            "Attestation envoyée le",
            Accepts.DATETIME,
            width=18,
            offered=False,
            help="Écrit par le programme : l’attestation ou le certificat de la session.",
        ),
        Column("control", "Contrôle", width=44, help="Écrit par le programme."),
    ),
    "Inscriptions",
    "Une ligne par personne et par session (ou par séance).",
    ("Inscrits", "Registre"),
)

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

GROUPS = SheetSpec(
    "Groupes",
    (
        Column("name", "Nom", required=True, width=24),
        Column(
            "limit",
            "Limite",
            Accepts.WHOLE,
            width=10,
            help="Nombre de séances du groupe qu’une personne peut suivre.",
        ),
    ),
    "Groupes",
)

TEMPLATES = SheetSpec(
    "Modèles",
    (
        Column("name", "Nom", required=True, width=28),
        Column("kind", "Type", Accepts.CHOICE, required=True, choices=(*Kind, *Notice), width=26),
        Column(
            "file",
            "Fichier",
            required=True,
            width=32,
            help="Un fichier Word (.docx) du dossier « modeles » ; vide pour un simple message (Modification, Rappel…).",
        ),
        Column(
            "subject", "Objet", width=44, help="L’objet du courriel ; les mêmes {{ mots }} que dans le Word."
        ),
        Column("message", "Message", width=60, help="Le texte du courriel."),
        Column(
            "format",
            "Format",
            Accepts.CHOICE,
            choices=("PDF", "PDF/A", "PDF/UA", "Word"),
            width=9,
            help="PDF, PDF/A (archives), PDF/UA (accessible) ou Word ; vide : PDF si LibreOffice est installé, sinon Word.",
        ),
        Column(
            "oversize",
            "Pièces trop grosses",
            Accepts.CHOICE,
            choices=("zip", "lien"),
            width=12,
            offered=False,
            help="zip ou lien ; vide : zip, et un lien si cela ne suffit pas.",
        ),
    ),
    "Modeles",
    "Les lettres et leurs courriels. Les messages sans lettre (Modification, Rappel…) ont leurs propres mots ; une ligne de leur type "
    "les remplace.",
)

COMMENTS = SheetSpec(
    "Commentaires",
    (
        Column("seance", "Séance", required=True, width=12, spellings=("Code séance",)),
        Column("when", "Date", Accepts.DATETIME, width=16),
        Column("author", "Auteur", width=18),
        Column("text", "Commentaire", required=True, width=70),
        Column(
            "visible",
            "Visible",
            Accepts.YES,
            choices=("oui", "non"),
            width=9,
            help="« non » : le commentaire reste dans le classeur. Vide : oui.",
        ),
    ),
    "Commentaires",
)

CLOSURES = SheetSpec(
    "Fermetures",
    (
        Column("first", "Du", Accepts.DATE, required=True, width=14),
        Column("last", "Au", Accepts.DATE, width=14),
        Column("reason", "Motif", width=34),
    ),
    "Fermetures",
    "Aucune répétition ne tombe ces jours-là, ni les jours fériés.",
)

PARAMETERS = SheetSpec(
    "Paramètres",
    (
        Column("name", "Nom", required=True, width=36, spellings=("Paramètre",)),
        Column("value", "Valeur", width=60),
    ),
    "Parametres",
)

JOURNAL = SheetSpec(
    "Journal",
    (
        Column("when", "Quand", Accepts.DATETIME, required=True, width=18),
        Column("action", "Action", width=24),
        Column("seance", "Séance", width=12),
        Column("detail", "Détail", width=80),
    ),
    "Journal",
    "Écrit par le programme, une ligne par action ; ne modifiez rien ici.",
)

SHEETS = (
    OPEN, FINISHED, SESSIONS, COURSES, REGISTRATIONS, PARTICIPATIONS, TRAINERS, VENUES, GROUPS, TEMPLATES,
    COMMENTS, CLOSURES, PARAMETERS, JOURNAL,
)  # fmt: skip


@dataclass(frozen=True)
class Setting:
    """One line of the sheet Paramètres: `field` of :class:`processor.model.Parameters`, its French name, its help."""

    field: str
    name: str
    help: str = ""
    accepts: Accepts = Accepts.TEXT
    spellings: tuple[str, ...] = ()
    most: int | None = None


SETTINGS = (
    Setting("organisation", "organisme", "Le nom imprimé en tête des documents."),
    Setting("address", "adresse"),
    Setting("postcode", "code postal"),
    Setting("city", "ville", "Aussi le lieu de signature des documents."),
    Setting("phone", "téléphone"),
    Setting("email", "courriel", "L’adresse de contact imprimée sur les documents."),
    Setting("website", "site internet"),
    Setting("siret", "SIRET"),
    Setting(
        "declaration_number", "n° de déclaration d'activité", spellings=("numéro de déclaration d'activité",)
    ),
    Setting("signatory", "signataire", "Qui signe les attestations."),
    Setting("signatory_title", "fonction du signataire"),
    Setting("zone", "fuseau horaire", "Par exemple Europe/Paris."),
    Setting("country", "pays des jours fériés", "FR, BE, LU, CH… (code à deux lettres ou nom du pays)."),
    Setting(
        "alsace_moselle",
        "alsace-moselle",
        "oui : les jours fériés d’Alsace-Moselle comptent aussi.",
        Accepts.YES,
    ),
    Setting("keep_holidays", "séances un jour férié", "sauter (par défaut) ou garder.", Accepts.CHOICE),
    Setting(
        "sender",
        "expéditeur",
        "L’adresse qui envoie les courriels, par exemple « Centre Ligne 9 <contact@exemple.fr> ».",
    ),
    Setting("reply_to", "réponse à", "L’adresse qui reçoit les réponses."),
    Setting("report_to", "rapport à", "L’adresse qui reçoit le résumé de la nuit ; vide : pas de courriel."),
    Setting(
        "mails_per_night",
        "courriels par nuit",
        "Au-delà, le traitement demande un accord (500).",
        Accepts.WHOLE,
    ),
    Setting(
        "repetition_name",
        "nom des répétitions",
        "Par exemple « {{ nom }} ({{ numero }}) » ; vide : le même nom.",
    ),
    Setting(
        "automatic_invitation_days",
        "invitation automatique (jours avant)",
        "Vide : seulement sur demande.",
        Accepts.WHOLE,
        most=366,
    ),
    Setting(
        "automatic_attestation",
        "attestation automatique",
        "oui : dès que les présences sont complètes.",
        Accepts.YES,
    ),
    Setting(
        "reminder_days",
        "rappel (jours ouvrés avant)",
        "Les invités reçoivent un rappel ; jours fériés et fermetures ne comptent pas. Vide : jamais.",
        Accepts.WHOLE,
        ("rappel",),
        most=366,
    ),
    Setting(
        "chase_days",
        "relance des présences (jours après)",
        "Le formateur est relancé quand des présences manquent. Vide : jamais.",
        Accepts.WHOLE,
        most=366,
    ),
    Setting(
        "absence_follow_up",
        "suivi des absences non justifiées",
        "oui : la personne est invitée à envoyer un justificatif.",
        Accepts.YES,
        ("suivi des absences",),
    ),
    Setting(
        "midday_break",
        "pause de midi (minutes)",
        "Retirée des heures d’une journée qui va du matin à l’après-midi ; vide ou 0 : aucune.",
        Accepts.WHOLE,
        most=480,
    ),
    Setting(
        "emargement_days",
        "feuille d'émargement (jours avant)",
        "7 par défaut ; 0 : jamais.",
        Accepts.WHOLE,
        most=366,
    ),
    Setting(
        "calendar_answers",
        "agenda : demander une réponse",
        "oui : l’invité accepte ou décline dans son agenda, et sa réponse vous revient par courriel.",
        Accepts.YES,
    ),
    Setting(
        "calendar_alarm",
        "agenda : alarme (minutes avant)",
        "Vide : pas d’alarme dans l’agenda des invités.",
        Accepts.WHOLE,
        most=40320,
    ),
    Setting(
        "attachments_mb",
        "pièces jointes (Mo au plus)",
        "10 par défaut ; au-delà, les pièces sont compressées ou remplacées par un lien.",
        Accepts.WHOLE,
        most=100,
    ),
    Setting(
        "documents_url",
        "adresse des documents",
        "L’adresse web du dossier « documents », pour les liens ; vide : pas de lien.",
    ),
    Setting("default:Invitation à une séance", "modèle d'invitation à une séance"),
    Setting("default:Invitation à une session", "modèle d'invitation à une session"),
    Setting("default:Attestation de séance", "modèle d'attestation de séance"),
    Setting("default:Attestation de session", "modèle d'attestation de session"),
    Setting("default:Feuille d'émargement", "modèle de feuille d'émargement"),
    Setting("default:Certificat de réalisation", "modèle de certificat de réalisation"),
)
