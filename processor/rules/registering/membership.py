"""The parent-session rule: a séance that belongs to a session is for people who are in that session (Claroline)."""

from collections.abc import Iterator

from processor.model import Registration, Status
from processor.model.catalogue import say
from processor.model.findings import Fault, Finding, Severity
from processor.model.keys import person_key
from processor.model.names import normalised
from processor.model.snapshot import Snapshot
from processor.rules.calendar.expiry import expired
from processor.rules.registering.registration import Register


def outside(snapshot: Snapshot, book: Register) -> Iterator[Finding]:
    """A finding for each row that names a séance whose session does not have the person as Inscrit.

    The person counts as the session does (a row that says Désinscrit or En attente there is no registration), under the
    same name whatever its spelling. Only a row with a session alone registers for the session. Who leaves a session later
    changes nothing to the séances that are over.
    """
    zone = snapshot.parameters.zone
    parents = {
        normalised(s.code): s.session
        for s in snapshot.seances
        if s.code and s.session and not expired(s.end, snapshot.now, zone)
    }
    status: dict[str, dict[str, Status]] = {}
    for row in snapshot.registrations:
        parent = parents.get(normalised(row.seance), "") if row.seance else ""
        if not parent or row.place in snapshot.set_aside or row.status is Status.WITHDRAWN:
            continue
        if normalised(parent) not in status:
            status[normalised(parent)] = _status(book, parent)
        found = status[normalised(parent)].get(person_key(row.first_name, row.last_name))
        if found is not Status.REGISTERED:
            fault = _fault(row, parent, found)
            yield snapshot.finding(row.place, "seance", fault, say("hors-session.why"), Severity.ROW)


def _status(book: Register, parent: str) -> dict[str, Status]:
    """The status of each name in the session; of namesakes, the best one."""
    session = book.sessions.get(normalised(parent))
    found: dict[str, Status] = {}
    for person in book.members(session) if session else ():
        key = person_key(person.first_name, person.last_name)
        if found.get(key) is not Status.REGISTERED:
            found[key] = person.status
    return found


def _fault(row: Registration, parent: str, found: Status | None) -> Fault:
    name = f"{row.first_name} {row.last_name}"
    variant = "absent" if found is None else "status"
    return Fault.of("hors-session", variant, name=name, status=found, session=parent, seance=row.seance)
