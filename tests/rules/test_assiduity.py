from datetime import date, datetime

import openpyxl

from processor.model.snapshot import Snapshot
from processor.rules.letters.assiduity import assiduity, incomplete, within
from processor.rules.registering.registration import register
from processor.rules.registering.rolls import rolls
from tests.books import NOW, book, seances
from tests.sheets import snapshot

HEAD = "Code | Nom | Date de début | Date de fin | Session | État\n"
ROWS = (
    HEAD
    + """S-1 | Pain | 05/10/2026 09:00 | 05/10/2026 13:00 | P1 |
S-2 | Levain | 12/10/2026 09:00 | 12/10/2026 17:00 | P1 |
S-3 | Four | 19/10/2026 09:00 | 19/10/2026 13:00 | P1 | Annulée
S-4 | Été | 30/09/2026 09:00 | 30/09/2026 13:00 | P1 |
S-5 | Noël | 21/12/2026 09:00 | 21/12/2026 13:00 | P1 |
"""
)
PEOPLE = "Session | Prénom | Nom | Employeur\nP1 | Zoé | Dupont | Moulin\nP1 | Ali | Benali | +33 Moulin\n"
NOTED = """Séance | Prénom | Nom | Présence | Heures
S-1 | Zoé | Dupont | Présent | 3
S-2 | Zoé | Dupont | Absent justifié |
S-1 | Ali | Benali | Absent non justifié | 1
S-2 | Ali | Benali | Présent |
"""
SHEETS = {
    "inscriptions": PEOPLE,
    "participations": NOTED,
    "sessions": "Code | Nom\nP1 | Boulangerie",
    "parametres": "Nom | Valeur\npause de midi (minutes) | 60\npays des jours fériés | BE",
}


def office() -> Snapshot:
    return snapshot(ROWS, datetime(2026, 12, 1, 2), **SHEETS)


def test_a_quarter_keeps_each_kind_of_absence_apart_and_adds_up() -> None:
    taken = office()
    held = within(rolls(taken, register(taken)).seances.values(), date(2026, 10, 1), date(2026, 12, 31))
    assert [roll.seance.code for roll in held] == ["S-1", "S-2", "S-5"]
    found = {line.person.first_name: line for line in assiduity(held, taken.parameters)}
    told = {
        name: (a.planned, a.attended, a.excused, a.unjustified, a.unknown, a.rate)
        for name, a in found.items()
    }
    assert told == {"Zoé": (11, 3, 7, 0, 1, 27.3), "Ali": (11, 8, 0, 3, 0, 72.7)}
    assert found["Ali"].unjustified_rate == 27.3
    assert [finding.code for finding in incomplete(taken, held)] == ["attestation-trop-tot"]


def test_the_export_writes_the_table_and_says_what_is_missing(tmp_path) -> None:
    path = book(tmp_path / "classeur.xlsx", seancesouvertes=ROWS, **SHEETS)
    target = tmp_path / "assiduite.xlsx"
    result = seances("export", path, "--assiduite", "2026-T4", "-o", target, "--now", NOW)
    assert result.exit_code == 10
    assert "la séance « S-5 Noël » ne finit que le 21/12/2026 à 13:00." in result.stderr
    sheet = openpyxl.load_workbook(target).active
    assert [cell.value for cell in sheet[5]] == ["Benali", "Ali", "+33 Moulin", 11, 8, 0, 3, 0, 72.7, 27.3]
    assert sheet["C5"].data_type == "s"
    text = seances("export", path, "--assiduite", "2026-t3", "-o", tmp_path / "a.csv", "--now", NOW)
    assert text.exit_code == 10
    lines = (tmp_path / "a.csv").read_text("utf-8-sig").splitlines()
    assert lines[1].startswith("Benali;Ali;'+33 Moulin;4;0;0;0;4;0;0")


def test_no_quarter_and_an_empty_quarter_are_refused_with_a_finding(tmp_path) -> None:
    path = book(tmp_path / "classeur.xlsx", seancesouvertes=ROWS, **SHEETS)
    for asked, said in (
        ("2026-T5", "« 2026-T5 » n’est pas un trimestre."),
        ("2020-T1", "aucune séance au trimestre"),
    ):
        result = seances("export", path, "--assiduite", asked, "--now", NOW)
        assert (result.exit_code, said in result.stderr) == (11, True)
