"""« Modalité » and « Lien » of a séance, from their cells to all that is printed of it."""

import email
import email.policy
from pathlib import Path

import icalendar
import pytest
from docx import Document

from tests.books import book, plan, run, table

HEAD = "Code | Nom | Date de début | Date de fin | Inscription | Lieu | Modalité | Lien | Inviter"
ROW = "S-1 | Yoga | 03/12/2026 09:00 | 03/12/2026 12:00 | Manuelle | {} | {} | https://visio.exemple.fr/yoga?a=1&b=2 | oui"
PEOPLE = "Séance | Prénom | Nom | Courriel\nS-1 | Zoé | Dupont | zoe@exemple.fr"
LINK = "https://visio.exemple.fr/yoga?a=1&b=2"


def office(folder: Path, venue: str = "", modality: str = "distanciel") -> Path:
    return book(
        folder / "classeur.xlsx",
        seancesouvertes=f"{HEAD}\n{ROW.format(venue, modality)}",
        inscriptions=PEOPLE,
    )


def words(file: Path) -> str:
    cells = [cell.text for one in Document(str(file)).tables for row in one.rows for cell in row.cells]
    return "\n".join(cells)


@pytest.mark.usefixtures("no_office")
def test_they_stand_on_invitation_sheet_page_and_calendar_and_a_second_night_changes_nothing(
    tmp_path: Path,
) -> None:
    path = office(tmp_path)
    assert run(path).exit_code == 0
    for name in ("Invitation - Dupont Zoé", "Feuille d'émargement"):
        [file] = (tmp_path / "documents").rglob(f"{name}.docx")
        assert f"Modalité : Distanciel\nLien : {LINK}" in words(file), name
    page = (tmp_path / "pages" / "S-1.html").read_text("utf-8")
    assert "<dt>Modalité</dt><dd>Distanciel</dd>" in page
    assert 'href="https://visio.exemple.fr/yoga?a=1&amp;b=2"' in page
    [file] = (tmp_path / "courriels").glob("*.eml")
    letter = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
    [calendar] = [part for part in letter.walk() if part.get_content_type() == "text/calendar"]
    [event] = icalendar.Calendar.from_ical(calendar.get_payload(decode=True)).walk("VEVENT")
    assert (event["LOCATION"], event["URL"]) == (LINK, LINK)
    assert "Modalité : Distanciel" in event["DESCRIPTION"]
    assert not any(plan(path, now="2026-12-01T03:00")[what] for what in ("documents", "mails", "writes"))


@pytest.mark.usefixtures("no_office")
def test_a_venue_goes_before_the_link_and_another_word_is_told_with_the_accepted_ones(tmp_path: Path) -> None:
    [finding] = plan(office(tmp_path, "Gymnase", "à distance"))["findings"]
    assert (finding["code"], finding["header"]) == ("valeur-inconnue", "Modalité")
    assert "« Distanciel »" in finding["fix"]
    path = office(tmp_path, "Gymnase", "Mixte")
    run(path)
    [file] = (tmp_path / "courriels").glob("*.eml")
    assert b"LOCATION:Gymnase" in email.message_from_bytes(
        file.read_bytes()
    ).as_bytes() or "Gymnase" in words(next((tmp_path / "documents").rglob("Invitation*.docx")))
    assert table(path, "Séances ouvertes")[0]["Modalité"] == "Mixte"
