"""A trainer, a room or a participant in two séances at once: found by sweeping through time, each pair once.

The séances are walked through in order of their start. Of each person and each room only what is still going on is
remembered, so the cost follows the number of séances and people, not its square.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from processor.model import Attendee, Place, Registering, Roll, Seance, Status, Trainer
from processor.model.keys import person_key
from processor.model.names import normalised
from processor.model.plan import Repeat
from processor.rules.calendar.instants import instant
from processor.rules.calendar.spans import spans
from processor.rules.registering.registration import Register, registering

MOST = 10
_NO_ROOM = frozenset({
    "a distance", "en ligne", "distanciel", "distance", "visio", "visioconference", "webinaire", "internet", "teams",
    "zoom", "a definir", "a preciser", "a confirmer",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Booked:
    """A séance as the sweep sees it. A copy about to be made stands on the row that asks for it.

    `order` is the sheet's: finished séances come before open ones, and copies, which have no row yet, after both.
    """

    roll: Roll
    place: Place
    order: int = 1
    copy: bool = False

    @property
    def seance(self) -> Seance:
        """The séance itself."""
        return self.roll.seance


@dataclass(frozen=True, slots=True)
class Pair:
    """Two séances at one moment, the earlier row first, with the rooms, trainers and people that they share."""

    first: Booked
    second: Booked
    venues: tuple[str, ...] = ()
    trainers: tuple[str, ...] = ()
    people: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Use:
    """One use of a room or person: until when, by which séance, and who or what it is."""

    end: float
    rank: int
    who: Attendee | Trainer | str


def conflicts(held: Iterable[Booked], zone: str) -> list[Pair]:
    """The pairs to tell: séances that are cancelled, or both over, or accepted on either row, are left out.

    A reason on either of the two rows is enough, so that sorting the sheet wakes no accepted conflict up.
    """
    going = _not_over([one for one in held if not one.seance.cancelled], zone)
    return [
        pair
        for pair in overlaps(going, zone)
        if not (pair.first.seance.accepted or pair.second.seance.accepted)
        and not (pair.first.roll.finished and pair.second.roll.finished)
    ]


def copies(repeats: Iterable[Repeat], rolls: Mapping[Place, Roll], book: Register) -> Iterator[Booked]:
    """The copies about to be made, as séances: only those of an Automatique one have people from the start."""
    for repeat in repeats:
        roll = rolls.get(repeat.source)
        if roll is None:
            continue
        seance = replace(roll.seance, code=repeat.code, name=repeat.name, start=repeat.start, end=repeat.end)
        everyone = bool(seance.session) and registering(seance, book.sessions) is Registering.AUTOMATIC
        people = book.attendees(seance) if everyone else ()
        made = replace(roll, seance=seance, attendees=people, comments=(), finished=False)
        yield Booked(made, repeat.source, 2, True)


def _not_over(held: list[Booked], zone: str) -> list[Booked]:
    """The séances that are not over, with those that were still going on when the first of them began."""
    first = min((instant(one.seance.start, zone) for one in held if not one.roll.finished), default=None)
    if first is None:
        return []
    return [one for one in held if not one.roll.finished or instant(one.seance.end, zone) > first]


def overlaps(held: Sequence[Booked], zone: str) -> list[Pair]:
    """The pairs that share somebody or a room at one moment. Séances that only touch do not overlap.

    Of one séance no more than ten others are told for each person or room: who has put a whole year on one day knows
    enough then, and the sweep stays linear.
    """
    ranked = sorted(held, key=_rank)
    moments = sorted(
        (instant(first, zone), instant(last, zone), rank)
        for rank, one in enumerate(ranked)
        for first, last in spans(one.seance.start, one.seance.end)
    )
    used: dict[str, list[_Use]] = {}
    shared: dict[tuple[int, int], dict[str, _Use]] = defaultdict(dict)
    for start, end, rank in moments:
        for key, who in _uses(ranked[rank]):
            use = _Use(end, rank, who)
            going = [other for other in used.get(key, ()) if other.end > start and other.rank != rank][-MOST:]
            used[key] = [*going, use]
            for other in going if end > start else ():
                if _same(use.who, other.who):
                    shared[min(rank, other.rank), max(rank, other.rank)][key] = use
    return [_pair(ranked[low], ranked[high], found.values()) for (low, high), found in sorted(shared.items())]


def _rank(one: Booked) -> tuple[object, ...]:
    return (one.order, one.place.sheet, one.place.row, one.seance.start, one.seance.code)


def _uses(one: Booked) -> Iterator[tuple[str, Attendee | Trainer | str]]:
    """Each room and person of a séance, by a key that is the same wherever they come."""
    venue = normalised(one.seance.venue)
    if venue and venue not in _NO_ROOM:
        yield "lieu " + venue, one.seance.venue
    for trainer in one.roll.trainers:
        yield person_key(trainer.first_name, trainer.last_name), trainer
    for person in one.roll.attendees:
        if person.status is Status.REGISTERED:
            yield person.key.partition("|")[0], person


def _same(one: Attendee | Trainer | str, other: Attendee | Trainer | str) -> bool:
    """Whether two of one name are one person: two addresses tell namesakes apart, as everywhere in the house."""
    if isinstance(one, str) or isinstance(other, str):
        return True
    return not one.email or not other.email or one.email.key == other.email.key


def _pair(first: Booked, second: Booked, found: Iterable[_Use]) -> Pair:
    who = [use.who for use in found]
    return Pair(
        first,
        second,
        tuple(one for one in who if isinstance(one, str)),
        tuple(one.full_name for one in who if isinstance(one, Trainer)),
        tuple(one.full_name for one in who if isinstance(one, Attendee)),
    )
