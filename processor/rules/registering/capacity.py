"""More people than places, where nobody is turned away: the excess is told, and staff decide."""

from processor.model import Attendee, Place, Registering, Roll, SessionRoll, participants
from processor.model.catalogue import say
from processor.model.findings import Fault, Severity, sentence
from processor.model.snapshot import Snapshot
from processor.rules.decided import Decided
from processor.rules.registering.registration import Register, registering


def crowded(snapshot: Snapshot, roll: Roll, book: Register) -> Decided:
    """The finding for more people than places, on a séance that is not over; an exact fit is no excess.

    An Automatique séance takes its whole session whatever its places. Elsewhere the waiting list holds the excess, but
    for people who were invited before the number of places was lowered.
    """
    seance = roll.seance
    if roll.finished or seance.cancelled:
        return Decided()
    automatic = registering(seance, book.sessions) is Registering.AUTOMATIC
    return _excess(
        snapshot, seance.place, seance.places, roll.attendees, "automatic" if automatic else "invited"
    )


def crowded_session(snapshot: Snapshot, roll: SessionRoll) -> Decided:
    """The same of a session, while one of its séances is still to come."""
    session = roll.session
    if roll.seances and all(seance.finished for seance in roll.seances):
        return Decided()
    automatic = session.registering in (None, Registering.AUTOMATIC)
    variant = "automatic.session" if automatic else "invited"
    return _excess(snapshot, session.place, session.places, roll.attendees, variant)


def _excess(
    snapshot: Snapshot,
    place: Place,
    places: int | None,
    people: tuple[Attendee, ...],
    variant: str,
) -> Decided:
    decided, count = Decided(), len(participants(people))
    if places is None or count <= places:
        return decided
    fault = Fault.of("trop-d-inscrits", variant, count=count, seats=say("seats", count=places))
    why = sentence(fault.code, variant, "why", {})
    decided.findings.append(snapshot.finding(place, "places", fault, why, Severity.NOTE))
    return decided
