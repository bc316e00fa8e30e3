"""A workbook whose name is as long as the file system takes, or holds what a pattern would take for its own."""

from pathlib import Path

import openpyxl
import pytest

from tests.books import book, run

pytestmark = pytest.mark.usefixtures("no_office")

OPEN = """Nom | Date de début | Date de fin
Yoga | 10/12/2026 09:00 | 10/12/2026 12:00
Chant | 20/11/2026 09:00 | 20/11/2026 12:00"""


@pytest.mark.parametrize("stem", ["s" * 250, "é" * 120 + "s" * 5, "Séances [2026] {1}"])
def test_a_night_works_on_a_workbook_of_any_name_and_keeps_its_backups(tmp_path: Path, stem: str) -> None:
    path = book(tmp_path / f"{stem}.xlsx", seancesouvertes=OPEN)
    assert run(path).exit_code == 0
    assert openpyxl.load_workbook(path)["Séances ouvertes"]["A2"].value == "Yoga"
    assert len(list((tmp_path / "sauvegardes").glob("*.xlsx"))) == 1
    assert not list(tmp_path.rglob("*.tmp"))


def test_what_a_killed_run_left_is_swept_though_the_name_holds_brackets(tmp_path: Path) -> None:
    path = book(tmp_path / "Séances [2026].xlsx", seancesouvertes=OPEN)
    left = tmp_path / ".Séances [2026].20261130-020000-abcdef.xlsx.tmp"
    left.write_bytes(b"")
    other = tmp_path / ".Séances [2026].copie.20261130-020000-abcdef.xlsx.tmp"
    other.write_bytes(b"")
    assert run(path).exit_code == 0
    assert not left.exists()
    assert other.exists()
