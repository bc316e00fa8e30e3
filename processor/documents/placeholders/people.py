"""The placeholders about people: the person a document is for, the participants, the trainers."""

from collections.abc import Iterable
from typing import Any

from processor.documents.placeholders.fields import Field, alphabetical, cleaned, read
from processor.model import Attendee, Role, Status, Trainer, french

_TITLES = {
    "mme": "Madame",
    "mlle": "Madame",
    "madame": "Madame",
    "m": "Monsieur",
    "mr": "Monsieur",
    "monsieur": "Monsieur",
}


def salutation(person: Attendee) -> str:
    """How a letter addresses the person; neutral when staff gave no civilité.

    >>> salutation(Attendee("k", "Zoé", "Dupont", civility="Mme")), salutation(Attendee("k", "Zoé", "Dupont"))
    ('Madame Dupont', 'Bonjour Zoé Dupont')
    """
    title = _TITLES.get(person.civility.strip(" .").casefold(), "")
    return f"{title} {person.last_name}".strip() if title else f"Bonjour {person.full_name}".strip()


def identity(person: Attendee) -> str:
    """The civilité and the full name, as a certificate prints them.

    >>> identity(Attendee("k", "Zoé", "Dupont", civility="Mme"))
    'Mme Zoé Dupont'
    """
    return f"{person.civility} {person.full_name}".strip()


PERSON: tuple[Field[Attendee], ...] = (
    Field("civilite", "Civilité", "Mme", lambda person: person.civility),
    Field("prenom", "Prénom", "Zoé", lambda person: person.first_name, ("first_name", "user_first_name")),
    Field(
        "nom", "Nom de famille", "Dupont", lambda person: person.last_name, ("last_name", "user_last_name")
    ),
    Field("nom_complet", "Prénom et nom", "Zoé Dupont", lambda person: person.full_name),
    Field(
        "nom_liste", "Nom puis prénom, comme dans une liste", "Dupont Zoé", lambda person: person.listed_name
    ),
    Field("identite", "Civilité, prénom et nom", "Mme Zoé Dupont", identity),
    Field("salutation", "Début d'une lettre, selon la civilité", "Madame Dupont", salutation),
    Field("courriel", "Adresse de courriel", "zoe.dupont@example.fr", lambda person: str(person.email)),
    Field("employeur", "Employeur", "Imprimerie Dupont & Fils", lambda person: person.employer),
    Field("role", "Participant ou Formateur", "Participant", lambda person: person.role.value),
    Field(
        "presence",
        "Présence notée par l'équipe",
        "Présent",
        lambda person: person.presence.value or "Non renseigné",
        ("event_presence_status",),
    ),
    Field("heures", "Heures suivies", "10 h 30", lambda person: french.hours(person.hours)),
    Field(
        "autres",
        "Une de vos propres colonnes de « Inscriptions », ici « Service »",
        "Comptabilité",
        lambda person: {name: cleaned(str(value)) for name, value in person.others.items()},
    ),
)

TRAINER: tuple[Field[Trainer], ...] = (
    Field("prenom", "Prénom", "Anne", lambda trainer: trainer.first_name),
    Field("nom", "Nom de famille", "Martin", lambda trainer: trainer.last_name),
    Field("nom_complet", "Prénom et nom", "Anne Martin", lambda trainer: trainer.full_name),
    Field("courriel", "Adresse de courriel", "anne.martin@example.fr", lambda trainer: str(trainer.email)),
    Field("telephone", "Téléphone", "04 72 00 00 00", lambda trainer: trainer.phone),
)


def participants(attendees: Iterable[Attendee]) -> list[dict[str, Any]]:
    """The registered participants in the order of a directory; who waits or teaches is not among them."""
    chosen = [one for one in attendees if one.role is Role.PARTICIPANT and one.status is Status.REGISTERED]
    chosen.sort(key=lambda one: (alphabetical(one.last_name), alphabetical(one.first_name)))
    return [read(PERSON, one) for one in chosen]


def trainers(known: Iterable[Trainer]) -> list[dict[str, Any]]:
    """The trainers in the order in which staff named them."""
    return [read(TRAINER, trainer) for trainer in known]
