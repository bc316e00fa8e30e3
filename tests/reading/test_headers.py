import pytest

from processor.contract import OPEN
from processor.model.findings import Stopped
from processor.model.layout import Layout
from processor.model.past import Known
from processor.reading.headers import find_layout
from processor.reading.snapshot import take
from tests.sheets import NOW, grid, snapshot, told


def columns(table: str, renames: dict[str, str] | None = None) -> dict[str, int]:
    found = find_layout(grid("Séances ouvertes", table), OPEN, renames or {})
    assert isinstance(found, Layout), found
    return dict(found.columns)


@pytest.mark.parametrize(
    "header",
    [
        "Nom | Date de début | Date de fin | Infos complémentaires",
        "NOM | DATE DE DEBUT | DATE DE FIN | INFOS COMPLEMENTAIRES",
        " nom * | date  de début | Date\\nde fin | infos complementaires :",
    ],
)
def test_headers_are_recognised_whatever_their_case_accents_and_spaces(header: str) -> None:
    assert columns(header) == {"name": 1, "start": 2, "end": 3, "extra": 4}


@pytest.mark.parametrize("apostrophe", ["'", "’", "ʼ", "`"])
def test_any_form_of_apostrophe_is_the_same(apostrophe: str) -> None:
    assert columns(f"Nom | Début | Fin | Modèle d{apostrophe}invitation")["invitation_template"] == 4


def test_a_title_block_above_the_header_is_passed_over() -> None:
    table = """
Centre Ligne 9
Planning | | 2026

Nom | Début | Fin
"""
    found = find_layout(grid("Séances ouvertes", table), OPEN, {})
    assert isinstance(found, Layout)
    assert found.header_row == 4


def test_columns_may_stand_in_any_order_and_unknown_ones_are_left_to_staff() -> None:
    assert columns("Budget | Date de fin | Nom | Date de début") == {"end": 2, "name": 3, "start": 4}


def test_a_rename_of_the_settings_beats_the_contracts_own_header() -> None:
    assert columns("Nom | Intitulé | Début | Fin", {"Nom": "Intitulé"}) == {"name": 2, "start": 3, "end": 4}


def test_a_date_with_two_hours_stands_for_the_two_dates() -> None:
    assert columns("Nom | Date | Heure de début | Heure de fin") == {
        "name": 1,
        "day": 2,
        "start_time": 3,
        "end_time": 4,
    }


def test_a_missing_header_is_one_finding_that_names_the_nearest_one() -> None:
    with pytest.raises(Stopped) as stopped:
        snapshot("Nomm | Date de début | Date de fin\nA | 01/12/2026 | 01/12/2026")
    [finding] = stopped.value.findings
    assert (finding.code, finding.sheet, finding.row) == ("colonne-absente", "Séances ouvertes", 1)
    assert finding.problem == "la feuille n’a pas la colonne « Nom »."
    assert finding.fix.startswith("renommez « Nomm » en « Nom »")


def test_a_blank_optional_sheet_is_an_absent_one() -> None:
    assert not snapshot("Nom | Début | Fin", lieux="").layouts.get("Lieux")


def test_an_optional_sheet_without_its_header_stops_the_run() -> None:
    with pytest.raises(Stopped) as stopped:
        snapshot("Nom | Début | Fin", inscriptions="Salut | toi\nA | B")
    assert stopped.value.findings[0].sheet == "Inscriptions"


def test_a_header_that_stands_twice_is_told_and_the_first_is_read() -> None:
    taken = snapshot("Nom | Début | Fin | NOM\nA | 01/12/2026 | 01/12/2026 | B")
    assert [seance.name for seance in taken.seances] == ["A"]
    assert told(taken.findings) == ["D1 colonne-en-double: l’en-tête « Nom » est déjà celui de la colonne A."]


def test_of_two_sheets_of_one_name_the_one_spelt_as_in_the_contract_is_read() -> None:
    name = "Séances ouvertes"
    taken = take(
        {name: grid(name, "Nom | Début | Fin")}, ["SEANCES OUVERTES", name, "Budget"], {}, Known(), NOW
    )
    assert [(found.code, found.sheet) for found in taken.findings] == [
        ("feuille-en-double", "SEANCES OUVERTES")
    ]
