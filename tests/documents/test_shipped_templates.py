"""The templates that are shipped: what they say, for ordinary, bare and crowded facts."""

import io
import subprocess
import sys
import zipfile
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from lxml import etree

from processor.documents.lint import sample
from processor.documents.lint.checks import problems
from processor.documents.template.template import WordTemplate
from processor.model import (
    DOCUMENTS,
    Attendee,
    Facts,
    Kind,
    Parameters,
    Place,
    Roll,
    Seance,
    Session,
    SessionRoll,
)
from processor.model.typography import plain
from tests.golden import golden

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TEMPLATES = Path(__file__).parents[2] / "templates"
FILES = {kind: kind.traits.template for kind in DOCUMENTS}
SAID = Path(__file__).parent / "shipped"


def _lines(text: str) -> str:
    return "\n".join(line for line in text.splitlines() if line.strip())


def bare(kind: Kind) -> Facts:
    """Facts of which staff filled only what must be: no venue, no trainer, no civilité, nobody registered."""
    ordinary = sample.facts(kind)
    seance = Seance(Place(""), "", "Atelier", datetime(2026, 12, 1, 9), datetime(2026, 12, 1, 12))
    return Facts(
        kind,
        Parameters(),
        ordinary.issued_on,
        seance=Roll(seance) if ordinary.seance else None,
        session=SessionRoll(Session(Place(""), "X", "Session libre")) if ordinary.session else None,
        person=Attendee("k", "Zoé", "Dupont") if ordinary.person else None,
    )


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_a_shipped_template_says_all_that_it_should(kind: Kind, text) -> None:
    """What it says is in `shipped/`; `SEANCES_GOLDEN=1 pytest …` writes it anew, to be read before it is committed."""
    filled = WordTemplate.load(TEMPLATES / FILES[kind]).render(sample.facts(kind))
    golden(SAID / f"{kind.slug}.txt", plain(_lines(text(filled))) + "\n")


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_a_shipped_template_has_no_problem_and_keeps_its_form(kind: Kind) -> None:
    template = WordTemplate.load(TEMPLATES / FILES[kind])
    assert problems(template, kind) == ()
    assert all(part.steady for part, _ in template.parts)


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_blank_cells_leave_no_label_without_its_value(kind: Kind, text) -> None:
    filled = text(WordTemplate.load(TEMPLATES / FILES[kind]).render(bare(kind)))
    for label in (
        "Durée prévue",
        "Session «",
        "N° 20",
        "Objectifs",
        "Adresse",
        "Employeur :",
        "Nature de l’action\n",
        "« »",
    ):
        assert label not in filled
    assert "None" not in filled
    assert " ," not in filled


def test_the_sheet_to_sign_has_a_line_for_each_of_forty_people_and_two_to_spare(text) -> None:
    people = tuple(Attendee(f"k{number}", "Zoé", f"Nom {number:02}") for number in range(40))
    facts = sample.facts(Kind.EMARGEMENT)
    assert facts.seance is not None
    facts = replace(facts, seance=replace(facts.seance, attendees=people))
    lines = text(WordTemplate.load(TEMPLATES / FILES[Kind.EMARGEMENT]).render(facts)).splitlines()
    assert [line for line in lines if line.startswith("Nom ")][1:] == [
        f"Nom {number:02} Zoé" for number in range(40)
    ]
    assert {"41", "42"} <= set(lines)
    assert "43" not in lines


def test_the_sheet_to_sign_of_a_session_has_a_page_a_day(text) -> None:
    facts = replace(
        sample.facts(Kind.EMARGEMENT), seance=None, session=sample.facts(Kind.CERTIFICATE).session
    )
    filled = text(WordTemplate.load(TEMPLATES / FILES[Kind.EMARGEMENT]).render(facts))
    assert filled.count("Feuille d’émargement") == 4
    for day in ("mardi 1er", "mardi 8", "jeudi 17", "vendredi 18"):
        assert f"{day} décembre 2026" in filled


def test_the_organisme_and_its_declaration_stand_on_every_document(text) -> None:
    for kind, name in FILES.items():
        filled = WordTemplate.load(TEMPLATES / name).render(sample.facts(kind))
        with zipfile.ZipFile(io.BytesIO(filled)) as package:
            margins = [part for part in package.namelist() if part.startswith(("word/header", "word/footer"))]
        shown = "\n".join(text(filled, part) for part in margins)
        assert "Déclaration d’activité n° 84 69 01234 69" in shown
        assert "SIRET 123 456 789 00012" in shown


ORDERS = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore widowControl numPr pBdr shd tabs spacing ind contextualSpacing jc "
    "outlineLvl rPr sectPr",
    "rPr": "rStyle rFonts b bCs i iCs caps smallCaps noProof color spacing w kern position sz szCs "
    "highlight u shd vertAlign lang",
    "tcPr": "tcW gridSpan vMerge tcBorders shd noWrap tcMar vAlign",
    "tcBorders": "top left bottom right",
    "tblPr": "tblStyle tblW jc tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription",
    "tblCellMar": "top left bottom right",
}


def test_the_elements_stand_in_the_order_that_word_wants() -> None:
    """Word calls a file damaged when properties stand in another order than its schema says."""
    for name in FILES.values():
        with zipfile.ZipFile(TEMPLATES / name) as package:
            parts = [
                part for part in package.namelist() if part.startswith("word/") and part.endswith(".xml")
            ]
            for part in parts:
                for element in etree.fromstring(package.read(part)).iter():
                    order = ORDERS.get(str(element.tag).removeprefix(WORD), "").split()
                    own = [str(child.tag).removeprefix(WORD) for child in element] if order else []
                    assert own == sorted(own, key=order.index), (name, part, own)


def canonical(data: bytes) -> bytes:
    return etree.tostring(etree.fromstring(data), method="c14n")


def test_the_shipped_files_are_those_that_the_code_makes(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, TEMPLATES / "make.py", tmp_path], check=True, env={"PYTHONDONTWRITEBYTECODE": "1"}
    )
    for name in FILES.values():
        with zipfile.ZipFile(TEMPLATES / name) as shipped, zipfile.ZipFile(tmp_path / name) as made:
            assert shipped.namelist() == made.namelist()
            for part in (one for one in made.namelist() if one.endswith(".xml")):
                assert canonical(shipped.read(part)) == canonical(made.read(part)), (
                    name,
                    part,
                )


def test_the_pictures_have_alternative_texts_and_the_header_rows_repeat() -> None:
    for name in FILES.values():
        with zipfile.ZipFile(TEMPLATES / name) as package:
            everything = b"".join(
                package.read(part) for part in package.namelist() if part.startswith("word/")
            )
        assert b'descr="logo"' in everything
        assert everything.count(b"<wp:inline") == everything.count(b'descr="')
    for name in ("invitation-session.docx", "attestation-session.docx", "feuille-emargement.docx"):
        with zipfile.ZipFile(TEMPLATES / name) as package:
            assert b"w:tblHeader" in package.read("word/document.xml")
