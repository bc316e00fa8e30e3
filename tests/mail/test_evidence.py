"""Copies, envelope senders and signatures: what shows afterwards that a mail left, and whose it is."""

import base64
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import dkim
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from processor.mail.account import Account, Security
from processor.mail.bounces import bounces
from processor.mail.delivery import deliver
from processor.mail.outgoing import outgoing
from processor.mail.transports.dkim_signature import signer
from processor.mail.transports.smtp import Smtp
from processor.model.address import unjudged
from processor.model.findings import Stopped
from tests.books import book, run, seances
from tests.mail.servers import Server, mail_server


@pytest.fixture
def server() -> Iterator[Server]:
    with mail_server() as running:
        yield running


@pytest.fixture
def account(server: Server) -> Account:
    return Account("127.0.0.1", unjudged("centre@exemple.fr"), server.port, Security.NONE, per_minute=None)


def test_a_copy_goes_in_the_same_transaction(journal, mail, released, now, server, account):
    released(journal, mail())
    assert deliver(journal, Smtp(replace(account, copy=unjudged("copie@exemple.fr"))), now).sent == ("a1",)
    assert [to for to, _ in server.taken] == [(b"zoe@exemple.fr", b"copie@exemple.fr")]


def test_a_copy_that_is_refused_costs_no_mail(journal, mail, released, now, server, account):
    released(journal, mail())
    assert deliver(journal, Smtp(replace(account, copy=unjudged("refuse@exemple.fr"))), now).sent == ("a1",)
    assert [to for to, _ in server.taken] == [(b"zoe@exemple.fr",)]


def test_a_mail_that_is_refused_sends_no_copy(journal, mail, released, now, server, account):
    released(journal, mail(to="refuse@exemple.fr"))
    assert deliver(journal, Smtp(replace(account, copy=unjudged("copie@exemple.fr"))), now).refused == ("a1",)
    assert server.taken == []


def test_the_envelope_sender_can_bear_the_key_and_its_bounce_gives_it_back(
    journal, mail, released, now, server, account
):
    key = "ecfb34af4ca9ce24714e"
    released(journal, mail(key))
    deliver(journal, Smtp(replace(account, verp=True)), now)
    assert server.senders[0].startswith(f"MAIL FROM:<centre+{key}@exemple.fr>".encode())
    (bounce,) = bounces(
        f"From: MAILER-DAEMON@mx.exemple.fr\nTo: <centre+{key}@exemple.fr>\nSubject: failure notice\n\n"
        "<zoe@exemple.fr>:\n550 5.1.1 inconnu\n".encode()
    )
    assert (bounce.key, str(bounce.recipient), bounce.permanent) == (key, "zoe@exemple.fr", True)


@pytest.fixture(scope="module")
def key_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("dkim") / "dkim.pem"
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    path.chmod(0o600)
    public = key.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    path.with_suffix(".txt").write_bytes(b"v=DKIM1; k=rsa; p=" + base64.b64encode(public))
    return path


def table(key_file: Path, server: Server, **changes: str) -> dict[str, object]:
    dkim_table = {"domaine": "exemple.fr", "selecteur": "seances", "cle": key_file.name} | changes
    return {"transport": "smtp", "hote": "127.0.0.1", "port": server.port, "securite": "aucune",
            "par_minute": 60_000, "dkim": dkim_table}  # fmt: skip


def test_what_leaves_is_signed_for_its_domain(journal, mail, released, now, server, key_file):
    said = "From: Centre <centre@exemple.fr>\r\nSubject: =?utf-8?q?S=C3=A9ance?=\r\nMessage-ID: <a1@exemple.fr>\r\n\r\nBonjour\r\n.\r\n"
    released(journal, mail(message=said.encode()))
    way = outgoing(
        table(key_file, server), key_file.parent, unjudged("centre@exemple.fr"), key_file.parent, {}
    )
    assert deliver(journal, way.transport, now).sent == ("a1",)
    content = server.taken[0][1].replace(b"\r\n..", b"\r\n.")
    asked = []

    def dns(name: bytes, timeout: int = 5) -> bytes:
        asked.append(name)
        return key_file.with_suffix(".txt").read_bytes()

    assert content.endswith(said.encode())
    assert dkim.verify(content, dnsfunc=dns)
    assert asked == [b"seances._domainkey.exemple.fr."]
    assert not dkim.verify(content.replace(b"Bonjour", b"Bonsoir"), dnsfunc=dns)


@pytest.mark.parametrize("changes", [{"cle": "absent.pem"}, {"cle": "dkim.txt"}, {"domaine": ""}])
def test_a_signature_that_cannot_be_made_is_told_before_anything_leaves(server, key_file, changes):
    key_file.with_suffix(".txt").chmod(0o600)
    with pytest.raises(Stopped) as stopped:
        outgoing(
            table(key_file, server, **changes),
            key_file.parent,
            unjudged("centre@exemple.fr"),
            key_file.parent,
            {},
        )
    assert "[courriel.dkim]" in stopped.value.findings[0].problem


def test_a_key_that_others_may_read_is_refused(key_file, tmp_path):
    copy = tmp_path / "dkim.pem"
    copy.write_bytes(key_file.read_bytes())
    copy.chmod(0o644)
    with pytest.raises(Stopped) as stopped:
        signer({"dkim": {"domaine": "exemple.fr", "selecteur": "s", "cle": "dkim.pem"}}, tmp_path)
    assert stopped.value.findings[0].code == "mot-de-passe-expose"


def test_the_ceiling_of_the_day_holds_for_the_night_and_for_send(tmp_path, server, no_office):
    people = "Session | Prénom | Nom | Courriel\n" + "\n".join(
        f"P1 | P{n} | Dupont | p{n}@exemple.fr" for n in range(5)
    )
    path = book(
        tmp_path / "classeur.xlsx",
        seancesouvertes="Code | Nom | Date de début | Date de fin | Session | Inviter\n"
        "S-0002 | Yoga | 23/12/2026 09:00 | 23/12/2026 12:30 | P1 | oui",
        sessions="Code | Nom\nP1 | Printemps",
        inscriptions=people,
        parametres="Nom | Valeur\nexpéditeur | contact@exemple.fr",
    )
    lines = ["[courriel]", 'transport = "smtp"', 'hote = "127.0.0.1"', f"port = {server.port}", 'securite = "aucune"',
             "par_minute = 60000", "par_jour = 3"]  # fmt: skip
    (tmp_path / "seances.toml").write_text("\n".join(lines), "utf-8")
    assert "plafond de 3 courriels par jour atteint" in run(path).stderr.lower()
    assert len(server.taken) == 3
    assert seances("send", path, "--now", "2026-12-01T09:00").exit_code == 12
    assert len(server.taken) == 3
    seances("send", path, "--now", "2026-12-02T09:00", "--limit", "1")
    assert len(server.taken) == 4
    seances("send", path, "--now", "2026-12-02T09:01")
    assert len(server.taken) == 5
    assert (
        subprocess.run(["grep", "-c", "p4@exemple.fr", str(tmp_path / "seances.log")], check=False).returncode
        == 1
    )
