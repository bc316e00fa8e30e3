"""The placeholders about people: the person a document is for, the participants, the trainers."""

from collections.abc import Iterable
from typing import Any

from processor.documents.placeholders.fields import Field, alphabetical, cleaned, read
from processor.model import Attendee, Role, Status, Trainer, french
from processor.model.catalogue import say
from processor.model.printed import PRINTED

_SALUTATIONS = {"mme": "mrs", "mlle": "mrs", "madame": "mrs", "m": "mr", "mr": "mr", "monsieur": "mr"}


def salutation(person: Attendee) -> str:
    """How a letter addresses the person; neutral when staff gave no civilité.

    >>> salutation(Attendee("k", "Zoé", "Dupont", civility="Mme")), salutation(Attendee("k", "Zoé", "Dupont"))
    ('Madame Dupont', 'Bonjour Zoé Dupont')
    """
    known = _SALUTATIONS.get(person.civility.strip(" .").casefold())
    name = person.last_name if known else person.full_name
    return say(f"salutation.{known or 'neutral'}", name=name).strip()


def identity(person: Attendee) -> str:
    """The civilité and the full name, as a certificate prints them.

    >>> identity(Attendee("k", "Zoé", "Dupont", civility="Mme"))
    'Mme Zoé Dupont'
    """
    return f"{person.civility} {person.full_name}".strip()


PERSON: tuple[Field[Attendee], ...] = (
    Field("civilite", lambda person: person.civility),
    Field("prenom", lambda person: person.first_name, ("first_name", "user_first_name")),
    Field("nom", lambda person: person.last_name, ("last_name", "user_last_name")),
    Field("nom_complet", lambda person: person.full_name),
    Field("nom_liste", lambda person: person.listed_name),
    Field("identite", identity),
    Field("salutation", salutation),
    *(Field(column.placeholder, column.text) for column in PRINTED if column.placeholder),
    Field(
        "presence",
        lambda person: person.presence.value or say("presence.unknown"),
        ("event_presence_status",),
    ),
    Field("heures", lambda person: french.hours(person.hours)),
    Field("autres", lambda person: {name: cleaned(str(value)) for name, value in person.others.items()}),
)

TRAINER: tuple[Field[Trainer], ...] = (
    Field("prenom", lambda trainer: trainer.first_name),
    Field("nom", lambda trainer: trainer.last_name),
    Field("nom_complet", lambda trainer: trainer.full_name),
    Field("courriel", lambda trainer: str(trainer.email)),
    Field("telephone", lambda trainer: trainer.phone),
)


def participants(attendees: Iterable[Attendee]) -> list[dict[str, Any]]:
    """The registered participants in the order of a directory; who waits or teaches is not among them."""
    chosen = [one for one in attendees if one.role is Role.PARTICIPANT and one.status is Status.REGISTERED]
    chosen.sort(key=lambda one: (alphabetical(one.last_name), alphabetical(one.first_name)))
    return [read(PERSON, one) for one in chosen]


def trainers(known: Iterable[Trainer]) -> list[dict[str, Any]]:
    """The trainers in the order in which staff named them."""
    return [read(TRAINER, trainer) for trainer in known]
