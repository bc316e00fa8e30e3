"""A person cannot be participant and trainer of one séance: told once a row, with the séances concerned."""

from collections import defaultdict
from collections.abc import Iterator

from processor.model import Place, Registration, Role, Status
from processor.model.catalogue import say
from processor.model.findings import Fault, Finding, Severity
from processor.model.keys import person_key
from processor.model.snapshot import Snapshot
from processor.rules.calendar.expiry import expired
from processor.rules.decided import shortened
from processor.rules.registering.registration import Register


def both_roles(snapshot: Snapshot, book: Register) -> Iterator[Finding]:
    """A finding for each registration as participant of someone who teaches the same séance, while it is to come.

    Trainers are those of the séance, else of its session, and the rows with the role Formateur. A namesake with another
    address than the trainer's is another person.
    """
    rows: dict[Place, Registration] = {}
    codes: dict[Place, list[str]] = defaultdict(list)
    for seance in snapshot.seances:
        over = expired(seance.end, snapshot.now, snapshot.parameters.zone)
        if seance.cancelled or over or seance.place in snapshot.set_aside:
            continue
        registered = [r for r in book.registrations(seance) if r.status is not Status.WITHDRAWN]
        teaching = {person_key(r.first_name, r.last_name) for r in registered if r.role is Role.TRAINER}
        for row in registered:
            who = person_key(row.first_name, row.last_name)
            if row.role is Role.PARTICIPANT and (who in teaching or book.teaches(seance, row)):
                rows[row.place] = row
                codes[row.place].append(seance.code or seance.name)
    for place, row in rows.items():
        yield _finding(snapshot, row, codes[place])


def _finding(snapshot: Snapshot, row: Registration, codes: list[str]) -> Finding:
    name = f"{row.first_name} {row.last_name}"
    seances = shortened([say("quoted", text=code) for code in codes])
    fault = Fault.of("participant-et-formateur", name=name, seances=seances)
    return snapshot.finding(row.place, "last_name", fault, say("participant-et-formateur.why"), Severity.NOTE)
