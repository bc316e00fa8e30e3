"""A séance or session with all that belongs to it: what documents, lists and pages are made from."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from processor.model.address import NOWHERE, Address
from processor.model.choices import Presence, Role, Status
from processor.model.rows import Comment, Course, Seance, Session, Trainer, Venue


@dataclass(frozen=True)
class Attendee:
    """One person of one séance, as lists, documents and pages show them: registration and presence together.

    `key` identifies the person in the journal and survives sorting and retyping of the rows.
    """

    key: str
    first_name: str
    last_name: str
    civility: str = ""
    email: Address = NOWHERE
    employer: str = ""
    role: Role = Role.PARTICIPANT
    status: Status = Status.REGISTERED
    presence: Presence = Presence.UNKNOWN
    hours: float | None = None
    invited_on: datetime | None = None
    attested_on: datetime | None = None
    others: Mapping[str, str] = field(default_factory=dict)

    @property
    def full_name(self) -> str:
        """First name then last name, as documents print it."""
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def listed_name(self) -> str:
        """Last name then first name, as lists and file names show it."""
        return f"{self.last_name} {self.first_name}".strip()


@dataclass(frozen=True)
class Assiduity:
    """One person's hours in a quarter: planned, and of these attended, justified, unjustified and not noted."""

    person: Attendee
    planned: float = 0.0
    attended: float = 0.0
    excused: float = 0.0
    unjustified: float = 0.0
    unknown: float = 0.0

    @property
    def rate(self) -> float:
        """The hours attended, in percent of those planned."""
        return round(100 * self.attended / self.planned, 1) if self.planned else 0.0

    @property
    def unjustified_rate(self) -> float:
        """The hours of unjustified absence, in percent of those planned: above 10, Brussels takes the right away."""
        return round(100 * self.unjustified / self.planned, 1) if self.planned else 0.0


@dataclass(frozen=True)
class Roll:
    """A séance with all that belongs to it: what a document, a list or a page is made from.

    `hours` is how long it lasts as attestations count it, less the midday break; None where staff gave no hour of its end.
    """

    seance: Seance
    session: Session | None = None
    course: Course | None = None
    venue: Venue | None = None
    trainers: tuple[Trainer, ...] = ()
    attendees: tuple[Attendee, ...] = ()
    comments: tuple[Comment, ...] = ()
    finished: bool = False
    hours: float | None = None


@dataclass(frozen=True)
class SessionRoll:
    """A session with its séances in order of time and the people registered for it.

    A séance whose row is left aside is none of them: nothing may be made of it. `aside` names those, because what adds
    up over a whole session must wait for them.
    """

    session: Session
    course: Course | None = None
    trainers: tuple[Trainer, ...] = ()
    seances: tuple[Roll, ...] = ()
    attendees: tuple[Attendee, ...] = ()
    aside: tuple[str, ...] = ()


def participants(people: Iterable[Attendee]) -> tuple[Attendee, ...]:
    """Those who count: participants with a seat."""
    return tuple(p for p in people if p.role is Role.PARTICIPANT and p.status is Status.REGISTERED)


def unnoted(roll: Roll) -> tuple[str, ...]:
    """The names of the participants whose presence is blank."""
    return tuple(p.full_name for p in participants(roll.attendees) if p.presence is Presence.UNKNOWN)
