import tomllib
import uuid
from pathlib import Path

import pytest

from processor.model.findings import Stopped
from processor.settings import read_settings
from processor.starting import new_folder

WORDS = [("{{ seance.nom }}", "Nom de la séance", "Conférence de lancement")]


@pytest.fixture
def templates(tmp_path: Path) -> Path:
    folder = tmp_path / "lettres"
    folder.mkdir()
    (folder / "invitation.docx").write_bytes(b"une lettre")
    (folder / "~$invitation.docx").write_bytes(b"ouvert dans Word")
    (folder / "make.py").write_text("")
    return folder


def test_a_new_folder_holds_the_workbook_the_letters_and_the_settings(
    tmp_path: Path, templates: Path
) -> None:
    made = new_folder(tmp_path / "neuf", None, templates, WORDS)
    assert made == tmp_path / "neuf" / "seances.xlsx"
    assert sorted(p.relative_to(tmp_path / "neuf").as_posix() for p in (tmp_path / "neuf").rglob("*")) == [
        "modeles",
        "modeles/invitation.docx",
        "seances.toml",
        "seances.xlsx",
    ]
    assert (tmp_path / "neuf" / "modeles" / "invitation.docx").read_bytes() == b"une lettre"


def test_the_settings_can_be_read_and_have_an_identity_of_their_own(tmp_path: Path, templates: Path) -> None:
    first = read_settings(new_folder(tmp_path / "un", None, templates, WORDS))
    second = read_settings(new_folder(tmp_path / "deux", None, templates, WORDS))
    assert uuid.UUID(first.identity) != uuid.UUID(second.identity)
    assert first.transport == "fichiers"
    assert first.templates == tmp_path / "un" / "modeles"
    assert not first.columns


def test_the_commented_examples_of_the_settings_are_right_once_uncommented(
    tmp_path: Path, templates: Path
) -> None:
    new_folder(tmp_path / "neuf", None, templates, WORDS)
    file = tmp_path / "neuf" / "seances.toml"
    lines = file.read_text("utf-8").replace('transport = "fichiers"\n', "").splitlines()
    examples = (
        "# transport",
        "# hote",
        "# port",
        "# securite",
        "# utilisateur",
        "# [colonnes",
        "# Nom =",
        "# Lieu =",
    )
    text = "\n".join(line.removeprefix("# ") if line.startswith(examples) else line for line in lines)
    data = tomllib.loads(text)
    assert data["courriel"]["transport"] == "smtp"
    assert data["courriel"]["port"] == 587
    assert data["colonnes"]["Séances ouvertes"] == {"Nom": "Intitulé", "Lieu": "Salle"}


@pytest.mark.parametrize("name", ["seances.xlsx", "seances.toml", "modeles/invitation.docx"])
def test_nothing_is_ever_written_over(tmp_path: Path, templates: Path, name: str) -> None:
    mine = tmp_path / "neuf" / name
    mine.parent.mkdir(parents=True)
    mine.write_text("à moi")
    with pytest.raises(Stopped) as stopped:
        new_folder(tmp_path / "neuf", None, templates, WORDS)
    assert stopped.value.findings[0].code == "dossier-occupe"
    assert mine.read_text() == "à moi"
    assert [path for path in (tmp_path / "neuf").rglob("*") if path.is_file()] == [mine]
