"""An attestation is verified by its file, its QR text or its number: what was changed does not correspond."""

import json
import shutil
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from pypdf import PdfWriter

from processor.documents.pdf.pdf import find_office
from processor.journal.journal import Journal
from processor.night.journal_place import placed
from processor.night.signing_key import key_of
from processor.proof.statement import read, signed
from processor.settings import read_settings
from tests.books import book, kept, run, seances, taken_out

OFFICE = find_office()
OPEN = "Code | Nom | Date de début | Date de fin | Attester\nS-0001 | Accueil | 30/11/2026 09:00 | 30/11/2026 12:00 | oui"
PEOPLE = "Séance | Prénom | Nom | Présence | Réémettre\nS-0001 | Zoé | Dupont | Présent |"


def _attested(folder: Path) -> None:
    path = book(
        folder / "classeur.xlsx",
        seancesouvertes=OPEN,
        participations=PEOPLE,
        inscriptions=PEOPLE.replace("Présence | Réémettre", "Civilité | Employeur").replace("Présent", "Mme"),
    )
    assert run(path).exit_code == 0


@pytest.fixture(scope="module")
def attested(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return kept(tmp_path_factory.mktemp("nuit"), _attested)


@pytest.fixture
def path(attested: Path, tmp_path: Path, own_state: Path, no_office: None) -> Path:
    """A workbook whose night issued one attestation in Word."""
    return taken_out(attested, tmp_path, own_state)


def _issued(path: Path) -> Path:
    (file,) = (path.parent / "documents").rglob("Attestation*")
    return file


def _line(path: Path) -> str:
    return Journal.attestations(placed(read_settings(path)).journal_place)["2026-000001"].statement


def _changed(file: Path, copy: Path, *changes: tuple[str, str]) -> Path:
    """A copy of a .docx with words of its body replaced, as one does in Word."""
    with zipfile.ZipFile(file) as source, zipfile.ZipFile(copy, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            for old, new in changes if name == "word/document.xml" else ():
                assert old.encode() in data
                data = data.replace(old.encode(), new.encode())
            target.writestr(name, data)
    return copy


def test_the_issued_file_is_authentic_wherever_it_was_copied(path: Path, tmp_path: Path) -> None:
    copy = shutil.copy(_issued(path), tmp_path / "copie.docx")
    for file in (_issued(path), copy):
        result = seances("verify", file)
        assert result.exit_code == 0
        assert result.stdout.startswith(
            "Authentique : ce fichier est, à l’octet près, celui qui a été émis (n° 2026-000001"
        )
        assert "Zoé Dupont" in result.stdout


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("Zoé", "Luc"), "le nom « Zoé Dupont »"),
        (("Accueil", "Direction"), "l’intitulé « Accueil »"),
        ((">3\u00a0h<", ">30 h<"), "la durée « 3 h »"),
    ],
)
def test_an_altered_file_does_not_correspond(
    path: Path, tmp_path: Path, change: tuple[str, str], told: str
) -> None:
    result = seances("verify", _changed(_issued(path), tmp_path / "faux.docx", change))
    assert result.exit_code == 13
    assert result.stdout.startswith("Ne correspond pas : le document ne dit pas ce qui a été signé.")
    assert f"Absent du document : {told}." in result.stdout


def test_a_file_saved_again_says_the_same_and_anyone_can_check_it_with_the_public_key_alone(
    path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    away = tmp_path_factory.mktemp("ailleurs")
    again, key = _changed(_issued(path), away / "Attestation.docx"), away / "horizon.pem"
    assert seances("key", path, "-o", key).exit_code == 0
    assert seances("verify", again).exit_code == 13, "nothing is known without the key"
    result = seances("verify", again, "--key", key, "--format", "json")
    found: dict[str, Any] = json.loads(result.stdout)
    assert (result.exit_code, found["holds"], found["statement"]["name"]) == (0, True, "Zoé Dupont")
    assert found["sentence"] == "Signature valide, et le document dit la même chose."


def test_the_text_of_the_code_is_enough(path: Path) -> None:
    line = _line(path)
    assert seances("verify", line, "--workbook", path).exit_code == 0
    result = seances("verify", line.replace("Zoé", "Luc"), "--workbook", path)
    assert result.exit_code == 13
    assert result.stdout.startswith("Ne correspond pas : la signature n’est pas celle de ces données")
    said = read(line)
    assert said is not None
    forged = signed(said.statement, Ed25519PrivateKey.generate())
    result = seances("verify", forged, "--workbook", path)
    assert result.exit_code == 13
    assert result.stdout.startswith("Impossible à vérifier : la clé publique")


@pytest.mark.parametrize(
    ("what", "code"),
    [("2026-000001", 0), ("2026-000002", 13), ("0" * 64, 13), ("bonjour", 13), ("x\x00y" * 900, 13)],
)
def test_a_number_is_looked_up_in_the_journal(path: Path, what: str, code: int) -> None:
    assert seances("verify", what, "--workbook", path).exit_code == code


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\nx", b"PK\x03\x04", b"GIF89a"])
def test_a_file_that_is_no_document_is_told(path: Path, tmp_path: Path, data: bytes) -> None:
    (tmp_path / "x.pdf").write_bytes(data)
    result = seances("verify", tmp_path / "x.pdf")
    assert (result.exit_code, result.stdout) == (
        13,
        "Ce fichier n’est ni un PDF ni un document Word lisible.\n",
    )


def test_an_attestation_that_was_replaced_does_not_hold_any_more(path: Path) -> None:
    import openpyxl

    first, line = _issued(path), _line(path)
    workbook = openpyxl.load_workbook(path)
    workbook["Participations"]["E2"] = "nom corrigé"
    workbook.save(path)
    assert run(path, now="2026-12-02T02:00").exit_code == 0
    for what in (first, line):
        result = seances("verify", what, "--workbook", path)
        assert result.exit_code == 13
        assert "elle est annulée et remplacée par le n° 2026-000002" in result.stdout


def test_a_new_folder_has_its_keys_from_the_start_and_the_private_one_is_not_in_it(tmp_path: Path) -> None:
    folder = tmp_path / "Formation"
    assert seances("init", folder).exit_code == 0
    assert "BEGIN PUBLIC KEY" in (folder / "cle-publique.pem").read_text()
    assert not [file for file in folder.rglob("*") if file.is_file() and b"PRIVATE KEY" in file.read_bytes()]
    assert placed(read_settings(folder / "seances.xlsx")).private_key.is_file()


NAMES = ("Thị Hương Nguyễn", "Đặng Văn Ơn", "Ștefan Țurcanu", "Łukasz Wiśniewski-Żółć", "Yıldırım İbrahim Öztürk", "محمد الأحمد",
         "Γιώργος Παπαδόπουλος", "Œdile Fiévez Lefflot", "Олена Коваленко", "דוד לוי")  # fmt: skip


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not on this machine")
def test_names_of_any_alphabet_are_found_in_the_pdf_and_others_are_not(path: Path, tmp_path: Path) -> None:
    from processor.documents.pdf.pdf import convert
    from processor.proof.reading import differences, read_file

    assert OFFICE is not None
    word = [
        _changed(_issued(path), tmp_path / f"{index}.docx", ("Zoé", first), ("Dupont", last))
        for index, (first, _, last) in enumerate(name.partition(" ") for name in NAMES)
    ]
    made = convert(word, tmp_path / "pdf", OFFICE)
    read_back = [found for file in word if (found := read_file(made[file].read_bytes()))]
    said = read(_line(path))
    assert said is not None
    for row, found in zip(NAMES, read_back, strict=True):
        for name in NAMES:
            told = list(differences(replace(said.statement, name=name), found))
            assert (not told) == (name == row), f"{name} in the attestation of {row}: {told}"


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not on this machine")
def test_a_name_that_no_font_could_draw_is_to_be_compared_and_nobody_is_accused(
    path: Path, tmp_path: Path
) -> None:
    from processor.documents.pdf.pdf import convert

    assert OFFICE is not None
    said, key = read(_line(path)), key_of(placed(read_settings(path)))
    assert said is not None
    line = signed(replace(said.statement, name="සමන් පෙරේරා"), key)
    word = _changed(_issued(path), tmp_path / "a.docx", ("Zoé", "සමන්"), ("Dupont", "පෙරේරා"))
    pdf = PdfWriter(clone_from=convert([word], tmp_path / "pdf", OFFICE)[word])
    pdf.add_metadata({"/Keywords": line})
    pdf.write(tmp_path / "a.pdf")
    result = seances("verify", tmp_path / "a.pdf", "--workbook", path)
    assert result.exit_code == 14
    assert "Impossible à lire dans ce fichier : le nom « සමන් පෙරේරා »." in result.stdout
    assert "nom                 සමන් පෙරේරා" in result.stdout


def test_a_damaged_pdf_is_told_in_one_sentence_and_pypdf_says_nothing(tmp_path: Path) -> None:
    pdf = PdfWriter()
    pdf.add_blank_page(100, 100)
    pdf.write(tmp_path / "x.pdf")
    (tmp_path / "x.pdf").write_bytes((tmp_path / "x.pdf").read_bytes()[:-40])
    shown = subprocess.run(
        [sys.executable, "-m", "processor", "verify", str(tmp_path / "x.pdf")],
        capture_output=True,
        check=False,
    )
    assert (shown.returncode, shown.stderr) == (13, b"")


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not on this machine")
def test_a_pdf_carries_its_statement_through_libreoffice(path: Path, tmp_path: Path) -> None:
    from processor.documents.pdf.pdf import convert

    assert OFFICE is not None
    made = convert([_issued(path)], tmp_path / "pdf", OFFICE)[_issued(path)]
    assert isinstance(made, Path)
    result = seances("verify", made, "--workbook", path)
    assert (result.exit_code, result.stdout.splitlines()[0]) == (
        0, "Signature valide, et le document dit la même chose."
    )  # fmt: skip
