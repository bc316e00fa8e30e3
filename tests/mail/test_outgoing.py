"""From seances.toml to a way out."""

import os
import sys

import pytest

from processor.mail import passwords
from processor.mail.account import Security
from processor.mail.delivery import deliver
from processor.mail.outgoing import account, outgoing
from processor.mail.providers import PROVIDERS
from processor.mail.transports.files import Files
from processor.mail.transports.maildir import Maildir
from processor.mail.transports.smtp import Smtp
from processor.model.address import NOWHERE, unjudged
from processor.model.findings import Stopped

SENDER = unjudged("Centre <centre@exemple.fr>")
SESAME = "sésame ouvre-toi"


@pytest.fixture(autouse=True)
def no_keyring(monkeypatch):
    monkeypatch.setattr(passwords, "_keyring", lambda _: "")


def refused(table, tmp_path, sender=SENDER):
    with pytest.raises(Stopped) as stopped:
        outgoing(table, tmp_path, sender, tmp_path, {})
    (finding,) = stopped.value.findings
    return finding


def test_without_any_setting_mails_become_files(tmp_path):
    assert isinstance(outgoing({}, tmp_path, NOWHERE, tmp_path, {}).transport, Files)


def test_a_provider_is_enough_and_what_is_written_wins(tmp_path):
    made = account(
        {"fournisseur": "ovh", "utilisateur": "moi"}, SENDER, tmp_path, {"SEANCES_SMTP_PASSWORD": SESAME}
    )
    assert (made.host, made.port, made.security, made.per_minute) == ("ssl0.ovh.net", 465, Security.TLS, 3)
    assert (str(made.sender), made.password) == ("centre@exemple.fr", SESAME)
    table = {"fournisseur": "ovh", "par_minute": 10, "port": 587, "securite": "starttls"}
    made = account(table, SENDER, tmp_path, {})
    assert (made.host, made.port, made.security, made.per_minute) == (
        "ssl0.ovh.net",
        587,
        Security.STARTTLS,
        10,
    )


def test_the_port_follows_the_security(tmp_path):
    host = {"hote": "smtp.exemple.fr"}
    assert account(host, SENDER, tmp_path, {}).port == 587
    assert account(host | {"securite": "tls"}, SENDER, tmp_path, {}).port == 465
    assert account(host | {"port": 2525}, SENDER, tmp_path, {}).port == 2525


def test_the_ceiling_of_a_day_comes_from_the_provider(tmp_path):
    out = outgoing({"transport": "smtp", "fournisseur": "gmail"}, tmp_path, SENDER, tmp_path, {})
    assert isinstance(out.transport, Smtp)
    assert out.per_day == 500
    assert (
        outgoing({"transport": "smtp", "hote": "h.fr", "par_jour": 7}, tmp_path, SENDER, tmp_path, {}).per_day
        == 7
    )


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ({"transport": "pigeon"}, "« pigeon »"),
        ({"transport": "smtp"}, "il manque hote"),
        ({"transport": "smtp", "fournisseur": "poste"}, "« poste »"),
        ({"transport": "smtp", "hote": "h.fr", "securite": "ssl"}, "« ssl »"),
        ({"transport": "smtp", "hote": "h.fr", "port": "587"}, "port = « 587 »"),
        ({"transport": "smtp", "hote": "h.fr", "par_minute": 0}, "par_minute = « 0 »"),
        ({"transport": "smtp", "hote": "h.fr", "par_jour": True}, "par_jour = « True »"),
        ({"transport": "smtp", "hote": "h.fr", "expediteur": "a@b.fr, c@d.fr"}, "plusieurs adresses"),
    ],
)
def test_what_cannot_be_is_said(tmp_path, table, said):
    assert said in refused(table, tmp_path).problem


def test_a_password_in_the_file_is_refused_and_not_repeated(tmp_path):
    finding = refused({"transport": "smtp", "hote": "h.fr", "mot_de_passe": SESAME}, tmp_path)
    assert finding.code == "mot-de-passe-dans-le-fichier"
    assert SESAME not in str(finding)


def test_no_sender_is_no_smtp(tmp_path):
    assert refused({"transport": "smtp", "hote": "h.fr"}, tmp_path, NOWHERE).code == "expediteur-inutilisable"


def test_bounces_that_go_elsewhere_are_no_sender_for_people(tmp_path):
    table = {"transport": "smtp", "hote": "h.fr", "expediteur": "retours@exemple.fr"}
    assert refused(table, tmp_path, NOWHERE).problem == "Il manque l’adresse de l’expéditeur."


def test_each_provider_says_where_its_figures_come_from():
    for provider in PROVIDERS.values():
        assert provider.source.startswith("https://")
        assert provider.security is not Security.NONE
        assert len(provider.read_on) == 10


def test_the_password_is_looked_for_in_the_order_of_safety(tmp_path, monkeypatch):
    file = tmp_path / "mot-de-passe"
    file.write_text("du fichier\n", "utf-8")
    file.chmod(0o600)
    (tmp_path / "smtp-password").write_text("de systemd\n", "utf-8")
    environ = {"SEANCES_SMTP_PASSWORD": "de l'environnement", "CREDENTIALS_DIRECTORY": str(tmp_path)}
    assert passwords.password("moi", file, environ) == "de systemd"
    del environ["CREDENTIALS_DIRECTORY"]
    assert passwords.password("moi", file, environ) == "du fichier"
    monkeypatch.setattr(passwords, "_keyring", lambda user: f"du trousseau de {user}")
    assert passwords.password("moi", file, environ) == "du trousseau de moi"
    monkeypatch.setattr(passwords, "_keyring", lambda _: "")
    assert passwords.password("moi", None, environ) == "de l'environnement"
    assert passwords.password("moi", tmp_path / "absent", {}) == ""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions")
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o777])
def test_a_password_that_others_can_read_is_refused(tmp_path, mode):
    file = tmp_path / "mot-de-passe"
    file.write_text(SESAME, "utf-8")
    file.chmod(mode)
    with pytest.raises(Stopped) as stopped:
        passwords.password("moi", file, {})
    assert stopped.value.findings[0].code == "mot-de-passe-expose"
    assert SESAME not in str(stopped.value.findings)


def test_a_maildir_receives_unread_messages_and_none_twice(tmp_path, journal, mail, released, now):
    folder = tmp_path / "Maildir"
    released(journal, mail("a"), mail("b"), mail("c"))
    assert deliver(journal, Maildir(folder), now, limit=2).sent == ("a", "b")
    new = sorted((folder / "new").iterdir())
    assert sorted(path.read_bytes() for path in new) == [mail("a").message, mail("b").message]
    os.rename(new[0], folder / "cur" / f"{new[0].name}:2,S")  # noqa: PTH104
    # As if the program had been stopped before each record.
    again = Maildir(folder)
    for key in ("a", "b"):
        again.hand_over(mail(key), lambda: True)
    assert len(list((folder / "new").iterdir())) == 1
    assert list((folder / "tmp").iterdir()) == []
