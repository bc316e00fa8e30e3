from datetime import date

import pytest

from processor.model.past import Known
from tests.sheets import NOW, planned

HEAD = "Code | Nom | Date de début | Date de fin | Répéter les jours | Répéter jusqu'au | Répéter (semaines) | Série\n"


def copies(request: str, known: Known | None = None, more: str = "", **sheets: str) -> list[str]:
    """The request is « days | until | weeks », on a séance of Monday 1 June 2026."""
    row = f"S-1 | Yoga | 01/06/2026 09:00 | 01/06/2026 10:30 | {request}\n"
    plan = planned(HEAD + row + more, NOW.replace(month=5), known, **sheets)
    return [f"{copy.code} {copy.start:%d/%m %H:%M}-{copy.end:%H:%M}" for copy in plan.repeats]


@pytest.mark.parametrize(
    ("request_", "expected"),
    [
        ("lundi | | 1", ["S-0002 08/06 09:00-10:30"]),
        ("lun, mer | | 1", ["S-0002 03/06 09:00-10:30", "S-0003 08/06 09:00-10:30"]),
        (
            "jours ouvrés | | 1",
            [f"S-{n:04} {d:02}/06 09:00-10:30" for n, d in ((2, 2), (3, 3), (4, 4), (5, 5), (6, 8))],
        ),
        ("lundi | 15/06/2026 | 1", ["S-0002 08/06 09:00-10:30", "S-0003 15/06 09:00-10:30"]),
        ("lundi | 07/06/2026 |", []),
    ],
)
def test_the_dates_are_clarolines(request_: str, expected: list[str]) -> None:
    assert copies(request_) == expected


def test_a_public_holiday_and_a_closure_are_left_out_and_said() -> None:
    row = "S-1 | Yoga | 20/12/2026 09:00 | 20/12/2026 10:00 | tous les jours | 27/12/2026 |\n"
    plan = planned(HEAD + row, fermetures="Du | Au | Motif\n21/12/2026 | 23/12/2026 | Inventaire",
                   journal="Quand | Action | Séance | Détail")  # fmt: skip
    assert [copy.start.day for copy in plan.repeats] == [24, 26, 27]
    [detail] = [row.values["detail"] for row in plan.rows if row.sheet == "Journal"]
    assert detail == (
        "3 séances créées ; 4 jours sautés : 21/12/2026 (fermeture : Inventaire), 22/12/2026 (fermeture : Inventaire), "
        "23/12/2026 (fermeture : Inventaire), 25/12/2026 (jour férié : Noël)"
    )


def test_a_closed_day_never_shifts_the_others() -> None:
    closed = "Du | Au\n08/06/2026 |"
    assert copies("lundi | | 3", fermetures=closed) == [
        "S-0002 15/06 09:00-10:30",
        "S-0003 22/06 09:00-10:30",
    ]


def test_alsace_moselle_has_saint_stephens_day_and_other_departments_do_not() -> None:
    row = "S-1 | Yoga | 20/12/2026 09:00 | 20/12/2026 10:00 | samedi | 27/12/2026 |\n"
    local = "Nom | Valeur\nalsace-moselle | oui"
    assert len(planned(HEAD + row).repeats) == 1
    assert not planned(HEAD + row, parametres=local).repeats


def test_belgium_keeps_its_own_holidays() -> None:
    row = "S-1 | Yoga | 20/07/2027 09:00 | 20/07/2027 10:00 | mercredi | 22/07/2027 |\n"
    assert len(planned(HEAD + row).repeats) == 1
    assert not planned(HEAD + row, parametres="Nom | Valeur\npays des jours fériés | Belgique").repeats


def test_asking_again_makes_only_the_dates_that_the_serie_does_not_have() -> None:
    more = "S-2 | Yoga | 08/06/2026 09:00 | 08/06/2026 10:30 | | | | S-1\n"
    assert copies("lundi | | 2", more=more) == ["S-0003 15/06 09:00-10:30"]


def test_a_copy_that_staff_deleted_does_not_come_back() -> None:
    known = Known(occurrences=frozenset({("S-1", date(2026, 6, 8))}))
    assert copies("lundi | | 2", known) == ["S-0002 15/06 09:00-10:30"]


def test_a_code_that_a_deleted_seance_had_is_never_given_again() -> None:
    assert copies("lundi | | 1", Known(codes=frozenset({"S-0041"}))) == ["S-0042 08/06 09:00-10:30"]


def test_the_request_is_cleared_and_the_original_bears_its_serie() -> None:
    plan = planned(HEAD + "S-1 | Yoga | 01/06/2027 09:00 | 01/06/2027 10:30 | mardi | | 1\n")
    assert {(write.field, write.value) for write in plan.writes if write.field != "control"} == {
        ("weekdays", None), ("until", None), ("weeks", None), ("series", "S-1"),
    }  # fmt: skip


def test_a_repetition_of_a_cancelled_seance_is_told_and_not_made() -> None:
    row = (
        HEAD.replace("Série", "État")
        + "S-1 | Yoga | 01/06/2027 09:00 | 01/06/2027 10:30 | mardi | | 1 | Annulée\n"
    )
    plan = planned(row)
    assert [finding.code for finding in plan.findings] == ["repetition-annulee"]
    assert not plan.repeats


def test_a_year_mistyped_far_away_is_told_and_not_made() -> None:
    plan = planned(HEAD + "S-1 | Yoga | 01/06/2027 09:00 | 01/06/2027 10:30 | mardi | 01/06/2072 |\n")
    assert [finding.code for finding in plan.findings] == ["repetition-trop-longue"]
    assert not plan.repeats


def test_copies_are_numbered_one_after_another_the_original_being_the_first() -> None:
    row = " | Yoga | 01/06/2026 09:00 | 01/06/2026 10:30 | lundi | | 2\n"
    named = "Nom | Valeur\nnom des répétitions | {{ nom }} ({{ numero }})"
    plan = planned(HEAD + row, NOW.replace(month=5), parametres=named)
    assert [copy.name for copy in plan.repeats] == ["Yoga (2)", "Yoga (3)"]


@pytest.mark.parametrize("weeks", ["600", "999999"])
def test_more_weeks_than_five_years_are_told_however_many(weeks: str) -> None:
    plan = planned(HEAD + f"S-1 | Yoga | 01/06/2026 09:00 | 01/06/2026 10:30 | tous les jours | | {weeks}\n")
    assert [finding.code for finding in plan.findings] == ["repetition-trop-longue"]
    assert not plan.repeats
