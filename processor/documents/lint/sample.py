"""Invented facts of each kind of document: where a template is tried, and what the examples of the table come from."""

from dataclasses import replace
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from processor.documents.placeholders.placeholders import context
from processor.model import (
    Attendee,
    Comment,
    Course,
    Facts,
    Kind,
    Parameters,
    Place,
    Presence,
    Roll,
    Scope,
    Seance,
    Session,
    SessionRoll,
    State,
    Trainer,
    Venue,
    Whom,
)
from processor.model.address import unjudged
from processor.model.catalogue import say
from processor.model.details import DETAILS

_HERE = Place("")
_TRAINERS = (
    Trainer(_HERE, "Anne", "Martin", unjudged("anne.martin@example.fr"), "04 72 00 00 00"),
    Trainer(_HERE, "Luc", "Petit", unjudged("luc.petit@example.fr")),
)
_VENUE = Venue(
    _HERE,
    "Maison des associations",
    "12 rue des Lilas",
    "69003",
    "Lyon",
    "France",
    "04 72 00 00 01",
    capacity=40,
)
PERSON = Attendee(
    "zoe",
    "Zoé",
    "Dupont",
    "Mme",
    unjudged("zoe.dupont@example.fr"),
    "Imprimerie Dupont & Fils",
    presence=Presence.PRESENT,
    others={"Service": "Comptabilité"},
)
_OTHERS = (
    Attendee(
        "ali",
        "Ali",
        "Benali",
        "M.",
        unjudged("ali.benali@example.fr"),
        "Imprimerie Dupont & Fils",
        presence=Presence.PRESENT,
    ),
    Attendee("eve", "Ève", "Roussel", "Mme", unjudged("eve.roussel@example.fr"), "Ville de Lyon"),
)
_COURSE = Course(
    _HERE,
    "FLE",
    "Français professionnel",
    "Formation en petit groupe.",
    "Rédiger un courriel.\nAnimer une réunion.",
    "Action de formation",
    14,
)
_SESSION = Session(
    _HERE,
    "FLE-2026-1",
    "Automne 2026",
    "FLE",
    "Groupe du soir.",
    date(2026, 12, 1),
    date(2026, 12, 18),
    ("Anne Martin", "Luc Petit"),
    20,
    others={"Financeur": "OPCO"},
)
_SEANCES = (
    ("S-0012", "Conférence de lancement", datetime(2026, 12, 1, 9), datetime(2026, 12, 1, 12, 30)),
    ("S-0013", "Atelier d'écriture", datetime(2026, 12, 8, 9), datetime(2026, 12, 8, 17)),
    ("S-0014", "Mise en situation", datetime(2026, 12, 17, 9), datetime(2026, 12, 18, 17)),
)
PARAMETERS = Parameters(
    organisation="Centre Horizon",
    address="3 quai Perrache",
    postcode="69002",
    city="Lyon",
    phone="04 72 00 00 00",
    email=unjudged("contact@example.fr"),
    website="www.example.fr",
    siret="123 456 789 00012",
    declaration_number="84 69 01234 69",
    signatory="Paul Roux",
    signatory_title="Directeur",
)


def facts(kind: Kind) -> Facts:
    """Complete facts of one kind: every placeholder says something, every list holds something."""
    of_seance = Scope.SEANCE in kind.traits.scopes
    rolls = tuple(_roll(*one) for one in _SEANCES)
    session = SessionRoll(_SESSION, _COURSE, _TRAINERS, rolls, (PERSON, *_OTHERS))
    return Facts(
        kind,
        PARAMETERS,
        date(2026, 11, 24),
        seance=rolls[0] if of_seance else None,
        session=None if of_seance else session,
        person=None if kind.traits.whom is Whom.EVERYONE else PERSON,
        hours=10.5,
        number="2026-000123",
        changes=("Lieu : Salle Vosges → Maison des associations",),
        announced=(datetime(2026, 12, 1, 14), datetime(2026, 12, 1, 17, 30)),
        missing=("Ève Roussel",),
    )


@lru_cache(maxsize=8)
def filled(kind: Kind) -> dict[str, Any]:
    """The context of those facts."""
    return context(facts(kind))


def _roll(code: str, name: str, start: datetime, end: datetime) -> Roll:
    seance = Seance(
        _HERE,
        code,
        name,
        start,
        end,
        session=_SESSION.code,
        description="Présentation du projet.",
        group="Ateliers",
        venue=_VENUE.name,
        extra="Salle 204, 2e étage",
        trainers=("Anne Martin", "Luc Petit"),
        places=40,
        state=State.CONFIRMED,
        details={one.field: say(f"placeholder.seance.{one.placeholder}.example") for one in DETAILS},
        others={"Budget": "1 200 €"},
    )
    comment = Comment(_HERE, code, "Apporter un ordinateur.", datetime(2026, 11, 24, 10), "Paul Roux")
    hours = 14.0 if end.date() != start.date() else None
    people = (replace(PERSON, hours=hours), *_OTHERS)
    return Roll(seance, _SESSION, _COURSE, _VENUE, _TRAINERS, people, (comment,))
