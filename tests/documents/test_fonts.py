"""Fonts that the PDF would lack are a note; those of the same measures, and those that no text uses, are none."""

import io
from pathlib import Path

import pytest
from docx import Document

from processor.documents.pdf.fonts import missing_fonts

TEMPLATES = sorted((Path(__file__).parents[2] / "templates").glob("*.docx"))
HERE = frozenset({"liberation sans", "liberation serif", "carlito", "garamond"})


def _told(*fonts: str, style: str = "") -> list[str]:
    document = Document()
    document.styles["Normal"].font.name = "Arial"
    document.styles["Normal"].element.rPr.rFonts.attrib.clear()
    document.styles["Normal"].font.name = "Arial"
    document.styles["Quote"].font.name = "Papyrus"
    for font in fonts:
        document.add_paragraph().add_run("Bonjour").font.name = font
    if style:
        document.add_paragraph("Bonjour", style=style)
    made = io.BytesIO()
    document.save(made)
    return [
        problem.problem.split("«")[1].split("»")[0].strip()
        for problem in missing_fonts(made.getvalue(), HERE)
    ]


def test_a_font_that_is_absent_is_told_once() -> None:
    assert _told("Comic Sans MS", "Garamond", "Comic Sans MS", "Calibri", "Wingdings") == ["Comic Sans MS"]


def test_the_font_of_a_style_counts_when_a_text_has_the_style() -> None:
    assert _told() == []
    assert _told(style="Quote") == ["Papyrus"]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_the_shipped_templates_need_no_font_that_a_free_machine_lacks(path: Path) -> None:
    assert list(missing_fonts(path.read_bytes(), HERE)) == []


def test_where_the_fonts_are_not_known_nothing_is_told() -> None:
    assert list(missing_fonts(TEMPLATES[0].read_bytes(), frozenset())) == []
