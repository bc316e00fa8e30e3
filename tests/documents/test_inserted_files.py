"""A template that inserts other files goes through docxtpl; the template decides it, and no file from elsewhere comes in."""

import io
import zipfile
from pathlib import Path

import pytest
from docx import Document
from PIL import Image

from processor.documents.lint import sample
from processor.documents.lint.lint import lint
from processor.documents.lint.problems import TemplateProblem
from processor.documents.template.template import WordTemplate
from processor.model import Kind

INVITATION = sample.filled(Kind.SEANCE_INVITATION)


@pytest.fixture
def conditions(tmp_path: Path) -> Path:
    document = Document()
    document.add_paragraph("Article 1")
    document.add_table(1, 1).rows[0].cells[0].text = "Tarif"
    document.save(str(tmp_path / "conditions.docx"))
    return tmp_path / "conditions.docx"


def test_a_word_file_of_the_folder_takes_the_place_of_its_paragraph(word, text, conditions: Path) -> None:
    path = word(
        "Bonjour %first_name%",
        "{{p inserer(«\xa0conditions.docx\xa0») }}",
        "{{ seance.lieu }}",
        header="{{ personne.nom }}",
    )
    filled = WordTemplate.load(path).render(INVITATION)
    assert text(filled) == "Bonjour Zoé\nArticle 1\nTarif\nMaison des associations"
    assert text(filled, "word/header1.xml") == "Dupont"
    assert Document(io.BytesIO(filled)).tables[0].rows[0].cells[0].text == "Tarif"


def test_a_picture_of_the_folder_is_shown_at_the_width_asked(word, tmp_path: Path) -> None:
    Image.new("RGB", (200, 100), "red").save(tmp_path / "plan.png")
    filled = WordTemplate.load(word('Plan : {{ image("plan.png", 8) }} {{ personne.employeur }}')).render(
        INVITATION
    )
    (shape,) = Document(io.BytesIO(filled)).inline_shapes
    assert (round(shape.width.cm, 2), round(shape.height.cm, 2)) == (8, 4)
    assert "Imprimerie Dupont & Fils" in Document(io.BytesIO(filled)).paragraphs[-1].text


def test_only_such_a_template_leaves_the_fast_path(word, conditions: Path) -> None:
    assert WordTemplate.load(word("{{ personne.nom }}")).inserting is None
    assert WordTemplate.load(word('{{p inserer("conditions.docx") }}', name="b.docx")).inserting is not None


def test_a_tag_of_the_inserted_file_is_not_filled_and_is_told(word, tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph("Article {{ numero }}")
    document.save(str(tmp_path / "conditions.docx"))
    found = lint(word('{{p inserer("conditions.docx") }}'), Kind.SEANCE_INVITATION)
    assert [(one.code, one.text) for one in found if one.serious] == [
        ("balise-restante", "Article {{ numero }}")
    ]


def test_nothing_is_said_of_the_two_words(word, conditions: Path) -> None:
    path = word('{{p inserer("conditions.docx") }}', "{{ personne.nom }}")
    assert [one for one in lint(path, Kind.SEANCE_INVITATION) if one.serious] == []


@pytest.mark.parametrize(
    "written",
    [
        '{{p inserer("absent.docx") }}',
        '{{p inserer("../conditions.docx") }}',
        '{{p inserer("/etc/passwd") }}',
        '{{p inserer("/etc/passwd.docx") }}',
        '{{p inserer("faux.docx") }}',
        "{{p inserer(personne) }}",
        '{{ image("faux.png") }}',
        '{{ image("conditions.docx") }}',
    ],
)
def test_a_file_that_cannot_be_inserted_is_told(word, conditions: Path, written: str) -> None:
    for name in ("faux.docx", "faux.png"):
        (conditions.parent / name).write_bytes(b"rien")
    with pytest.raises(TemplateProblem) as told:
        WordTemplate.load(word(written)).render(INVITATION)
    assert [one.code for one in told.value.problems] == ["modele-inutilisable"]


@pytest.mark.parametrize(
    "written", ["{{ inserer.make }}", "{{ image.__call__.__globals__ }}", "{{ personne.nim }}"]
)
def test_the_sandbox_holds_there_too(word, conditions: Path, written: str) -> None:
    with pytest.raises(TemplateProblem):
        WordTemplate.load(word('{{p inserer("conditions.docx") }}', written)).render(INVITATION)


def test_a_picture_by_its_alternative_text_works_there_too(word, conditions: Path) -> None:
    document = Document(str(word('{{p inserer("conditions.docx") }}')))
    picture = io.BytesIO()
    Image.new("RGB", (9, 9)).save(picture, "PNG")
    shape = document.paragraphs[0].add_run().add_picture(io.BytesIO(picture.getvalue()))
    paragraph = document.add_paragraph()
    paragraph._p.append(shape._inline.getparent().getparent())
    shape._inline.docPr.set("descr", "{{ photo }}")
    document.save(str(conditions.parent / "c.docx"))
    wanted = io.BytesIO()
    Image.new("RGB", (30, 30), "blue").save(wanted, "PNG")
    filled = WordTemplate.load(conditions.parent / "c.docx").render(
        {**INVITATION, "photo": wanted.getvalue()}
    )
    with zipfile.ZipFile(io.BytesIO(filled)) as package:
        media = [package.read(name) for name in package.namelist() if name.startswith("word/media/")]
    assert media == [wanted.getvalue()]
