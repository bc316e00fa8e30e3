"""What the night writes in cells is typeset, and a cell that shows the same words with other spaces is left alone."""

from pathlib import Path

import openpyxl
import pytest

from processor.model.typography import plain, typeset
from tests.books import book, plan, run

WRONG = "Code | Nom | Date de début | Date de fin | Lieu | Contrôle\nS-1 | L'heure : yoga | 10/12/2026 09:00 | 10/12/2026 12:00 | Sale | "


def shown(path: Path) -> str:
    return str(openpyxl.load_workbook(path)["Séances ouvertes"]["F2"].value)


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    return book(tmp_path / "classeur.xlsx", seancesouvertes=WRONG, lieux="Nom\nSalle")


def test_control_is_typeset_once_and_the_plan_keeps_plain_spaces(workbook: Path) -> None:
    [written] = [one for one in plan(workbook)["writes"] if one["cell"] == "F2"]
    assert "\u00a0" not in written["value"]
    run(workbook)
    assert shown(workbook) == typeset(written["value"]) != written["value"]
    assert plan(workbook)["writes"] == []


def test_what_people_typed_keeps_its_spaces_and_its_apostrophes(workbook: Path) -> None:
    run(workbook)
    assert openpyxl.load_workbook(workbook)["Séances ouvertes"]["B2"].value == "L'heure : yoga"


def test_a_cell_of_before_with_plain_spaces_is_not_written_again(workbook: Path) -> None:
    run(workbook)
    before = openpyxl.load_workbook(workbook)
    before["Séances ouvertes"]["F2"].value = plain(shown(workbook)).replace("’", "'")
    before.save(workbook)
    run(workbook)
    assert "\u00a0" not in shown(workbook)
    assert plan(workbook)["writes"] == []
