"""The hours that a person followed: what staff noted, else what the séance really lasted, less the midday break."""

from dataclasses import replace
from datetime import time

from processor.model import Attendee, Parameters, Presence, Roll, Seance
from processor.rules.calendar.instants import hours_between
from processor.rules.calendar.spans import has_hours, spans

_NOON, _AFTER_LUNCH = time(12), time(13, 30)


def length_of(seance: Seance, parameters: Parameters) -> float | None:
    """The hours of a séance, day by day; None where staff gave no hour of its end, which nobody may invent.

    A séance of several days is held on each of them, not through the nights. The break of Paramètres (« pause de
    midi », in minutes) is taken from each day that goes from the morning to the afternoon: the two half-days that
    are signed on the feuille d'émargement. On the two nights on which clocks change, the hours are those that pass.

    >>> from datetime import datetime
    >>> from processor.model import Place
    >>> def seance(start, end): return Seance(Place(""), "", "", datetime(2026, 12, *start), datetime(2026, 12, *end))
    >>> length_of(seance((1, 9), (1, 17)), Parameters(midday_break=60)), length_of(seance((1, 9), (1, 13, 30)), Parameters(midday_break=60))
    (7.0, 4.5)
    >>> length_of(seance((1, 9), (3, 17)), Parameters()), length_of(seance((1, 9), (1, 23, 59, 59)), Parameters()) is None
    (24.0, True)
    """
    if not has_hours(seance):
        return None
    total = 0.0
    for start, end in spans(seance.start, seance.end):
        whole_day = start.date() == end.date() and start.time() < _NOON and end.time() > _AFTER_LUNCH
        pause = parameters.midday_break / 60 if whole_day else 0
        total += max(0.0, hours_between(start, end, parameters.zone) - pause)
    return round(total, 2)


def hours_of(person: Attendee, roll: Roll, parameters: Parameters) -> float | None:
    """The hours that a person followed: those that staff noted, else the length of the séance; None where unknown.

    >>> from datetime import datetime
    >>> from processor.model import Place
    >>> roll = Roll(Seance(Place("", 1), "", "", datetime(2026, 12, 1, 9), datetime(2026, 12, 1, 12, 30)))
    >>> hours_of(Attendee("", "", ""), roll, Parameters()), hours_of(Attendee("", "", "", hours=2.0), roll, Parameters())
    (3.5, 2.0)
    """
    return person.hours if person.hours is not None else length_of(roll.seance, parameters)


def timed(roll: Roll, parameters: Parameters) -> Roll:
    """The séance with the hours of everyone Présent filled in, so that every line of a document says the same hours."""
    length = length_of(roll.seance, parameters)
    people = tuple(
        replace(person, hours=length)
        if person.hours is None and person.presence is Presence.PRESENT
        else person
        for person in roll.attendees
    )
    return replace(roll, attendees=people)
