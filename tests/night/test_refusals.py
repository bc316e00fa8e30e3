"""What stops a run: a French finding, an exit code, and a workbook that is not touched."""

import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.books import book, mails, run, seances, table

pytestmark = pytest.mark.usefixtures("no_office")
HEAD = "Code | Nom | Date de début | Date de fin\n"


def not_a_workbook(path: Path) -> None:
    path.write_text("ceci n'est pas un classeur", "utf-8")


def other_zip(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("lisez-moi.txt", "bonjour")


def truncated(path: Path) -> None:
    book(path, seancesouvertes=HEAD)
    path.write_bytes(path.read_bytes()[:-400])


def with_password(path: Path) -> None:
    path.write_bytes(
        bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 600
    )


def without_the_sheet(path: Path) -> None:
    book(path, sessions="Code | Nom\nP1 | Printemps")


def without_a_header(path: Path) -> None:
    book(path, seancesouvertes="Titre | Quand\nYoga | demain")


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (not_a_workbook, "classeur-illisible"),
        (Path.touch, "classeur-vide"),
        (other_zip, "classeur-illisible"),
        (truncated, "classeur-"),
        (with_password, "classeur-chiffre"),
        (without_the_sheet, "feuille-absente"),
        (without_a_header, "colonne-absente"),
    ],
)
@pytest.mark.parametrize("command", ["run", "check", "plan"])
def test_an_unusable_workbook_is_a_finding_and_nothing_changes(
    tmp_path: Path, make: Callable[[Path], None], code: str, command: str
) -> None:
    path = tmp_path / "classeur.xlsx"
    make(path)
    before = path.read_bytes()
    result = seances(command, path)
    assert result.exit_code == 11
    assert f"[{code}" in result.output
    assert "Traitement arrêté" in result.output
    assert "Traceback" not in result.output
    assert path.read_bytes() == before
    assert not mails(path)


def test_a_missing_workbook_is_a_finding_and_none_is_made(tmp_path: Path) -> None:
    result = run(tmp_path / "absent.xlsx")
    assert (result.exit_code, "[classeur-absent]" in result.output) == (11, True)
    assert not list(tmp_path.iterdir())


def test_an_open_workbook_is_left_for_later(tmp_path: Path) -> None:
    path = book(
        tmp_path / "classeur.xlsx", seancesouvertes=HEAD + "S-1 | A | 20/11/2026 09:00 | 20/11/2026 10:00"
    )
    before = path.read_bytes()
    (tmp_path / ".~lock.classeur.xlsx#").write_text(
        "Zoé Müller,zoe,poste4,01.12.2026 01:50,file:///x;", "utf-8"
    )
    result = run(path)
    assert result.exit_code == 75
    assert "est ouvert par Zoé Müller" in result.output
    assert path.read_bytes() == before


def test_a_disproportionate_plan_is_shown_then_refused_unless_accepted(tmp_path: Path) -> None:
    rows = "".join(f"S-{n} | Séance {n} | 20/11/2026 09:00 | 20/11/2026 10:00\n" for n in range(1, 12))
    path = book(tmp_path / "classeur.xlsx", seancesouvertes=HEAD + rows, seancesterminees=HEAD)
    before = path.read_bytes()
    result = run(path)
    assert (result.exit_code, "[trop-de-deplacements]" in result.output) == (11, True)
    assert "S-7 « Séance 7 » → « Séances terminées »" in result.stdout
    assert path.read_bytes() == before
    assert run(path, "--accept-large-plan").exit_code == 0
    assert len(table(path, "Séances terminées")) == 11


def test_a_setting_that_cannot_be_read_is_a_finding(tmp_path: Path) -> None:
    path = book(tmp_path / "classeur.xlsx", seancesouvertes=HEAD)
    (tmp_path / "seances.toml").write_text("[courriel\n", "utf-8")
    result = run(path)
    assert (result.exit_code, "[reglages-illisibles]" in result.output) == (11, True)


def test_a_wrong_option_is_a_usage_error(tmp_path: Path) -> None:
    assert seances("plan", tmp_path / "x.xlsx", "--now", "demain").exit_code == 2
    assert seances("export", tmp_path / "x.xlsx").exit_code == 2


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[colonnes]\nNom = 'Intitulé'\n", "n’est dans la partie d’aucune feuille"),
        ("[colonnes.'Séances ouverte']\nNom = 'X'\n", 'écrivez [colonnes."Séances ouvertes"]'),
        ("[colonnes.'Séances ouvertes']\nNomm = 'X'\n", 'écrivez "Nom" = …'),
        ("[dossier]\ndocuments = 'x'\n", "écrivez [dossiers]"),
        ("[dossiers]\ndocumnts = 'x'\n", "écrivez documents"),
        ("[dossiers]\ndocuments = 3\n", "n’est pas un texte"),
        ("[journal]\nurl = 'foo://x'\n", "ne mène à aucune base connue"),
        ("[journal]\nurl = 'postgres://[x'\n", "ne mène à aucune base connue"),
    ],
)
@pytest.mark.parametrize("command", ["check", "run"])
def test_a_slip_in_the_settings_stops_with_what_to_write_instead(
    tmp_path: Path, text: str, told: str, command: str
) -> None:
    path = book(tmp_path / "classeur.xlsx", seancesouvertes=HEAD)
    (tmp_path / "seances.toml").write_text(text, "utf-8")
    result = seances(command, path)
    assert (result.exit_code, told in result.output) == (11, True)


def test_settings_saved_in_another_encoding_say_how_to_save_them(tmp_path: Path) -> None:
    path = book(tmp_path / "classeur.xlsx", seancesouvertes=HEAD)
    (tmp_path / "seances.toml").write_bytes("[dossiers]\ndocuments = 'présences'\n".encode("latin-1"))
    assert "Encodage « UTF-8 »" in run(path).output


def test_a_file_in_the_place_of_a_folder_is_told_in_french(tmp_path: Path) -> None:
    path = book(
        tmp_path / "classeur.xlsx", seancesouvertes=HEAD + "S-1 | A | 20/11/2026 09:00 | 20/11/2026 10:00"
    )
    (tmp_path / "sauvegardes").write_text("", "utf-8")
    result = run(path)
    assert (result.exit_code, "un fichier porte déjà le nom du dossier" in result.output) == (12, True)
    (tmp_path / "sauvegardes").unlink()
    assert run(path).exit_code == 0


def test_a_workbook_that_nobody_may_write_is_not_said_to_be_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = book(tmp_path / "classeur.xlsx", seancesouvertes=HEAD)
    monkeypatch.setattr("processor.night.run.os.access", lambda _, mode: mode != os.W_OK)
    result = run(path)
    assert (result.exit_code, "décochez « Lecture seule »" in result.output) == (11, True)


def test_a_folder_a_pipe_and_a_loop_of_links_in_place_of_the_workbook_are_told(tmp_path):
    folder, pipe, loop = (tmp_path / name for name in ("d.xlsx", "p.xlsx", "l.xlsx"))
    folder.mkdir()
    os.mkfifo(pipe)
    loop.symlink_to(loop)
    for path, words in (
        (folder, "c’est un dossier"),
        (pipe, "ce n’est pas un fichier ordinaire"),
        (loop, "tourne en rond"),
    ):
        for command in ("check", "run"):
            result = seances(command, path)
            assert (result.exit_code, words in result.output) == (11, True), result.output
