"""The columns of the sheet « Paramètres »."""

from dataclasses import dataclass

from processor.model.sheets import Accepts, Column, SheetSpec

PARAMETERS = SheetSpec(
    "Paramètres",
    (
        Column("name", "Nom", required=True, width=36, spellings=("Paramètre",)),
        Column("value", "Valeur", width=60),
    ),
    "Parametres",
)


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
