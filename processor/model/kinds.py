"""The kinds of document and of mail."""

from enum import StrEnum


class Kind(StrEnum):
    """The six kinds of document, as staff name them in the column Type of Modèles."""

    SEANCE_INVITATION = "Invitation à une séance"
    SESSION_INVITATION = "Invitation à une session"
    SEANCE_ATTESTATION = "Attestation de séance"
    SESSION_ATTESTATION = "Attestation de session"
    EMARGEMENT = "Feuille d'émargement"
    CERTIFICATE = "Certificat de réalisation"


class Notice(StrEnum):
    """The mails without a document. Staff may give their words in the sheet Modèles, under these names."""

    MODIFICATION = "Modification"
    CANCELLATION = "Annulation d'une séance"
    REMINDER = "Rappel"
    CHASE = "Relance des présences"
    ABSENCE = "Suivi d'absence"
