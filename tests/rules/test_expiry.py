from datetime import datetime

from tests.sheets import planned

HEAD = "Code | Nom | Date de début | Date de fin | Lieu\n"
PAST = "S-1 | Accueil | 30/11/2026 09:00 | 30/11/2026 12:00\n"
FUTURE = "S-2 | Bilan | 03/12/2026 09:00 | 03/12/2026 12:00\n"


def moves(open_: str, finished: str = "", **sheets: str) -> list[str]:
    return [
        f"{move.code} → {move.to}"
        for move in planned(HEAD + open_, seancesterminees=HEAD + finished, **sheets).moves
    ]


def test_a_seance_whose_end_is_past_goes_to_the_finished_sheet() -> None:
    assert moves(PAST + FUTURE) == ["S-1 → Séances terminées"]


def test_at_the_very_moment_of_its_end_a_seance_is_still_open() -> None:
    assert moves("S-1 | A | 30/11/2026 23:00 | 01/12/2026 02:00") == []


def test_a_finished_seance_whose_end_was_moved_to_the_future_comes_back() -> None:
    assert moves("", FUTURE) == ["S-2 → Séances ouvertes"]


def test_a_finding_on_another_cell_does_not_keep_a_row_open() -> None:
    lieux = "Nom\nSalle Vosges"
    assert moves("S-1 | A | 30/11/2026 09:00 | 30/11/2026 12:00 | Ailleurs", lieux=lieux) == [
        "S-1 → Séances terminées"
    ]


def test_a_code_shared_by_two_rows_keeps_both_where_they_are() -> None:
    plan = planned(HEAD + PAST + "S-1 | B | 30/11/2026 09:00 | 30/11/2026 10:00")
    assert not plan.moves
    assert [(f.cell, f.code) for f in plan.findings] == [("A2", "code-en-double"), ("A3", "code-en-double")]


def test_the_hour_that_exists_twice_in_october_counts_its_first_passage() -> None:
    late = "S-1 | A | 25/10/2026 00:30 | 25/10/2026 02:30"
    assert not planned(HEAD + late, datetime(2026, 10, 25, 2, 30)).moves
    assert planned(HEAD + late, datetime(2026, 10, 25, 2, 31)).moves


def test_a_missing_finished_sheet_is_made() -> None:
    plan = planned(HEAD + PAST)
    assert [sheet.sheet for sheet in plan.sheets] == ["Séances terminées"]
