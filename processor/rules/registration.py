"""Who is registered for each séance: the sheet Inscriptions read together with Sessions, Séances and Participations."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from processor.model import (
    Attendee,
    Participation,
    Registering,
    Registration,
    Role,
    Seance,
    Session,
    Status,
)
from processor.reading.columns import normalised
from processor.reading.snapshot import Snapshot
from processor.rules.keys import homonyms, person_key


@dataclass
class Register:
    """The registrations by session and by séance, and the participations by séance: built once for the night."""

    sessions: Mapping[str, Session]
    by_session: dict[str, list[Registration]] = field(default_factory=lambda: defaultdict(list))
    by_seance: dict[str, list[Registration]] = field(default_factory=lambda: defaultdict(list))
    participations: dict[str, list[Participation]] = field(default_factory=lambda: defaultdict(list))

    def attendees(self, seance: Seance) -> tuple[Attendee, ...]:
        """The people of a séance with their presence, each person once, by name, seated within the capacity.

        An Automatique séance takes everyone of its session, then the rows that name it; another one only these. A row
        that says Désinscrit or En attente for the séance itself overrules what the session says.
        """
        rows, noted = self.registrations(seance), self._noted(seance)
        people = _attendees(rows, noted)
        if registering(seance, self.sessions) is Registering.AUTOMATIC:
            return people
        return seated(people, seance.places, _order(rows))

    def history(self, seance: Seance) -> tuple[Attendee, ...]:
        """The people of a séance that has gone to the finished sheet: those whom Participations holds, as they were then.

        Who joins or leaves the session afterwards changes nothing to what took place. Without any such row, the
        registrations are all that is known.
        """
        noted = self._noted(seance)
        if not noted:
            return self.attendees(seance)
        then = {person_key(row.first_name, row.last_name): row.status for row in noted}
        people = _attendees(self.registrations(seance), noted)
        kept = [(person, then.get(person_key(person.first_name, person.last_name))) for person in people]
        return tuple(replace(person, status=status) for person, status in kept if status is not None)

    def _noted(self, seance: Seance) -> list[Participation]:
        return self.participations.get(normalised(seance.code), []) if seance.code else []

    def registrations(self, seance: Seance) -> list[Registration]:
        """The rows of Inscriptions that concern the séance."""
        named = _in_time(self.by_seance.get(normalised(seance.code), [])) if seance.code else []
        if registering(seance, self.sessions) is not Registering.AUTOMATIC or not seance.session:
            return named
        return [*_in_time(self.by_session.get(normalised(seance.session), [])), *named]

    def members(self, session: Session) -> tuple[Attendee, ...]:
        """The people of a session, each once, by name."""
        return _attendees(_in_time(self.by_session.get(normalised(session.code), [])), [])


def _in_time(rows: Iterable[Registration]) -> list[Registration]:
    """A person's later registration speaks last; of two of one moment, Inscrit does. The order of the rows says nothing."""
    rank = {Status.WITHDRAWN: 0, Status.WAITING: 1, Status.REGISTERED: 2}
    return sorted(
        rows, key=lambda row: (row.since or datetime.min, rank[row.status], row.email, row.employer)
    )


def register(snapshot: Snapshot) -> Register:
    """The register of the snapshot, without the rows that reading set aside."""
    book = Register({normalised(session.code): session for session in snapshot.sessions})
    for row in snapshot.registrations:
        if row.place in snapshot.set_aside:
            continue
        if row.seance:
            book.by_seance[normalised(row.seance)].append(row)
        else:
            book.by_session[normalised(row.session)].append(row)
    for participation in snapshot.participations:
        book.participations[normalised(participation.seance)].append(participation)
    return book


def registering(seance: Seance, sessions: Mapping[str, Session]) -> Registering:
    """How people come to the séance: its own word, else its session's, else Automatique."""
    if seance.registering is not None:
        return seance.registering
    session = sessions.get(normalised(seance.session))
    return (session.registering if session else None) or Registering.AUTOMATIC


def _attendees(rows: Iterable[Registration], noted: Iterable[Participation]) -> tuple[Attendee, ...]:
    rows, noted = list(rows), list(noted)
    shared = homonyms(
        [
            *((r.first_name, r.last_name, r.email) for r in rows),
            *((p.first_name, p.last_name, p.email) for p in noted),
        ]
    )
    found: dict[str, Attendee] = {}
    for row in rows:
        key = _key(row, shared)
        attendee = _registered(key, row)
        found[key] = _merged(found[key], attendee) if key in found else attendee
    for participation in noted:
        key = _key(participation, shared)
        found[key] = _present(found.get(key), key, participation)
    return tuple(sorted(found.values(), key=lambda person: (normalised(person.listed_name), person.key)))


def _order(rows: Iterable[Registration]) -> dict[str, tuple[datetime, int]]:
    return {person_key(r.first_name, r.last_name): (r.since or datetime.max, r.place.row) for r in rows}


def _key(row: Registration | Participation, shared: frozenset[str]) -> str:
    name = person_key(row.first_name, row.last_name)
    return person_key(row.first_name, row.last_name, row.email) if name in shared else name


def _registered(key: str, row: Registration) -> Attendee:
    return Attendee(
        key,
        row.first_name,
        row.last_name,
        row.civility,
        row.email,
        row.employer,
        row.role,
        row.status,
        others=row.others,
    )


def _merged(first: Attendee, second: Attendee) -> Attendee:
    """The same person on two rows: the later row's status, what is blank filled from the other row."""
    return replace(
        first,
        civility=first.civility or second.civility,
        email=first.email or second.email,
        employer=first.employer or second.employer,
        role=second.role if second.role is Role.TRAINER else first.role,
        status=second.status,
    )


def _present(attendee: Attendee | None, key: str, noted: Participation) -> Attendee:
    """The attendee with what staff noted. One who is on no registration row any more keeps the presence history."""
    person = attendee or Attendee(
        key, noted.first_name, noted.last_name, email=noted.email, role=noted.role, status=noted.status
    )
    return replace(
        person,
        presence=noted.presence,
        hours=noted.hours,
        invited_on=noted.invited_on,
        attested_on=noted.attested_on,
        status=noted.status if attendee is None else person.status,
    )


def seated(
    people: tuple[Attendee, ...], places: int | None, order: Mapping[str, tuple[datetime, int]]
) -> tuple[Attendee, ...]:
    """The people with the status that the capacity gives them: Inscrit up to an exact fit, En attente beyond.

    Seats go in the order of `Inscrit le`, then of the rows (`order`), but whoever was invited keeps the seat. A person
    who waits takes the place that frees, one by one: Claroline promoted all or nobody.

    >>> people = tuple(Attendee(key, key, "") for key in "abc")
    >>> order = {key: (datetime(2026, 1, 3 - index), index) for index, key in enumerate("abc")}
    >>> [person.key for person in seated(people, 2, order) if person.status is Status.WAITING]
    ['a']
    >>> [person.key for person in seated(people, 3, order) if person.status is Status.WAITING]
    []
    """
    if places is None:
        return people
    last = (datetime.max, 0)
    asking = [p for p in people if p.role is Role.PARTICIPANT and p.status is not Status.WITHDRAWN]
    asking.sort(key=lambda p: (p.invited_on is None, order.get(p.key, last), p.key))
    status = {
        p.key: Status.REGISTERED if index < places else Status.WAITING for index, p in enumerate(asking)
    }
    return tuple(replace(person, status=status.get(person.key, person.status)) for person in people)


def participants(people: Iterable[Attendee]) -> tuple[Attendee, ...]:
    """Those who count: participants with a seat."""
    return tuple(p for p in people if p.role is Role.PARTICIPANT and p.status is Status.REGISTERED)
