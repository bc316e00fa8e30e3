"""Trainers and participants on the page of a séance."""

import unicodedata
from collections import Counter

from processor.model import Attendee, Presence, Role, Roll, Status
from processor.model.catalogue import say

_ORDER = tuple(Status)
_PRESENCES = (
    (Presence.PRESENT, "people.sum.present"),
    (Presence.EXCUSED, "people.sum.excused"),
    (Presence.ABSENT, "people.sum.absent"),
    (Presence.UNKNOWN, "people.sum.unknown"),
)


def trainer_names(roll: Roll) -> list[str]:
    """The trainers of a séance, each once: those that its row or session names, then those registered as such."""
    registered = [one.full_name for one in listed_people(roll) if one.role is Role.TRAINER]
    named = [one.full_name for one in roll.trainers] or list(roll.seance.trainers)
    return list(dict.fromkeys((*named, *registered)))


def summary(roll: Roll) -> str:
    """How many are registered, wait or withdrew, and once the séance is over who was there.

    >>> from datetime import datetime
    >>> from processor.model import Place, Seance
    >>> day = Seance(Place("x", 2), "S-0001", "Accueil", datetime(2026, 12, 1, 9), datetime(2026, 12, 1, 17), places=12)
    >>> summary(Roll(day, attendees=(Attendee("1", "Zoé", "Dupont", presence=Presence.PRESENT),), finished=True))
    '1 inscrit pour 12 places · 1 présent'
    """
    people = [one for one in roll.attendees if one.role is Role.PARTICIPANT]
    status, places = Counter(one.status for one in people), roll.seance.places
    registered = say("people.sum.registered", count=status[Status.REGISTERED])
    parts: list[str] = [
        registered
        if places is None
        else say("people.sum.of", people=registered, seats=say("seats", count=places))
    ]
    if status[Status.WAITING]:
        parts.append(say("people.sum.waiting", count=status[Status.WAITING]))
    if status[Status.WITHDRAWN]:
        parts.append(say("people.sum.withdrawn", count=status[Status.WITHDRAWN]))
    there = Counter(one.presence for one in people if one.status is Status.REGISTERED and roll.finished)
    return " · ".join((*parts, *(say(slug, count=there[one]) for one, slug in _PRESENCES if there[one])))


def listed_people(roll: Roll) -> list[Attendee]:
    """The people of a séance by status, then by name."""
    return sorted(
        roll.attendees,
        key=lambda one: (_ORDER.index(one.status), _folded(one.listed_name), one.listed_name, one.key),
    )


def _folded(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name.replace("-", " ").replace("œ", "oe").replace("Œ", "OE"))
    return "".join(one for one in letters if not unicodedata.combining(one)).casefold()
