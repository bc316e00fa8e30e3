"""What the rows of the workbook say."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from processor.model.address import NOWHERE, Address
from processor.model.choices import Presence, Registering, Role, State, Status
from processor.model.kinds import Kind

OPEN_SHEET = "Séances ouvertes"
FINISHED_SHEET = "Séances terminées"
REGISTRATIONS_SHEET = "Inscriptions"


@dataclass(frozen=True)
class Place:
    """Where something stands in the workbook: a sheet and a row counted from 1 (0: the sheet as a whole)."""

    sheet: str
    row: int = 0


@dataclass(frozen=True)
class RepeatRequest:
    """A request to repeat a séance: weekdays (Monday is 0) until a date, inclusive, or for a number of weeks."""

    weekdays: frozenset[int]
    until: date | None = None
    weeks: int | None = None


@dataclass(frozen=True)
class Seance:
    """One meeting, as its row says. `code` is blank until the night assigns one.

    `accepted` is the reason for which staff accept its conflicts. `details` are by field: see `processor.model.details`.
    """

    place: Place
    code: str
    name: str
    start: datetime
    end: datetime
    session: str = ""
    description: str = ""
    registering: Registering | None = None
    group: str = ""
    venue: str = ""
    extra: str = ""
    trainers: tuple[str, ...] = ()
    places: int | None = None
    invitation_template: str = ""
    attestation_template: str = ""
    invite: bool = False
    attest: bool = False
    repeat: RepeatRequest | None = None
    state: State | None = None
    accepted: str = ""
    series: str = ""
    control: str = ""
    details: Mapping[str, str] = field(default_factory=dict)
    others: Mapping[str, str] = field(default_factory=dict)

    @property
    def cancelled(self) -> bool:
        """Whether staff wrote Annulée: nothing more is produced for it."""
        return self.state is State.CANCELLED

    @property
    def length(self) -> timedelta:
        """From start to end, on the clock of the wall."""
        return self.end - self.start


@dataclass(frozen=True)
class Unread:
    """A séance whose dates or name could not be read: known to exist, so that nothing else calls it unknown.

    `rest` is what could be read of it, with meaningless dates, so that its other cells are checked as well.
    """

    place: Place
    code: str
    rest: Seance


@dataclass(frozen=True)
class Session:
    """A run of a course, holding séances."""

    place: Place
    code: str
    name: str
    course: str = ""
    description: str = ""
    start: date | None = None
    end: date | None = None
    trainers: tuple[str, ...] = ()
    places: int | None = None
    registering: Registering | None = None
    invitation_template: str = ""
    certificate_template: str = ""
    invite: bool = False
    attest: bool = False
    control: str = ""
    others: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Course:
    """A row of Formations. `hours` is the planned length."""

    place: Place
    code: str
    title: str
    description: str = ""
    objectives: str = ""
    nature: str = ""
    hours: float | None = None


@dataclass(frozen=True)
class Registration:
    """A row of Inscriptions: one person in a session, a séance, or both."""

    place: Place
    first_name: str
    last_name: str
    session: str = ""
    seance: str = ""
    civility: str = ""
    email: Address = NOWHERE
    employer: str = ""
    role: Role = Role.PARTICIPANT
    status: Status = Status.REGISTERED
    since: datetime | None = None
    invited_on: datetime | None = None
    attested_on: datetime | None = None
    others: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Participation:
    """A row of Participations: what staff noted of one person in one séance. `reissue` is why to attest it again."""

    place: Place
    seance: str
    first_name: str
    last_name: str
    email: Address = NOWHERE
    role: Role = Role.PARTICIPANT
    status: Status = Status.REGISTERED
    presence: Presence = Presence.UNKNOWN
    hours: float | None = None
    invited_on: datetime | None = None
    attested_on: datetime | None = None
    attestation_number: str = ""
    reissue: str = ""


@dataclass(frozen=True)
class Trainer:
    """A row of Formateurs."""

    place: Place
    first_name: str
    last_name: str
    email: Address = NOWHERE
    phone: str = ""

    @property
    def full_name(self) -> str:
        """First name then last name, as documents print it."""
        return f"{self.first_name} {self.last_name}".strip()


@dataclass(frozen=True)
class Venue:
    """A row of Lieux. `capacity` is the number of people the room holds."""

    place: Place
    name: str
    address: str = ""
    postcode: str = ""
    city: str = ""
    country: str = ""
    phone: str = ""
    capacity: int | None = None


@dataclass(frozen=True)
class Group:
    """A row of Groupes: how many séances of the group one person may take."""

    place: Place
    name: str
    limit: int | None = None


@dataclass(frozen=True)
class Template:
    """A row of Modèles. `format` is PDF, Word, or blank: PDF where it can be made, else Word.

    `oversize` is what happens to attachments that are too big: zip, lien, or blank: zip, and a link where that is not enough.
    """

    place: Place
    name: str
    kind: Kind
    file: str
    subject: str = ""
    message: str = ""
    format: str = ""
    oversize: str = ""


@dataclass(frozen=True)
class Wording:
    """A row of Modèles for a mail without a document. What is blank keeps the program's own words."""

    place: Place
    kind: Kind
    subject: str = ""
    message: str = ""


@dataclass(frozen=True)
class Comment:
    """A row of Commentaires; only visible ones leave the workbook."""

    place: Place
    seance: str
    text: str
    when: datetime | None = None
    author: str = ""
    visible: bool = True


@dataclass(frozen=True)
class Closure:
    """A row of Fermetures: days, both ends included, on which no repetition falls."""

    place: Place
    first: date
    last: date
    reason: str = ""
