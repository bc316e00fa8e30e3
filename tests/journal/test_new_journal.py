"""A journal that is lost, emptied or another's: nobody is written to twice, and what cannot be known is said."""

import shutil
from html import unescape
from pathlib import Path

import openpyxl
import pytest

from processor.journal.journal import Journal
from processor.model.typography import plain
from processor.night.journal_place import placed
from processor.settings import read_settings
from tests.books import book, mails, run, seances, table

pytestmark = pytest.mark.usefixtures("no_office")

SHEETS = {
    "seancesouvertes": "Code | Nom | Date de début | Date de fin | Session | Inviter | État | Contrôle\n"
    "S-0002 | Yoga | 23/12/2026 09:00 | 23/12/2026 12:30 | P1 | oui | |",
    "sessions": "Code | Nom\nP1 | Printemps",
    "inscriptions": "Session | Prénom | Nom | Courriel\nP1 | Zoé | Dupont | zoe@exemple.fr",
    "parametres": "Nom | Valeur\nexpéditeur | contact@exemple.fr\nrappel (jours ouvrés avant) | 2",
}


def office(folder: Path, **sheets: str) -> Path:
    (folder / "seances.toml").write_text(f'identite = "bureau-{folder.name}"\n', "utf-8")
    return book(folder / "classeur.xlsx", **SHEETS | sheets)


def journal(path: Path) -> Path:
    return Path(placed(read_settings(path)).journal_place)


def lose(path: Path) -> None:
    for file in journal(path).parent.glob("journal.sqlite*"):
        file.unlink()


def empty(path: Path) -> None:
    lose(path)
    journal(path).write_bytes(b"")


def put(path: Path, header: str, value: str | None, name: str = "Séances ouvertes") -> None:
    workbook = openpyxl.load_workbook(path)
    sheet = workbook[name]
    column = next(cell.column for cell in sheet[1] if cell.value == header)
    sheet.cell(2, column).value = value
    workbook.save(path)


def report(path: Path) -> str:
    return plain(unescape((path.parent / "rapport.html").read_text("utf-8")))


@pytest.mark.parametrize("loss", [lose, empty])
def test_a_lost_or_emptied_journal_is_told_and_causes_no_second_mail(tmp_path, loss):
    path = office(tmp_path, journal="Quand | Action | Séance | Détail\n")
    assert "chose à vérifier" not in run(path).stderr
    assert "journal-neuf" not in report(path)
    loss(path)
    assert "[journal-neuf]" in seances("check", path, "--now", "2026-12-02T02:00").stdout
    for day in (2, 3):
        said = run(path, now=f"2026-12-0{day}T02:00")
        assert "Tout est en ordre" not in said.stderr
        assert "journal d’envoi est neuf, alors" in report(path)
    assert len(mails(path)) == 1
    run(path, now="2026-12-20T02:00")
    assert "journal d’envoi est neuf, alors" not in report(path)


def test_a_workbook_without_traces_of_a_night_has_no_journal_to_lose(tmp_path):
    path = office(tmp_path)
    assert "[journal-neuf]" not in seances("check", path).stdout
    assert "Tout est en ordre" in run(path).stderr
    assert "Tout est en ordre" in run(path, now="2026-12-02T02:00").stderr


@pytest.mark.parametrize("sheet", [{}, {"journal": "Quand | Action | Séance | Détail\n"}])
def test_mails_that_waited_in_the_lost_journal_are_named_and_leave_when_asked(tmp_path, sheet):
    path = office(tmp_path, **sheet)
    run(path)
    lose(path)
    put(path, "Invitation envoyée le", None, "Participations")  # as it stands while the mail waits
    shutil.rmtree(tmp_path / "courriels")
    for day in (2, 3):
        run(path, now=f"2026-12-0{day}T02:00")
        assert "rien ne montre qu’elle soit partie pour Zoé Dupont" in report(path)
        assert mails(path) == []
    put(path, "Inviter", "oui")
    run(path, now="2026-12-04T02:00")
    assert len(mails(path)) == 1
    run(path, now="2026-12-05T02:00")
    assert "rien ne montre" not in report(path)
    assert len(mails(path)) == 1


def test_a_cancellation_does_not_leave_again_when_the_journal_is_lost_and_a_person_may_send_it(tmp_path):
    path = office(tmp_path, journal="Quand | Action | Séance | Détail\n")
    run(path)
    put(path, "État", "Annulée")
    run(path, now="2026-12-02T02:00")
    assert len(mails(path)) == 2
    lose(path)
    for day in (3, 4):
        run(path, now=f"2026-12-0{day}T02:00")
        assert "1 courriel de cette séance est retenu (« Annulation d'une séance »)" in report(path)
        assert len(mails(path)) == 2
    assert table(path, "Journal")[-1]["Action"] == "Courriels retenus"
    (held,) = Journal.peek(journal(path)).mails
    seances("resend", path, held[:8], "--reason", "journal perdu", "--now", "2026-12-04T09:00")
    run(path, now="2026-12-05T02:00")
    assert len(mails(path)) == 3
    assert "est retenu" not in report(path)


def test_a_reminder_that_is_due_the_night_the_journal_is_lost_is_held_and_a_later_one_leaves(tmp_path):
    due, later = tmp_path / "un", tmp_path / "deux"
    for folder, lost_on, count in ((due, "2026-12-21T02:00", 1), (later, "2026-12-15T02:00", 2)):
        folder.mkdir()
        path = office(folder, journal="Quand | Action | Séance | Détail\n")
        run(path)
        shutil.rmtree(journal(path).parent)
        run(path, now=lost_on)
        run(path, now="2026-12-21T03:00")
        assert len(mails(path)) == count


def test_a_copy_says_whose_it_is_and_reminds_nobody_while_its_original_stands(tmp_path):
    (tmp_path / "a").mkdir()
    path = office(tmp_path / "a")
    run(path)
    shutil.copytree(tmp_path / "a", tmp_path / "b", ignore=shutil.ignore_patterns("courriels"))
    copy = tmp_path / "b" / "classeur.xlsx"
    for now in ("2026-12-10T02:00", "2026-12-21T02:00"):
        run(copy, now=now)
        assert f"copie de « {path} »" in report(copy)
    assert mails(copy) == []
    run(path, now="2026-12-21T02:00")
    assert len(mails(path)) == 2
