"""`seances import` on the lists that people really have: each program's headers, encodings and traps, into real workbooks."""

import json
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from tests.books import NOW, book, seances, table

OPEN = "Code|Nom|Date de début|Date de fin|Session|Inscription|Places|Groupe\n"
S1 = "S-1|Yoga|03/12/2026 09:00|03/12/2026 10:00||Manuelle|2|Ateliers\n"
PEOPLE = "Session|Séance|Prénom|Nom|Courriel|Statut|Inscrit le|Contrôle\n"
GOOGLE = (
    '"Horodateur","Adresse e-mail","Quel est votre prénom ?","Votre nom","Un mot ?"\n'
    '"2026/11/20 2:05:07 PM UTC+1","lea@exemple.fr","Léa","Morel","Oui, merci"\n'
    '"2026/11/19 9:05:07 AM UTC+1","noe@exemple.fr","Noé","Faure","à midi ;\nou le soir"\n'
    '"2026/11/21 9:05:07 AM UTC+1","LEA@exemple.fr","lea","MOREL",""\n'
)


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    return book(
        tmp_path / "plan.xlsx", seancesouvertes=OPEN + S1, sessions="Code|Nom\nP1|Printemps",
        inscriptions=PEOPLE + "|S-1|Zoé|Dupont|z@exemple.fr|Inscrit|01/11/2026", journal="Quand|Action|Séance|Détail",
    )  # fmt: skip


def listed(tmp_path: Path, text: str, encoding: str = "utf-8") -> Path:
    path = tmp_path / "liste.csv"
    path.write_bytes(text.encode(encoding))
    return path


def brought(workbook: Path, file: Path, *more: object) -> list[tuple[int, str, str]]:
    """(line, person, result) of each line, nothing changed."""
    target = () if any(str(m).startswith("--se") for m in more) else ("--session", "P1")
    done = seances("import", workbook, file, *target, *more, "--dry-run", "--format", "json", "--now", NOW)
    assert done.exit_code in (0, 10), done.output
    return [(line["line"], line["person"], line["result"]) for line in json.loads(done.stdout)["lines"]]


def people(workbook: Path) -> list[str]:
    return [
        f"{row['Prénom']} {row['Nom']} {row.get('Statut', '')}" for row in table(workbook, "Inscriptions")
    ]


def test_a_google_form_is_added_once_with_its_hours_and_the_waiting_list(
    tmp_path: Path, workbook: Path
) -> None:
    before = workbook.read_bytes()
    done = seances("import", workbook, listed(tmp_path, GOOGLE), "--seance", "S-1", "--now", NOW)
    assert done.exit_code == 0, done.output
    assert done.stdout.splitlines()[:5] == [
        "« liste.csv » : texte UTF-8, séparateur « , », titres à la ligne 1.",
        "  Prénom     ← « Quel est votre prénom ? »",
        "  Nom        ← « Votre nom »",
        "  Courriel   ← « Adresse e-mail »",
        "  Inscrit le ← « Horodateur »",
    ]
    assert people(workbook) == ["Zoé Dupont Inscrit", "Léa Morel En attente", "Noé Faure Inscrit"]
    assert table(workbook, "Inscriptions")[2]["Inscrit le"] == datetime(2026, 11, 19, 9, 5)
    assert [row["Action"] for row in table(workbook, "Journal")] == ["Import"]
    [kept] = (tmp_path / "sauvegardes").iterdir()
    assert kept.read_bytes() == before
    after = workbook.read_bytes()
    again = seances("import", workbook, listed(tmp_path, GOOGLE), "--seance", "S-1", "--now", NOW)
    assert "0 ajouté, 3 déjà inscrits, 0 refusé." in again.stdout
    assert workbook.read_bytes() == after


def test_an_essay_changes_nothing_and_leaves_no_file(tmp_path: Path, workbook: Path) -> None:
    before = workbook.read_bytes()
    done = seances("import", workbook, listed(tmp_path, GOOGLE), "--session", "P1", "--dry-run", "--now", NOW)
    assert "Rien n’a été changé (essai) : 2 ajoutés, 1 déjà inscrit, 0 refusé." in done.stdout
    assert workbook.read_bytes() == before
    assert sorted(file.name for file in tmp_path.iterdir()) == ["liste.csv", "plan.xlsx"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_any_usual_encoding_and_separator_is_recognised(
    tmp_path: Path, workbook: Path, encoding: str, separator: str
) -> None:
    text = f"Prénom{separator}Nom{separator}Courriel\r\nZoé{separator}Lefèvre{separator}z@exemple.fr\r\n"
    assert brought(workbook, listed(tmp_path, text, encoding)) == [(2, "Zoé Lefèvre", "ajouté")]


def test_framaforms_stands_its_headers_under_others_and_an_account_is_no_name(
    tmp_path: Path, workbook: Path
) -> None:
    text = (
        "Inscription atelier\t\t\t\t\t\n\t\t\t\t\t\n"
        "Numéro de série\tDate de soumission\tNom d'utilisateur\tPrénom\tNom\tAdresse électronique\n"
        "1\t20/11/2026 14:05\tanonyme\tÉva\tCosta\te@exemple.fr\n"
    )
    assert brought(workbook, listed(tmp_path, text)) == [(4, "Éva Costa", "ajouté")]


def test_microsoft_forms_names_the_account_in_one_column_and_a_question_beats_it(
    tmp_path: Path, workbook: Path
) -> None:
    sheet = openpyxl.Workbook()
    rows = sheet.active
    assert rows is not None
    rows.append(
        [
            "ID",
            "Heure de début",
            "Heure de fin",
            "Adresse de messagerie",
            "Nom",
            "Votre prénom",
            "Nom2",
            "Adresse e-mail",
        ]
    )
    rows.append(
        [
            1,
            datetime(2026, 11, 3),
            datetime(2026, 11, 3, 9),
            "anonymous",
            "anonymous",
            "Ida",
            "Petit",
            "i@exemple.fr",
        ]
    )
    sheet.save(tmp_path / "reponses.xlsx")
    assert brought(workbook, tmp_path / "reponses.xlsx") == [(2, "Ida Petit", "ajouté")]
    rows.delete_cols(6, 2)
    rows["D2"], rows["E2"] = "ida@exemple.fr", "Ida Petit"
    sheet.save(tmp_path / "compte.xlsx")
    assert brought(workbook, tmp_path / "compte.xlsx") == [(2, "Ida Petit", "ajouté")]


def test_claroline_names_its_columns_in_english(tmp_path: Path, workbook: Path) -> None:
    text = "username;firstName;lastName;email\nicosta;Inès;Costa;i@exemple.fr\n"
    assert brought(workbook, listed(tmp_path, text)) == [(2, "Inès Costa", "ajouté")]


def test_a_name_in_one_column_is_cut_where_it_shows_and_refused_where_it_does_not(
    tmp_path: Path, workbook: Path
) -> None:
    text = "Nom complet;Mail\nZoé Lefèvre;\nLE GOFF Maëlle;\nCosta, Ana Maria;\nAnne de La Tour;\nJean Pierre Dupont;\n"
    assert brought(workbook, listed(tmp_path, text)) == [
        (2, "Zoé Lefèvre", "ajouté"),
        (3, "Maëlle LE GOFF", "ajouté"),
        (4, "Ana Maria Costa", "ajouté"),
        (5, "Anne de La Tour", "ajouté"),
        (6, "Jean Pierre Dupont", "refusé"),
    ]


@pytest.mark.parametrize(
    ("headers", "typed"),
    [
        ("Nom;Courriel", '--columns "Nom complet=Nom"'),
        ("Prenon;Nom", '--columns "Prénom=Prenon"'),
        ("Prénom;Nom;Nom", '--columns "Nom=Nom"'),
    ],
)
def test_a_doubt_is_refused_with_what_to_type(
    tmp_path: Path, workbook: Path, headers: str, typed: str
) -> None:
    done = seances("import", workbook, listed(tmp_path, f"{headers}\nZoé;Costa;x\n"), "--session", "P1")
    assert done.exit_code == 11
    assert "[colonnes-a-preciser]" in done.stderr
    assert typed in done.stderr


def test_columns_may_be_named_by_header_or_letter(tmp_path: Path, workbook: Path) -> None:
    file = listed(tmp_path, "Petit nom;Patronyme;Contact\nZoé;Costa;z@x.fr\n")
    assert brought(
        workbook, file, "--columns", "Prénom=Petit nom; Nom=B", "--columns", "Courriel=contact"
    ) == [(2, "Zoé Costa", "ajouté")]
    wrong = seances("import", workbook, file, "--session", "P1", "--columns", "Prenon=A")
    assert wrong.exit_code == 2
    assert "« Prénom »" in wrong.stderr


def test_a_cell_that_looks_like_a_formula_never_becomes_one(tmp_path: Path, workbook: Path) -> None:
    text = 'Prénom;Nom;Employeur\n=1+1;Costa;\n+33;Petit;\nIda;Petit;"=HYPERLINK(""http://x"")"\n'
    done = seances("import", workbook, listed(tmp_path, text), "--session", "P1", "--now", NOW)
    assert done.exit_code == 10
    assert people(workbook) == ["Zoé Dupont Inscrit", "Ida Petit Inscrit"]
    text = "Prénom;Nom;Courriel\nUgo;Leroy;\"=cmd|' /C calc'!A0\"\n"
    seances("import", workbook, listed(tmp_path, text), "--session", "P1", "--now", NOW)
    sheet = openpyxl.load_workbook(workbook)["Inscriptions"]
    assert sheet["E4"].value == "=cmd|' /C calc'!A0"
    assert sheet["E4"].data_type == "s", "a text, not a formula"


def test_the_rules_of_the_night_refuse_a_line_with_their_own_words(tmp_path: Path) -> None:
    workbook = book(
        tmp_path / "plan.xlsx",
        seancesouvertes=OPEN + S1 + "S-2|Bilan|04/12/2026 09:00|04/12/2026 10:00|P1|Manuelle||Ateliers\n",
        sessions="Code|Nom\nP1|Printemps", groupes="Nom|Limite\nAteliers|1",
        inscriptions=PEOPLE + "|S-1|Zoé|Dupont|z@exemple.fr|Inscrit|01/11/2026\nP1||Zoé|Dupont||Inscrit\nP1||Ali|Benali||Désinscrit",
    )  # fmt: skip
    file = listed(tmp_path, "Prénom;Nom;Courriel\nZoé;Dupont;z@exemple.fr\nEva;Costa;e@x.fr\n")
    done = seances("import", workbook, file, "--seance", "S-2", "--now", NOW)
    assert done.exit_code == 10
    assert "mais a déjà 1 séance du groupe « Ateliers » : « S-1 »" in done.stdout
    assert "Eva Costa n’est pas dans la session « P1 »" in done.stdout
    assert "0 ajouté, 0 déjà inscrit, 2 refusés." in done.stdout
    left = listed(tmp_path, "Prénom;Nom\nali;BENALI\n")
    assert brought(workbook, left) == [(2, "ali BENALI", "refusé")]


def test_a_workbook_without_the_sheet_or_the_column_gets_them(tmp_path: Path) -> None:
    bare = book(tmp_path / "nu.xlsx", seancesouvertes=OPEN + S1)
    file = listed(tmp_path, "Prénom;Nom;Courriel\nZoé;Costa;z@exemple.fr\n")
    assert seances("import", bare, file, "--seance", "S-1", "--now", NOW).exit_code == 0
    assert table(bare, "Inscriptions")[0]["Courriel"] == "z@exemple.fr"
    short = book(
        tmp_path / "court.xlsx", seancesouvertes=OPEN + S1, inscriptions="Séance|Prénom|Nom\nS-1|Ali|Benali"
    )
    assert seances("import", short, file, "--seance", "S-1", "--now", NOW).exit_code == 0
    assert table(short, "Inscriptions")[1] == {"Séance": "S-1", "Prénom": "Zoé", "Nom": "Costa", "Courriel": "z@exemple.fr"}  # fmt: skip


def test_an_open_workbook_and_an_unknown_code_change_nothing(tmp_path: Path, workbook: Path) -> None:
    file, before = listed(tmp_path, GOOGLE), workbook.read_bytes()
    near = seances("import", workbook, file, "--seance", "S-11", "--now", NOW)
    assert (near.exit_code, "essayez « S-1 »" in near.stderr) == (11, True)
    assert seances("import", workbook, file, "--now", NOW).exit_code == 11
    (tmp_path / "~$plan.xlsx").write_bytes(
        b"\3Zoe" + b" " * 51 + b"\3\0" + "Zoé".encode("utf-16-le") + b" \0" * 51
    )
    held = seances("import", workbook, file, "--seance", "S-1", "--now", NOW)
    assert (held.exit_code, "Zoé" in held.stderr) == (75, True)
    assert workbook.read_bytes() == before


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "est vide"),
        (b"\x89PNG\0\0\0\0", "ni un texte"),
        (b"PK\3\4", "ne peut pas être lu"),
        (b"un;deux\n3;4\n", "titres"),
    ],
)
def test_a_file_that_is_no_list_is_refused_in_words(
    tmp_path: Path, workbook: Path, content: bytes, said: str
) -> None:
    file = tmp_path / "liste.csv"
    file.write_bytes(content)
    done = seances("import", workbook, file, "--session", "P1")
    assert (done.exit_code, said in done.stderr) == (11, True), done.output
