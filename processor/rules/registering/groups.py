"""How many séances of a group one person may take: the Limite of the sheet Groupes."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from processor.contract import GROUPS
from processor.model import Group, Registering, Registration, Role, Seance, Status
from processor.model.catalogue import quoted, say
from processor.model.findings import Fault, Finding, Severity
from processor.model.keys import person_key
from processor.model.names import normalised
from processor.model.snapshot import Snapshot
from processor.rules.decided import shortened
from processor.rules.registering.naming import in_time
from processor.rules.registering.registration import Register, registering


@dataclass
class _Taken:
    """What one person takes of one group: séances by their session, and those chosen by a row, in order."""

    name: str
    given: list[str] = field(default_factory=list)
    chosen: dict[str, tuple[bool, datetime, int, Registration]] = field(default_factory=dict)


def over_limit(snapshot: Snapshot, book: Register) -> Iterator[Finding]:
    """The rows of Inscriptions beyond the limit, and the people whom their session alone puts beyond it.

    A seat that an earlier night gave counts first, then the rows in order of Inscrit le, then of the sheet. What an
    Automatique séance gives is nobody's choice: it counts, but its excess is told at the group and changes nothing.
    """
    limits = {normalised(g.name): g for g in snapshot.groups if g.limit is not None}
    held: dict[str, list[Seance]] = defaultdict(list)
    for seance in snapshot.seances:
        if seance.group and not seance.cancelled and normalised(seance.group) in limits:
            held[normalised(seance.group)].append(seance)
    for name, seances in held.items():
        people = _taken(book, seances)
        yield from _given(snapshot, limits[name], people)
        for taken in people.values():
            yield from _chosen(snapshot, limits[name], taken)


def _taken(book: Register, seances: list[Seance]) -> Mapping[str, _Taken]:
    people: dict[str, _Taken] = {}
    for seance in seances:
        seated = {
            person_key(p.first_name, p.last_name) for p in book.noted(seance) if p.status is Status.REGISTERED
        }
        named = {row.place for row in book.by_seance.get(normalised(seance.code), [])}
        for row in _standing(book, seance):
            key = person_key(row.first_name, row.last_name)
            mine = people.setdefault(key, _Taken(f"{row.first_name} {row.last_name}"))
            if row.place in named:
                mine.chosen.setdefault(
                    seance.code, (key not in seated, row.since or datetime.max, row.place.row, row)
                )
            elif registering(seance, book.sessions) is Registering.AUTOMATIC:
                mine.given.append(seance.code)
    for mine in people.values():
        mine.chosen = {code: found for code, found in mine.chosen.items() if code not in mine.given}
    return people


def _standing(book: Register, seance: Seance) -> Iterator[Registration]:
    """The last row of each participant, where it does not say Désinscrit."""
    last = {
        person_key(row.first_name, row.last_name): row
        for row in in_time(book.registrations(seance))
        if row.role is Role.PARTICIPANT
    }
    return (row for row in last.values() if row.status is not Status.WITHDRAWN)


def _chosen(snapshot: Snapshot, group: Group, taken: _Taken) -> Iterator[Finding]:
    limit = group.limit or 0
    order = sorted(taken.chosen, key=lambda code: (*taken.chosen[code][:3], code))
    kept = [*taken.given, *order][:limit]
    for code in order[max(0, limit - len(taken.given)) :]:
        row = taken.chosen[code][3]
        fault = Fault.of(
            "limite-de-groupe", "chosen" if kept else "chosen.none", name=taken.name, code=code, group=group.name,
            count=len(kept), names=quoted(kept),
        )  # fmt: skip
        yield snapshot.finding(row.place, "seance", fault, _rule(snapshot, group), Severity.ROW)


def _rule(snapshot: Snapshot, group: Group) -> str:
    where = snapshot.layouts[GROUPS.name].address(group.place.row, "limit")
    return say("limite-de-groupe.chosen.why", cell=where, count=group.limit or 0, group=group.name)


def _given(snapshot: Snapshot, group: Group, people: Mapping[str, _Taken]) -> Iterator[Finding]:
    limit = group.limit or 0
    over = sorted(taken.name for taken in people.values() if len(taken.given) > limit)
    if over:
        fault = Fault.of("limite-de-groupe", "given", count=limit, group=group.name, names=shortened(over))
        yield snapshot.finding(group.place, "limit", fault, say("limite-de-groupe.given.why"), Severity.NOTE)
