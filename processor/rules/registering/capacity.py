"""More people than places, where nobody is turned away: the excess is told, and staff decide."""

from processor.model import Attendee, Place, Registering, Roll, SessionRoll, participants
from processor.model.findings import Fault, Severity
from processor.model.snapshot import Snapshot
from processor.rules.decided import Decided, plural
from processor.rules.registering.registration import Register, registering

_AUTOMATIC = "tous les inscrits de la session y sont : le programme ne choisit personne à votre place."
_INVITED = "ces personnes ont reçu leur invitation : le programme ne la reprend pas, il n’invite plus personne d’autre."
_SEANCE_FIX = "augmentez « Places », ou passez « Inscription » à « Manuelle » et nommez la séance dans « Inscriptions »."
_SESSION_FIX = "augmentez « Places », ou écrivez « En attente » dans le Statut des dernières inscriptions, ou passez « Inscription » à « Manuelle »."
_INVITED_FIX = "augmentez « Places », ou écrivez « Désinscrit » dans le Statut des personnes qui ne viendront pas, puis prévenez-les."


def crowded(snapshot: Snapshot, roll: Roll, book: Register) -> Decided:
    """The finding for more people than places, on a séance that is not over; an exact fit is no excess.

    An Automatique séance takes its whole session whatever its places. Elsewhere the waiting list holds the excess, but
    for people who were invited before the number of places was lowered.
    """
    seance = roll.seance
    if roll.finished or seance.cancelled:
        return Decided()
    automatic = registering(seance, book.sessions) is Registering.AUTOMATIC
    fix, why = (_SEANCE_FIX, _AUTOMATIC) if automatic else (_INVITED_FIX, _INVITED)
    return _excess(snapshot, seance.place, seance.places, roll.attendees, (fix, why))


def crowded_session(snapshot: Snapshot, roll: SessionRoll) -> Decided:
    """The same of a session, while one of its séances is still to come."""
    session = roll.session
    if roll.seances and all(seance.finished for seance in roll.seances):
        return Decided()
    automatic = session.registering in (None, Registering.AUTOMATIC)
    words = (_SESSION_FIX, _AUTOMATIC) if automatic else (_INVITED_FIX, _INVITED)
    return _excess(snapshot, session.place, session.places, roll.attendees, words)


def _excess(
    snapshot: Snapshot,
    place: Place,
    places: int | None,
    people: tuple[Attendee, ...],
    words: tuple[str, str],
) -> Decided:
    decided, count = Decided(), len(participants(people))
    if places is None or count <= places:
        return decided
    fix, why = words
    fault = Fault("trop-d-inscrits", f"{plural(count, 'personne')} pour {plural(places, 'place')}.", fix)
    finding = snapshot.finding(place, "places", fault, why, Severity.NOTE)
    decided.findings.append(finding)
    return decided
