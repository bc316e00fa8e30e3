"""What an attestation states can be read back from its text and its files, and nothing of it can be changed."""

import io
import os
import stat
import zipfile
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from processor.documents.lint import sample
from processor.documents.template.template import WordTemplate
from processor.model import Attendee, Kind
from processor.model.findings import Stopped
from processor.proof.keys import key_mark, public_keys, publish, signing_key
from processor.proof.statement import Statement, genuine, read, signed, statement_of

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
KEYS = {key_mark(KEY.public_key()): KEY.public_key()}
TEMPLATES = Path(__file__).parents[2] / "templates"


def _line(**changes: str) -> str:
    facts = sample.facts(Kind.CERTIFICATE)
    return signed(replace(statement_of(facts), **changes), KEY)


def test_a_statement_says_what_the_document_says() -> None:
    assert statement_of(sample.facts(Kind.CERTIFICATE)) == Statement(
        "2026-000123", "", "Zoé Dupont", "Français professionnel", "2026-12-01", "2026-12-18", "10 h 30"
    )
    assert statement_of(sample.facts(Kind.SEANCE_ATTESTATION)).title == "Conférence de lancement"


@pytest.mark.parametrize(
    ("old", "new"),
    [("Zoé", "Ève"), ("10 h 30", "40 h 30"), ("2026-000123", "2026-000124"), ("12-18", "12-19"), ("Français", "Anglais")],
)  # fmt: skip
def test_a_statement_of_which_one_word_was_changed_is_not_genuine(old: str, new: str) -> None:
    said, changed = read(_line()), read(_line().replace(old, new))
    assert said is not None
    assert genuine(said, KEYS)
    assert changed is not None
    assert not genuine(changed, KEYS)


def test_a_statement_survives_being_wrapped_and_pasted() -> None:
    said = read(
        "  "
        + _line().replace(" ", "\u00a0").replace("|2026-12-18", "|\n 2026-12-18").replace("\n ", "")
        + "\r\n"
    )
    assert said is not None
    assert genuine(said, KEYS)


def test_another_key_signs_nothing_for_this_one() -> None:
    said = read(signed(statement_of(sample.facts(Kind.CERTIFICATE)), Ed25519PrivateKey.generate()))
    assert said is not None
    assert not genuine(said, KEYS)
    assert not genuine(replace(said, key=next(iter(KEYS))), KEYS)


@pytest.mark.parametrize(
    "odd", ["", "bonjour", "SEANCES1", "SEANCES1|||||||||", "|" * 9, "SEANCES1|a|b|c|d|e|f|g|h|é"]
)
def test_a_line_that_is_no_statement_proves_nothing(odd: str) -> None:
    said = read(odd)
    assert said is None or not genuine(said, KEYS)


def test_a_bar_in_a_name_cannot_shift_the_fields() -> None:
    facts = sample.facts(Kind.CERTIFICATE)
    odd = replace(facts, person=Attendee("k", "Zoé|40 h", "Dupont"))
    said = read(signed(statement_of(odd), KEY))
    assert said is not None
    assert said.statement.name == "Zoé/40 h Dupont"
    assert genuine(said, KEYS)


@pytest.mark.parametrize("name", ["attestation-seance", "attestation-session", "certificat-realisation"])
def test_the_shipped_attestations_carry_the_statement_twice(name: str) -> None:
    kind = {
        "attestation-seance": Kind.SEANCE_ATTESTATION,
        "attestation-session": Kind.SESSION_ATTESTATION,
    }.get(name, Kind.CERTIFICATE)
    facts = sample.facts(kind)
    seal = signed(statement_of(facts), KEY)
    template = WordTemplate.load(TEMPLATES / f"{name}.docx")
    with zipfile.ZipFile(io.BytesIO(template.render(replace(facts, seal=seal)))) as package:
        assert seal in unquote(package.read("docProps/core.xml").decode())
        pictures = {package.read(one)[16:24] for one in package.namelist() if one.startswith("word/media/")}
    with zipfile.ZipFile(io.BytesIO(template.render(facts))) as package:
        bare = {package.read(one)[16:24] for one in package.namelist() if one.startswith("word/media/")}
    assert pictures != bare, "the QR code stands in the place of the blank picture"


def test_a_key_is_made_once_and_is_its_owner_s_alone(tmp_path: Path) -> None:
    file = tmp_path / "etat" / "cle-privee.pem"
    first = signing_key(file)
    assert signing_key(file).private_bytes_raw() == first.private_bytes_raw()
    if os.name == "posix":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        file.chmod(0o644)
        signing_key(file)
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [one.name for one in file.parent.iterdir()] == [file.name]
    file.write_text("-----BEGIN PRIVATE KEY-----\nabc\n-----END PRIVATE KEY-----\n")
    with pytest.raises(Stopped, match="ne peut pas être lue"):
        signing_key(file)


def test_the_file_of_public_keys_keeps_every_key_that_was_ever_used(tmp_path: Path) -> None:
    file, old, new = tmp_path / "cle-publique.pem", Ed25519PrivateKey.generate(), Ed25519PrivateKey.generate()
    for key in (old, new, old):
        publish(key, file)
    assert set(public_keys(file)) == {key_mark(old.public_key()), key_mark(new.public_key())}
    assert file.read_text().count("BEGIN PUBLIC KEY") == 2
    assert public_keys(tmp_path / "absent.pem") == {}
