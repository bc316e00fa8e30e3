"""Each séance and session with all that belongs to it, put together once for the night."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from processor.contract import FINISHED, OPEN
from processor.model import (
    Attendee,
    Comment,
    Course,
    Place,
    Presence,
    Roll,
    Seance,
    Session,
    SessionRoll,
    Status,
    Trainer,
    Venue,
)
from processor.model.catalogue import say
from processor.model.names import normalised
from processor.model.snapshot import Snapshot
from processor.rules.calendar.expiry import expired
from processor.rules.calendar.hours import length_of
from processor.rules.registering.registration import Register


@dataclass(frozen=True)
class Rolls:
    """The rolls by the place of the row that they come from."""

    seances: Mapping[Place, Roll]
    sessions: Mapping[Place, SessionRoll]


@dataclass(frozen=True)
class _Books:
    sessions: Mapping[str, Session]
    courses: Mapping[str, Course]
    venues: Mapping[str, Venue]
    trainers: Mapping[str, Trainer]
    comments: Mapping[str, tuple[Comment, ...]]


def rolls(snapshot: Snapshot, register: Register) -> Rolls:
    """The rolls of all séances that could be read and of all sessions.

    A row that is left aside has a roll of its own (its people are known), but is no part of its session.
    """
    books = _books(snapshot, register)
    seances = {seance.place: _roll(snapshot, books, register, seance) for seance in snapshot.seances}
    return Rolls(seances, _session_rolls(snapshot, books, register, seances))


def _books(snapshot: Snapshot, register: Register) -> _Books:
    comments: dict[str, list[Comment]] = defaultdict(list)
    for comment in snapshot.comments:
        comments[normalised(comment.seance)].append(comment)
    return _Books(
        register.sessions,
        {normalised(c.code): c for c in snapshot.courses},
        {normalised(v.name): v for v in snapshot.venues},
        register.trainers,
        {code: tuple(found) for code, found in comments.items()},
    )


def _roll(snapshot: Snapshot, books: _Books, register: Register, seance: Seance) -> Roll:
    session = books.sessions.get(normalised(seance.session)) if seance.session else None
    return Roll(
        seance,
        session,
        books.courses.get(normalised(session.course)) if session and session.course else None,
        _venue(books, seance),
        _trainers(books, seance.trainers or (session.trainers if session else ())),
        register.history(seance) if snapshot.stands(seance.place, FINISHED) else register.attendees(seance),
        books.comments.get(normalised(seance.code), ()) if seance.code else (),
        expired(seance.end, snapshot.now, snapshot.parameters.zone),
        length_of(seance, snapshot.parameters),
    )


def expected(snapshot: Snapshot, roll: Roll) -> bool:
    """Whether a séance is still to come, or stands among those that are."""
    return not roll.finished or snapshot.stands(roll.seance.place, OPEN)


def _venue(books: _Books, seance: Seance) -> Venue | None:
    """The venue's row, or a venue with its name alone where there is no sheet Lieux to ask."""
    if not seance.venue:
        return None
    return books.venues.get(normalised(seance.venue)) or Venue(seance.place, seance.venue)


def _trainers(books: _Books, names: Iterable[str]) -> tuple[Trainer, ...]:
    return tuple(
        books.trainers.get(normalised(name)) or Trainer(Place("Formateurs"), "", name) for name in names
    )


def _session_rolls(
    snapshot: Snapshot, books: _Books, register: Register, rolls_: Mapping[Place, Roll]
) -> dict[Place, SessionRoll]:
    held: dict[str, list[Roll]] = defaultdict(list)
    for place, roll in rolls_.items():
        if roll.seance.session and place not in snapshot.set_aside:
            held[normalised(roll.seance.session)].append(roll)
    aside = _aside(snapshot)
    return {
        session.place: SessionRoll(
            session,
            books.courses.get(normalised(session.course)) if session.course else None,
            _trainers(books, session.trainers),
            tuple(
                sorted(held[normalised(session.code)], key=lambda roll: (roll.seance.start, roll.seance.code))
            ),
            register.members(session),
            aside.get(normalised(session.code), ()),
        )
        for session in snapshot.sessions
    }


def _aside(snapshot: Snapshot) -> Mapping[str, tuple[str, ...]]:
    """The names of the séances that are left aside, by session; a cancelled one is missed by nobody."""
    found: dict[str, tuple[str, ...]] = {}
    unread = [one.rest for one in snapshot.unread]
    for seance in (*(one for one in snapshot.seances if one.place in snapshot.set_aside), *unread):
        if seance.session and not seance.cancelled:
            code = normalised(seance.session)
            name = f"{seance.code} {seance.name}".strip() or say("row", row=seance.place.row)
            found[code] = (*found.get(code, ()), name)
    return found


def completed(session: SessionRoll, copies: Iterable[Roll]) -> SessionRoll:
    """The session as it stands after the night, with the copies that it makes: a letter lists them too."""
    made = [copy for copy in copies if normalised(copy.seance.session) == normalised(session.session.code)]
    held = sorted((*session.seances, *made), key=lambda roll: (roll.seance.start, roll.seance.code))
    return replace(session, seances=tuple(held)) if made else session


class OwnParts:
    """A session as each of its people lives it. The people of each séance are looked up once, not once for each person."""

    def __init__(self, roll: SessionRoll) -> None:
        self._roll = roll
        self._held = [
            (seance, {a.key: a for a in seance.attendees})
            for seance in roll.seances
            if not seance.seance.cancelled
        ]

    def registered(self, person: Attendee) -> SessionRoll:
        """The séances that take place and for which the person has a seat."""
        return self._part(lambda mine: mine.status is Status.REGISTERED, person)

    def followed(self, person: Attendee) -> SessionRoll:
        """The séances at which the person was present."""
        return self._part(lambda mine: mine.presence is Presence.PRESENT, person)

    def hours(self, person: Attendee) -> float | None:
        """The sum of the hours that the rolls give the person where present; None where one of them is unknown."""
        mine = [people[person.key] for _, people in self._held if person.key in people]
        hours = [one.hours for one in mine if one.presence is Presence.PRESENT]
        known = [one for one in hours if one is not None]
        return round(sum(known), 2) if len(known) == len(hours) else None

    def _part(self, concerns: Callable[[Attendee], bool], person: Attendee) -> SessionRoll:
        mine = (
            seance for seance, people in self._held if person.key in people and concerns(people[person.key])
        )
        return replace(self._roll, seances=tuple(mine))
