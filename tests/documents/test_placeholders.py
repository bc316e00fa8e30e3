"""The table of placeholders says the truth, and the contexts hold nothing but plain values."""

import re
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from processor.documents.lint import sample
from processor.documents.placeholders import guide
from processor.documents.placeholders.claroline import known
from processor.documents.placeholders.placeholders import context, placeholders, table
from processor.model import (
    DOCUMENTS,
    Attendee,
    Facts,
    Kind,
    Place,
    Presence,
    Roll,
    Seance,
    Session,
    SessionRoll,
    Status,
)
from processor.model.typography import plain

ROOT = Path(__file__).parents[2]
CLAROLINE = """first_name last_name date course_title course_code course_description session_name session_description
session_start session_end session_trainers events_list event_name event_description event_start event_end event_location
event_location_address event_location_name event_location_extra event_trainers event_code session_code event_start_date
event_start_time event_end_date event_end_time event_presence_status user_first_name user_last_name"""


def test_every_example_of_the_table_is_what_the_sample_gives() -> None:
    made = sample.filled(Kind.SEANCE_ATTESTATION)
    for one in placeholders():
        if not one.loop and one.example and not one.name.endswith("autres"):
            value: Any = made
            for step in one.name.split("."):
                value = value[step]
            assert plain(str(value)) == plain(one.example), one.name


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_a_context_is_made_of_plain_values_only(kind: Kind) -> None:
    def check(value: Any) -> None:
        assert type(value) in (str, int, list, dict)
        for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
            check(inner)

    check(sample.filled(kind))


def test_every_name_of_claroline_has_its_placeholder() -> None:
    assert set(known()) == set(CLAROLINE.split())


def test_no_two_placeholders_have_one_name_in_one_place() -> None:
    names = [(one.name, one.loop) for one in placeholders()]
    assert len(names) == len(set(names))


def test_every_row_of_the_table_has_a_meaning_and_its_kinds() -> None:
    assert all(name and meaning and kinds for name, meaning, _, kinds in table())


def test_the_documentation_holds_the_table_of_the_code() -> None:
    page = (ROOT / "docs" / "modeles.md").read_text(encoding="utf-8")
    assert page == guide.updated(page), "run: python docs/make.py"


def test_what_staff_left_blank_is_an_empty_string_and_never_a_hole() -> None:
    bare = Roll(Seance(Place(""), "", "Atelier", datetime(2026, 12, 1, 9), datetime(2026, 12, 1, 12)))
    facts = replace(sample.facts(Kind.SEANCE_INVITATION), seance=bare, person=Attendee("k", "Zoé", "Dupont"))
    made = context(facts)
    assert {made["seance"][name] for name in ("lieu", "adresse", "formateurs", "infos", "etat")} == {""}
    assert made["session"]["nom"] == made["formation"]["titre"] == made["lieu"]["adresse"] == ""


def test_only_registered_participants_are_listed_in_the_order_of_a_directory() -> None:
    people = (
        Attendee("1", "Zoé", "Émard"),
        Attendee("2", "Ali", "eloi"),
        Attendee("3", "Eve", "Attente", status=Status.WAITING),
        Attendee("4", "Anne", "Abel"),
    )
    roll = replace(sample.facts(Kind.EMARGEMENT).seance, attendees=people)  # type: ignore[type-var]
    made = context(replace(sample.facts(Kind.EMARGEMENT), seance=roll))
    assert [one["nom_liste"] for one in made["participants"]] == ["Abel Anne", "eloi Ali", "Émard Zoé"]


def _session(kind: Kind, *presences: Presence | None) -> Facts:
    """Facts of a session for Zoé, with one séance a presence; None: Zoé does not belong to it."""
    zoe = Attendee("zoe", "Zoé", "Dupont")
    other = Attendee("ali", "Ali", "Benali", presence=Presence.PRESENT)
    rolls = []
    for day, presence in enumerate(presences, start=1):
        seance = Seance(
            Place(""), f"S-{day}", f"Séance {day}", datetime(2026, 12, day, 9), datetime(2026, 12, day, 12)
        )
        own = () if presence is None else (replace(zoe, presence=presence),)
        rolls.append(Roll(seance, attendees=(*own, other)))
    session = SessionRoll(Session(Place(""), "X", "Automne"), seances=tuple(rolls), attendees=(zoe, other))
    return replace(sample.facts(kind), session=session, person=zoe, hours=None)


def test_a_session_certificate_lists_the_seances_where_the_person_was_present_and_their_hours() -> None:
    made = context(
        _session(Kind.SESSION_ATTESTATION, Presence.PRESENT, Presence.ABSENT, None, Presence.PRESENT)
    )
    assert [one["nom"] for one in made["seances"]] == ["Séance 1", "Séance 4"]
    assert [one["heures_suivies"] for one in made["seances"]] == ["3\u00a0h", "3\u00a0h"]
    assert made["heures"] == made["personne"]["heures"] == "6\u00a0h"


def test_a_session_invitation_lists_the_seances_to_which_the_person_belongs() -> None:
    made = context(_session(Kind.SESSION_INVITATION, Presence.UNKNOWN, None))
    assert [one["nom"] for one in made["seances"]] == ["Séance 1"]


def test_the_list_of_seances_of_claroline_is_readable() -> None:
    made = context(_session(Kind.SESSION_INVITATION, Presence.UNKNOWN, Presence.UNKNOWN))
    assert plain(made["liste_des_seances"]).splitlines() == [
        "– mardi 1er décembre 2026 de 9 h 00 à 12 h 00 : Séance 1",
        "– mercredi 2 décembre 2026 de 9 h 00 à 12 h 00 : Séance 2",
    ]


def test_characters_that_word_refuses_do_not_reach_it() -> None:
    person = Attendee("k", "Zo\x0bé", "Du\x00pont\ud800")
    made = context(replace(sample.facts(Kind.SEANCE_INVITATION), person=person))
    assert made["personne"]["nom_complet"] == "Zoé Dupont"


def test_the_code_names_no_placeholder_that_the_table_has_not() -> None:
    names = {one.name for one in placeholders()}
    page = (ROOT / "docs" / "modeles.md").read_text(encoding="utf-8")
    for name in re.findall(r"{{ ([a-z_.]+) }}", page.partition("<!-- table")[0]):
        assert name in names or name == "seance.nim"
