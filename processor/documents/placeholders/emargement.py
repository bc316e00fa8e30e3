"""The placeholders about the days on which people sign a feuille d'émargement."""

from dataclasses import dataclass
from typing import Any

from processor.documents.placeholders import halfdays
from processor.documents.placeholders.fields import Field, cleaned, read
from processor.documents.placeholders.meetings import participants_of, trainer_names, venue_of
from processor.model import Presence, Role, Roll, Status, french
from processor.model.catalogue import say
from processor.model.details import lines
from processor.model.remembered import remembered

_SPARE_LINES, _BLANK_SHEET = 2, 8
_FIRST_PAGE, _WITH_TRAINER = (
    13,
    10,
)  # lines to sign on the first page of the sheet that is brought, without and with a trainer


@dataclass(frozen=True)
class SheetDay:
    """One day of one séance, with the séance it belongs to."""

    day: halfdays.Day
    roll: Roll


def spare(people: int, trainers: int, *, session: bool) -> int:
    """How many lines are left free for who comes unannounced: two, where the trainers then sign beside somebody.

    Fewer keep the whole sheet on one page; where the people fill it, more lines go with the trainers to the next.

    >>> [spare(people, 1, session=False) for people in (0, 1, 8, 9, 10, 11, 12, 25)]
    [8, 2, 2, 1, 0, 4, 2, 2]
    """
    if not people:
        return _BLANK_SHEET
    whole, first = _WITH_TRAINER - max(trainers - 1, 0) - session, _FIRST_PAGE - session
    if whole - _SPARE_LINES < people <= whole:
        return whole - people
    return first + _SPARE_LINES - people if whole < people + _SPARE_LINES <= first else _SPARE_LINES


def _spare_lines(roll: Roll) -> list[int]:
    count = len(participants_of(roll))
    free = spare(count, len(roll.trainers), session=roll.session is not None)
    return list(range(count + 1, count + 1 + free))


def _hours_counted(roll: Roll) -> str:
    """The hours of all who were present, as their attestations say them; blank where nobody's are known."""
    people = (
        one for one in roll.attendees if one.role is Role.PARTICIPANT and one.status is Status.REGISTERED
    )
    known = [one.hours for one in people if one.presence is Presence.PRESENT and one.hours is not None]
    return french.hours(sum(known)) if known else ""


DAY: tuple[Field[SheetDay], ...] = (
    Field("date", lambda one: french.day(one.day.date)),
    Field("heures", lambda one: one.day.hours),
    Field("matin", lambda one: "oui" if one.day.morning else ""),
    Field("apres_midi", lambda one: "oui" if one.day.afternoon else ""),
    Field("seance", lambda one: one.roll.seance.name),
    Field("code", lambda one: one.roll.seance.code),
    Field("lieu", lambda one: venue_of(one.roll).name),
    Field("precisions", lambda one: "\n".join(lines(one.roll.seance))),
    Field("formateurs", lambda one: french.listed(trainer_names(one.roll))),
    Field("intervenants", lambda one: trainer_names(one.roll) or [""], element="intervenant"),
    Field("participants", lambda one: participants_of(one.roll), (), "participant"),
    Field("heures_comptees", lambda one: _hours_counted(one.roll)),
    Field("lignes_vides", lambda one: _spare_lines(one.roll), (), "ligne"),
)

HALF_DAY: tuple[Field[SheetDay], ...] = (*DAY, Field("periode", lambda _: ""))


@remembered
def days_to_sign(roll: Roll) -> list[dict[str, Any]]:
    """The days of one séance, each with the people who sign."""
    return [read(DAY, SheetDay(day, roll)) for day in halfdays.days(roll.seance.start, roll.seance.end)]


@remembered
def half_days(roll: Roll) -> list[dict[str, Any]]:
    """The half-days of one séance, in order."""
    parts = (("matin", say("halfday.morning")), ("apres_midi", say("halfday.afternoon")))
    return [
        day | {"periode": cleaned(words)} for day in days_to_sign(roll) for part, words in parts if day[part]
    ]
