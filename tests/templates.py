"""Builders of small Word templates: a test writes the paragraphs it is about, as text."""

import io
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from lxml import etree

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

Write = Callable[..., Path]
Read = Callable[[bytes], str]


@pytest.fixture
def word(tmp_path: Path) -> Write:
    """A template of the paragraphs given; a paragraph that is a list is cut into runs, as Word does."""
    from docx import Document

    def write(
        *paragraphs: str | Sequence[str],
        header: str = "",
        rows: Sequence[str] = (),
        name: str = "modele.docx",
    ) -> Path:
        document = Document()
        for paragraph in paragraphs:
            made = document.add_paragraph()
            for index, run in enumerate([paragraph] if isinstance(paragraph, str) else paragraph):
                made.add_run(run).bold = bool(index % 2)
        for row in rows:
            (document.tables[0] if document.tables else document.add_table(0, 1)).add_row().cells[
                0
            ].text = row
        if header:
            document.sections[0].header.paragraphs[0].text = header
        path = tmp_path / name
        document.save(str(path))
        return path

    return write


@pytest.fixture
def text() -> Read:
    """What a person reads in the body of a .docx: a line a paragraph, ⏎ for a line break within one."""

    def read(data: bytes, part: str = "word/document.xml") -> str:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            assert package.testzip() is None
            root = etree.fromstring(package.read(part))
        return "\n".join(_shown(paragraph) for paragraph in root.iter(f"{WORD}p"))

    return read


def _shown(paragraph: etree._Element) -> str:
    marks = {f"{WORD}br": "⏎", f"{WORD}tab": "⇥"}
    return "".join(
        one.text or "" if one.tag == f"{WORD}t" else marks.get(one.tag, "") for one in paragraph.iter()
    )
