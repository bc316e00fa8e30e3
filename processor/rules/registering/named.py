"""Registrations that name a séance by its Nom: understood where one open séance alone bears it."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace

from processor.contract import OPEN
from processor.model import Place, Registration, Seance
from processor.model.names import normalised
from processor.model.snapshot import Snapshot


def bearers(snapshot: Snapshot) -> Mapping[str, list[Seance]]:
    """The open séances by their normalised name, those that could not be read included."""
    layout = snapshot.layouts.get(OPEN.name)
    found: dict[str, list[Seance]] = defaultdict(list)
    for seance in (*snapshot.seances, *(unread.rest for unread in snapshot.unread)):
        if layout is not None and seance.place.sheet == layout.sheet and seance.name:
            found[normalised(seance.name)].append(seance)
    return found


def resolved(snapshot: Snapshot, given: Mapping[Place, str]) -> tuple[Registration, ...]:
    """The registrations with the code of their séance where its Nom was typed; `given` are the codes of tonight.

    A code wins over a name. The cell stays as staff typed it: a name that a second séance takes later is told then.
    """
    codes = {normalised(code) for code in snapshot.codes}
    if all(not row.seance or normalised(row.seance) in codes for row in snapshot.registrations):
        return snapshot.registrations
    code_of = {
        name: seances[0].code or given.get(seances[0].place, "")
        for name, seances in bearers(snapshot).items()
        if len(seances) == 1
    }
    return tuple(
        replace(row, seance=code_of.get(normalised(row.seance)) or row.seance)
        if row.seance and normalised(row.seance) not in codes
        else row
        for row in snapshot.registrations
    )
