"""Who has a seat and who waits: the capacity of a Manuelle or Publique séance, or session."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import IntEnum

from processor.model import Attendee, Role, Status


class Hold(IntEnum):
    """What a person has been told of their seat; who has been told more comes first."""

    INVITED = 0
    SEATED = 1
    ASKING = 2


@dataclass(frozen=True, order=True)
class Claim:
    """A person's place in the order of seats: what they were told, then `Inscrit le`, then the row."""

    hold: Hold = Hold.ASKING
    since: datetime = datetime.max
    row: int = 0


def seated(
    people: tuple[Attendee, ...], places: int | None, claims: Mapping[str, Claim]
) -> tuple[Attendee, ...]:
    """The people with the status that the capacity gives them: Inscrit up to an exact fit, En attente beyond.

    Seats go in the order of the claims: who was seated by an earlier night is not moved by a registration that comes
    later with an older date. Who was invited keeps the seat even when staff lower the number of places: a letter is
    not taken back (the excess is told instead). A person who waits takes the place that frees, one by one, where
    Claroline promoted all or nobody.

    >>> people = tuple(Attendee(key, key, "") for key in "abc")
    >>> claims = {key: Claim(since=datetime(2026, 1, 3 - index), row=index) for index, key in enumerate("abc")}
    >>> [person.key for person in seated(people, 2, claims) if person.status is Status.WAITING]
    ['a']
    >>> [person.key for person in seated(people, 3, claims) if person.status is Status.WAITING]
    []
    >>> kept = claims | {"a": Claim(Hold.INVITED)}
    >>> [person.key for person in seated(people, 2, kept) if person.status is Status.WAITING]
    ['b']
    """
    if places is None:
        return people
    asking = [p for p in people if p.role is Role.PARTICIPANT and p.status is not Status.WITHDRAWN]
    asking.sort(key=lambda p: (claims.get(p.key, Claim()), p.key))
    status = {
        p.key: Status.REGISTERED
        if index < places or claims.get(p.key, Claim()).hold is Hold.INVITED
        else Status.WAITING
        for index, p in enumerate(asking)
    }
    return tuple(replace(person, status=status.get(person.key, person.status)) for person in people)
