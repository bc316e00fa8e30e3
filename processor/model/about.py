"""What a document is about, worked out of its facts once: its session, its séances, the hours attended."""

from dataclasses import dataclass
from datetime import timedelta

from processor.model.choices import Presence, Status
from processor.model.facts import Facts
from processor.model.french import ends_with_the_day
from processor.model.kinds import Kind, Whom
from processor.model.remembered import remembered
from processor.model.roll import Attendee, Roll, SessionRoll
from processor.model.rows import Course, Place, Session, Trainer

BLANK_SESSION = Session(Place(""), "", "")
BLANK_COURSE = Course(Place(""), "", "")


_NO_SESSION = SessionRoll(BLANK_SESSION)


@dataclass(frozen=True)
class About:
    """The facts with what several readers need of them: the session, or one without a word, and the séances."""

    facts: Facts
    session: SessionRoll
    rolls: tuple[Roll, ...]

    @classmethod
    def of(cls, facts: Facts) -> "About":
        """What these facts are about."""
        return cls(facts, _session_of(facts), _rolls_of(facts))

    @property
    def attendees(self) -> tuple[Attendee, ...]:
        """The people of the session, or of the single séance."""
        if self.facts.session:
            return self.facts.session.attendees
        return tuple(one for roll in self.rolls for one in roll.attendees)

    @property
    def trainers(self) -> tuple[Trainer, ...]:
        """The trainers of the session, else those of its séances, each once."""
        if self.facts.session and self.facts.session.trainers:
            return self.facts.session.trainers
        known = {trainer.full_name: trainer for roll in self.rolls for trainer in roll.trainers}
        return tuple(known.values())

    @property
    def title(self) -> str:
        """What the training is called: the formation, else the session, else the séance."""
        course, first = self.session.course, self.rolls[0].seance.name if self.rolls else ""
        return (course.title if course else "") or self.session.session.name or first

    @property
    def hours(self) -> float | None:
        """The hours attended: those given, else the sum over the person's own séances when each of them is known."""
        person = self.facts.person
        if self.facts.hours is not None or person is None or not self.facts.kind.traits.over:
            return self.facts.hours
        followed = [hours_followed(roll, person) for roll in self.rolls]
        return sum(one for one in followed if one is not None) if followed and None not in followed else None


def _session_of(facts: Facts) -> SessionRoll:
    """The session the document is about, or the parent of its séance, or one without a word."""
    if facts.session is not None:
        return facts.session
    return _parent(facts.seance) if facts.seance else _NO_SESSION


@remembered
def _parent(roll: Roll) -> SessionRoll:
    return SessionRoll(roll.session or BLANK_SESSION, roll.course)


def _rolls_of(facts: Facts) -> tuple[Roll, ...]:
    """The séances that the document is about, in order of time.

    A session's document for one person lists that person's own séances: those where the person is registered, and
    for an attestation those where the person was present.
    """
    if facts.session is None:
        return (facts.seance,) if facts.seance else ()
    rolls, person = facts.session.seances, facts.person
    chosen = facts.kind.traits.whom is not Whom.PARTICIPANT
    if chosen or person is None or not any(roll.attendees for roll in rolls):
        return rolls
    return tuple(roll for roll in rolls if _own(attendance(roll, person), facts.kind))


def _own(noted: Attendee | None, kind: Kind) -> bool:
    if noted is None or noted.status is not Status.REGISTERED:
        return False
    return not kind.traits.over or noted.presence is Presence.PRESENT


@remembered
def _by_key(roll: Roll) -> dict[str, Attendee]:
    return {attendee.key: attendee for attendee in roll.attendees}


def attendance(roll: Roll, person: Attendee) -> Attendee | None:
    """What the séance knows of the person, or None when the person does not belong to it."""
    return _by_key(roll).get(person.key)


def hours_followed(roll: Roll, person: Attendee) -> float | None:
    """The hours staff noted; for a present person without any, the length of a séance held within one day."""
    noted = attendance(roll, person)
    if noted is None:
        return None
    if noted.hours is not None:
        return noted.hours
    if roll.hours is not None:
        return roll.hours
    seance = roll.seance
    same_day = seance.start.date() == seance.end.date() and not ends_with_the_day(seance.end)
    return seance.length / timedelta(hours=1) if same_day else None
