"""Comments follow their séance, from night to night, and nowhere else."""

from pathlib import Path

import openpyxl
import pytest

from tests.books import book, run, table

HEAD = "Code|Nom|Date de début|Date de fin|Répéter les jours|Répéter (semaines)\n"


def pages(workbook: Path) -> dict[str, str]:
    """What is said on the page of each séance, by the beginning of its file's name."""
    return {file.stem[:6]: file.read_text("utf-8") for file in (workbook.parent / "pages").glob("S-*.html")}


@pytest.mark.usefixtures("no_office")
def test_comments_are_shown_edited_hidden_and_move_with_their_seance_but_are_not_repeated(
    tmp_path: Path,
) -> None:
    workbook = book(
        tmp_path / "plan.xlsx",
        seancesouvertes=HEAD + "S-0001|Yoga|01/12/2026 09:00|01/12/2026 10:00|mercredi|1",
        commentaires="Séance|Auteur|Commentaire|Visible\nS-0001|Anne|Salle froide|\nS-0001|Paul|Entre nous|non",
    )
    run(workbook)
    assert "Salle froide" in pages(workbook)["S-0001"]
    assert "Entre nous" not in pages(workbook)["S-0001"]
    assert "Salle froide" not in pages(workbook)["S-0002"]
    edited = openpyxl.load_workbook(workbook)
    edited["Commentaires"]["C2"], edited["Commentaires"]["D3"] = "Salle chauffée", "oui"
    edited.save(workbook)
    run(workbook, now="2026-12-02T02:00")
    assert [row["Code"] for row in table(workbook, "Séances terminées")] == ["S-0001"]
    page = pages(workbook)["S-0001"]
    assert ("Salle chauffée" in page, "Entre nous" in page, "Salle froide" in page) == (True, True, False)
    edited = openpyxl.load_workbook(workbook)
    edited["Commentaires"].delete_rows(2)
    edited.save(workbook)
    run(workbook, now="2026-12-03T02:00")
    assert "Salle chauffée" not in pages(workbook)["S-0001"]
