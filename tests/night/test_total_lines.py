"""A « Total » line typed under the séances of a real workbook."""

from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from tests.books import run

pytestmark = pytest.mark.usefixtures("no_office")

HEAD = ["Code", "Nom", "Date de début", "Date de fin", "Places", "Répéter les jours", "Répéter (semaines)"]


def test_a_total_typed_under_the_seances_is_neither_lost_nor_taken_for_one(tmp_path: Path) -> None:
    path = tmp_path / "classeur.xlsx"
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.title = "Séances ouvertes"
    sheet.append(HEAD)
    sheet.append(["S-1", "Yoga", datetime(2026, 12, 10, 9), datetime(2026, 12, 10, 12), 12, "jeudi", 2])
    sheet.append(["", "Total", None, None, "=SUM(E2:E2)"])
    workbook.save(path)
    assert run(path).exit_code == 0
    rows = list(openpyxl.load_workbook(path)["Séances ouvertes"].iter_rows(max_col=5, values_only=True))
    assert sum(row[1] == "Total" for row in rows) == 1
    assert [row[0] for row in rows if row[1] == "Yoga"] == ["S-1", "S-0002", "S-0003"]
