"""Whole nights on real workbooks, by the command line."""

import email
import email.policy
import hashlib
import json
import os
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from processor.model.typography import plain as spaced
from processor.night.observe import observe
from processor.settings import Settings
from tests.books import book, mails, plan, run, seances, table

pytestmark = pytest.mark.usefixtures("no_office")

HEAD = ("Code | Nom | Date de début | Date de fin | Session | Lieu | Répéter les jours | Répéter (semaines) | Inviter | Attester | "
        "Série | Contrôle | Budget\n")  # fmt: skip
OPEN = (
    HEAD
    + """S-0001 | Accueil | 30/11/2026 09:00 | 30/11/2026 12:00 | P1 | | | | | | | | 300
S-0002 | Yoga | 23/12/2026 09:00 | 23/12/2026 12:30 | P1 | Salle Vosges | | | oui
 | Chant | 07/12/2026 14:00 | 07/12/2026 16:00 | P1 | | lundi | 3 | | | | | 150
S-0009 | Bilan | 31/02/2027 | 07/12/2026 16:00
"""
)
DONE = HEAD + "S-0000 | Essai | 20/11/2026 09:00 | 20/11/2026 12:00 | P1 | | | | | oui\n"
SHEETS = {
    "seancesterminees": DONE,
    "sessions": "Code | Nom\nP1 | Printemps",
    "inscriptions": "Session | Prénom | Nom | Courriel\nP1 | Zoé | Dupont | zoe@exemple.fr\nP1 | Ali | Benali | ali@exemple.fr",
    "participations": "Séance | Prénom | Nom | Courriel | Rôle | Statut | Présence | Heures | Invitation envoyée le | "
                      "Attestation envoyée le | Attestation n°\n"
                      "S-0000 | Zoé | Dupont | zoe@exemple.fr | | | Présent\nS-0000 | Ali | Benali | ali@exemple.fr | | | Absent justifié",
    "lieux": "Nom | Ville\nSalle Vosges | Strasbourg",
    "parametres": "Nom | Valeur\norganisme | Centre Ligne 9\nexpéditeur | Centre <contact@exemple.fr>",
    "journal": "Quand | Action | Séance | Détail",
}  # fmt: skip


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    return book(tmp_path / "classeur.xlsx", seancesouvertes=OPEN, **SHEETS)


def test_a_night_does_all_its_work(workbook: Path) -> None:
    assert run(workbook).exit_code == 10
    open_, done = table(workbook, "Séances ouvertes"), table(workbook, "Séances terminées")
    assert [(row["Code"], row["Nom"]) for row in open_] == [
        ("S-0002", "Yoga"), ("S-0010", "Chant"), ("S-0009", "Bilan"), ("S-0011", "Chant"), ("S-0012", "Chant"), ("S-0013", "Chant"),
    ]  # fmt: skip
    assert [row["Date de début"] for row in open_[3:]] == [
        datetime(2026, 12, day, 14) for day in (14, 21, 28)
    ]
    assert [(row["Série"], row["Budget"]) for row in open_[3:]] == [("S-0010", "150")] * 3
    assert [(row["Code"], row.get("Budget")) for row in done] == [("S-0000", None), ("S-0001", "300")]
    assert "Inviter" not in open_[0]
    assert open_[2]["Contrôle"].startswith("Ligne laissée de côté : Date de début (C")
    assert mails(workbook) == [
        "2026-12-01 Attestation de séance - Dupont Zoé.eml",
        "2026-12-01 Invitation à une séance - Benali Ali.eml",
        "2026-12-01 Invitation à une séance - Dupont Zoé.eml",
    ]
    documents = sorted(
        path.relative_to(workbook.parent / "documents").as_posix() for path in workbook.parent.rglob("*.docx")
    )
    assert documents == [
        "2026/S-0000 Essai/Attestation - Dupont Zoé.docx",
        "2026/S-0002 Yoga/Invitation - Benali Ali.docx",
        "2026/S-0002 Yoga/Invitation - Dupont Zoé.docx",
        "2026/S-0010 Chant/Feuille d'émargement.docx",
    ]


def test_participations_show_what_was_sent(workbook: Path) -> None:
    run(workbook)
    rows = {(row["Séance"], row["Prénom"]): row for row in table(workbook, "Participations")}
    assert rows["S-0002", "Zoé"]["Invitation envoyée le"] == datetime(2026, 12, 1, 2)
    assert rows["S-0000", "Zoé"]["Attestation envoyée le"] == datetime(2026, 12, 1, 2)
    assert rows["S-0000", "Zoé"]["Attestation n°"] == "2026-000001"
    assert "Attestation n°" not in rows["S-0000", "Ali"]
    assert ("S-0011", "Ali") in rows


def test_a_second_run_at_the_same_moment_does_nothing(workbook: Path) -> None:
    run(workbook)
    files = {
        path: hashlib.sha256(path.read_bytes()).digest()
        for path in workbook.parent.rglob("*")
        if path.is_file()
    }
    left = plan(workbook)
    assert {
        name: left[name]
        for name in ("moves", "repeats", "registrations", "documents", "mails", "writes", "rows")
    } == {name: [] for name in ("moves", "repeats", "registrations", "documents", "mails", "writes", "rows")}
    run(workbook)
    after = {
        path: hashlib.sha256(path.read_bytes()).digest()
        for path in workbook.parent.rglob("*")
        if path.is_file()
    }
    assert {path.name for path in files.keys() | after.keys() if files.get(path) != after.get(path)} <= {
        "rapport.html",
        "seances.log",
    }


def test_a_mended_row_loses_its_mark_and_its_text(workbook: Path) -> None:
    import openpyxl

    from processor.workbook import open_workbook

    run(workbook)
    assert open_workbook(workbook).sheet("Séances ouvertes").marked == {(4, 3)}
    mended = openpyxl.load_workbook(workbook)
    mended["Séances ouvertes"]["C4"] = datetime(2026, 12, 7, 9)
    mended.save(workbook)
    run(workbook, now="2026-12-02T02:00")
    assert not open_workbook(workbook).sheet("Séances ouvertes").marked
    assert "Contrôle" not in table(workbook, "Séances ouvertes")[2]


def test_the_mail_is_complete_and_carries_its_document(workbook: Path) -> None:
    run(workbook)
    path = workbook.parent / "courriels" / "2026-12-01 Invitation à une séance - Dupont Zoé.eml"
    message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    assert (message["From"], message["To"]) == ("Centre <contact@exemple.fr>", "Zoé Dupont <zoe@exemple.fr>")
    assert spaced(message["Subject"]) == "Invitation : Yoga, mercredi 23 décembre 2026 à 9 h 00"
    assert message["Date"].datetime.isoformat() == "2026-12-01T02:00:00+01:00"
    assert [part.get_filename() for part in message.iter_attachments()] == [
        "Invitation - Dupont Zoé - 23-12-2026 Yoga.docx",
        "agenda.ics",
    ]
    text = message.get_body(("plain",)).get_content()
    assert "Yoga" in text
    assert message.get_body(("html",)) is not None


def test_a_corrected_end_date_brings_a_seance_back(workbook: Path) -> None:
    import openpyxl

    run(workbook)
    corrected = openpyxl.load_workbook(workbook)
    row = next(cells for cells in corrected["Séances terminées"].iter_rows() if cells[0].value == "S-0001")
    row[2].value, row[3].value = datetime(2026, 12, 9, 9), datetime(2026, 12, 9, 12)
    corrected.save(workbook)
    run(workbook, now="2026-12-02T02:00")
    assert "S-0001" in {seance["Code"] for seance in table(workbook, "Séances ouvertes")}
    assert "S-0001" not in {seance["Code"] for seance in table(workbook, "Séances terminées")}


def test_a_workbook_of_three_plain_columns_is_enough(tmp_path: Path) -> None:
    import openpyxl

    plain = openpyxl.Workbook()
    sheet = plain["Sheet"]
    sheet.title = "Séances ouvertes"
    sheet.append(["Nom", "Début", "Fin"])
    sheet.append(["Accueil", datetime(2026, 11, 30, 9), datetime(2026, 11, 30, 12)])
    sheet.append(["Yoga", datetime(2026, 12, 3, 9), datetime(2026, 12, 3, 12)])
    path = tmp_path / "simple.xlsx"
    plain.save(path)
    assert run(path).exit_code == 0
    assert [(row["Code"], row["Nom"]) for row in table(path, "Séances ouvertes")] == [("S-0002", "Yoga")]
    assert [(row["Code"], row["Nom"]) for row in table(path, "Séances terminées")] == [("S-0001", "Accueil")]


def test_the_workbook_as_it_was_is_kept_before_it_is_replaced(workbook: Path) -> None:
    before = workbook.read_bytes()
    run(workbook)
    assert before in [path.read_bytes() for path in (workbook.parent / "sauvegardes").iterdir()]


def test_check_and_plan_change_nothing(workbook: Path) -> None:
    before = workbook.read_bytes()
    found = json.loads(seances("check", workbook, "--format", "json", "--now", "2026-12-01T02:00").stdout)
    assert [(f["code"], f["severity"], f["cell"]) for f in found["findings"]] == [
        ("date-illisible", "row", "C5")
    ]
    assert set(found["findings"][0]) == {
        "code",
        "severity",
        "sheet",
        "cell",
        "header",
        "problem",
        "why",
        "fix",
    }
    shown = plan(workbook)
    assert shown["now"] == "2026-12-01T02:00:00"
    assert [(m["code"], m["from"], m["to"]) for m in shown["moves"]] == [
        ("S-0001", "Séances ouvertes", "Séances terminées")
    ]
    assert [mail["to"] for mail in shown["mails"]] == ["zoe@exemple.fr", "ali@exemple.fr", "zoe@exemple.fr"]
    assert workbook.read_bytes() == before
    assert list(workbook.parent.iterdir()) == [workbook]


def test_a_copy_of_the_workbook_has_its_own_journal_and_still_sends_nothing_twice(
    workbook: Path, tmp_path: Path
) -> None:
    import shutil

    run(workbook)
    copy = tmp_path / "copie" / workbook.name
    shutil.copytree(workbook.parent, copy.parent, ignore=shutil.ignore_patterns("copie", "courriels"))
    run(copy, now="2026-12-02T02:00")
    assert mails(copy) == []


def test_a_moved_workbook_keeps_its_journal(workbook: Path, tmp_path: Path) -> None:
    run(workbook)
    moved = tmp_path / "ailleurs"
    moved.mkdir()
    for name in ("classeur.xlsx", "seances.toml"):
        (workbook.parent / name).rename(moved / name)
    assert plan(moved / "classeur.xlsx")["lists"] == []


@pytest.mark.skipif(sys.platform == "win32", reason="the modes of files are of POSIX systems")
def test_the_journal_is_for_its_account_alone_and_the_documents_for_those_of_the_folder(
    workbook: Path, own_state: Path
) -> None:
    run(workbook)
    [state] = [path for path in own_state.iterdir() if path.is_dir()]
    assert state.stat().st_mode & 0o077 == 0
    mask = os.umask(0)
    os.umask(mask)
    made = list((workbook.parent / "documents").rglob("*.docx"))
    assert made and {path.stat().st_mode & 0o777 for path in made} == {0o666 & ~mask}


def test_the_summary_by_mail_is_laid_out_and_says_the_same_as_text(tmp_path: Path) -> None:
    path = book(
        tmp_path / "classeur.xlsx",
        seancesouvertes="Code | Nom | Date de début | Date de fin\nS-1 | Yoga | 31/02/2027 | 10/12/2026 12:00",
        parametres="Nom | Valeur\nrapport à | bureau@exemple.fr",
    )
    run(path)
    [name] = mails(path)
    letter = email.message_from_bytes(
        (tmp_path / "courriels" / name).read_bytes(), policy=email.policy.default
    )
    plain, html = letter.get_body(("plain",)), letter.get_body(("html",))
    assert plain is not None
    assert html is not None
    for body in (plain, html):
        assert "« 31/02/2027 » n’est pas une date" in spaced(body.get_content())
    assert 'role="presentation"' in html.get_content()


def test_namesakes_have_files_told_apart_by_their_employer(tmp_path: Path) -> None:
    path = book(
        tmp_path / "classeur.xlsx",
        seancesouvertes="Code | Nom | Date de début | Date de fin | Inviter\nS-1 | Yoga | 10/12/2026 09:00 | 10/12/2026 12:00 | oui",
        inscriptions="Séance | Prénom | Nom | Courriel | Employeur\n"
        "S-1 | Zoé | Dupont | zoe@mairie.fr | Mairie\nS-1 | Zoé | Dupont | zoe@hopital.fr | Hôpital",
    )
    run(path)
    files = sorted(file.name for file in (tmp_path / "documents").rglob("Invitation*"))
    assert len(files) == 2
    assert files[-1] == "Invitation - Dupont Zoé.docx"
    assert files[0] in {"Invitation - Dupont Zoé (Mairie).docx", "Invitation - Dupont Zoé (Hôpital).docx"}


def test_a_night_opens_each_template_once_and_looks_at_an_idle_workbook_once(
    workbook: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: list[Path] = []
    opened: list[Path] = []

    def watched(settings: Settings, *rest: Any) -> Any:
        looks.append(settings.workbook)
        return observe(settings, *rest)

    def read(path: Path) -> bytes:
        opened.append(path)
        return path.read_bytes()

    monkeypatch.setattr("processor.night.run.observe", watched)
    monkeypatch.setattr("processor.documents.template.template.read_file", read)
    run(workbook)
    assert len(looks) > 1
    assert opened
    assert len(opened) == len(set(opened))
    looks.clear()
    run(workbook)
    assert len(looks) == 1
