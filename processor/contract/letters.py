"""The six letters of a new workbook: what the sheet Modèles holds at first, and what holds where there is no such sheet.

Their places name no sheet, since they stand in none.
"""

from processor.model import Kind, Place, Template

_GREETING = "Bonjour {{ personne.prenom }} {{ personne.nom }},\n\n"
_SIGNATURE = "\n\nBien cordialement,\n{{ organisme.nom }}"


def _letter(name: str, kind: Kind, file: str, subject: str = "", message: str = "") -> Template:
    body = _GREETING + message + _SIGNATURE if message else ""
    return Template(Place("", list(Kind).index(kind) + 1), name, kind, file, subject, body)


LETTERS = (
    _letter(
        "Invitation à une séance",
        Kind.SEANCE_INVITATION,
        "invitation-seance.docx",
        "Invitation : {{ seance.nom }}, {{ seance.debut }}",
        "Vous êtes invité(e) à la séance « {{ seance.nom }} ».\n\nQuand : {{ seance.horaire }}\n"
        "{% if seance.lieu %}Où : {{ seance.lieu }}\n{{ seance.adresse }}\n{% endif %}"
        "{% if seance.infos %}\n{{ seance.infos }}\n{% endif %}\n"
        "Vous trouverez votre invitation en pièce jointe.",
    ),
    _letter(
        "Invitation à une session",
        Kind.SESSION_INVITATION,
        "invitation-session.docx",
        "Invitation : {{ session.nom }}",
        "Vous êtes invité(e) à la session « {{ session.nom }} ». Le calendrier de vos séances est dans l’invitation jointe.",
    ),
    _letter(
        "Attestation de séance",
        Kind.SEANCE_ATTESTATION,
        "attestation-seance.docx",
        "Votre attestation : {{ seance.nom }}",
        "Vous avez suivi la séance « {{ seance.nom }} » ({{ seance.horaire }}). Votre attestation est en pièce jointe.",
    ),
    _letter(
        "Attestation de session",
        Kind.SESSION_ATTESTATION,
        "attestation-session.docx",
        "Votre attestation : {{ session.nom }}",
        "Vous avez suivi la session « {{ session.nom }} ». Votre attestation est en pièce jointe.",
    ),
    _letter("Feuille d'émargement", Kind.EMARGEMENT, "feuille-emargement.docx"),
    _letter(
        "Certificat de réalisation",
        Kind.CERTIFICATE,
        "certificat-realisation.docx",
        "Votre certificat de réalisation : {{ session.nom }}",
        "Vous trouverez en pièce jointe le certificat de réalisation de la session « {{ session.nom }} ».",
    ),
)
