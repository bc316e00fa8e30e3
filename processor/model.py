"""The vocabulary of the house: what a workbook says, what the night knows, what it has decided.

Everything here is an inert value: frozen, without a handle on any file. Times are wall-clock times in the one
time zone named in the sheet Paramètres, without an offset, because that is what people type and read.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

OPEN_SHEET = "Séances ouvertes"
FINISHED_SHEET = "Séances terminées"


class Registering(StrEnum):
    """Who may be registered for a séance, and by whom (Claroline's three ways)."""

    AUTOMATIC = "Automatique"
    MANUAL = "Manuelle"
    PUBLIC = "Publique"


class State(StrEnum):
    """What staff say of a séance; blank means that nothing was said, and the séance takes place."""

    CONFIRMED = "Confirmée"
    CANCELLED = "Annulée"


class Role(StrEnum):
    """What a registered person does in the séance."""

    PARTICIPANT = "Participant"
    TRAINER = "Formateur"


class Status(StrEnum):
    """Where a registration stands; only Inscrit counts in the capacity."""

    REGISTERED = "Inscrit"
    WAITING = "En attente"
    WITHDRAWN = "Désinscrit"


class Presence(StrEnum):
    """What staff noted after the séance; blank is Claroline's « Non renseigné »."""

    UNKNOWN = ""
    PRESENT = "Présent"
    EXCUSED = "Absent justifié"
    ABSENT = "Absent non justifié"


class Kind(StrEnum):
    """The six kinds of document, as staff name them in the column Type of Modèles."""

    SEANCE_INVITATION = "Invitation à une séance"
    SESSION_INVITATION = "Invitation à une session"
    SEANCE_ATTESTATION = "Attestation de séance"
    SESSION_ATTESTATION = "Attestation de session"
    EMARGEMENT = "Feuille d'émargement"
    CERTIFICATE = "Certificat de réalisation"


class Notice(StrEnum):
    """The mails without a document. Staff may give their words in the sheet Modèles, under these names."""

    MODIFICATION = "Modification"
    CANCELLATION = "Annulation d'une séance"
    REMINDER = "Rappel"
    CHASE = "Relance des présences"
    ABSENCE = "Suivi d'absence"


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

    `accepted` is the reason for which staff accept its conflicts.
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
    email: str = ""
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
    email: str = ""
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
    email: str = ""
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
    kind: Notice
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


@dataclass(frozen=True)
class Parameters:
    """The sheet Paramètres, with the value that holds where staff set none."""

    organisation: str = ""
    address: str = ""
    postcode: str = ""
    city: str = ""
    phone: str = ""
    email: str = ""
    website: str = ""
    siret: str = ""
    declaration_number: str = ""
    signatory: str = ""
    signatory_title: str = ""
    zone: str = "Europe/Paris"
    country: str = "FR"
    alsace_moselle: bool = False
    sender: str = ""
    reply_to: str = ""
    report_to: str = ""
    mails_per_night: int = 500
    keep_holidays: bool = False
    repetition_name: str = ""
    automatic_invitation_days: int | None = None
    automatic_attestation: bool = False
    reminder_days: int | None = None
    chase_days: int | None = None
    absence_follow_up: bool = False
    midday_break: int = 0
    emargement_days: int = 7
    calendar_answers: bool = False
    calendar_alarm: int | None = None
    attachments_mb: int = 10
    documents_url: str = ""
    default_templates: Mapping[Kind, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Attendee:
    """One person of one séance, as lists, documents and pages show them: registration and presence together.

    `key` identifies the person in the journal and survives sorting and retyping of the rows.
    """

    key: str
    first_name: str
    last_name: str
    civility: str = ""
    email: str = ""
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


@dataclass(frozen=True)
class Facts:
    """All that one document says: of what kind, about which séance or session, for whom, issued when.

    `number` is borne by attestations alone; `replaces` is the number that this one cancels. `seal` is the signed
    statement of an attestation (`documents.statement`), blank until the document is made.
    `presences` asks a feuille d'émargement to show what staff noted. A mail without a document says in `changes` what is
    new, in `announced` the dates that the person knows, in `missing` whose presence is not noted.
    """

    kind: Kind
    parameters: Parameters
    issued_on: date
    seance: Roll | None = None
    session: SessionRoll | None = None
    person: Attendee | None = None
    hours: float | None = None
    number: str = ""
    replaces: str = ""
    seal: str = ""
    presences: bool = False
    changes: tuple[str, ...] = ()
    announced: tuple[datetime, datetime] | None = None
    missing: tuple[str, ...] = ()
