"""A logo beside the templates replaces the logo of the templates, and nothing else."""

import io
import shutil
import zipfile
from pathlib import Path

import pytest
from PIL import Image

from processor.documents import sample
from processor.documents.template import Template
from processor.model import Kind

TEMPLATE = Path(__file__).parents[2] / "templates" / "invitation-seance.docx"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copy(TEMPLATE, tmp_path)
    return tmp_path


def _picture(path: Path, width: int, height: int) -> Path:
    Image.new("RGB", (width, height), (200, 0, 0)).save(path)
    return path


def _filled(folder: Path) -> zipfile.ZipFile:
    filled = Template.load(folder / TEMPLATE.name).render(sample.facts(Kind.SEANCE_INVITATION))
    return zipfile.ZipFile(io.BytesIO(filled))


@pytest.mark.parametrize("ending", [".png", ".jpg"])
def test_the_logo_of_the_folder_is_that_of_the_document(folder: Path, ending: str) -> None:
    _picture(folder / f"logo{ending}", 400, 100)
    with _filled(folder) as package:
        media = [name for name in package.namelist() if name.startswith("word/media/")]
        sizes = {Image.open(io.BytesIO(package.read(name))).size for name in media}
        assert (400, 100) in sizes
        header = b"".join(package.read(name) for name in package.namelist() if name.startswith("word/header"))
    assert b'cx="540000" cy="135000"' in header, "it keeps its own proportions within the box of the first"


def test_without_a_logo_the_template_keeps_its_own(folder: Path) -> None:
    with _filled(folder) as package:
        assert not [name for name in package.namelist() if "seances-logo" in name]


def test_a_file_that_is_no_picture_replaces_nothing(folder: Path) -> None:
    (folder / "logo.png").write_bytes(b"not a picture")
    with _filled(folder) as package:
        assert not [name for name in package.namelist() if "seances-logo" in name]


def test_a_changed_logo_is_seen_at_the_next_reading(folder: Path) -> None:
    before = Template.load(folder / TEMPLATE.name)
    _picture(folder / "logo.png", 10, 10)
    assert Template.load(folder / TEMPLATE.name) is not before
