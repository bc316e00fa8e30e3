"""Odd facts, invented and from the workbook: a template is filled with them before any document is made of it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import cycle, islice
from typing import Any, TypeVar

from processor.documents.lint import sample
from processor.documents.placeholders.placeholders import context
from processor.model import Attendee, Facts, Kind, Parameters, Presence, Roll, Seance, SessionRoll

Row = TypeVar("Row", Attendee, Seance)

ODD_NAMES = (
    "Dupont & Fils <x> {{ y }} {% if %}",
    "de la Rochefoucauld-Montmorency Vandenberghe d'Ormesson Saint-Exupéry Lévis-Mirepoix",
    "عبد الرحمن بن محمد",
    "Zoé 👩‍👩‍👧‍👦 \u202eoédo",
    "",
)
_MARKS = "&<>{}%"


def odd_facts(kind: Kind, columns: Iterable[str] = ()) -> Iterator[Facts]:
    """Facts with names that are long, empty, of another script, or look like XML and like tags; and bare facts.

    `columns` are the columns of staff's own that the facts are to have.
    """
    ordinary = sample.facts(kind)
    for name in ODD_NAMES:
        own = dict.fromkeys(columns, name)
        person = Attendee(
            "zoe", name, name, "Mme" * bool(name), employer=name, presence=Presence.PRESENT, others=own
        )
        yield replace(_changed(ordinary, name, person), person=ordinary.person and person)
    bare = _changed(ordinary, "", Attendee("zoe", "", "Dupont", others=dict.fromkeys(columns, "")))
    yield replace(bare, parameters=Parameters(), hours=None, number="")


def odd_contexts(kind: Kind, columns: Iterable[str] = ()) -> Iterator[dict[str, Any]]:
    """The contexts of those facts."""
    return (context(facts) for facts in odd_facts(kind, tuple(columns)))


def odd_rows(kind: Kind, people: Sequence[Attendee], seances: Sequence[Seance]) -> Iterator[dict[str, Any]]:
    """Contexts with the longest and oddest people and séances of a workbook, each in turn; none for an empty one."""
    ordinary = sample.facts(kind)
    persons = _oddest(people, lambda one: (one.full_name, one.employer, str(one.email)))
    meetings = _oddest(seances, lambda one: (one.name, one.description, one.extra, one.venue))
    for number in range(max(len(persons), len(meetings))):
        person = next(islice(cycle(persons), number, None), ordinary.person)
        seance = next(islice(cycle(meetings), number, None), None)
        roll = ordinary.seance and replace(ordinary.seance, seance=seance or ordinary.seance.seance)
        yield context(replace(ordinary, person=ordinary.person and person, seance=roll))


def _oddest(rows: Sequence[Row], texts: Any) -> list[Row]:
    """The rows with the longest of each text, a blank one, one in another script, one that looks like tags or XML."""
    if not rows:
        return []
    found = [max(rows, key=lambda row: len(texts(row)[at])) for at in range(len(texts(rows[0])))]
    found += _first(rows, lambda row: not all(texts(row)))
    found += _first(rows, lambda row: any(letter > "\u02ff" for letter in "".join(texts(row))))
    found += _first(rows, lambda row: any(mark in "".join(texts(row)) for mark in _MARKS))
    return list({id(row): row for row in found}.values())


def _first(rows: Iterable[Row], odd: Any) -> list[Row]:
    return list(islice((row for row in rows if odd(row)), 1))


def _changed(facts: Facts, name: str, person: Attendee) -> Facts:
    """The facts with the séances renamed, lengthened by two days, and attended by nobody or by forty like the person."""
    people = tuple(
        replace(person, key=f"zoe{number}" if number else "zoe") for number in range(40 if name else 0)
    )
    seance = facts.seance and _roll(facts.seance, name, people, person.others)
    session = facts.session and _session(facts.session, name, people, person.others)
    return replace(facts, seance=seance, session=session)


def _roll(roll: Roll, name: str, people: tuple[Attendee, ...], own: Mapping[str, str]) -> Roll:
    end = roll.seance.end + timedelta(days=2)
    changed = replace(
        roll.seance,
        name=name or "x",
        description=f"{name}\n{name}" if name else "",
        extra=name,
        end=end,
        trainers=(),
        others=own,
    )
    return replace(roll, seance=changed, attendees=people, trainers=(), venue=None)


def _session(
    roll: SessionRoll, name: str, people: tuple[Attendee, ...], own: Mapping[str, str]
) -> SessionRoll:
    rolls = tuple(_roll(one, name, people, own) for one in roll.seances) if name else ()
    session = replace(roll.session, description=name, others=own)
    return replace(roll, session=session, seances=rolls, attendees=people)
