"""Workbooks as people really keep them: each night does what it can, tells the rest, and plans nothing more."""

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.table import Table

from tests.books import book, plan, run, seances, table

pytestmark = pytest.mark.usefixtures("no_office")
HEAD = "Code | Nom | Date de début | Date de fin | Session | Contrôle\n"
OVER = "S-1 | Passée | 20/11/2026 09:00 | 20/11/2026 10:00 | P1\n"
AHEAD = "S-2 | Yoga | 07/12/2026 09:00 | 07/12/2026 10:00 | P1\nS-3 | Chant | 08/12/2026 09:00 | 08/12/2026 10:00 | P1\n"


def opened(path: Path, **sheets: str) -> Any:
    """A workbook to make odder, without its Excel tables."""
    workbook = openpyxl.load_workbook(book(path, **sheets))
    for sheet in workbook:
        sheet.tables.clear()
    return workbook


def codes(path: Path) -> list[str]:
    """The slugs and cells that `check` tells."""
    told = json.loads(seances("check", path, "--format", "json", "--now", "2026-12-01T02:00").stdout)
    return [f"{finding['cell']} {finding['code']}" for finding in told["findings"]]


def nothing_left(path: Path) -> bool:
    return not any(
        value for name, value in plan(path).items() if isinstance(value, list) and name != "findings"
    )


def test_a_row_tied_to_others_by_a_merged_cell_stays_and_the_others_go_on(tmp_path: Path) -> None:
    path = tmp_path / "classeur.xlsx"
    workbook = opened(
        path, seancesouvertes=HEAD + OVER + AHEAD + OVER.replace("S-1", "S-4"), seancesterminees=HEAD
    )
    workbook["Séances ouvertes"].merge_cells("E2:E3")
    workbook.save(path)
    assert codes(path) == ["E2 cellules-fusionnees"]
    assert run(path).exit_code == 0
    assert [row["Code"] for row in table(path, "Séances ouvertes")] == ["S-1", "S-2", "S-3"]
    assert [row["Code"] for row in table(path, "Séances terminées")] == ["S-4"]
    assert "annuler la fusion" in table(path, "Séances ouvertes")[0]["Contrôle"].lower()
    assert nothing_left(path)


def test_a_blank_sheet_of_finished_seances_gets_its_headers(tmp_path: Path) -> None:
    path = tmp_path / "classeur.xlsx"
    workbook = opened(path, seancesouvertes=HEAD + OVER + AHEAD)
    workbook.create_sheet("SEANCES TERMINEES")
    workbook.save(path)
    assert run(path).exit_code == 0
    assert [row["Nom"] for row in table(path, "SEANCES TERMINEES")] == ["Passée"]
    assert nothing_left(path)


def test_a_chart_on_a_tab_of_its_own_is_no_sheet_of_the_contract(tmp_path: Path) -> None:
    path = tmp_path / "classeur.xlsx"
    workbook = opened(path, seancesouvertes=HEAD + AHEAD)
    workbook.create_chartsheet("Séances terminées ")
    workbook.save(path)
    assert (run(path).exit_code, nothing_left(path)) == (0, True)


def test_the_totals_row_of_a_table_is_no_seance(tmp_path: Path) -> None:
    path = tmp_path / "classeur.xlsx"
    workbook = opened(path, seancesouvertes=HEAD + OVER + AHEAD, seancesterminees=HEAD)
    sheet = workbook["Séances ouvertes"]
    sheet["A5"], sheet["D5"] = "Total", "=SUBTOTAL(103,D2:D4)"
    sheet.add_table(Table(displayName="Ouvertes", ref="A1:F5", totalsRowCount=1))
    workbook.save(path)
    assert (codes(path), run(path).exit_code) == ([], 0)
    assert [row["Code"] for row in table(path, "Séances ouvertes")] == ["S-2", "S-3", "Total"]
    assert nothing_left(path)


def test_a_renamed_column_that_the_sheet_lacks_is_told_with_the_nearest(tmp_path: Path) -> None:
    path = book(
        tmp_path / "classeur.xlsx", seancesouvertes=HEAD.replace("Contrôle", "Salle de cours") + AHEAD
    )
    (tmp_path / "seances.toml").write_text('[colonnes."seances ouvertes"]\nLieu = "Salle de cour"\n', "utf-8")
    told = json.loads(seances("check", path, "--format", "json").stdout)["findings"]
    assert [finding["code"] for finding in told] == ["renommage-introuvable"]
    assert told[0]["fix"] == "écrivez « Salle de cours » dans seances.toml, partie [colonnes]."


def test_a_workbook_seen_through_a_link_has_one_journal(tmp_path: Path) -> None:
    path = book(tmp_path / "classeur.xlsx", seancesouvertes=HEAD + OVER + AHEAD)
    link = tmp_path / "bureau" / "planning.xlsx"
    link.parent.mkdir()
    link.symlink_to(path)
    assert run(link).exit_code == 0
    assert link.is_symlink()
    assert [file.name for file in link.parent.iterdir()] == ["planning.xlsx"]
    assert nothing_left(path)


def test_what_staff_typed_beside_the_list_goes_with_its_row_and_gets_no_header(tmp_path: Path) -> None:
    path = tmp_path / "classeur.xlsx"
    head = HEAD.replace(" | Contrôle", "")
    workbook = opened(
        path, seancesouvertes=head + OVER + AHEAD, seancesterminees=head + OVER.replace("S-1", "S-0")
    )
    workbook["Séances ouvertes"]["F2"], workbook["Séances ouvertes"]["F3"] = "rendre la clé", "appeler Luc"
    workbook.save(path)
    assert run(path).exit_code == 0
    sheets = openpyxl.load_workbook(path)
    assert sheets["Séances terminées"]["F3"].value == "rendre la clé"
    assert [cell.value for cell in sheets["Séances ouvertes"]["F"]] == [None, "appeler Luc", None]
    assert nothing_left(path)


def test_a_header_on_two_rows_with_merged_cells_is_a_header(tmp_path: Path) -> None:
    path = tmp_path / "classeur.xlsx"
    workbook = opened(path, seancesouvertes=HEAD.replace(" | Contrôle", "") + OVER + AHEAD)
    sheet = workbook["Séances ouvertes"]
    sheet.insert_rows(1)
    for letter in "ABE":
        sheet[f"{letter}1"], sheet[f"{letter}2"] = sheet[f"{letter}2"].value, None
        sheet.merge_cells(f"{letter}1:{letter}2")
    sheet["C1"] = "Horaires"
    sheet.merge_cells("C1:D1")
    sheet["A4"] = None
    workbook.save(path)
    assert run(path).exit_code == 0
    sheet = openpyxl.load_workbook(path)["Séances ouvertes"]
    assert [sheet[f"A{row}"].value for row in (3, 4)] == ["S-0004", "S-3"]
    assert nothing_left(path)


def test_lines_of_text_below_the_list_are_no_seances_and_new_rows_stand_above_them(tmp_path: Path) -> None:
    path = tmp_path / "classeur.xlsx"
    repeated = AHEAD.replace("P1\nS-3", "P1 | lun | 2\nS-3")
    workbook = opened(path, seancesouvertes=_REPEATING + OVER + repeated)
    sheet = workbook["Séances ouvertes"]
    sheet["A6"], sheet["A7"] = "En vert : salle réservée", "Le président, M. Hoff"
    workbook.save(path)
    assert codes(path) == []
    assert run(path).exit_code == 0
    sheet = openpyxl.load_workbook(path)["Séances ouvertes"]
    column = [cell.value for cell in sheet["A"]]
    assert column[1:3] == ["S-2", "S-3"]
    assert column[5:] == [None, "En vert : salle réservée", "Le président, M. Hoff"]
    assert nothing_left(path)


def test_a_legend_below_the_list_of_people_is_nobody_and_a_code_alone_is_somebody_to_complete(
    tmp_path: Path,
) -> None:
    path = tmp_path / "classeur.xlsx"
    workbook = opened(
        path,
        seancesouvertes=HEAD + AHEAD,
        participations="Séance | Prénom | Nom | Présence\nS-2 | Zoé | Dupont",
    )
    sheet = workbook["Participations"]
    sheet["A4"] = "Légende : en vert"
    workbook.save(path)
    assert codes(path) == []
    sheet["A5"] = "S-3"
    workbook.save(path)
    assert {told.split()[1] for told in codes(path)} == {"cellule-vide"}


_REPEATING = (
    "Code | Nom | Date de début | Date de fin | Session | Répéter les jours | Répéter (semaines) | Contrôle\n"
)
