"""`seances lint MODELE`: what it prints and how it ends, for good, faulty and bad files."""

import json
import shutil
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from processor.cli import main

TEMPLATES = Path(__file__).parents[2] / "templates"


def _lint(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["lint", *map(str, arguments)])


def test_a_shipped_template_is_clean_and_its_kind_is_read_from_its_name() -> None:
    result = _lint(TEMPLATES / "certificat-realisation.docx")
    assert (result.exit_code, result.stdout) == (
        0,
        "« certificat-realisation.docx », vérifié comme « Certificat de réalisation » : rien à corriger.\n",
    )


def test_a_fault_is_told_with_its_place_its_text_and_what_to_write(word) -> None:
    path = word(
        "{{ personne.identite }} {{ intitule }} {{ seance.horaire }} {{ seance.lieu }} {{ organisme.telephone }}",
        rows=["Salle : {{ seance.lieux }}"],
    )
    result = _lint(path, "--kind", "invitation-seance")
    assert result.exit_code == 10
    assert (
        result.stdout
        == """À corriger — corps du document, dans un tableau
  Problème : « seance.lieux » n’existe pas.
  Texte    : « Salle : {{ seance.lieux }} »
  Pourquoi : un mot inconnu laisserait un trou dans le document envoyé.
  Que faire : écrivez « seance.lieu ».  [balise-inconnue]

À vérifier
  Problème : Le modèle ne porte pas le nom des formateurs.
  Pourquoi : un document « Invitation à une séance » est censé les porter ; un contrôle ou un financeur peut les demander.
  Que faire : ajoutez « {{ formateurs }} », ou laissez tel quel si c’est voulu.  [mention-absente]

« modele.docx », vérifié comme « Invitation à une séance » : 1 chose à corriger, 1 chose à vérifier.
"""
    )


def test_the_json_says_the_same_to_programs(word) -> None:
    result = _lint(word("{{ seance.nim }}"), "--kind", "invitation-seance", "--format", "json")
    found = json.loads(result.stdout)
    assert (found["template"], found["kind"]) == ("modele.docx", "Invitation à une séance")
    first = found["findings"][0]
    assert (first["code"], first["severity"], first["place"], first["text"], first["near"]) == (
        "balise-inconnue",
        "row",
        "corps du document",
        "{{ seance.nim }}",
        "seance.nom",
    )


def test_the_kind_is_guessed_from_the_words_of_the_template(word) -> None:
    path = word(
        "{% for journee in journees %}{{ journee.date }}{% endfor %}{{ seance.nom }}", name="mien.docx"
    )
    assert "vérifié comme « Invitation à une séance »" in _lint(path).stdout
    path = word("{{ numero }} {{ heures }} {{ session.nom }}", name="autre.docx")
    assert "vérifié comme « Attestation de séance »" in _lint(path).stdout


def test_with_a_workbook_its_columns_are_known_and_its_rows_are_tried(word, tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Séances ouvertes"
    sheet.append(["Nom", "Date de début", "Date de fin", "Budget"])
    sheet.append(["R&D <x> {{ y }}", "01/12/2026 09:00", "01/12/2026 12:00", None])
    book.save(tmp_path / "s.xlsx")
    good = word('{{ seance.autres["Budget"] }} {{ seance.nom }}', name="bon.docx")
    bad = word('{{ seance.autres["Budgt"] }}', name="mauvais.docx")
    told = [
        _lint(path, "--kind", "invitation-seance", "--workbook", tmp_path / "s.xlsx") for path in (good, bad)
    ]
    assert [one.exit_code for one in told] == [0, 10]
    assert 'écrivez « seance.autres["Budget"] »' in told[1].stdout


def _zip(path: Path, entries: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in entries.items():
            package.writestr(name, data)
    return path


def _changed(path: Path, entry: str, old: bytes, new: bytes) -> Path:
    with zipfile.ZipFile(TEMPLATES / "invitation-seance.docx") as source:
        entries = {name: source.read(name) for name in source.namelist()}
    assert old in entries[entry]
    return _zip(path, entries | {entry: entries[entry].replace(old, new, 1)})


def _bad_files(folder: Path) -> dict[str, tuple[Path, str]]:
    def written(name: str, data: bytes) -> Path:
        path = folder / name
        path.write_bytes(data)
        return path

    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
    entities = b"<!DOCTYPE w [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>]><w:document"
    outside = b"<!DOCTYPE w [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><w:document"
    return {
        "absent": (folder / "absent.docx", "n’a pas pu être ouvert"),
        "a folder": (folder, "n’a pas pu être ouvert"),
        "empty": (written("vide.docx", b""), "est vide"),
        "text": (written("texte.docx", b"Bonjour"), "n’est pas un fichier Word"),
        "old": (written("ancien.doc", ole + "WordDocument".encode("utf-16-le")), "ancien fichier .doc"),
        "encrypted": (written("secret.docx", ole + "EncryptedPackage".encode("utf-16-le")), "mot de passe"),
        "a zip": (_zip(folder / "zip.docx", {"a.txt": b"x"}), "n’est pas un fichier Word"),
        "a bomb": (_zip(folder / "bombe.docx", {"word/document.xml": bytes(30_000_000)}), "dangereux"),
        "entities": (
            _changed(folder / "a.docx", "word/document.xml", b"<w:document", entities),
            "entités XML",
        ),
        "outside": (_changed(folder / "b.docx", "word/document.xml", b"<w:document", outside), "entités XML"),
        "broken": (_changed(folder / "c.docx", "word/document.xml", b"</w:body>", b""), "abîmé"),
    }


@pytest.mark.parametrize("shape", ["text", "json"])
def test_a_bad_file_is_told_in_french_and_ends_with_11(tmp_path: Path, shape: str) -> None:
    for name, (path, words) in _bad_files(tmp_path).items():
        result = _lint(path, "--format", shape)
        assert result.exit_code == 11, (name, result.output)
        assert words in result.stdout, name
        assert "Traceback" not in result.output, name


def test_lint_leaves_the_template_as_it_is(tmp_path: Path) -> None:
    path = Path(shutil.copy(TEMPLATES / "feuille-emargement.docx", tmp_path))
    before = path.read_bytes()
    _lint(path)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]
