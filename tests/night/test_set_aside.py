"""A row that is left aside stops nothing and stands nowhere in what a night makes."""

import email
import email.policy
from collections.abc import Callable
from pathlib import Path

import pytest

from processor.model.findings import Finding
from processor.model.plan import Document, Mail
from processor.night.agenda import Agenda
from processor.night.paper import Shelf
from tests.books import book, mails, run, seances, table

pytestmark = pytest.mark.usefixtures("no_office")

HEAD = "Code | Nom | Date de début | Date de fin | Session | Attester\n"
GOOD = "S-0001 | Bonne | 03/12/2026 09:00 | 03/12/2026 12:00 | A\n"
WRONG = "S-0002 | Fausse | 04/12/2026 14:00 | 04/12/2026 10:00 | A\n"
SHEETS = {
    "sessions": "Code | Nom | Inscription | Inviter\nA | Automne | Automatique | oui",
    "inscriptions": "Session | Prénom | Nom | Courriel\nA | Zoé | Dupont | zoe@exemple.fr",
}


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    return book(tmp_path / "classeur.xlsx", seancesouvertes=HEAD + GOOD + WRONG, **SHEETS)


def test_one_wrong_date_costs_its_own_row_and_not_the_night(workbook: Path) -> None:
    assert run(workbook).exit_code == 10
    [mail] = mails(workbook)
    sent = (workbook.parent / "courriels" / mail).read_bytes()
    parts = email.message_from_bytes(sent, policy=email.policy.default).walk()
    [calendar] = [part.get_content() for part in parts if part.get_content_type() == "text/calendar"]
    assert calendar.count("BEGIN:VEVENT") == 1
    assert not list((workbook.parent / "documents").rglob("*Fausse*"))
    assert {page.name for page in (workbook.parent / "pages").glob("*.html")} == {"index.html", "S-0001.html"}
    assert "Fausse" not in (workbook.parent / "pages" / "index.html").read_text("utf-8")


def test_a_document_asked_for_by_hand_is_refused_with_the_row_to_correct(workbook: Path) -> None:
    result = seances(
        "document",
        workbook,
        "--seance",
        "S-0002",
        "--kind",
        "feuille-emargement",
        "--now",
        "2026-12-01T02:00",
    )
    assert result.exit_code == 11
    assert "la ligne 3 de « Séances ouvertes » est laissée de côté." in result.stderr


def test_the_hours_of_a_quarter_say_which_seance_is_missing(workbook: Path, tmp_path: Path) -> None:
    result = seances(
        "export",
        workbook,
        "--assiduite",
        "2026-T4",
        "-o",
        tmp_path / "heures.csv",
        "--now",
        "2026-12-31T02:00",
    )
    assert "la séance « S-0002 Fausse » est laissée de côté : ses heures manquent." in result.stderr


TWO = SHEETS | {"inscriptions": SHEETS["inscriptions"] + "\nA | Ali | Benali | ali@exemple.fr"}


def _fails_for(person: str) -> Callable[..., object]:
    def fails(_: object, mail: Mail) -> None:
        if mail.to_name == person:
            raise ValueError("an entry starts before it ends")

    return fails


def test_a_mail_that_the_program_cannot_write_costs_itself_alone_and_leaves_another_night(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workbook = book(tmp_path / "classeur.xlsx", seancesouvertes=HEAD + GOOD, **TWO)
    with monkeypatch.context() as broken:
        broken.setattr(Agenda, "part", _fails_for("Zoé Dupont"))
        result = run(workbook)
    assert result.exit_code == 10
    assert (
        "le programme n’a pas pu faire le courriel « Invitation à une session » à Zoé Dupont" in result.stderr
    )
    assert mails(workbook) == ["2026-12-01 Invitation à une session - Benali Ali.eml"]
    assert table(workbook, "Sessions")[0]["Inviter"] == "oui"
    assert "erreur-du-programme" in (workbook.parent / "seances.log").read_text("utf-8")
    run(workbook, now="2026-12-02T02:00")
    assert mails(workbook) == [
        "2026-12-01 Invitation à une session - Benali Ali.eml",
        "2026-12-02 Invitation à une session - Dupont Zoé.eml",
    ]


def test_a_document_that_the_program_cannot_fill_costs_itself_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workbook = book(tmp_path / "classeur.xlsx", seancesouvertes=HEAD + GOOD, **TWO)
    fill = Shelf.fill

    def fails(shelf: Shelf, document: Document) -> bytes | Finding:
        if document.person == "dupont zoe":
            raise KeyError("never seen")
        return fill(shelf, document)

    monkeypatch.setattr(Shelf, "fill", fails)
    assert run(workbook).exit_code == 10
    assert mails(workbook) == ["2026-12-01 Invitation à une session - Benali Ali.eml"]


def test_an_error_of_the_program_leaves_a_word_where_staff_look(
    workbook: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise RuntimeError("never seen")

    monkeypatch.setattr("processor.night.run.planned", fails)
    result = run(workbook)
    assert result.exit_code == 1
    assert "Erreur du programme" in result.stderr
    report = (workbook.parent / "rapport.html").read_text("utf-8")
    assert "s’est arrêté sur une erreur du programme" in report
    assert "seances-erreur-" in report
