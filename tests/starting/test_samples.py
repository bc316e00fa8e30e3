"""The sample workbooks as they are committed: made by `make.py`, read by the product's own reader."""

import importlib.util
import shutil
import subprocess
import sys
import tomllib
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from processor.model import FINISHED_SHEET, OPEN_SHEET, Presence
from processor.model.past import Known
from processor.model.snapshot import Snapshot
from processor.night.observe import grids_of, opened
from processor.reading.snapshot import take
from processor.rules.plan import plan
from processor.rules.safety import refusals
from processor.settings import read_settings
from tests.books import plan as planned

SAMPLES = Path(__file__).parent.parent.parent / "sample_workbooks"
NOW = datetime(2026, 12, 1, 2)


def taken(path: Path) -> Snapshot:
    read = opened(path)
    toml = path.with_suffix(".toml")
    renames = tomllib.loads(toml.read_text("utf-8"))["colonnes"] if toml.exists() else {}
    return take(grids_of(read), read.sheet_names, renames, Known(), NOW)


@pytest.fixture(scope="module")
def centre() -> Snapshot:
    return taken(SAMPLES / "centre-de-formation.xlsx")


@pytest.fixture(scope="module")
def kept() -> Snapshot:
    return taken(SAMPLES / "tel-quel.xlsx")


@pytest.fixture(scope="module")
def make() -> Any:
    spec = importlib.util.spec_from_file_location("sample_workbooks_make", SAMPLES / "make.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    before = list(sys.path)
    spec.loader.exec_module(module)
    sys.path[:] = before
    return module


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


@pytest.mark.parametrize("name", ["centre-de-formation.xlsx", "minimal.xlsx"])
def test_a_sample_is_what_its_code_makes(make: Any, tmp_path: Path, name: str) -> None:
    make.MADE[name](tmp_path / name)
    assert parts(tmp_path / name) == parts(SAMPLES / name)


def test_the_centre_has_its_people_its_places_and_its_seances(centre: Snapshot) -> None:
    people = {(r.first_name, r.last_name) for r in centre.registrations}
    assert (len(people), len(centre.sessions), len(centre.courses)) == (40, 3, 4)
    assert (len(centre.trainers), len(centre.venues), len(centre.groups)) == (5, 5, 2)
    assert len(centre.seances) + len(centre.unread) == 31
    assert [comment.visible for comment in centre.comments].count(False) == 1
    assert sum(1 for seance in centre.seances if not seance.code) == 3


def test_postcodes_and_telephones_are_text_that_keeps_its_first_zero(centre: Snapshot) -> None:
    assert "01000" in {venue.postcode for venue in centre.venues}
    sheet = openpyxl.load_workbook(SAMPLES / "centre-de-formation.xlsx")["Lieux"]
    assert all(isinstance(sheet[f"{letter}{row}"].value, str) for letter in "CF" for row in range(2, 7))


def test_each_deliberate_mistake_is_found_and_nothing_else(centre: Snapshot) -> None:
    found = sorted((f.code, f.sheet) for f in plan(centre).findings)
    assert found == sorted(
        [
            ("date-illisible", OPEN_SHEET),
            ("fin-avant-debut", OPEN_SHEET),
            ("lieu-inconnu", OPEN_SHEET),
            ("formateur-inconnu", OPEN_SHEET),
            ("code-en-double", OPEN_SHEET),
            ("code-en-double", OPEN_SHEET),
            ("valeur-inconnue", OPEN_SHEET),
            ("courriel-illisible", "Inscriptions"),
            ("presence-non-renseignee", FINISHED_SHEET),
        ]
    )


def test_the_night_of_the_centre_moves_less_than_the_share_that_is_refused(centre: Snapshot) -> None:
    decided = plan(centre)
    moved = {move.code for move in decided.moves}
    assert moved == {"S-0007", "S-0008", "S-0009", "S-0010", "S-0011"}
    assert not refusals(decided, len(centre.seances), centre.parameters.mails_per_night)


def test_the_repetition_of_the_centre_jumps_over_christmas(centre: Snapshot) -> None:
    days = [r.start.date() for r in plan(centre).repeats if r.start.weekday() in (0, 2) and r.start.hour == 9]
    assert days[0] == date(2026, 12, 9)
    assert days[-1] == date(2027, 1, 13)
    assert not [day for day in days if date(2026, 12, 24) <= day <= date(2027, 1, 3)]


def test_one_presence_of_the_centre_is_not_noted_yet(centre: Snapshot) -> None:
    assert [p.last_name for p in centre.participations if p.presence is Presence.UNKNOWN] == ["Jaeger"]


def test_the_minimal_workbook_is_enough_for_a_night() -> None:
    snapshot = taken(SAMPLES / "minimal.xlsx")
    assert set(snapshot.layouts) == {OPEN_SHEET, FINISHED_SHEET, "Inscriptions"}
    assert (len(snapshot.seances), len(snapshot.registrations)) == (5, 6)
    assert snapshot.findings == ()
    decided = planned(SAMPLES / "minimal.xlsx")
    assert [move["code"] for move in decided["moves"]] == ["S-0001"]
    assert len(decided["mails"]) == 3


def test_a_workbook_as_it_is_kept_is_read_without_a_finding(kept: Snapshot) -> None:
    assert kept.findings == ()
    assert not kept.unread
    starts = {seance.name: seance.start for seance in kept.seances}
    assert len(starts) == 13
    assert starts["Chorale : première répétition"] == datetime(2026, 11, 28, 14)
    assert starts["Informatique : le courriel"] == datetime(2026, 12, 14, 14, 30)
    assert starts["Informatique : les photos"] == datetime(2026, 12, 16, 14, 30)
    assert starts["Secourisme (PSC1)"] == datetime(2027, 3, 1, 9)


def test_merged_cells_hidden_rows_and_formulas_are_data(kept: Snapshot) -> None:
    photos = next(seance for seance in kept.seances if seance.name == "Informatique : les photos")
    assert photos.venue == "Salle 2"
    assert photos.others["Coût total"] in {"60", "60,00", "60,0"}
    assert photos.others["Budget"] == "Europe"


def test_the_workbook_as_it_is_kept_was_saved_by_calc() -> None:
    assert b"<Application>LibreOffice" in parts(SAMPLES / "tel-quel.xlsx")["docProps/app.xml"]
    sheet = openpyxl.load_workbook(SAMPLES / "tel-quel.xlsx")[OPEN_SHEET]
    assert sheet.auto_filter.ref
    assert [row for row, look in sheet.row_dimensions.items() if look.hidden]
    assert [str(merged) for merged in sheet.merged_cells.ranges if "F" in str(merged)]
    assert str(sheet["J5"].value).startswith("=")


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_calc_makes_the_same_rows_again(make: Any, tmp_path: Path) -> None:
    make.make_kept(tmp_path / "tel-quel.xlsx")
    again, committed = (openpyxl.load_workbook(folder / "tel-quel.xlsx") for folder in (tmp_path, SAMPLES))
    for sheet in committed:
        assert list(again[sheet.title].values) == list(sheet.values)


def test_the_settings_of_the_workbook_as_it_is_kept_are_settings(tmp_path: Path) -> None:
    shutil.copyfile(SAMPLES / "tel-quel.toml", tmp_path / "seances.toml")
    assert read_settings(tmp_path / "tel-quel.xlsx").columns[OPEN_SHEET]["Nom"] == "Intitulé"


def test_the_program_that_makes_the_samples_runs_as_the_docs_say(tmp_path: Path) -> None:
    command = [sys.executable, str(SAMPLES / "make.py"), str(tmp_path)]
    subprocess.run(command, check=True, capture_output=True)
    assert {"centre-de-formation.xlsx", "minimal.xlsx"} <= {path.name for path in tmp_path.iterdir()}
