"""What the journal remembers of what people were told, over real nights."""

import email
import email.policy
from pathlib import Path

import openpyxl
import pytest

from processor.model.typography import plain as spaced
from tests.books import book, mails, plan, run

pytestmark = pytest.mark.usefixtures("no_office")

OPEN = """Code | Nom | Date de début | Date de fin | Lieu | Inviter | État
S-1 | Yoga | 10/12/2026 09:00 | 10/12/2026 12:00 | Salle Vosges | oui |"""
PEOPLE = "Séance | Prénom | Nom | Courriel\nS-1 | Zoé | Dupont | zoe@exemple.fr"


def change(path: Path, cell: str, value: str) -> None:
    workbook = openpyxl.load_workbook(path)
    workbook["Séances ouvertes"][cell] = value
    workbook.save(path)


def test_a_moved_seance_is_told_once_and_the_plan_says_why(tmp_path: Path) -> None:
    path = book(tmp_path / "classeur.xlsx", seancesouvertes=OPEN, inscriptions=PEOPLE)
    assert run(path).exit_code == 0
    assert plan(path)["mails"] == []
    change(path, "E2", "Salle Alsace")
    [planned] = plan(path)["mails"]
    assert (planned["kind"], planned["to"]) == ("Modification", "zoe@exemple.fr")
    assert "Lieu : Salle Vosges → Salle Alsace" in planned["because"]
    change(path, "E2", "Salle Vosges")
    assert plan(path)["mails"] == []
    change(path, "E2", "Salle Alsace")
    assert run(path, now="2026-12-02T02:00").exit_code == 0
    assert run(path, now="2026-12-03T02:00").exit_code == 0
    [name] = [name for name in mails(path) if "Modification" in name]
    letter = email.message_from_bytes(
        (tmp_path / "courriels" / name).read_bytes(), policy=email.policy.default
    )
    body = letter.get_body(("plain",))
    assert body is not None
    assert "Lieu : Salle Vosges → Salle Alsace" in spaced(body.get_content())


MODELES = """Nom | Type | Fichier | Objet | Message
Invitation | Invitation à une séance | invitation-seance.docx | Invitation | Bonjour
Chgt | Modification | | {} | Du nouveau : {{{{ changements }}}}"""


def sent_on(path: Path, day: str) -> list[tuple[str, str]]:
    """The subject and text of the mails of one night."""
    found = []
    for name in mails(path):
        if name.startswith(day):
            raw = (path.parent / "courriels" / name).read_bytes()
            letter = email.message_from_bytes(raw, policy=email.policy.default)
            body = letter.get_body(("plain",))
            assert body is not None
            found.append((spaced(str(letter["Subject"])), spaced(body.get_content()).strip()))
    return found


def test_the_words_of_a_change_are_those_of_modeles_and_ours_while_these_are_in_error(tmp_path: Path) -> None:
    path = book(
        tmp_path / "classeur.xlsx",
        seancesouvertes=OPEN,
        inscriptions=PEOPLE,
        modeles=MODELES.format("{{ seance.nim }}"),
    )
    assert [(one["code"], one["cell"], one["fix"]) for one in plan(path)["findings"]] == [
        ("balise-inconnue", "D3", "écrivez « seance.nom ».")
    ]
    assert run(path).exit_code == 10
    change(path, "E2", "Salle Alsace")
    run(path, now="2026-12-02T02:00")
    [(subject, text)] = sent_on(path, "2026-12-02")
    assert subject.startswith("Modification : Yoga")
    assert "à laquelle vous êtes invité(e), a changé." in text
    workbook = openpyxl.load_workbook(path)
    workbook["Modèles"]["D3"] = "Nouveau : {{ seance.nom }}"
    workbook["Séances ouvertes"]["E2"] = "Salle Bleue"
    workbook.save(path)
    assert run(path, now="2026-12-03T02:00").exit_code == 0
    assert sent_on(path, "2026-12-03") == [
        ("Nouveau : Yoga", "Du nouveau : Lieu : Salle Alsace → Salle Bleue")
    ]
