"""The columns of the sheet « Paramètres »."""

from dataclasses import dataclass

from processor.model.catalogue import explained
from processor.model.kinds import DOCUMENTS
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
    """One line of the sheet Paramètres: `field` of :class:`processor.model.Parameters`, its French name."""

    field: str
    name: str
    accepts: Accepts = Accepts.TEXT
    spellings: tuple[str, ...] = ()
    most: int | None = None

    @property
    def help(self) -> str:
        """What it sets: the slug `setting.<field>.help`; blank where the catalogue has none."""
        return explained(f"setting.{self.field.partition(':')[0]}.help")


def _of(label: str) -> str:
    """The label of a kind after « modèle ».

    >>> _of("Attestation de séance"), _of("Certificat de réalisation")
    ("d'attestation de séance", 'de certificat de réalisation')
    """
    said = label[0].lower() + label[1:]
    return f"d'{said}" if said[0] in "aeéiou" else f"de {said}"


SETTINGS = (
    Setting("organisation", "organisme"),
    Setting("address", "adresse"),
    Setting("postcode", "code postal"),
    Setting("city", "ville"),
    Setting("phone", "téléphone"),
    Setting("email", "courriel"),
    Setting("website", "site internet"),
    Setting("siret", "SIRET"),
    Setting(
        "declaration_number", "n° de déclaration d'activité", spellings=("numéro de déclaration d'activité",)
    ),
    Setting("signatory", "signataire"),
    Setting("signatory_title", "fonction du signataire"),
    Setting("zone", "fuseau horaire"),
    Setting("country", "pays des jours fériés"),
    Setting(
        "alsace_moselle",
        "alsace-moselle",
        Accepts.YES,
    ),
    Setting("keep_holidays", "séances un jour férié", Accepts.CHOICE),
    Setting(
        "sender",
        "expéditeur",
    ),
    Setting("reply_to", "réponse à"),
    Setting("report_to", "rapport à"),
    Setting(
        "mails_per_night",
        "courriels par nuit",
        Accepts.WHOLE,
    ),
    Setting(
        "repetition_name",
        "nom des répétitions",
    ),
    Setting(
        "automatic_invitation_days",
        "invitation automatique (jours avant)",
        Accepts.WHOLE,
        most=366,
    ),
    Setting(
        "automatic_attestation",
        "attestation automatique",
        Accepts.YES,
    ),
    Setting(
        "reminder_days",
        "rappel (jours ouvrés avant)",
        Accepts.WHOLE,
        ("rappel",),
        most=366,
    ),
    Setting(
        "chase_days",
        "relance des présences (jours après)",
        Accepts.WHOLE,
        most=366,
    ),
    Setting(
        "absence_follow_up",
        "suivi des absences non justifiées",
        Accepts.YES,
        ("suivi des absences",),
    ),
    Setting(
        "midday_break",
        "pause de midi (minutes)",
        Accepts.WHOLE,
        most=480,
    ),
    Setting(
        "emargement_days",
        "feuille d'émargement (jours avant)",
        Accepts.WHOLE,
        most=366,
    ),
    Setting(
        "calendar_answers",
        "agenda : demander une réponse",
        Accepts.YES,
    ),
    Setting(
        "calendar_alarm",
        "agenda : alarme (minutes avant)",
        Accepts.WHOLE,
        most=40320,
    ),
    Setting(
        "attachments_mb",
        "pièces jointes (Mo au plus)",
        Accepts.WHOLE,
        most=100,
    ),
    Setting(
        "documents_url",
        "adresse des documents",
    ),
    *(Setting(f"default:{kind.slug}", f"modèle {_of(kind.label)}") for kind in DOCUMENTS),
)
