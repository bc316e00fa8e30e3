"""What a row shows of its fault goes away with the fault."""

from pathlib import Path

import openpyxl
import pytest

from processor.workbook import open_workbook
from tests.books import book, run, table

OPEN = "Code|Nom|Date de début|Date de fin|Lieu|Contrôle\n"


@pytest.mark.usefixtures("no_office")
def test_a_mended_row_loses_its_mark_and_its_words_in_the_same_night(tmp_path: Path) -> None:
    workbook = book(
        tmp_path / "plan.xlsx", lieux="Nom\nSalle Vosges",
        seancesouvertes=OPEN + "S-1|Yoga|03/12/2026 09:00|03/12/2026 10:00|Sale Vosges|",
    )  # fmt: skip
    assert run(workbook).exit_code == 10
    assert set(open_workbook(workbook).sheet("Séances ouvertes").marked) == {(2, 5)}
    assert "« Salle Vosges »" in table(workbook, "Séances ouvertes")[0]["Contrôle"]
    mended = openpyxl.load_workbook(workbook)
    mended["Séances ouvertes"]["E2"] = "Salle Vosges"
    mended.save(workbook)
    assert run(workbook, now="2026-12-02T02:00").exit_code == 0
    assert not open_workbook(workbook).sheet("Séances ouvertes").marked
    assert "Contrôle" not in table(workbook, "Séances ouvertes")[0]
