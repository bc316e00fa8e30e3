"""The waiting list as the sheet Inscriptions shows it: En attente where all places are taken, Inscrit again when one frees."""

from collections.abc import Iterable, Iterator

from processor.contract import REGISTRATIONS
from processor.model import Attendee, Registering, Registration, Role, Roll, SessionRoll, Status
from processor.model.catalogue import say
from processor.model.names import normalised
from processor.model.plan import Write
from processor.model.snapshot import Snapshot
from processor.rules.decided import Decided
from processor.rules.registering.naming import Naming, in_time, naming
from processor.rules.registering.registration import Register, registering


def waiting_list(
    snapshot: Snapshot, seances: Iterable[Roll], sessions: Iterable[SessionRoll], book: Register
) -> Decided:
    """The statuses of Inscriptions that the places of a Manuelle or Publique séance or session change, and why.

    The excess of an Automatique one is told (`capacity`) and changes nothing. A séance that is over stays as it was.
    """
    decided = Decided()
    layout = snapshot.layouts.get(REGISTRATIONS.name)
    if layout is None or not layout.has("status"):
        return decided
    for roll in seances:
        seance = roll.seance
        if roll.finished or registering(seance, book.sessions) is Registering.AUTOMATIC:
            continue
        _changes(decided, roll.attendees, book.registrations(seance), book.naming(seance), seance.code)
    for whole in sessions:
        session = whole.session
        if session.registering not in (None, Registering.AUTOMATIC):
            rows = in_time(book.by_session.get(normalised(session.code), []))
            _changes(decided, whole.attendees, rows, naming(rows, []), session.code)
    return decided


def _changes(
    decided: Decided, people: Iterable[Attendee], rows: list[Registration], name: Naming, code: str
) -> None:
    status = {person.key: person.status for person in people if person.role is Role.PARTICIPANT}
    for row in _standing(rows, name):
        wanted = status.get(name(row), row.status)
        if wanted is row.status or Status.WITHDRAWN in (wanted, row.status):
            continue
        because = say("waiting.because.full" if wanted is Status.WAITING else "waiting.because.freed")
        decided.writes.append(Write(row.place, "status", str(wanted), because))
        who = f"{row.first_name} {row.last_name}"
        detail = say("waiting.done.detail", name=who, status=wanted, because=because)
        decided.did(row.place, say("waiting.done"), code, detail)


def _standing(rows: list[Registration], name: Naming) -> Iterator[Registration]:
    """The rows that still speak: those after a person's last withdrawal."""
    left = {name(row): index for index, row in enumerate(rows) if row.status is Status.WITHDRAWN}
    return (row for index, row in enumerate(rows) if index > left.get(name(row), -1))
