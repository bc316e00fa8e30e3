"""Which people of a list are new: added, already there, or refused, by the very rules of the night."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from processor.contract import REGISTRATIONS
from processor.model import Place, Registration, Role, Status
from processor.model.catalogue import say
from processor.model.findings import Fault, Finding, Severity
from processor.model.keys import person_key
from processor.model.layout import Layout
from processor.model.names import normalised
from processor.model.nearest import proposed
from processor.model.snapshot import Snapshot
from processor.reading.listed_people import ListedPerson
from processor.rules.registering.doubles import maybe_one, same_address
from processor.rules.registering.people import judged
from processor.rules.registering.registration import register
from processor.rules.registering.rolls import rolls


class Fate(StrEnum):
    """What became of a line."""

    ADDED = "ajouté"
    KNOWN = "déjà inscrit"
    REFUSED = "refusé"


@dataclass(frozen=True)
class Outcome:
    """One line of the list: its person, what became of it and why. `row` is the registration to add."""

    entry: ListedPerson
    fate: Fate
    why: str = ""
    row: Registration | None = None


def joined(snapshot: Snapshot, entries: Iterable[ListedPerson], session: str, seance: str) -> list[Outcome]:
    """The outcome of each line, in the order of the list; `session` or `seance` holds where the line says nothing.

    A line is first compared with the people there and with the lines before it. What is new is then judged as if it stood
    in Inscriptions already: what the night would set aside is refused here, with the same words, and who finds no seat is
    added as En attente.
    """
    there = _There(snapshot)
    for row in snapshot.registrations:
        there.add(row, say("row", row=row.place.row))
    outcomes, free = [], _last_row(snapshot) + 1
    for entry in entries:
        outcome = _compared(there, entry, (session, seance), free)
        if outcome.row is not None:
            there.add(outcome.row, say("joining.line", row=entry.line))
            free += 1
        outcomes.append(outcome)
    return _judged(snapshot, outcomes)


class _There:
    """The people who are registered already, by what they are registered for and by name or address."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.book = register(snapshot)
        self.seances = {normalised(s.code): s for s in snapshot.seances if s.code}
        self.rows: dict[tuple[str, str], list[tuple[Registration, str]]] = defaultdict(list)

    def add(self, row: Registration, where: str) -> None:
        """Takes one row in, with the words for where it stands."""
        for key in _keys(row):
            self.rows[_target(row.session, row.seance), key].append((row, where))

    def like(self, row: Registration) -> Iterator[tuple[Registration, str]]:
        """The participants of the same session or séance who have the name or the address, the latest first."""
        for key in _keys(row):
            for other, where in reversed(self.rows[_target(row.session, row.seance), key]):
                if other.role is Role.PARTICIPANT:
                    yield other, where


def _keys(row: Registration) -> tuple[str, ...]:
    name = person_key(row.first_name, row.last_name)
    return (name, row.email.key) if row.email else (name,)


def _last_row(snapshot: Snapshot) -> int:
    layout = snapshot.layouts.get(REGISTRATIONS.name)
    return max((row.place.row for row in snapshot.registrations), default=layout.header_row if layout else 1)


def _target(session: str, seance: str) -> str:
    return f"seance {normalised(seance)}" if seance else f"session {normalised(session)}"


def _compared(
    there: _There,
    entry: ListedPerson,
    target: tuple[str, str],
    row: int,
) -> Outcome:
    snapshot = there.snapshot
    if entry.refused is not None:
        return Outcome(entry, Fate.REFUSED, _remedied(entry.refused))
    session, seance = target if any(target) else (entry.session, entry.seance)
    session = "" if seance else session
    unknown = _unknown(snapshot, session, seance)
    if unknown:
        return Outcome(entry, Fate.REFUSED, unknown)
    new = Registration(
        Place(_sheet(snapshot), row), entry.first_name, entry.last_name, session, seance, entry.civility,
        entry.email, entry.employer, since=entry.since or snapshot.now.replace(microsecond=0),
    )  # fmt: skip
    for other, where in there.like(new):
        if said := _same(other, new, where):
            return Outcome(entry, Fate.REFUSED if other.status is Status.WITHDRAWN else Fate.KNOWN, said)
    if seance and (said := _by_session(there, new)):
        return Outcome(entry, Fate.KNOWN, said)
    return Outcome(entry, Fate.ADDED, row=new)


def _same(other: Registration, new: Registration, where: str) -> str:
    """What is said when the two rows are one person; nothing when they are two."""
    one_name = person_key(other.first_name, other.last_name) == person_key(new.first_name, new.last_name)
    if one_name and not (not other.email or not new.email or same_address(other.email, new.email)):
        return ""
    at_once = bool(other.email) and other.email.key == new.email.key
    if not one_name and not (at_once and maybe_one(other, new)):
        return ""
    withdrawn = other.status is Status.WITHDRAWN
    if one_name and not withdrawn:
        return where
    slug = (
        "joining.known.renamed"
        if not withdrawn
        else "joining.withdrawn"
        if one_name
        else "joining.withdrawn.renamed"
    )
    return say(slug, where=where, name=f"{other.first_name} {other.last_name}")


def _by_session(there: _There, new: Registration) -> str:
    """Whether the person comes to the Automatique séance already, with the whole session."""
    seance = there.seances.get(normalised(new.seance))
    if seance is None:
        return ""
    who = person_key(new.first_name, new.last_name)
    for row in there.book.registrations(seance):
        same = person_key(row.first_name, row.last_name) == who
        if same and not row.seance and row.status is not Status.WITHDRAWN:
            return say("joining.session", session=row.session, row=row.place.row)
    return ""


def _unknown(snapshot: Snapshot, session: str, seance: str) -> str:
    if not session and not seance:
        return say("joining.nowhere")
    codes = snapshot.codes if seance else tuple(s.code for s in snapshot.sessions)
    typed = seance or session
    if normalised(typed) in {normalised(code) for code in codes}:
        return ""
    return say(
        "joining.unknown.seance" if seance else "joining.unknown.session",
        typed=typed,
        near=proposed(typed, codes),
    )


def _sheet(snapshot: Snapshot) -> str:
    layout = snapshot.layouts.get(REGISTRATIONS.name)
    return layout.sheet if layout else REGISTRATIONS.name


def _judged(snapshot: Snapshot, outcomes: list[Outcome]) -> list[Outcome]:
    """The outcomes after the night's own rules: refused rows, notes, and who waits."""
    if not any(outcome.row for outcome in outcomes):
        return outcomes
    findings = _found(with_rows(snapshot, outcomes), outcomes)
    refused = {place for place, found in findings.items() if any(f.severity is Severity.ROW for f in found)}
    kept = [
        replace(o, fate=Fate.REFUSED, row=None, why=_said(findings[o.row.place]))
        if o.row is not None and o.row.place in refused
        else o
        for o in outcomes
    ]
    waiting = _waiting(with_rows(snapshot, kept))
    return [_seated(outcome, waiting, findings) for outcome in kept]


def _said(findings: list[Finding]) -> str:
    return _remedied(next(f for f in findings if f.severity is Severity.ROW))


def _remedied(wrong: Fault | Finding) -> str:
    return say("joining.refused", problem=wrong.problem, fix=wrong.fix)


def with_rows(snapshot: Snapshot, outcomes: Iterable[Outcome]) -> Snapshot:
    """The snapshot as it will be when the new rows stand in Inscriptions."""
    rows = tuple(outcome.row for outcome in outcomes if outcome.row is not None)
    columns = {column.field: n for n, column in enumerate(REGISTRATIONS.columns, 1)}
    empty = Layout(
        REGISTRATIONS.name, 1, columns, {n: c.header for n, c in enumerate(REGISTRATIONS.columns, 1)}
    )
    layouts = {REGISTRATIONS.name: empty} | dict(snapshot.layouts)
    return replace(snapshot, registrations=(*snapshot.registrations, *rows), layouts=layouts)


def _found(snapshot: Snapshot, outcomes: Iterable[Outcome]) -> dict[Place, list[Finding]]:
    new = {outcome.row.place for outcome in outcomes if outcome.row is not None}
    found: dict[Place, list[Finding]] = {}
    for finding in judged(snapshot, snapshot.findings).findings:
        place = Place(finding.sheet, finding.row)
        if place in new:
            found.setdefault(place, []).append(finding)
    return found


def _waiting(snapshot: Snapshot) -> frozenset[Place]:
    """The rows whose person the capacity puts on the waiting list."""
    people = judged(snapshot)
    book = people.register
    found = rolls(people.snapshot, book)
    waiting: set[Place] = set()
    for roll in found.seances.values():
        name = book.naming(roll.seance)
        status = {person.key: person.status for person in roll.attendees}
        rows = book.by_seance.get(normalised(roll.seance.code), [])
        waiting |= {row.place for row in rows if status.get(name(row)) is Status.WAITING}
    for whole in found.sessions.values():
        late = {p.key.partition("|")[0] for p in whole.attendees if p.status is Status.WAITING}
        rows = book.by_session.get(normalised(whole.session.code), [])
        waiting |= {row.place for row in rows if person_key(row.first_name, row.last_name) in late}
    return frozenset(waiting)


def _seated(outcome: Outcome, waiting: frozenset[Place], findings: dict[Place, list[Finding]]) -> Outcome:
    row = outcome.row
    if row is None:
        return outcome
    notes = [*outcome.entry.notes, *(f.problem for f in findings.get(row.place, []))]
    if row.place in waiting:
        row, notes = (
            replace(row, status=Status.WAITING),
            [say("joining.waiting"), *notes],
        )
    return replace(outcome, row=row, why=" ; ".join(note.removesuffix(".") for note in notes))


def added(outcomes: Iterable[Outcome]) -> Iterator[Registration]:
    """The rows to write, in the order of the list."""
    return (outcome.row for outcome in outcomes if outcome.row is not None)
