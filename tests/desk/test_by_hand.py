"""Documents made by hand: no mail, numbers as in the night, one PDF for the printer, sheets to sign for a whole session."""

from pathlib import Path

import pytest
from click.testing import Result
from docx import Document

from processor.documents.pdf.pdf import find_office
from processor.journal.journal import Journal
from processor.model.typography import plain
from processor.night.journal_place import placed
from processor.settings import read_settings
from tests.books import book, mails, run, seances, table

OFFICE = find_office()
FINISHED = """Code | Nom | Session | Date de début | Date de fin
S-0001 | Accueil | P1 | 30/11/2026 09:00 | 30/11/2026 12:00
S-0002 | Pratique | P1 | 01/12/2026 09:00 | 01/12/2026 17:00
"""
PEOPLE = """Session | Prénom | Nom | Courriel
P1 | Ali | Benali | ali@exemple.fr
P1 | Zoé | Dupont | zoe@exemple.fr
"""
NOTED = """Séance | Prénom | Nom | Présence | Attestation n°
S-0001 | Ali | Benali | Présent |
S-0001 | Zoé | Dupont | Présent |
S-0002 | Ali | Benali | Absent justifié |
S-0002 | Zoé | Dupont | Présent |
"""
NOW = ("--now", "2026-12-02T10:00")


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SEANCES_SOFFICE", str(tmp_path / "absent"))
    return book(
        tmp_path / "classeur.xlsx",
        seancesouvertes=FINISHED.splitlines()[0],
        seancesterminees=FINISHED,
        sessions="Code | Nom\nP1 | Automne",
        inscriptions=PEOPLE,
        participations=NOTED,
    )


def _make(path: Path, *more: object) -> Result:
    return seances("document", path, *more, *NOW)


def _numbers(path: Path) -> list[str]:
    return list(Journal.attestations(placed(read_settings(path)).journal_place))


def test_attestations_made_by_hand_take_their_numbers_and_send_nothing(path: Path) -> None:
    before = path.read_bytes()
    result = _make(path, "--seance", "S-0001", "--kind", "attestation-seance", "--person", "dupont")
    assert result.exit_code == 0
    assert _numbers(path) == ["2026-000001"]
    assert Path(result.stdout.strip()).name == "Attestation - Dupont Zoé.docx"
    assert Path(result.stdout.strip()).is_file()
    assert path.read_bytes() == before, "the workbook is not touched"
    again = _make(path, "--seance", "S-0001", "--kind", "attestation-seance")
    assert _numbers(path) == ["2026-000001", "2026-000002"]
    assert "Attestation - Dupont Zoé.docx (déjà émise, inchangée)" in again.stdout
    assert run(path, now="2026-12-03T02:00").exit_code == 0
    assert mails(path) == []
    shown = {(row["Séance"], row["Nom"]): row.get("Attestation n°") for row in table(path, "Participations")}
    assert (shown["S-0001", "Dupont"], shown["S-0001", "Benali"]) == ("2026-000001", "2026-000002")


def test_a_certificate_is_replaced_by_hand_with_a_reason(path: Path) -> None:
    certificate = ("--session", "P1", "--kind", "certificat-realisation", "--person", "Zoé Dupont")
    assert _make(path, *certificate).exit_code == 0
    result = _make(path, *certificate, "--reissue", "employeur corrigé")
    assert result.exit_code == 0
    assert "(annule et remplace 2026-000001)" in result.stdout
    register = Journal.attestations(placed(read_settings(path)).journal_place)
    assert (register["2026-000002"].replaces, register["2026-000002"].reason) == (
        "2026-000001",
        "employeur corrigé",
    )
    assert len(list(path.parent.rglob("Certificat*"))) == 2


def test_the_sheets_of_a_session_are_a_page_a_day_to_sign_or_filled(path: Path) -> None:
    sheet = ("--session", "P1", "--kind", "feuille-emargement", "-o", path.parent / "papier")
    for more, cells in (((), {""}), (("--presences",), {"Présent", "Absent justifié", ""})):
        result = _make(path, *sheet, *more)
        assert result.exit_code == 0
        document = Document(str(path.parent / "papier" / "Feuille d'émargement (Session P1 Automne).docx"))
        heads = [one.text for one in document.paragraphs if one.style.name == "Title"]
        assert heads == ["Accueil", "Pratique"]
        rows = [
            row.cells
            for one in document.tables
            for row in one.rows
            if "Dupont" in row.cells[1].text or "Benali" in row.cells[1].text
        ]
        assert len(rows) == 4
        assert {cell.text for row in rows for cell in row[3:]} == cells
    assert _numbers(path) == []


def test_a_filled_sheet_shows_the_hours_of_the_attestations_and_their_total(path: Path) -> None:
    import openpyxl

    workbook = openpyxl.load_workbook(path)
    workbook["Participations"].delete_rows(6)
    for column, value in enumerate(("Heures", None, None, 5.5, 7), 1):
        workbook["Participations"].cell(1 if column == 1 else column, 6, value)
    workbook["Participations"]["D4"] = "Présent"
    workbook["Participations"].tables["Participations"].ref = "A1:F5"
    workbook.save(path)
    into = path.parent / "papier"
    assert (
        _make(path, "--seance", "S-0002", "--kind", "feuille-emargement", "--presences", "-o", into).exit_code
        == 0
    )
    (file,) = into.iterdir()
    document = Document(str(file))
    names = [plain(row.cells[1].text) for one in document.tables for row in one.rows if len(row.cells) > 2]
    assert {"Benali Ali – 5 h 30", "Dupont Zoé – 7 h"} <= set(names)
    assert any("Total : 12 h 30." in plain(one.text) for one in document.paragraphs)


def test_sheets_of_two_seances_in_one_folder_are_two_files(path: Path) -> None:
    into = path.parent / "papier"
    for code in ("S-0001", "S-0002", "S-0002"):
        assert _make(path, "--seance", code, "--kind", "feuille-emargement", "-o", into).exit_code == 0
    assert sorted(file.name for file in into.iterdir()) == [
        "Feuille d'émargement (S-0001 Accueil).docx",
        "Feuille d'émargement (S-0002 Pratique).docx",
    ]


@pytest.mark.parametrize(
    ("more", "told"),
    [
        (("--seance", "S-9", "--kind", "attestation-seance"), "le classeur n’a pas de séance « S-9 »"),
        (("--seance", "S-0001", "--kind", "certificat-realisation"), "ne se fait pas pour une séance"),
        (
            ("--seance", "S-0001", "--kind", "attestation-seance", "--person", "Personne"),
            "personne n’est inscrit sous ce nom",
        ),
        (
            ("--seance", "S-0002", "--kind", "attestation-seance", "--person", "Benali"),
            "il n’y a aucun document à faire",
        ),
    ],
)
def test_what_cannot_be_made_by_hand_is_told(path: Path, more: tuple[str, ...], told: str) -> None:
    result = _make(path, *more)
    assert result.exit_code == 11
    assert told in result.stderr
    assert _numbers(path) == []


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not on this machine")
def test_the_printer_gets_one_pdf_of_all(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from pypdf import PdfReader

    monkeypatch.setenv("SEANCES_SOFFICE", str(OFFICE))
    result = _make(path, "--seance", "S-0001", "--kind", "attestation-seance")
    assert result.exit_code == 0
    one, other, both = (Path(line.partition(" (")[0]) for line in result.stdout.splitlines())
    assert both.parent.name == "À imprimer"
    assert [PdfReader(file).pages[0].extract_text() for file in (one, other)] == [
        page.extract_text() for page in PdfReader(both).pages
    ]
    assert {row["Nom"] for row in table(path, "Participations")} == {"Benali", "Dupont"}


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not on this machine")
def test_an_archive_is_made_where_the_modele_asks_for_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pypdf import PdfReader

    monkeypatch.setenv("SEANCES_SOFFICE", str(OFFICE))
    path = book(
        tmp_path / "classeur.xlsx",
        seancesouvertes=FINISHED.splitlines()[0],
        seancesterminees=FINISHED,
        inscriptions=PEOPLE.replace("Session", "Séance").replace("P1", "S-0001"),
        participations=NOTED,
        modeles="Nom | Type | Fichier | Format\nArchive | Attestation de séance | attestation-seance.docx | PDF/A",
    )
    result = _make(path, "--seance", "S-0001", "--kind", "attestation-seance", "--person", "Dupont")
    assert result.exit_code == 0
    root = PdfReader(result.stdout.strip()).trailer["/Root"]
    assert "pdfaid:part" in root["/Metadata"].get_object().get_data().decode()
    assert root["/MarkInfo"]["/Marked"]
    assert seances("verify", result.stdout.strip()).exit_code == 0


def test_documents_in_word_for_want_of_libreoffice_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SEANCES_SOFFICE", str(tmp_path / "absent"))
    asked = book(
        tmp_path / "demande.xlsx",
        seancesouvertes=FINISHED.splitlines()[0],
        seancesterminees=FINISHED.replace("fin\n", "fin | Attester\n").replace("12:00\n", "12:00 | oui\n"),
        inscriptions=PEOPLE.replace("Session", "Séance").replace("P1", "S-0001"),
        participations=NOTED,
    )
    result = run(asked, now="2026-12-02T02:00")
    said = "2 documents sont en Word : LibreOffice, qui fait les PDF, n’est pas installé sur cet ordinateur."
    assert said in result.stderr
