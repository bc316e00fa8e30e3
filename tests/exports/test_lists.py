"""Lists of people: who is on them, what they say, and that no cell is ever run."""

import csv
import io
import zipfile
from datetime import datetime
from pathlib import Path

import pytest

from processor.exports import people, write_list
from processor.model import (
    Attendee,
    Place,
    Presence,
    Role,
    Roll,
    Seance,
    Session,
    SessionRoll,
    Status,
    Trainer,
)
from processor.model.address import unjudged

DAY = Seance(
    Place("Séances ouvertes", 2), "S-0001", "Accueil", datetime(2026, 12, 1, 9), datetime(2026, 12, 1, 17)
)
ZOE = Attendee(
    "1",
    "Zoé",
    "Dupont",
    "Mme",
    unjudged("zoe@example.fr"),
    "Imprimerie Dupont & Fils",
    presence=Presence.PRESENT,
    hours=3.5,
)
ELIE = Attendee("2", "Éric", "Élie", "M.", status=Status.WAITING)
DARK = Attendee("3", "Alix", "d'Arc", status=Status.WITHDRAWN)
ANA = Trainer(Place("Formateurs", 2), "Ana", "Durand", unjudged("ana@example.fr"), "+33 6 12 34 56 78")
ROLL = Roll(DAY, trainers=(ANA,), attendees=(ELIE, ZOE, DARK))
NASTY = [
    "=1+1",
    "+33 6",
    "-5",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "＝1+1",
    "＋1",
    "－1",
    "＠A1",
    " =1",
    "|calc",
    "\n=1",
]


def named(last: str, **values: object) -> Attendee:
    return Attendee("k", "Zoé", last, **values)  # type: ignore[arg-type]


def cells(path: Path) -> list[list[str]]:
    text = path.read_bytes().decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))


def sheet(path: Path):
    from openpyxl import load_workbook

    return load_workbook(path).active


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("participants", ["d'Arc Alix", "Dupont Zoé", "Élie Éric"]),
        ("formateurs", ["Durand Ana"]),
        ("tous", ["d'Arc Alix", "Dupont Zoé", "Durand Ana", "Élie Éric"]),
    ],
)
def test_people_are_sorted_by_last_name_whatever_accents_and_case(who: str, expected: list[str]) -> None:
    assert [one.listed_name for one in people(ROLL, who)] == expected


def test_the_same_people_in_another_order_make_the_same_list() -> None:
    turned = Roll(DAY, trainers=(ANA,), attendees=tuple(reversed(ROLL.attendees)))
    assert people(turned, "tous") == people(ROLL, "tous")


def test_a_trainer_who_is_registered_too_is_listed_once_with_the_registration() -> None:
    registered = Attendee("4", "ANA", "Durand", employer="École", role=Role.TRAINER)
    (found,) = people(Roll(DAY, trainers=(ANA,), attendees=(registered,)), "formateurs")
    assert (found.key, found.employer, str(found.email)) == ("4", "École", "ana@example.fr")


def test_a_trainer_who_is_registered_as_participant_is_one_row_of_the_whole_list() -> None:
    registered = Attendee("4", "Ana", "DURAND", employer="École", hours=3.5)
    roll = Roll(DAY, trainers=(ANA,), attendees=(registered,))
    assert people(roll, "participants") == (registered,)
    both = people(roll, "tous")
    assert [(one.employer, one.role, str(one.email)) for one in both] == [
        ("École", Role.TRAINER, "ana@example.fr")
    ]
    assert people(roll, "formateurs") == both


def test_two_people_of_one_name_and_two_addresses_are_two_rows() -> None:
    other = Attendee("4", "Ana", "Durand", email=unjudged("other@example.fr"))
    assert [one.role for one in people(Roll(DAY, trainers=(ANA,), attendees=(other,)), "tous")] == [
        Role.PARTICIPANT,
        Role.TRAINER,
    ]


@pytest.mark.parametrize("turn", [1, -1])
def test_one_key_is_listed_once_with_the_registration_that_counts(turn: int) -> None:
    rows = (Attendee("1", "Zoé", "Dupont", status=Status.WITHDRAWN), ZOE)[::turn]
    assert people(Roll(DAY, attendees=rows), "participants") == (ZOE,)


def test_a_session_has_its_list_too() -> None:
    session = Session(Place("Sessions", 2), "SE-1", "Automne")
    assert [
        one.last_name for one in people(SessionRoll(session, trainers=(ANA,), attendees=(ZOE,)), "tous")
    ] == ["Dupont", "Durand"]


def test_another_word_than_the_three_is_refused() -> None:
    with pytest.raises(ValueError, match="participants"):
        people(ROLL, "everybody")


def test_the_csv_is_what_french_spreadsheets_read(tmp_path: Path) -> None:
    write_list(people(ROLL, "tous"), tmp_path / "liste.csv", "csv", "Accueil")
    assert (tmp_path / "liste.csv").read_bytes().decode("utf-8") == (
        "\ufeffCivilité;Nom;Prénom;Courriel;Employeur;Rôle;Statut;Présence;Heures\r\n"
        ";d'Arc;Alix;;;Participant;Désinscrit;;\r\n"
        "Mme;Dupont;Zoé;zoe@example.fr;Imprimerie Dupont & Fils;Participant;Inscrit;Présent;3,5\r\n"
        ";Durand;Ana;ana@example.fr;;Formateur;Inscrit;;\r\n"
        "M.;Élie;Éric;;;Participant;En attente;;\r\n"
    )


@pytest.mark.parametrize("text", NASTY)
def test_no_cell_of_the_csv_is_run_as_a_formula(tmp_path: Path, text: str) -> None:
    write_list([named(text, employer=text)], tmp_path / "liste.csv", "csv", "Accueil")
    row = cells(tmp_path / "liste.csv")[1]
    assert row[1].startswith("'")
    assert row[4].startswith("'")


def test_separators_and_quotes_stay_in_their_cell(tmp_path: Path) -> None:
    write_list([named('Le "Goff"; =1+1')], tmp_path / "liste.csv", "csv", "Accueil")
    assert cells(tmp_path / "liste.csv")[1][1] == 'Le "Goff"; =1+1'


@pytest.mark.parametrize("text", [*NASTY, "#REF!", "0612345678", "01000", "_x0041_", "{=A1}"])
def test_no_cell_of_the_workbook_is_a_formula_or_a_number(tmp_path: Path, text: str) -> None:
    write_list([named(text)], tmp_path / "liste.xlsx", "xlsx", text)
    page = sheet(tmp_path / "liste.xlsx")
    assert {page["B5"].data_type, page["A1"].data_type} == {"s"}
    xml = zipfile.ZipFile(tmp_path / "liste.xlsx").read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in xml


def test_excel_shows_the_text_as_it_was_typed(tmp_path: Path) -> None:
    from python_calamine import CalamineWorkbook

    write_list([named("=1+1", employer="_x0041_ 01000")], tmp_path / "liste.xlsx", "xlsx", "Accueil")
    rows = CalamineWorkbook.from_path(tmp_path / "liste.xlsx").get_sheet_by_index(0).to_python()
    assert rows[4][1] == "=1+1"
    assert rows[4][4] == "_x0041_ 01000"


def test_the_workbook_is_a_real_table_ready_to_print(tmp_path: Path) -> None:
    write_list(people(ROLL, "tous"), tmp_path / "liste.xlsx", "xlsx", "Accueil — 1 décembre 2026")
    page = sheet(tmp_path / "liste.xlsx")
    assert (page["A1"].value, page["A2"].value) == (
        "Accueil — 1 décembre 2026",
        "1 inscrit, 1 en attente, 1 désinscrit, 1 formateur",
    )
    assert [cell.value for cell in page[4]] == [
        "Civilité", "Nom", "Prénom", "Courriel", "Employeur", "Rôle", "Statut", "Présence", "Heures",
    ]  # fmt: skip
    assert page["I6"].value == 3.5
    assert page.tables["Liste"].ref == "A4:I8"
    assert page.freeze_panes == "A5"
    assert page.print_title_rows == "$4:$4"
    assert (page.page_setup.orientation, page.page_setup.fitToHeight) == ("landscape", 0)


def test_a_long_text_wraps_in_a_row_that_is_high_enough(tmp_path: Path) -> None:
    write_list(
        [named("Zola", employer="Communauté d’agglomération " * 3), ZOE],
        tmp_path / "l.xlsx",
        "xlsx",
        "Accueil",
    )
    page = sheet(tmp_path / "l.xlsx")
    assert page.row_dimensions[5].height > 2 * page.row_dimensions[6].height
    assert page.column_dimensions["E"].width == 34
    assert page.column_dimensions["B"].width < 28


def test_an_empty_list_is_still_a_workbook_that_opens(tmp_path: Path) -> None:
    write_list([], tmp_path / "liste.xlsx", "xlsx", "Accueil & bilan")
    page = sheet(tmp_path / "liste.xlsx")
    assert page.tables["Liste"].ref == "A4:I5"
    assert page["A2"].value == "Personne"


@pytest.mark.parametrize("shape", ["xlsx", "csv"])
def test_the_same_people_give_the_same_bytes(
    tmp_path: Path, shape: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    import time

    write_list(people(ROLL, "tous"), tmp_path / "first", shape, "Accueil")
    later = time.time() + 100_000
    monkeypatch.setattr(time, "time", lambda: later)
    write_list(people(ROLL, "tous"), tmp_path / "second", shape, "Accueil")
    assert (tmp_path / "first").read_bytes() == (tmp_path / "second").read_bytes()
    core = b"" if shape == "csv" else zipfile.ZipFile(tmp_path / "first").read("docProps/core.xml")
    assert core.count(b"1980-01-01T00:00:00Z") == (2 if core else 0)


def test_nothing_is_left_beside_a_list_and_an_old_one_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "new folder" / "liste.csv"
    for title in ("one", "two"):
        write_list([ZOE], path, "csv", title)
    assert [file.name for file in path.parent.iterdir()] == ["liste.csv"]


def test_a_folder_in_the_place_of_the_list_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "liste.csv" / "inside").mkdir(parents=True)
    with pytest.raises(OSError):
        write_list([ZOE], tmp_path / "liste.csv", "csv", "Accueil")
    assert [file.name for file in tmp_path.iterdir()] == ["liste.csv"]


def test_another_shape_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="xlsx ou csv"):
        write_list([ZOE], tmp_path / "liste.pdf", "pdf", "Accueil")


def test_control_characters_and_endless_cells_do_not_stop_the_night(tmp_path: Path) -> None:
    people_ = [named("a\x0bb\ud800\ufffe" + "x" * 40_000)]
    for shape in ("xlsx", "csv"):
        write_list(people_, tmp_path / f"liste.{shape}", shape, "Accueil")
    assert len(sheet(tmp_path / "liste.xlsx")["B5"].value) == 32_767


def test_importing_the_room_loads_neither_pandas_nor_openpyxl() -> None:
    import subprocess
    import sys

    code = "import sys, processor.exports; print({'pandas', 'openpyxl'} & set(sys.modules))"
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
        == "set()\n"
    )
