"""A logo beside the templates replaces the logo of the templates, and nothing else."""

import io
import shutil
import zipfile
from pathlib import Path

import pytest
from PIL import Image

from processor.documents.lint import sample
from processor.documents.lint.problems import TemplateProblem
from processor.documents.template.template import WordTemplate
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
    filled = WordTemplate.load(folder / TEMPLATE.name).render(sample.facts(Kind.SEANCE_INVITATION))
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
    before = WordTemplate.load(folder / TEMPLATE.name)
    _picture(folder / "logo.png", 10, 10)
    assert WordTemplate.load(folder / TEMPLATE.name) is not before


def _png_bytes(width: int, height: int, colour: str = "black") -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(made, "PNG")
    return made.getvalue()


def _with_picture(path: Path, alternative: str, where: str = "body") -> Path:
    """A template of one picture, 2 cm by 2, with this alternative text."""
    from docx import Document
    from docx.shared import Cm

    document = Document()
    document.add_paragraph("Bonjour {{ personne.prenom }}")
    paragraph = document.add_paragraph() if where == "body" else document.sections[0].footer.paragraphs[0]
    shape = paragraph.add_run().add_picture(io.BytesIO(_png_bytes(5, 5)), Cm(2), Cm(2))
    shape._inline.docPr.set("descr", alternative)
    document.save(str(path))
    return path


@pytest.mark.parametrize("where", ["body", "footer"])
def test_a_picture_whose_alternative_text_is_a_placeholder_is_that_of_the_person(
    tmp_path: Path, where: str
) -> None:
    from docx import Document

    template = WordTemplate.load(
        _with_picture(tmp_path / "a.docx", "{{ code_qr }} Code de vérification", where)
    )
    assert all(part.steady for part, _ in template.parts), "nothing is parsed for a picture"
    for size in ((90, 90), (200, 50)):
        picture = _png_bytes(*size)
        filled = template.render({"personne": {"prenom": "Zoé"}, "code_qr": picture})
        with zipfile.ZipFile(io.BytesIO(filled)) as package:
            assert package.testzip() is None
            media = [name for name in package.namelist() if name.startswith("word/media/")]
            assert [package.read(name) for name in media] == [picture]
            part = "word/document.xml" if where == "body" else "word/footer1.xml"
            xml = package.read(part).decode()
        assert f'cx="720000" cy="{720000 * size[1] // size[0]}"' in xml
        assert 'descr="Code de vérification"' in xml
        assert Document(io.BytesIO(filled)).paragraphs[0].text == "Bonjour Zoé"


def test_a_picture_that_is_blank_leaves_next_to_nothing(tmp_path: Path) -> None:
    template = WordTemplate.load(_with_picture(tmp_path / "a.docx", "{{ code_qr }}"))
    with zipfile.ZipFile(
        io.BytesIO(template.render({"personne": {"prenom": "Zoé"}, "code_qr": ""}))
    ) as package:
        (media,) = [name for name in package.namelist() if name.startswith("word/media/")]
        assert Image.open(io.BytesIO(package.read(media))).convert("RGBA").getpixel((0, 0))[3] == 0
        assert b'cx="12700" cy="12700"' in package.read("word/document.xml")


@pytest.mark.parametrize(
    ("alternative", "body", "value", "code"),
    [
        ("{{ code_rq }}", "", b"", "balise-inconnue"),
        ("{{ code_qr }}", "", "un texte", "balise-image"),
        ("{{ code_qr }}", "", b"GIF89a", "balise-image"),
        ("x", "{{ code_qr }}", _png_bytes(2, 2), "balise-image"),
    ],
)
def test_a_picture_that_cannot_be_shown_is_told(tmp_path: Path, alternative, body, value, code) -> None:
    from docx import Document

    path = _with_picture(tmp_path / "a.docx", alternative)
    document = Document(str(path))
    document.add_paragraph(body)
    document.save(str(path))
    with pytest.raises(TemplateProblem) as raised:
        WordTemplate.load(path).render({"personne": {"prenom": "Zoé"}, "code_qr": value})
    assert [one.code for one in raised.value.problems] == [code]


def test_a_logo_written_as_a_placeholder_is_shown_with_or_without_its_file(tmp_path: Path) -> None:
    path = _with_picture(tmp_path / "a.docx", "{{ logo }}")
    values = {"personne": {"prenom": "Zoé"}}
    with zipfile.ZipFile(io.BytesIO(WordTemplate.load(path).render(values))) as package:
        assert b'descr="logo"' in package.read("word/document.xml")
    _picture(tmp_path / "logo.png", 7, 7)
    with zipfile.ZipFile(io.BytesIO(WordTemplate.load(path).render(values))) as package:
        (media,) = [name for name in package.namelist() if name.startswith("word/media/")]
        assert Image.open(io.BytesIO(package.read(media))).size == (7, 7)
