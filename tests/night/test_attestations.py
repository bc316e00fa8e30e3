"""Attestations in real nights: numbers without a gap, files that never change, and one that replaces another."""

import hashlib
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from processor.journal.journal import Journal
from processor.night.journal_place import placed
from processor.proof.keys import public_keys
from processor.proof.statement import genuine, read
from processor.settings import read_settings
from tests.books import book, mails, plan, run, table

OPEN = "Code | Nom | Date de début | Date de fin | Attester\nS-0001 | Accueil | 30/11/2026 09:00 | 30/11/2026 12:00 | oui"
PEOPLE = """Séance | Prénom | Nom | Courriel
S-0001 | Ali | Benali | ali@exemple.fr
S-0001 | Eva | Costa |
S-0001 | Zoé | Dupont | zoe@exemple.fr
"""
NOTED = """Séance | Prénom | Nom | Courriel | Présence | Attestation n° | Attestation envoyée le | Réémettre | Heures
S-0001 | Ali | Benali | ali@exemple.fr | Présent | | | |
S-0001 | Eva | Costa | | Présent | | | |
S-0001 | Zoé | Dupont | zoe@exemple.fr | Présent | | | |
"""


@pytest.fixture(autouse=True)
def _word_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SEANCES_SOFFICE", str(tmp_path / "absent"))


def _book(folder: Path, noted: str = NOTED) -> Path:
    return book(folder / "classeur.xlsx", seancesouvertes=OPEN, inscriptions=PEOPLE, participations=noted)


def _register(path: Path) -> dict[str, Any]:
    return dict(Journal.attestations(placed(read_settings(path)).journal_place))


def _file(path: Path, record: Any) -> Path:
    return path.parent / "documents" / str(record.file)


def _ask(path: Path, name: str, **values: object) -> None:
    """Types values in the row of a person of Participations, as staff do."""
    import openpyxl

    workbook = openpyxl.load_workbook(path)
    sheet = workbook["Participations"]
    heads = {cell.value: cell.column for cell in sheet[1]}
    row = next(row for row in range(2, sheet.max_row + 1) if sheet.cell(row, heads["Nom"]).value == name)
    for header, value in values.items():
        sheet.cell(row, heads[header]).value = value
    workbook.save(path)


def test_numbers_follow_each_other_and_the_journal_holds_the_bytes_of_each_file(tmp_path: Path) -> None:
    path = _book(tmp_path)
    assert run(path).exit_code == 0
    found = _register(path)
    assert list(found) == ["2026-000001", "2026-000002", "2026-000003"]
    keys = public_keys(tmp_path / "cle-publique.pem")
    for number, record in found.items():
        assert hashlib.sha256(_file(path, record).read_bytes()).hexdigest() == record.sha256
        said = read(record.statement)
        assert said is not None
        assert said.statement.number == number
        assert genuine(said, keys)
    assert {row["Nom"]: row["Attestation n°"] for row in table(path, "Participations")} == {
        "Benali": "2026-000001", "Costa": "2026-000002", "Dupont": "2026-000003",
    }  # fmt: skip


def test_an_attestation_that_cannot_be_made_leaves_no_hole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from processor.model.findings import Finding, Severity
    from processor.night.paper import Shelf

    path, fill = _book(tmp_path), Shelf.fill
    broken = Finding("pdf-impossible", Severity.ROW, "x", "y", "z", "Séances ouvertes", 2)
    with monkeypatch.context() as patch:
        patch.setattr(
            Shelf,
            "fill",
            lambda shelf, document: broken if document.person == "benali ali" else fill(shelf, document),
        )
        assert run(path).exit_code == 10
    found = _register(path)
    assert [(number, read(record.statement).statement.name) for number, record in found.items()] == [
        ("2026-000001", "Eva Costa"), ("2026-000002", "Zoé Dupont"),
    ]  # fmt: skip
    for number, record in found.items():
        assert f"N° {number}" in "\n".join(one.text for one in Document(str(_file(path, record))).paragraphs)
    assert run(path).exit_code == 0
    assert read(_register(path)["2026-000003"].statement).statement.name == "Ali Benali"


def test_an_issued_attestation_is_replaced_only_by_one_that_says_so(tmp_path: Path) -> None:
    path = _book(tmp_path)
    run(path)
    before = {record.file: _file(path, record).read_bytes() for record in _register(path).values()}
    _ask(path, "Dupont", Heures=2, Réémettre="durée corrigée")
    assert run(path, now="2026-12-02T02:00").exit_code == 0
    found = _register(path)
    assert found["2026-000003"].replaced_by == "2026-000004"
    new = found["2026-000004"]
    assert (new.replaces, new.reason) == ("2026-000003", "durée corrigée")
    assert read(new.statement).statement.hours == "2 h"
    assert Path(new.file).name == "Attestation - Dupont Zoé (annule et remplace 2026-000003).docx"
    text = "\n".join(one.text for one in Document(str(_file(path, new))).paragraphs)
    assert "N° 2026-000004 – annule et remplace le n° 2026-000003" in text
    assert {file: (path.parent / "documents" / file).read_bytes() for file in before} == before
    (row,) = [row for row in table(path, "Participations") if row["Nom"] == "Dupont"]
    assert (row["Attestation n°"], row.get("Réémettre")) == ("2026-000004", None)
    assert f"{row['Attestation envoyée le']:%d/%m/%Y}" == "02/12/2026"
    assert len([name for name in mails(path) if "Dupont" in name]) == 2
    left = plan(path, now="2026-12-02T02:00")
    assert not (left["documents"] or left["mails"] or left["writes"])


@pytest.mark.parametrize(
    ("name", "values", "code"),
    [
        ("Dupont", {"Réémettre": "oui"}, "reemission-sans-motif"),
        ("Dupont", {"Réémettre": "nom corrigé", "Présence": "Absent justifié"}, "reemission-impossible"),
    ],
)
def test_what_cannot_be_issued_again_is_told_and_kept(
    tmp_path: Path, name: str, values: dict[str, object], code: str
) -> None:
    path = _book(tmp_path)
    run(path)
    _ask(path, name, **values)
    found = plan(path, now="2026-12-02T02:00")
    assert [finding["code"] for finding in found["findings"]] == [code]
    assert found["findings"][0]["header"] == "Réémettre"
    assert not found["documents"]


def test_nothing_was_issued_so_nothing_is_issued_again(tmp_path: Path) -> None:
    path = _book(tmp_path, NOTED.replace("Présent | | | |\nS-0001 | Eva", "| | | erreur |\nS-0001 | Eva"))
    found = plan(path)
    assert "reemission-impossible" in [finding["code"] for finding in found["findings"]]


def test_a_lost_journal_neither_gives_a_number_twice_nor_writes_over_a_file(tmp_path: Path) -> None:
    path = _book(tmp_path)
    run(path)
    before = {file: file.read_bytes() for file in (tmp_path / "documents").rglob("Attestation*")}
    for file in placed(read_settings(path)).state.iterdir():
        file.unlink()
    _ask(path, "Costa", Réémettre="perdue")
    assert run(path, now="2026-12-03T02:00").exit_code == 0
    (number,) = _register(path)
    assert number == "2026-000004"
    assert _register(path)[number].replaces == "2026-000002"
    assert {file: file.read_bytes() for file in before} == before
    assert len(public_keys(tmp_path / "cle-publique.pem")) == 2
    assert {row["Nom"]: row["Attestation n°"] for row in table(path, "Participations")}["Costa"] == number
