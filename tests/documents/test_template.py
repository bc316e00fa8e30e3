"""A template is filled as docxtpl would fill it, and refused with words that help."""

import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from processor.documents.lint import sample
from processor.documents.lint.checks import problems
from processor.documents.lint.problems import BadTemplate, TemplateProblem
from processor.documents.sandbox.text import render_text
from processor.documents.template.template import WordTemplate
from processor.model import Kind
from processor.model.typography import plain

SHARED = Path(__file__).parents[3] / "shared"
CORPUS = SHARED / "corpus" / "docxtpl"
SAMPLES = sorted(CORPUS.glob("*.json"))
INVITATION = sample.filled(Kind.SEANCE_INVITATION)


def test_values_are_printed_as_typed_whatever_they_hold(word, text) -> None:
    template = WordTemplate.load(word("{{ personne.employeur }}"))
    filled = template.render({"personne": {"employeur": "Dupont & Fils <x> \"'"}})
    assert text(filled) == "Dupont & Fils <x> \"'"


def test_a_line_end_in_a_value_becomes_a_line_break_of_word(word, text) -> None:
    assert (
        text(WordTemplate.load(word("{{ seance.adresse }}")).render(INVITATION))
        == "12 rue des Lilas⏎69003 Lyon"
    )


def test_a_placeholder_that_word_cut_into_runs_is_filled(word, text) -> None:
    path = word(["Bonjour {{ perso", "nne.pre", "nom }} !"], ["%first", "_na", "me% et %last_name%."])
    assert text(WordTemplate.load(path).render(INVITATION)) == "Bonjour Zoé !\nZoé et Dupont."


def test_the_old_names_of_claroline_are_filled_everywhere(word, text) -> None:
    path = word("%event_name% : %event_start%", header="%first_name%", rows=["%event_location_address%"])
    filled = WordTemplate.load(path).render(INVITATION)
    assert (
        plain(text(filled))
        == "Conférence de lancement : mardi 1er décembre 2026 à 9 h 00\n12 rue des Lilas⏎69003 Lyon"
    )
    assert text(filled, "word/header1.xml") == "Zoé"


def test_a_row_is_repeated_for_each_element_of_a_list(word, text) -> None:
    rows = ["Nom", "{%tr for participant in participants %}", "{{ participant.nom }}", "{%tr endfor %}"]
    assert text(WordTemplate.load(word(rows=rows)).render(INVITATION)) == "Nom\nBenali\nDupont\nRoussel"


def test_the_title_of_the_file_is_filled_too(word) -> None:
    from docx import Document

    document = Document(word("x"))
    document.core_properties.title = "Pour {{ personne.employeur }}"
    made = io.BytesIO()
    document.save(made)
    filled = WordTemplate.compiled("x.docx", made.getvalue()).render(INVITATION)
    assert Document(io.BytesIO(filled)).core_properties.title == "Pour Imprimerie Dupont & Fils"


def test_comments_and_charts_are_filled_too(word, text) -> None:
    from docx import Document
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    document = Document(word("Bonjour"))
    document.add_comment(document.paragraphs[0].runs, "Pour {{ personne.prenom }}", "Paul")
    chart = (
        '<c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:p><a:r><a:t>Heures de {{ perso</a:t></a:r>'
        "<a:r><a:t>nne.nom }}</a:t></a:r></a:p></c:chart>"
    )
    kind = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
    part = Part(PackURI("/word/charts/chart1.xml"), kind, chart.encode(), document.part.package)
    document.part.relate_to(part, "http://schemas.openxmlformats.org/officeDocument/2006/relationships/chart")
    made = io.BytesIO()
    document.save(made)
    filled = WordTemplate.compiled("x.docx", made.getvalue()).render(INVITATION)
    assert text(filled, "word/comments.xml") == "Pour Zoé"
    with zipfile.ZipFile(io.BytesIO(filled)) as package:
        assert "<a:t>Heures de Dupont</a:t>" in package.read("word/charts/chart1.xml").decode()


def test_an_unknown_name_is_an_error_that_proposes_the_nearest_one(word) -> None:
    path = word("Cher {{ personne.prenon }},", rows=["{{ seance.nim }}"])
    with pytest.raises(TemplateProblem) as raised:
        WordTemplate.load(path).render(INVITATION)
    found = [(one.problem, one.near, one.place, one.text) for one in raised.value.problems]
    assert found == [
        (
            "« personne.prenon » n’existe pas.",
            "personne.prenom",
            "corps du document",
            "Cher {{ personne.prenon }},",
        ),
        (
            "« seance.nim » n’existe pas.",
            "seance.nom",
            "corps du document, dans un tableau",
            "{{ seance.nim }}",
        ),
    ]


def test_an_unknown_name_is_found_before_any_document_takes_its_branch(word) -> None:
    template = WordTemplate.load(word("{% if seance.infos == 'jamais' %}{{ seance.lieux }}{% endif %}"))
    assert [one.near for one in problems(template, Kind.SEANCE_INVITATION)] == ["seance.lieu"]


def test_a_name_of_another_kind_of_document_says_how_to_write_it(word) -> None:
    template = WordTemplate.load(word("{{ seance.nom }}"))
    (found,) = problems(template, Kind.SESSION_INVITATION)
    assert found.code == "balise-autre-type"
    assert "{% for seance in seances %}" in found.fix


def test_a_column_of_staff_is_checked_against_the_workbook() -> None:
    source = '{{ seance.autres["Budgt"] }}'
    assert problems(source, Kind.SEANCE_INVITATION) == ()
    (found,) = problems(source, Kind.SEANCE_INVITATION, INVITATION)
    assert found.near == 'seance.autres["Budget"]'


def test_a_loop_that_is_not_closed_is_told_with_the_text_around(word) -> None:
    path = word(
        "{% if seance.nom %}{% endif %}", "Les participants : {% for p in participants %}{{ p.nom }}", "Fin"
    )
    with pytest.raises(BadTemplate) as raised:
        WordTemplate.load(path)
    (found,) = raised.value.problems
    assert "endfor" in found.fix
    assert "Les participants" in found.text


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "est vide"),
        (b"PK\x03\x04 hello", "n’est pas un fichier Word"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ancien fichier .doc"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "mot de passe"),
        (b"Bonjour", "n’est pas un fichier Word"),
    ],
)
def test_a_file_that_is_no_template_is_refused_in_words(tmp_path, content, words) -> None:
    path = tmp_path / "modele.docx"
    path.write_bytes(content)
    with pytest.raises(BadTemplate, match=words):
        WordTemplate.load(path)


def test_a_missing_file_is_told(tmp_path) -> None:
    with pytest.raises(BadTemplate, match="n’a pas pu être ouvert"):
        WordTemplate.load(tmp_path / "absent.docx")


@pytest.mark.parametrize("cut", [100, 1000, 10_000])
def test_a_cut_file_is_refused(word, cut) -> None:
    path = word("x")
    path.write_bytes(path.read_bytes()[:-cut])
    with pytest.raises(BadTemplate):
        WordTemplate.load(path)


def test_macros_doctypes_linked_pictures_and_bombs_are_refused(word, tmp_path) -> None:
    def changed(name: str, change) -> Path:
        made = tmp_path / "change.docx"
        with zipfile.ZipFile(word("x")) as source, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
            for entry in source.namelist():
                data = source.read(entry)
                target.writestr(entry, change(data) if entry == name else data)
        return made

    linked = b'<Relationship Id="x" Type="http://x/relationships/image" Target="http://x/" TargetMode="External"/></Relationships>'
    for name, change, words in (
        (
            "[Content_Types].xml",
            lambda d: d.replace(b"document.main+xml", b"macroEnabled.main+xml"),
            "macros",
        ),
        (
            "word/document.xml",
            lambda d: d.replace(b"<w:document", b"<!DOCTYPE a [<!ENTITY b 'c'>]><w:document", 1),
            "entités",
        ),
        (
            "word/_rels/document.xml.rels",
            lambda d: d.replace(b"</Relationships>", linked),
            "lié à un autre fichier",
        ),
        (
            "word/_rels/document.xml.rels",
            lambda d: d.replace(b"</Relationships>", linked.replace(b"<Relationship ", b"<Relationship\n")),
            "lié à un autre fichier",
        ),
        (
            "word/document.xml",
            lambda d: d.replace(b'encoding="UTF-8"', b'encoding="UTF-7"').replace(
                b"encoding='UTF-8'", b"encoding='UTF-7'"
            ),
            "entités",
        ),
        ("word/styles.xml", lambda d: d + b" " * 50_000_000, "dangereux"),
    ):
        with pytest.raises(BadTemplate, match=words):
            WordTemplate.load(changed(name, change))


def test_the_template_that_word_would_fetch_is_forgotten(word, tmp_path) -> None:
    from docx import Document

    document = Document(word("Bonjour {{ personne.prenom }}"))
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"
    (settings,) = [
        one.target_part for one in document.part.rels.values() if one.reltype.endswith("/settings")
    ]
    settings.relate_to("http://example.invalid/a.dotm", kind, is_external=True)
    document.save(str(tmp_path / "b.docx"))
    filled = WordTemplate.load(tmp_path / "b.docx").render(INVITATION)
    with zipfile.ZipFile(io.BytesIO(filled)) as package:
        assert not [name for name in package.namelist() if b"example.invalid" in package.read(name)]


def test_a_block_that_straddles_cells_is_mended_or_refused_but_never_sent_broken(word, text) -> None:
    template = WordTemplate.load(word("{% if seance.lieu %}Lieu", "suite{% endif %}", "fin"))
    assert text(template.render(INVITATION)) == "Lieu\nsuite\nfin"


def test_the_same_template_and_facts_give_the_same_bytes(word) -> None:
    template = WordTemplate.load(word("{{ personne.nom }}"))
    assert template.render(INVITATION) == template.render(sample.facts(Kind.SEANCE_INVITATION))


def test_a_known_file_is_not_compiled_again(word) -> None:
    path = word("{{ personne.nom }}")
    assert WordTemplate.load(path) is WordTemplate.load(path)


def test_the_names_of_a_template_are_listed_as_written(word) -> None:
    template = WordTemplate.load(
        word("{{ personne.nom }}{% for p in participants %}{{ p.prenom }}{% endfor %}")
    )
    assert template.placeholders == ("personne.nom", "participants")


def test_subjects_and_messages_use_the_same_words_unescaped() -> None:
    text = render_text("R&D : %event_name% — {{ personne.employeur }}\nle {{ seance.debut }}", INVITATION)
    assert (
        plain(text)
        == "R&D : Conférence de lancement — Imprimerie Dupont & Fils\nle mardi 1er décembre 2026 à 9 h 00"
    )


def test_an_unknown_name_in_a_subject_is_an_error() -> None:
    with pytest.raises(TemplateProblem, match=r"personne\.nim"):
        render_text("{{ personne.nim }}", INVITATION)
    (found,) = problems("Bonjour %frist_name%", Kind.SEANCE_INVITATION)
    assert found.near == "%first_name%"


@pytest.mark.skipif(not SAMPLES, reason="the corpus of docxtpl is not on this machine")
@pytest.mark.parametrize("given", SAMPLES, ids=lambda path: path.stem)
def test_filling_equals_docxtpl_on_its_own_templates(given: Path, tmp_path: Path) -> None:
    from docxtpl import DocxTemplate
    from jinja2 import TemplateError

    sheet, context = given.with_suffix(".docx"), json.loads(given.read_text(encoding="utf-8"))["context"]
    expected, made = tmp_path / "expected.docx", tmp_path / "made.docx"
    try:
        reference = DocxTemplate(sheet)
        reference.render(context, autoescape=True)
        reference.save(expected)
    except TemplateError:
        with pytest.raises(TemplateProblem):
            WordTemplate.load(sheet).render(context)
        return
    made.write_bytes(WordTemplate.load(sheet, lenient=True).render(context))
    tool = SHARED / "tools" / "docxsame.py"
    compared = subprocess.run(
        [sys.executable, tool, expected, made], capture_output=True, text=True, check=False
    )
    assert compared.returncode == 0, compared.stdout + compared.stderr
