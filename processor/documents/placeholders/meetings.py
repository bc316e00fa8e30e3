"""The placeholders about a séance: its dates, place, trainers and comments, and what a person did in it."""

from dataclasses import replace
from functools import partial
from typing import Any

from processor.documents.placeholders.fields import Field, cleaned, read
from processor.documents.placeholders.people import participants
from processor.model import Attendee, Comment, Place, Roll, Venue, french
from processor.model.about import attendance, hours_followed
from processor.model.catalogue import say
from processor.model.details import DETAILS, lines
from processor.model.remembered import remembered

_NOWHERE = Place("")


def venue_address(venue: Venue) -> str:
    """The postal address on several lines; the country only when it is not France.

    >>> venue_address(Venue(_NOWHERE, "Salle A", "12 rue des Lilas", "69003", "Lyon", "France"))
    '12 rue des Lilas\\n69003 Lyon'
    """
    country = "" if venue.country.casefold() == "france" else venue.country
    return french.lines(venue.address, f"{venue.postcode} {venue.city}", country)


def venue_of(roll: Roll) -> Venue:
    """The venue, or one that has only the name that staff typed."""
    return roll.venue or _named(roll)


@remembered
def _named(roll: Roll) -> Venue:
    return Venue(_NOWHERE, roll.seance.venue)


def trainer_names(roll: Roll) -> list[str]:
    """The names of the trainers, as the sheet Formateurs has them, else as staff typed them."""
    return [trainer.full_name for trainer in roll.trainers] or list(roll.seance.trainers)


def length(roll: Roll) -> str:
    """How long the séance lasts, in one figure with what attestations count: less the midday break of Paramètres.

    >>> from datetime import datetime
    >>> from processor.model import Seance
    >>> day = Seance(_NOWHERE, "S-1", "Yoga", datetime(2026, 12, 1, 9), datetime(2026, 12, 1, 17))
    >>> length(Roll(day, hours=7.0)), length(Roll(day))
    ('7\\xa0h', '8\\xa0h')
    """
    one_day = roll.seance.start.date() == roll.seance.end.date()
    if one_day and roll.hours is not None:
        return french.hours(roll.hours)
    return french.duration(roll.seance.start, roll.seance.end)


COMMENT: tuple[Field[Comment], ...] = (
    Field("texte", lambda comment: comment.text),
    Field("auteur", lambda comment: comment.author),
    Field("date", lambda comment: french.day(comment.when) if comment.when else ""),
)

VENUE: tuple[Field[Venue], ...] = (
    Field("nom", lambda venue: venue.name),
    Field("adresse", venue_address),
    Field("ville", lambda venue: venue.city),
    Field("telephone", lambda venue: venue.phone),
    Field("capacite", lambda venue: "" if venue.capacity is None else str(venue.capacity)),
)


def _detail(field: str, roll: Roll) -> str:
    return roll.seance.details.get(field, "")


def _days(roll: Roll) -> str:
    """The day without its article, or the period."""
    start, end = roll.seance.start, roll.seance.end
    return french.day(start) if start.date() == end.date() else french.days(start, end)


def _comments(roll: Roll) -> list[dict[str, Any]]:
    return [read(COMMENT, comment) for comment in roll.comments if comment.visible]


SEANCE: tuple[Field[Roll], ...] = (
    Field("code", lambda roll: roll.seance.code, ("event_code",)),
    Field("nom", lambda roll: roll.seance.name, ("event_name",)),
    Field("description", lambda roll: roll.seance.description, ("event_description",)),
    Field("horaire", lambda roll: french.schedule(roll.seance.start, roll.seance.end)),
    Field("debut", lambda roll: french.moment(roll.seance.start), ("event_start",)),
    Field("fin", lambda roll: french.moment(roll.seance.end), ("event_end",)),
    Field("date_debut", lambda roll: french.day(roll.seance.start), ("event_start_date",)),
    Field("heure_debut", lambda roll: french.hour(roll.seance.start), ("event_start_time",)),
    Field("date_fin", lambda roll: french.day(roll.seance.end), ("event_end_date",)),
    Field("heure_fin", lambda roll: french.hour(roll.seance.end), ("event_end_time",)),
    Field("dates", lambda roll: french.days(roll.seance.start, roll.seance.end)),
    Field("jours", _days),
    Field("heures", lambda roll: french.hours_between(roll.seance.start, roll.seance.end)),
    Field("duree", length),
    Field("lieu", lambda roll: venue_of(roll).name, ("event_location", "event_location_name")),
    Field("adresse", lambda roll: venue_address(venue_of(roll)), ("event_location_address",)),
    Field("infos", lambda roll: roll.seance.extra, ("event_location_extra",)),
    *(Field(one.placeholder, partial(_detail, one.field)) for one in DETAILS),
    Field("precisions", lambda roll: "\n".join(lines(roll.seance))),
    Field("formateurs", lambda roll: french.listed(trainer_names(roll)), ("event_trainers",)),
    Field("groupe", lambda roll: roll.seance.group),
    Field("places", lambda roll: "" if roll.seance.places is None else str(roll.seance.places)),
    Field("etat", lambda roll: roll.seance.state.value if roll.seance.state else ""),
    Field("commentaires", _comments, element="commentaire"),
    Field("autres", lambda roll: {name: cleaned(str(value)) for name, value in roll.seance.others.items()}),
)


@remembered
def participants_of(roll: Roll) -> list[dict[str, Any]]:
    """The registered participants of one séance, in order."""
    return participants(roll.attendees)


@remembered
def seance(roll: Roll) -> dict[str, Any]:
    """What a template may say of one séance."""
    return read(SEANCE, roll)


def seance_of(roll: Roll, person: Attendee | None) -> dict[str, Any]:
    """What a template may say of one séance of one person: the séance, the presence and the hours followed."""
    noted = attendance(roll, person) if person else None
    if person is None or noted is None:
        return seance(roll) | {"presence": "", "heures_suivies": ""}
    followed = french.hours(hours_followed(roll, person))
    return seance(roll) | {
        "presence": cleaned(noted.presence.value or say("presence.unknown")),
        "heures_suivies": cleaned(followed),
    }


def with_hours(person: Attendee, hours: float | None) -> Attendee:
    """The person with the hours that the document is about, when they are known."""
    return person if hours is None else replace(person, hours=hours)
