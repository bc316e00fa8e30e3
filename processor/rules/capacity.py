"""An Automatique séance takes its whole session whatever its places: the excess is told, nobody is turned away."""

from processor.findings import Severity
from processor.model import Registering, Roll
from processor.reading.fault import Fault
from processor.reading.records import cell_finding
from processor.reading.snapshot import Snapshot
from processor.rules.decided import Decided, plural
from processor.rules.places import layout_of
from processor.rules.registration import Register, participants, registering


def crowded(snapshot: Snapshot, roll: Roll, book: Register) -> Decided:
    """The finding for more people than places, on a séance that is not over; an exact fit is no excess."""
    decided, seance = Decided(), roll.seance
    count = len(participants(roll.attendees))
    if seance.places is None or count <= seance.places or roll.finished or seance.cancelled:
        return decided
    if registering(seance, book.sessions) is not Registering.AUTOMATIC:
        return decided
    fault = Fault(
        "trop-d-inscrits",
        f"{plural(count, 'personne')} pour {plural(seance.places, 'place')}.",
        "augmentez « Places », ou passez « Inscription » à « Manuelle » et nommez la séance dans « Inscriptions ».",
    )
    why = "à une séance Automatique, toute la session est inscrite : le programme ne choisit personne à votre place."
    decided.findings.append(
        cell_finding(layout_of(snapshot, seance.place), seance.place.row, "places", fault, why, Severity.NOTE)
    )
    return decided
