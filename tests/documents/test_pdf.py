"""PDF by LibreOffice: what is made, what is told when it is not, and that nothing is left behind."""

import stat
import time
from pathlib import Path

import pytest

from processor.documents.lint import sample
from processor.documents.pdf import pdf
from processor.documents.template.template import WordTemplate
from processor.model import Kind

OFFICE = pdf.find_office()
needs_office = pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not on this machine")
TEMPLATES = Path(__file__).parents[2] / "templates"


def _program(folder: Path, body: str) -> Path:
    """A program that stands in for LibreOffice; its last arguments are those of LibreOffice."""
    from pypdf import PdfWriter

    blank = PdfWriter()
    blank.add_blank_page(595, 842)
    blank.write(folder / "blank.pdf")
    path = folder / "soffice"
    path.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


def _documents(folder: Path, *names: str) -> list[Path]:
    files = [folder / f"{name}.docx" for name in names]
    for file in files:
        file.write_bytes(b"x")
    return files


OUT = 'while [ "$1" != --outdir ]; do shift; done; out=$2; shift 2'
MAKE = f'from=$(dirname "$0")/blank.pdf; {OUT}; for f in "$@"; do b=$(basename "$f" .docx); cp "$from" "$out/$b.pdf"; done'


@needs_office
def test_every_document_becomes_a_pdf_that_says_the_same(tmp_path: Path) -> None:
    from pypdf import PdfReader

    files = []
    for name, kind in (("certificat-realisation", Kind.CERTIFICATE), ("feuille-emargement", Kind.EMARGEMENT)):
        files.append(tmp_path / f"{name} - Zoé.docx")
        files[-1].write_bytes(WordTemplate.load(TEMPLATES / f"{name}.docx").render(sample.facts(kind)))
    broken = tmp_path / "abîmé.docx"
    broken.write_bytes(b"PK\x03\x04 not a document")
    assert OFFICE is not None
    made = pdf.convert([*files, broken], tmp_path / "pdf", OFFICE)
    for file in files:
        result = made[file]
        assert isinstance(result, Path)
        assert len(PdfReader(result).pages) == 1
    assert "Zoé Dupont" in PdfReader(made[files[0]]).pages[0].extract_text()
    assert made[broken] == "LibreOffice n’a pas pu faire le PDF de ce document."


@needs_office
def test_the_language_and_the_title_reach_the_pdf(tmp_path: Path) -> None:
    from pypdf import PdfReader

    file = tmp_path / "certificat.docx"
    file.write_bytes(
        WordTemplate.load(TEMPLATES / "certificat-realisation.docx").render(sample.facts(Kind.CERTIFICATE))
    )
    assert OFFICE is not None
    result = pdf.convert([file], tmp_path, OFFICE)[file]
    assert isinstance(result, Path)
    reader = PdfReader(result)
    assert reader.metadata is not None
    assert reader.metadata.title == "Certificat de réalisation – Zoé Dupont"
    assert reader.metadata.author == "Centre Horizon"
    assert str(reader.trailer["/Root"].get("/Lang", "")).startswith("fr")


@needs_office
@pytest.mark.parametrize(("standard", "mark"), [("PDF/A", "pdfaid:part"), ("PDF/UA", "pdfuaid:part")])
def test_an_archive_or_an_accessible_pdf_is_made_when_asked(standard: str, mark: str, tmp_path: Path) -> None:
    from pypdf import PdfReader

    file = tmp_path / "certificat.docx"
    file.write_bytes(
        WordTemplate.load(TEMPLATES / "certificat-realisation.docx").render(sample.facts(Kind.CERTIFICATE))
    )
    assert OFFICE is not None
    result = pdf.convert([file], tmp_path, OFFICE, standard=standard)[file]
    assert isinstance(result, Path)
    root = PdfReader(result).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert mark in root["/Metadata"].get_object().get_data().decode()


def test_many_documents_are_shared_between_workers(tmp_path: Path) -> None:
    office = _program(tmp_path, f'echo x >> "{tmp_path}/calls"; {MAKE}')
    files = _documents(tmp_path, *(f"d{number}" for number in range(40)))
    made = pdf.convert(files, tmp_path / "out", office, workers=4)
    assert all(isinstance(result, Path) for result in made.values())
    assert (tmp_path / "calls").read_text() == "x\n" * 4


def test_two_documents_of_one_name_never_overwrite_each_other(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    (first,), (second,) = _documents(tmp_path, "a"), _documents(tmp_path / "other", "A")
    made = pdf.convert([first, second], tmp_path / "out", _program(tmp_path, MAKE))
    assert isinstance(made[first], Path)
    assert made[second] == "un autre document porte le même nom."


def test_one_call_serves_many_documents(tmp_path: Path) -> None:
    office = _program(tmp_path, f'echo x >> "{tmp_path}/calls"; {MAKE}')
    files = _documents(tmp_path, "a", "b", "c")
    made = pdf.convert(files, tmp_path / "out", office)
    assert [result.name for result in made.values() if isinstance(result, Path)] == [
        "a.pdf",
        "b.pdf",
        "c.pdf",
    ]
    assert (tmp_path / "calls").read_text() == "x\n"


def test_a_document_that_breaks_the_others_is_tried_alone_and_told(tmp_path: Path) -> None:
    office = _program(tmp_path, f'case "$*" in *bad.docx*) exit 1;; esac; {MAKE}')
    good, bad, other = _documents(tmp_path, "good", "bad", "other")
    made = pdf.convert([good, bad, other], tmp_path / "out", office)
    assert isinstance(made[good], Path)
    assert isinstance(made[other], Path)
    assert made[bad] == "LibreOffice n’a pas pu faire le PDF de ce document."


def test_what_hangs_is_stopped_with_all_that_it_started(tmp_path: Path) -> None:
    office = _program(tmp_path, f'sleep 600 & echo $! > "{tmp_path}/child"; wait')
    (file,) = _documents(tmp_path, "a")
    start = time.monotonic()
    made = pdf.convert([file], tmp_path / "out", office, timeout=3)
    assert made[file] == "LibreOffice n’a pas répondu à temps."
    assert time.monotonic() - start < 300
    child = Path("/proc", (tmp_path / "child").read_text().strip())
    assert not child.exists() or "zombie" in (child / "status").read_text()


def test_a_file_that_is_no_pdf_is_not_taken_for_one(tmp_path: Path) -> None:
    office = _program(tmp_path, MAKE.replace('cp "$from"', "echo html >"))
    (file,) = _documents(tmp_path, "a")
    assert isinstance(pdf.convert([file], tmp_path / "out", office)[file], str)


def test_an_old_pdf_is_not_taken_for_the_new_one(tmp_path: Path) -> None:
    (file,) = _documents(tmp_path, "a")
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7\n/Page\n%%EOF")
    assert isinstance(pdf.convert([file], tmp_path, _program(tmp_path, "exit 1"))[file], str)


def test_the_office_is_found_where_it_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    office = _program(tmp_path, "exit 0")
    monkeypatch.setenv("SEANCES_SOFFICE", str(office))
    assert pdf.find_office() == office
    monkeypatch.setenv("SEANCES_SOFFICE", str(tmp_path / "absent"))
    assert pdf.find_office() is None


def test_an_office_that_cannot_start_is_told(tmp_path: Path) -> None:
    (file,) = _documents(tmp_path, "a")
    assert pdf.convert([file], tmp_path, tmp_path / "absent")[file] == "LibreOffice n’a pas pu démarrer."


def test_a_hung_program_is_started_again_for_the_documents_behind(tmp_path: Path) -> None:
    hang = f'from=$(dirname "$0")/blank.pdf; {OUT}; for f in "$@"; do case "$f" in *bad*) sleep 600;; esac; b=$(basename "$f" .docx); cp "$from" "$out/$b.pdf"; done'
    files = _documents(tmp_path, "a", "b", "bad", "c", "d")
    start = time.monotonic()
    made = pdf.convert(files, tmp_path / "out", _program(tmp_path, hang), timeout=3, workers=1)
    assert [file.stem for file in files if not isinstance(made[file], Path)] == ["bad"]
    assert made[files[2]] == "LibreOffice n’a pas répondu à temps."
    assert time.monotonic() - start < 300


def test_a_program_that_makes_nothing_is_not_called_for_each_document(tmp_path: Path) -> None:
    office = _program(tmp_path, f'echo x >> "{tmp_path}/calls"; exit 1')
    made = pdf.convert(
        _documents(tmp_path, *(f"d{n}" for n in range(30))), tmp_path / "out", office, workers=1
    )
    assert set(made.values()) == {"LibreOffice n’a pas pu faire le PDF de ce document."}
    assert (tmp_path / "calls").read_text().count("x") == 4


@needs_office
def test_a_placeholder_that_is_left_is_found_in_the_pdf(tmp_path: Path) -> None:
    from docx import Document

    document = Document()
    document.add_paragraph("Bonjour {{ personne.prenom }}")
    document.save(str(tmp_path / "a.docx"))
    assert OFFICE is not None
    made = pdf.convert([tmp_path / "a.docx"], tmp_path / "pdf", OFFICE)
    assert made[tmp_path / "a.docx"] == "une balise « {{ » ou « {% » est restée dans le PDF."
