"""Odd facts, like those that the longest rows of a workbook hold: a template is tried with them before it is used."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

from processor.documents import sample
from processor.documents.placeholders import context
from processor.model import Attendee, Facts, Kind, Parameters, Presence, Roll, SessionRoll

ODD_NAMES = (
    "Dupont & Fils <x> {{ y }} {% if %}",
    "de la Rochefoucauld-Montmorency Vandenberghe d'Ormesson Saint-Exupéry Lévis-Mirepoix",
    "عبد الرحمن بن محمد",
    "Zoé 👩‍👩‍👧‍👦 \u202eoédo",
    "",
)


def odd_facts(kind: Kind) -> Iterator[Facts]:
    """Facts with names that are long, empty, of another script, or look like XML and like tags; and bare facts."""
    ordinary = sample.facts(kind)
    for name in ODD_NAMES:
        person = Attendee("zoe", name, name, "Mme" * bool(name), employer=name, presence=Presence.PRESENT)
        yield replace(_changed(ordinary, name, person), person=ordinary.person and person)
    yield replace(ordinary, parameters=Parameters(), hours=None, number="")


def odd_contexts(kind: Kind) -> Iterator[dict[str, Any]]:
    """The contexts of those facts."""
    return (context(facts) for facts in odd_facts(kind))


def _changed(facts: Facts, name: str, person: Attendee) -> Facts:
    """The facts with the séances renamed, lengthened by two days, and attended by nobody or by forty like the person."""
    people = tuple(
        replace(person, key=f"zoe{number}" if number else "zoe") for number in range(40 if name else 0)
    )
    seance = facts.seance and _roll(facts.seance, name, people)
    session = facts.session and _session(facts.session, name, people)
    return replace(facts, seance=seance, session=session)


def _roll(roll: Roll, name: str, people: tuple[Attendee, ...]) -> Roll:
    end = roll.seance.end + timedelta(days=2)
    changed = replace(
        roll.seance, name=name or "x", description=f"{name}\n{name}", extra=name, end=end, trainers=()
    )
    return replace(roll, seance=changed, attendees=people, trainers=(), venue=None)


def _session(roll: SessionRoll, name: str, people: tuple[Attendee, ...]) -> SessionRoll:
    rolls = tuple(_roll(one, name, people) for one in roll.seances) if name else ()
    return replace(roll, session=replace(roll.session, description=name), seances=rolls, attendees=people)
