"""The attestation d'assiduité of a quarter (congé-éducation, Belgium): each person's hours, absences apart by their kind.

Brussels asks for it within eight days of each quarter; more than 10 % of unjustified absence loses the right for six
months. The same table serves any office that must account for hours.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from processor.model import Assiduity, Attendee, Parameters, Presence, Roll, participants, unnoted
from processor.model.catalogue import say
from processor.model.findings import Fault, Finding, Severity
from processor.model.names import normalised
from processor.model.snapshot import Snapshot
from processor.rules.calendar.hours import length_of
from processor.rules.decided import shortened


def quarter(text: str) -> tuple[date, date] | None:
    """The first and last day of a quarter written « 2026-T4 » (T, Q or nothing), or None for another text.

    >>> quarter("2026-T4"), quarter("2027-t1"), quarter("2026-T5") is None
    ((datetime.date(2026, 10, 1), datetime.date(2026, 12, 31)), (datetime.date(2027, 1, 1), datetime.date(2027, 3, 31)), True)
    """
    match = re.fullmatch(r"(20\d\d)[- /]?[TQ]?([1-4])", text.strip().upper())
    if match is None:
        return None
    year, number = int(match[1]), int(match[2])
    last = {1: (3, 31), 2: (6, 30), 3: (9, 30), 4: (12, 31)}[number]
    return date(year, 3 * number - 2, 1), date(year, *last)


def within(rolls: Iterable[Roll], first: date, last: date) -> list[Roll]:
    """The séances that begin in the quarter and take place, in order of time."""
    held = [r for r in rolls if first <= r.seance.start.date() <= last and not r.seance.cancelled]
    return sorted(held, key=lambda roll: (roll.seance.start, roll.seance.code))


def assiduity(rolls: Iterable[Roll], parameters: Parameters) -> list[Assiduity]:
    """One line for each participant of the séances, by name; a séance that is not over or has no hours counts for nothing.

    Of someone Présent who stayed for less than the séance, the hours that staff noted are attended and the rest is left
    « non renseigné », since nobody said why. Hours noted of an absent person were attended, and the rest is the absence.
    """
    lines: dict[str, Assiduity] = {}
    for roll in rolls:
        planned = length_of(roll.seance, parameters)
        if planned is None or not roll.finished:
            continue
        for person in participants(roll.attendees):
            before = lines.get(person.key) or Assiduity(person)
            lines[person.key] = _added(before, person, planned)
    rounded = (_rounded(line) for line in lines.values())
    return sorted(rounded, key=lambda line: (normalised(line.person.listed_name), line.person.key))


def _added(line: Assiduity, person: Attendee, planned: float) -> Assiduity:
    stayed = planned if person.hours is None else min(person.hours, planned)
    if person.presence is Presence.UNKNOWN:
        return replace(line, planned=line.planned + planned, unknown=line.unknown + planned)
    attended = stayed if person.presence is Presence.PRESENT or person.hours is not None else 0.0
    rest = planned - attended
    return replace(
        line,
        planned=line.planned + planned,
        attended=line.attended + attended,
        excused=line.excused + (rest if person.presence is Presence.EXCUSED else 0),
        unjustified=line.unjustified + (rest if person.presence is Presence.ABSENT else 0),
        unknown=line.unknown + (rest if person.presence is Presence.PRESENT else 0),
    )


def _rounded(line: Assiduity) -> Assiduity:
    return replace(line, planned=round(line.planned, 2), attended=round(line.attended, 2), excused=round(line.excused, 2),
                   unjustified=round(line.unjustified, 2), unknown=round(line.unknown, 2))  # fmt: skip


def incomplete(snapshot: Snapshot, rolls: Iterable[Roll]) -> Iterator[Finding]:
    """What keeps the table from being complete: séances left aside, not over, without an hour of end, presences not noted."""
    for roll in rolls:
        aside = roll.seance.place in snapshot.set_aside
        for field, fault in [_left_aside(roll)] if aside else _faults(roll, snapshot.parameters):
            yield snapshot.finding(roll.seance.place, field, fault, say("assiduity.why"), Severity.NOTE)


def _left_aside(roll: Roll) -> tuple[str, Fault]:
    code, name = roll.seance.code, roll.seance.name
    return "code", Fault.of("attestation-trop-tot", "quarter.aside", code=code, name=name)


def _faults(roll: Roll, parameters: Parameters) -> Iterator[tuple[str, Fault]]:
    seance, missing = roll.seance, unnoted(roll)
    code, name = seance.code, seance.name
    if not roll.finished:
        yield "end", Fault.of("attestation-trop-tot", "quarter", code=code, name=name, end=seance.end)
    elif length_of(seance, parameters) is None:
        yield "end", Fault.of("heures-inconnues", "quarter", code=code, name=name)
    elif missing:
        shown = shortened(missing)
        yield "code", Fault.of("presence-non-renseignee", "quarter", code=code, name=name, names=shown)
