import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from processor.contract import JOURNAL, OPEN, PARAMETERS, PARTICIPATIONS, SHEETS, TEMPLATES
from processor.contract.letters import LETTERS
from processor.contract.parameters import SETTINGS
from processor.model.past import Known
from processor.model.snapshot import Snapshot
from processor.model.typography import typeset
from processor.night.observe import grids_of, opened
from processor.reading.snapshot import take
from processor.starting import new_workbook
from processor.starting.sheet import columns_of
from processor.starting.validations import validation

WORDS = [("{{ seance.nom }}", "Nom de la séance", "Conférence de lancement")]
NOW = datetime(2026, 12, 1, 2)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("neuf") / "seances.xlsx"
    new_workbook(made, None, WORDS)
    return made


@pytest.fixture(scope="module")
def book(path: Path) -> Any:
    return openpyxl.load_workbook(path)


def taken(path: Path) -> Snapshot:
    read = opened(path)
    return take(grids_of(read), read.sheet_names, {}, Known(), NOW)


def test_the_guide_comes_first_then_every_sheet_of_the_contract_and_the_words_of_letters(book: Any) -> None:
    assert book.sheetnames == ["Mode d'emploi", *(spec.name for spec in SHEETS), "Mots des lettres"]


@pytest.mark.parametrize("spec", SHEETS, ids=lambda spec: spec.table)
def test_each_sheet_is_a_table_whose_columns_are_its_header(book: Any, spec: Any) -> None:
    sheet = book[spec.name]
    table = sheet.tables[spec.table]
    offered = [column.header for column in columns_of(spec)]
    assert [column.name for column in table.tableColumns] == offered
    assert [cell.value for cell in sheet[1]] == offered
    assert table.autoFilter.ref == table.ref


def test_tables_have_names_and_numbers_of_their_own(book: Any) -> None:
    tables = [table for sheet in book for table in sheet.tables.values()]
    assert len({table.id for table in tables}) == len({table.name for table in tables}) == len(SHEETS)


def test_the_reader_recognises_every_sheet_and_finds_nothing_wrong(path: Path) -> None:
    snapshot = taken(path)
    assert set(snapshot.layouts) == {spec.name for spec in SHEETS}
    assert [finding.code for finding in snapshot.findings] == ["parametre-vide"] * 2
    for spec in SHEETS:
        assert set(snapshot.layouts[spec.name].columns) >= {c.field for c in spec.columns if c.offered}


def test_a_new_workbook_holds_the_six_letters_and_the_settings_that_usually_hold(path: Path) -> None:
    snapshot = taken(path)
    assert [(t.name, t.kind, t.file) for t in snapshot.templates] == [
        (t.name, t.kind, t.file) for t in LETTERS
    ]
    assert (snapshot.parameters.zone, snapshot.parameters.country) == ("Europe/Paris", "FR")
    assert (snapshot.parameters.mails_per_night, snapshot.parameters.emargement_days) == (500, 7)
    assert len(snapshot.parameters.default_templates) == len(LETTERS)


def test_every_setting_is_there_with_its_help(book: Any) -> None:
    rows = list(book[PARAMETERS.name].iter_rows(min_row=2, values_only=True))
    assert [row[0] for row in rows] == [setting.name for setting in SETTINGS]
    assert [row[0] for row in rows if not row[2]] == []


def test_empty_tables_have_one_blank_row(book: Any) -> None:
    assert book[OPEN.name].tables[OPEN.table].ref.endswith("2")
    assert not any(cell.value for cell in book[OPEN.name][2])


def test_what_excel_limits_stays_within_its_limits(book: Any) -> None:
    for sheet in book:
        for made in sheet.data_validations.dataValidation:
            assert len(made.formula1 or "") < 255
            assert len(made.promptTitle or "") <= 32
            assert len(made.errorTitle or "") <= 32
            assert len(made.prompt or "") <= 255
            assert len(made.error or "") <= 225


def test_a_name_that_its_list_does_not_have_may_be_typed(book: Any) -> None:
    made = {m.promptTitle: m for m in book[OPEN.name].data_validations.dataValidation}
    assert (made["Lieu"].formula1, made["Lieu"].showErrorMessage) == ("Liste_Lieux", False)
    assert not made["Formateurs"].showErrorMessage
    assert not made["Inviter"].showErrorMessage
    assert made["Inscription"].showErrorMessage


def test_every_list_that_a_drop_down_shows_is_a_column_of_a_table(book: Any) -> None:
    columns = {f"{spec.table}[{column.header}]" for spec in SHEETS for column in spec.columns}
    wanted = {column.from_list for spec in SHEETS for column in spec.columns if column.from_list}
    assert len(book.defined_names) == len(wanted)
    assert {name.attr_text for name in book.defined_names.values()} <= columns


def test_postcodes_telephones_and_codes_are_text_and_dates_are_dates(book: Any) -> None:
    venues, seances = book["Lieux"], book[OPEN.name]
    assert venues["C2"].number_format == venues["F2"].number_format == "@"
    assert seances["A2"].number_format == "@"
    assert seances["E2"].number_format == "dd/mm/yyyy hh:mm"
    assert venues.column_dimensions["C"].number_format == "@"


def test_what_the_program_writes_is_lighter(book: Any) -> None:
    def header_colour(sheet: str, header: str) -> str:
        return next(str(cell.fill.fgColor.rgb) for cell in book[sheet][1] if cell.value == header)

    usual = header_colour(OPEN.name, "Nom")
    assert header_colour(OPEN.name, "Contrôle") == header_colour(JOURNAL.name, "Action") != usual
    assert (
        header_colour(PARTICIPATIONS.name, "Présence") == usual != header_colour(PARTICIPATIONS.name, "Nom")
    )


def test_the_same_content_makes_the_same_bytes(tmp_path: Path, path: Path) -> None:
    new_workbook(tmp_path / "encore.xlsx", None, WORDS)
    assert (tmp_path / "encore.xlsx").read_bytes() == path.read_bytes()
    with zipfile.ZipFile(path) as package:
        assert {entry.date_time for entry in package.infolist()} == {(2026, 1, 1, 0, 0, 0)}


def test_a_workbook_is_never_written_over(tmp_path: Path) -> None:
    (tmp_path / "seances.xlsx").write_text("à moi")
    with pytest.raises(FileExistsError):
        new_workbook(tmp_path / "seances.xlsx", None, WORDS)
    assert (tmp_path / "seances.xlsx").read_text() == "à moi"


def test_given_rows_fill_their_sheet_and_keep_their_kind(tmp_path: Path) -> None:
    content = {
        "Lieux": [{"Nom": "Salle Vosges", "Code postal": "01000"}],
        PARAMETERS.name: [
            {"Nom": "organisme", "Valeur": "Centre Ligne 9"},
            {"Nom": "à nous", "Valeur": "oui"},
        ],
    }
    new_workbook(tmp_path / "x.xlsx", content, WORDS)
    snapshot = taken(tmp_path / "x.xlsx")
    assert snapshot.venues[0].postcode == "01000"
    assert snapshot.parameters.organisation == "Centre Ligne 9"
    assert len(snapshot.templates) == len(LETTERS)


def test_a_sheet_that_the_contract_does_not_have_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KeyError):
        new_workbook(tmp_path / "x.xlsx", {"Salles": []}, WORDS)


def test_a_header_that_the_sheet_does_not_have_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KeyError):
        new_workbook(tmp_path / "x.xlsx", {"Lieux": [{"Intitulé": "Salle Vosges"}]}, WORDS)


def test_the_guide_names_every_sheet_and_every_column(book: Any) -> None:
    guide = [str(cell.value) for row in book["Mode d'emploi"].iter_rows() for cell in row if cell.value]
    for spec in SHEETS:
        assert typeset(f"Feuille « {spec.name} »") in guide
        for column in spec.columns:
            assert not column.offered or any(text.removesuffix(" *") == column.header for text in guide)
    assert TEMPLATES.name in {sheet.title for sheet in book}


def test_the_words_of_letters_have_a_sheet_of_their_own_to_which_the_guide_leads(book: Any) -> None:
    guide, words = book["Mode d'emploi"], book["Mots des lettres"]
    assert [cell.value for row in words.iter_rows() for cell in row if cell.value][-3:] == [*WORDS[0]]
    assert "'Mots des lettres'!A1" in [c.hyperlink.location for c in guide["B"] if c.hyperlink]
    assert guide.max_row < 200


def test_every_word_that_staff_read_has_the_apostrophes_of_print() -> None:
    helps = [spec.help for spec in SHEETS]
    helps += [spec.help_of(column) for spec in SHEETS for column in spec.columns]
    helps += [setting.help for setting in SETTINGS]
    assert not [told for told in helps if "'" in told]


def test_the_choices_told_to_who_typed_another_word_end_with_one_stop(book: Any) -> None:
    told = [rule.error for sheet in book for rule in sheet.data_validations.dataValidation if rule.error]
    assert told and not [error for error in told if error.endswith("..")]


def test_a_conflict_may_be_accepted_in_the_column_etat_though_its_list_is_short() -> None:
    made = validation(OPEN, OPEN.column("state"))
    assert made is not None
    assert (made.formula1, made.showErrorMessage) == ('"Confirmée,Annulée"', False)
    assert "Conflit accepté : motif" in made.prompt
