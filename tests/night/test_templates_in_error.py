"""A template in error sets aside what needs it, and nothing else; it is found before anything is made."""

from pathlib import Path

import pytest
from docx import Document

from tests.books import book, mails, plan, run

pytestmark = pytest.mark.usefixtures("no_office")

HEAD = "Nom | Type | Fichier | Objet | Message\n"
SHEETS = {
    "seancesouvertes": "Code | Nom | Date de début | Date de fin | Session | Inviter | Modèle d'invitation | Budget\n"
    "S-0001 | Yoga | 23/12/2026 09:00 | 23/12/2026 12:30 | P1 | oui | Bonne | \n"
    "S-0002 | R&D <x> {{ y }} | 24/12/2026 09:00 | 24/12/2026 12:30 | P1 | oui | Mauvaise | 300",
    "sessions": "Code | Nom\nP1 | Printemps",
    "inscriptions": "Session | Prénom | Nom | Courriel\nP1 | Zoé | Dupont & Fils <x> | zoe@exemple.fr",
    "parametres": "Nom | Valeur\norganisme | Centre\nexpéditeur | Centre <contact@exemple.fr>",
}


def _template(path: Path, *lines: str) -> None:
    document = Document()
    for line in lines:
        document.add_paragraph(line)
    path.parent.mkdir(exist_ok=True)
    document.save(str(path))


def test_a_template_in_error_sets_aside_only_what_needs_it(tmp_path: Path) -> None:
    kind = "Invitation à une séance"
    rows = f"Bonne | {kind} | bonne.docx | {{{{ seance.nom }}}} | Bonjour\nMauvaise | {kind} | mauvaise.docx | x | y"
    workbook = book(tmp_path / "classeur.xlsx", modeles=HEAD + rows, **SHEETS)
    _template(
        tmp_path / "modeles" / "bonne.docx", 'Bonjour %first_name%, budget {{ seance.autres["Budget"] }}'
    )
    _template(tmp_path / "modeles" / "mauvaise.docx", "Le {{ seance.nim }}", '{{ seance.autres["Budgt"] }}')
    told = [one for one in plan(workbook)["findings"] if one["code"] == "balise-inconnue"]
    assert [one["fix"] for one in told] == [
        "écrivez « seance.nom ».",
        'écrivez « seance.autres["Budget"] ».',
    ]
    assert run(workbook).exit_code == 10
    (sent,) = mails(workbook)
    assert "Subject: Yoga" in (tmp_path / "courriels" / sent).read_text("utf-8")


def test_a_template_gone_from_the_folder_is_missed_and_not_replaced_by_the_shipped_one(
    tmp_path: Path,
) -> None:
    sheets = SHEETS | {
        "seancesouvertes": SHEETS["seancesouvertes"].replace("Bonne", "").replace("Mauvaise", "")
    }
    rows = "Invitation | Invitation à une séance | invitation-seance.docx | Objet | Bonjour"
    workbook = book(tmp_path / "classeur.xlsx", modeles=HEAD + rows, **sheets)
    _template(tmp_path / "modeles" / "autre.docx", "Bonjour")
    result = run(workbook)
    assert result.exit_code == 10
    assert "invitation-seance.docx" in result.output
    assert mails(workbook) == []
