"""A waiting list over several nights, on a real workbook."""

from pathlib import Path

import openpyxl
import pytest

from processor import shipped
from tests.books import book, mails, run, table

OPEN = "Code|Nom|Date de début|Date de fin|Inscription|Places|Inviter\n"
PEOPLE = "Séance|Prénom|Nom|Courriel|Statut|Inscrit le\n"
LETTERS = (
    "Nom|Type|Fichier|Objet|Message\nLettre|Invitation à une séance|invitation-seance.docx|Invitation|Bonjour"
)


def people(workbook: Path) -> list[str]:
    return [f"{row['Prénom']} {row.get('Statut', '')}" for row in table(workbook, "Inscriptions")]


def invited(workbook: Path) -> list[str]:
    return [name.partition(" - ")[2] for name in mails(workbook)]


@pytest.mark.usefixtures("no_office")
def test_a_person_promoted_from_the_waiting_list_is_invited_once_as_a_fresh_one(tmp_path: Path) -> None:
    rows = "S-1|Zoé|Dupont|z@exemple.fr|Inscrit|01/11/2026\nS-1|Noé|Faure|n@exemple.fr|Inscrit|02/11/2026"
    seance = "S-1|Yoga|03/12/2026 09:00|03/12/2026 10:00|Manuelle|1|oui"
    workbook = book(
        tmp_path / "plan.xlsx", seancesouvertes=OPEN + seance, inscriptions=PEOPLE + rows, modeles=LETTERS
    )
    (tmp_path / "modeles").mkdir()
    letter = shipped.folder("templates") / "invitation-seance.docx"
    (tmp_path / "modeles" / letter.name).write_bytes(letter.read_bytes())
    run(workbook)
    assert invited(workbook) == ["Dupont Zoé.eml"]
    assert people(workbook) == ["Zoé Inscrit", "Noé En attente"]
    sheet = openpyxl.load_workbook(workbook)
    sheet["Inscriptions"]["E2"] = "Désinscrit"
    sheet.save(workbook)
    for night in ("2026-12-02T02:00", "2026-12-02T03:00"):
        run(workbook, now=night)
        assert people(workbook) == ["Zoé Désinscrit", "Noé Inscrit"]
        assert invited(workbook) == ["Dupont Zoé.eml", "Faure Noé.eml"]
