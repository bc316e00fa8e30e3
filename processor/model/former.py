"""The kinds as programs before slugs keyed them: by the words that people read.

These words are no labels any more and never change, whatever people come to read. What a journal forgot the person of keeps
the key that it had then, because only who knows the person can compute another.
"""

import hashlib
from collections.abc import Mapping
from types import MappingProxyType

from processor.model.kinds import Kind

WORDS: Mapping[Kind, str] = MappingProxyType(
    {
        Kind.SEANCE_INVITATION: "Invitation à une séance",
        Kind.SESSION_INVITATION: "Invitation à une session",
        Kind.SEANCE_ATTESTATION: "Attestation de séance",
        Kind.SESSION_ATTESTATION: "Attestation de session",
        Kind.EMARGEMENT: "Feuille d'émargement",
        Kind.CERTIFICATE: "Certificat de réalisation",
        Kind.MODIFICATION: "Modification",
        Kind.CANCELLATION: "Annulation d'une séance",
        Kind.REMINDER: "Rappel",
        Kind.CHASE: "Relance des présences",
        Kind.ABSENCE: "Suivi d'absence",
        Kind.ADDED: "Modification",
        Kind.SUMMARY: "Résumé de la nuit",
        Kind.LIST: "Liste",
    }
)


def words(kind: Kind) -> str:
    """What was digested for a kind: its old words, or the slug of a kind that is younger than slugs."""
    return WORDS.get(kind, kind.slug)


def former_key(kind: Kind, subject: str, person: str = "", version: int = 1) -> str:
    """The key that a program before slugs gave to a mail or document.

    >>> former_key(Kind.SEANCE_INVITATION, "S-0001", "dupont zoe")
    'ecfb34af4ca9ce24714e'
    """
    return keyed(words(kind), subject, person, version)


def keyed(word: str, subject: str, person: str, version: int) -> str:
    """Twenty digits of the digest of what a mail or document is: of what kind, about what, for whom, which version."""
    return hashlib.sha256("\x1f".join((word, subject, person, str(version))).encode()).hexdigest()[:20]
