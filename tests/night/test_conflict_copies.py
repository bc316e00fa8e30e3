"""Copies that synchronising programs leave beside the workbook are told of; nothing else changes."""

from pathlib import Path

import pytest

from processor.night.conflict_copies import made_by
from tests.books import book, run, seances

pytestmark = pytest.mark.usefixtures("no_office")
ROWS = "Code | Nom | Date de début | Date de fin\nS-1 | Yoga | 20/12/2026 09:00 | 20/12/2026 10:00\n"


@pytest.mark.parametrize(
    ("name", "maker"),
    [
        ("Séances-DESKTOP-4F7K2QD.xlsx", "OneDrive"),
        ("Séances-PC-ANNE.xlsx", "OneDrive"),
        ("Séances-portable-anne.xlsx", "OneDrive"),  # this machine's own name, however it is written
        ("Séances (Anne Martin's conflicted copy 2026-11-24).xlsx", "Dropbox"),
        ("Séances (Copie en conflit de Anne 2026-11-24).xlsx", "Dropbox"),
        ("Séances (conflicted copy 2026-11-24 180512).xlsx", "Nextcloud"),
        ("Séances_conflict-20261124-180512.xlsx", "Nextcloud"),
        ("Séances [conflicted].XLSX", "semblable"),
        ("Séances (1).xlsx", "Google Drive"),
        ("Séances.sync-conflict-20261124-180512-K3DBR2I.xlsx", "Syncthing"),
        ("Se\u0301ances (2).xlsx", "Google Drive"),  # as macOS writes accents
    ],
)
def test_each_program_is_known_by_the_name_that_it_gives(name: str, maker: str) -> None:
    assert maker in (made_by("Séances.xlsx", name, "PORTABLE-ANNE") or "")


@pytest.mark.parametrize(
    "name",
    [
        "Séances.xlsx", "~$Séances.xlsx", "Séances.xlsm", "Séances 2027.xlsx", "Séances-2027.xlsx", "Séances-V2.xlsx",
        "Séances-T1-2027.xlsx", "Séances-ARCHIVE.xlsx", "Séances - conflits de salles.xlsx", "Séances (2026).xlsx",
        "Séances-anciennes.xlsx", "Autres (1).xlsx", "Séances (Copie).xlsx",
    ],
)  # fmt: skip
def test_files_that_people_name_themselves_are_no_copies(name: str) -> None:
    assert made_by("Séances.xlsx", name, "PORTABLE-ANNE") is None


def test_a_copy_beside_the_workbook_is_a_note_and_changes_nothing_else(tmp_path: Path) -> None:
    path = book(tmp_path / "Séances.xlsx", seancesouvertes=ROWS)
    without = seances("plan", path, "--now", "2026-12-01T02:00").stdout
    (tmp_path / "Séances-PC-ANNE.xlsx").write_bytes(b"x")
    told = seances("check", path, "--now", "2026-12-01T02:00")
    assert told.exit_code == 0
    assert "À vérifier" in told.output
    assert "« Séances-PC-ANNE.xlsx »" in told.output
    assert "[copie-en-conflit]" in told.output
    night = run(path)
    assert night.exit_code == 0, night.output
    assert "Séances-PC-ANNE.xlsx" in (tmp_path / "rapport.html").read_text("utf-8")
    assert (tmp_path / "Séances-PC-ANNE.xlsx").read_bytes() == b"x"
    assert seances("plan", path, "--now", "2026-12-01T02:00").stdout.startswith(without.splitlines()[0])
