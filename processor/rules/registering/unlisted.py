"""People who hold a seat in Participations and stand in Inscriptions no more."""

from collections.abc import Iterator

from processor.contract import PARTICIPATIONS, REGISTRATIONS
from processor.model import Presence, Role, Status
from processor.model.catalogue import say
from processor.model.findings import Fault, Finding, Severity
from processor.model.keys import person_key
from processor.model.names import normalised
from processor.model.snapshot import Snapshot
from processor.rules.calendar.expiry import expired


def unlisted(snapshot: Snapshot) -> Iterator[Finding]:
    """A finding for each seat of a séance to come that no row of Inscriptions asks for any more.

    A deleted row may be a slip; Désinscrit is a decision. Until staff say which, the seat and the presence stay. Rows that
    are set aside still ask.
    """
    if not snapshot.has(REGISTRATIONS):
        return
    ahead = {
        normalised(s.code): normalised(s.session)
        for s in snapshot.seances
        if s.code and not expired(s.end, snapshot.now, snapshot.parameters.zone) and not s.cancelled
    }
    asking = {
        (normalised(r.seance or r.session), person_key(r.first_name, r.last_name))
        for r in snapshot.registrations
    }
    for row in snapshot.participations:
        code, who = normalised(row.seance), person_key(row.first_name, row.last_name)
        if row.role is not Role.PARTICIPANT or row.status is not Status.REGISTERED or code not in ahead:
            continue
        if row.presence is not Presence.UNKNOWN or {(code, who), (ahead[code], who)} & asking:
            continue
        name = f"{row.first_name} {row.last_name}"
        fault = Fault.of("inscription-disparue", name=name, seance=row.seance)
        layout = snapshot.layouts[PARTICIPATIONS.name]
        field = "status" if layout.has("status") else "last_name"
        yield snapshot.finding(row.place, field, fault, say("inscription-disparue.why"), Severity.NOTE)
