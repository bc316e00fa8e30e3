"""What a person does about mails, by the command line: status, settle, resend, bounces; and what the workbook shows."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.books import book, kept, mails, run, seances, table, taken_out
from tests.mail.servers import Server, imap_server, mail_server

pytestmark = pytest.mark.usefixtures("no_office")

NOW = "2026-12-01T02:00"
OPEN = """Code | Nom | Date de début | Date de fin | Session | Inviter | Contrôle
S-0002 | Yoga | 23/12/2026 09:00 | 23/12/2026 12:30 | P1 | oui |
"""
PEOPLE = """Session | Prénom | Nom | Courriel
P1 | Zoé | Dupont | coupe@exemple.fr
P1 | Ali | Benali | ali@exemple.fr
P1 | Luc | Martin | refuse@exemple.fr
"""
SHEETS = {
    "seancesouvertes": OPEN,
    "sessions": "Code | Nom\nP1 | Printemps",
    "inscriptions": PEOPLE,
    "participations": "Séance | Prénom | Nom | Courriel | Présence | Invitation envoyée le\n",
    "parametres": "Nom | Valeur\norganisme | Centre Ligne 9\nexpéditeur | Centre <contact@exemple.fr>",
}


@pytest.fixture
def server() -> Iterator[Server]:
    with mail_server() as running:
        yield running


@pytest.fixture
def box(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    with imap_server() as running:
        monkeypatch.setenv("SEANCES_IMAP_PASSWORD", running.password)
        yield running


def settings(path: Path, server: Server, *more: str) -> None:
    lines = ['identite = "essai"', "[courriel]", 'transport = "smtp"', 'hote = "127.0.0.1"', f"port = {server.port}",
             'securite = "aucune"', "par_minute = 60000", *more]  # fmt: skip
    (path.parent / "seances.toml").write_text("\n".join(lines) + "\n", "utf-8")


def imap(name: str, box: Server) -> str:
    return f'[courriel.{name}]\nhote = "127.0.0.1"\nport = {box.port}\nsecurite = "aucune"\nutilisateur = "{name}"'


@pytest.fixture(scope="module")
def invited(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Any]]:
    def make(folder: Path) -> None:
        path = book(folder / "classeur.xlsx", **SHEETS)
        settings(path, running)
        assert run(path).exit_code == 0

    with mail_server() as running:
        return kept(tmp_path_factory.mktemp("nuit"), make), running.taken


@pytest.fixture
def workbook(invited: tuple[Path, list[Any]], tmp_path: Path, own_state: Path, server: Server) -> Path:
    """A workbook whose night left one mail uncertain, one sent and one refused."""
    work, taken = invited
    path = taken_out(work, tmp_path, own_state)
    server.taken.extend(taken)
    settings(path, server)
    return path


def status(path: Path) -> dict[str, list[dict[str, str]]]:
    return json.loads(seances("status", path, "--format", "json").stdout)  # type: ignore[no-any-return]


def shown(path: Path) -> dict[str, str]:
    return {row["Prénom"]: row.get("Contrôle", "") for row in table(path, "Participations")}


def report(path: Path, key: str, to: str) -> bytes:
    return (
        "From: MAILER-DAEMON@mx.exemple.fr\r\nTo: contact@exemple.fr\r\nSubject: Undelivered\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="x"\r\n\r\n'
        "--x\r\nContent-Type: text/plain\r\n\r\nDésolé\r\n--x\r\nContent-Type: message/delivery-status\r\n\r\n"
        f"Reporting-MTA: dns; mx.exemple.fr\r\nOriginal-Envelope-Id: {key}\r\n\r\n"
        f"Final-Recipient: rfc822; {to}\r\nAction: failed\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp; 550 inconnu\r\n\r\n--x--\r\n"
    ).encode()


def sent_key(path: Path, to: str) -> str:
    from processor.journal.journal import Journal
    from processor.settings import read_settings

    view = Journal.peek(read_settings(path).journal_place)
    return next(mail.key for mail in view.mails.values() if str(mail.to) == to)


def test_an_uncertain_mail_is_in_status_in_the_workbook_and_on_the_report(workbook: Path) -> None:
    (listed,) = status(workbook)["uncertain"]
    key = listed["key"][:8]
    text = seances("status", workbook)
    assert text.exit_code == 10
    assert f'seances settle "{workbook}" {key} --sent' in text.stdout
    (row,) = table(workbook, "Séances ouvertes")
    assert (
        "« Invitation à une séance » à coupe@exemple.fr a peut-être été reçu, peut-être pas."
        in row["Contrôle"]
    )
    assert shown(workbook)["Zoé"] == (
        f"À vérifier : « Invitation à une séance » a peut-être été reçu, peut-être pas (courriel {key}). Que faire : demandez-le à la personne."
    )
    page = (workbook.parent / "rapport.html").read_text("utf-8")
    assert "Courriels dont le sort est inconnu" in page
    assert key in page


def test_an_uncertain_mail_is_never_sent_again_by_itself(workbook: Path, server: Server) -> None:
    before = len(server.taken)
    for day in ("02", "03", "09"):
        run(workbook, now=f"2026-12-{day}T02:00")
    assert len(server.taken) == before


def test_a_person_says_that_it_arrived_and_the_workbook_follows(workbook: Path) -> None:
    key = status(workbook)["uncertain"][0]["key"][:8]
    assert seances("settle", workbook, key, "--sent").exit_code == 0
    assert status(workbook)["uncertain"] == []
    run(workbook, now="2026-12-02T02:00")
    assert shown(workbook)["Zoé"] == ""
    zoe = next(row for row in table(workbook, "Participations") if row["Prénom"] == "Zoé")
    assert str(zoe["Invitation envoyée le"]) == "2026-12-01 02:00:00"


def test_a_person_has_it_sent_again(workbook: Path, server: Server) -> None:
    key = status(workbook)["uncertain"][0]["key"]
    seances("settle", workbook, key[:8], "--resend")
    seances("send", workbook, "--now", NOW)
    copies = [body for to, body in server.taken if to == (b"coupe@exemple.fr",)]
    assert len(copies) == 2
    assert copies[0] == copies[1]


@pytest.mark.parametrize(
    "arguments",
    [(), ("abcdef12",), ("abcdef12", "--sent", "--copies"), ("abcdef12", "--sent", "--folder", ".")],
)
def test_settle_says_how_it_is_written(workbook: Path, arguments: tuple[str, ...]) -> None:
    assert seances("settle", workbook, *arguments).exit_code == 2


def test_an_unknown_key_and_a_mail_that_is_certain_are_told(workbook: Path) -> None:
    assert "aucun courriel du journal" in seances("settle", workbook, "abcdef12", "--sent").stderr
    result = seances("settle", workbook, sent_key(workbook, "ali@exemple.fr"), "--resend")
    assert (result.exit_code, "n’est pas incertain (remis)" in result.stderr) == (2, True)


def test_a_refused_mail_is_told_until_a_copy_to_a_corrected_address_has_left(
    workbook: Path, server: Server
) -> None:
    (row,) = table(workbook, "Séances ouvertes")
    assert "à refuse@exemple.fr a été refusé (550 5.1.1 inconnu ici)" in row["Contrôle"]
    key = status(workbook)["refused"][0]["key"]
    result = seances(
        "resend", workbook, key[:8], "--reason", "adresse corrigée", "--to", "luc@exemple.fr", "--now", NOW
    )
    assert result.exit_code == 0
    seances("send", workbook, "--now", NOW)
    (to, body) = server.taken[-1]
    assert to == (b"luc@exemple.fr",)
    assert b"\r\nTo: luc@exemple.fr\r\n" in body
    assert key.encode() not in body.split(b"\r\n\r\n")[0]
    assert status(workbook)["refused"] == []
    assert "Refusés par un serveur" not in seances("status", workbook).stdout
    run(workbook, now="2026-12-02T02:00")
    assert shown(workbook)["Luc"] == ""


def test_each_copy_by_hand_is_a_new_version_with_its_reason(workbook: Path) -> None:
    from processor.journal.journal import Journal
    from processor.settings import read_settings

    first = sent_key(workbook, "ali@exemple.fr")
    for reason in ("perdu", "perdu encore"):
        seances("resend", workbook, first, "--reason", reason, "--now", NOW)
        seances("send", workbook, "--now", NOW)
    copies = [
        mail
        for mail in Journal.peek(read_settings(workbook).journal_place).mails.values()
        if mail.copy_of == first
    ]
    assert [(mail.reason, mail.state) for mail in copies] == [("perdu", "sent"), ("perdu encore", "sent")]
    assert len({first, *(mail.key for mail in copies)}) == 3
    assert "désigne 3 courriels" in seances("resend", workbook, "ali@exemple.fr", "--reason", "x").stderr


def test_a_reason_and_a_possible_address_are_asked_for(workbook: Path) -> None:
    assert seances("resend", workbook, "ali@exemple.fr").exit_code == 2
    assert seances("resend", workbook, "ali@exemple.fr", "--reason", " ").exit_code == 2
    result = seances("resend", workbook, "ali@exemple.fr", "--reason", "x", "--to", "a@x.fr, b@x.fr")
    assert (result.exit_code, "plusieurs adresses" in result.stderr) == (2, True)


def test_inviting_again_reaches_only_those_who_were_not(
    workbook: Path, server: Server, tmp_path: Path
) -> None:
    before = len(server.taken)
    people = PEOPLE + "P1 | Eva | Petit | eva@exemple.fr\n"
    book(workbook, **(SHEETS | {"inscriptions": people}))
    run(workbook, now="2026-12-03T02:00")
    assert [to for to, _ in server.taken[before:]] == [(b"eva@exemple.fr",)]


def test_a_bounced_address_is_shown_and_written_to_no_more_until_it_is_trusted(
    workbook: Path, server: Server, tmp_path: Path
) -> None:
    (tmp_path / "retours").mkdir()
    (tmp_path / "retours" / "1.eml").write_bytes(
        report(workbook, sent_key(workbook, "ali@exemple.fr"), "ali@exemple.fr")
    )
    result = seances("bounces", workbook, "--folder", tmp_path / "retours", "--now", "2026-12-02T09:00")
    assert (result.exit_code, "ali@exemple.fr : 550 inconnu" in result.stderr) == (10, True)
    assert (
        seances("bounces", workbook, "--folder", tmp_path / "retours", "--now", "2026-12-02T10:00").exit_code
        == 0
    )
    more = OPEN + "S-0003 | Chant | 24/12/2026 09:00 | 24/12/2026 12:30 | P1 | oui |\n"
    people = PEOPLE.replace("Courriel\n", "Courriel | Contrôle\n")
    before = len(server.taken)
    book(workbook, **(SHEETS | {"seancesouvertes": more, "inscriptions": people}))
    run(workbook, now="2026-12-03T02:00")
    assert {to for to, _ in server.taken[before:]} == {(b"coupe@exemple.fr",)}
    registered = {row["Prénom"]: row.get("Contrôle", "") for row in table(workbook, "Inscriptions")}
    assert "adresse en erreur : « ali@exemple.fr »" in registered["Ali"]
    assert registered["Luc"] == ""
    assert "adresse en erreur" in shown(workbook)["Ali"]
    assert any((workbook.parent / "documents").rglob("*S-0003*/Invitation - Benali Ali.docx"))
    seances("bounces", workbook, "--trust", "ali@exemple.fr")
    run(workbook, now="2026-12-04T02:00")
    assert shown(workbook)["Ali"] == ""


def test_reports_are_read_from_a_mailbox_that_stays_as_it_is(
    workbook: Path, server: Server, box: Server
) -> None:
    settings(workbook, server, imap("retours", box))
    box.messages = [
        b"Subject: bonjour\r\n\r\nrien\r\n",
        report(workbook, sent_key(workbook, "ali@exemple.fr"), "ali@exemple.fr"),
    ]
    result = seances("bounces", workbook, "--now", "2026-12-02T09:00")
    assert "2 messages lus, 1 retour." in result.stderr
    assert status(workbook)["bounced"][0]["address"] == "ali@exemple.fr"
    assert any(line.startswith("EXAMINE") for line in box.heard)
    assert any("SINCE 17-Nov-2026" in line for line in box.heard)


def test_a_copy_in_the_mailbox_settles_an_uncertain_mail_and_the_night_does_it_by_itself(
    workbook: Path, server: Server, box: Server
) -> None:
    settings(workbook, server, imap("copies", box))
    key = status(workbook)["uncertain"][0]["key"]
    assert "Aucun courriel retrouvé parmi les copies" in seances("settle", workbook, "--copies").stderr
    assert status(workbook)["uncertain"]
    box.messages = [f"Message-ID: <{key}@exemple.fr>\r\n\r\nla copie\r\n".encode()]
    run(workbook, now="2026-12-02T02:00")
    assert status(workbook)["uncertain"] == []
    assert shown(workbook)["Zoé"] == ""


def test_a_copy_in_a_folder_settles_it_too(workbook: Path, tmp_path: Path) -> None:
    key = status(workbook)["uncertain"][0]["key"]
    (tmp_path / "copies").mkdir()
    (tmp_path / "copies" / "1.eml").write_bytes(
        f"Message-ID: <{key}@exemple.fr>\r\n\r\nla copie\r\n".encode()
    )
    assert seances("settle", workbook, "--folder", tmp_path / "copies").exit_code == 0
    assert status(workbook)["uncertain"] == []


def test_a_mailbox_that_cannot_be_read_stops_no_night_and_shows_no_secret(
    workbook: Path, server: Server, box: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SEANCES_IMAP_PASSWORD", "un-tout-autre-secret")
    settings(workbook, server, imap("retours", box))
    result = seances("bounces", workbook, "--now", "2026-12-02T09:00")
    assert result.exit_code == 11
    assert "La boîte « retours » du serveur 127.0.0.1 ne peut pas être lue" in result.stderr
    night = run(workbook, now="2026-12-02T02:00")
    assert night.exit_code == 0
    told = result.output + night.output + (workbook.parent / "rapport.html").read_text("utf-8")
    assert "ne peut pas être lue" in told
    assert "secret" not in told


def test_a_night_of_too_many_returns_stops_the_next_one(tmp_path: Path) -> None:
    people = "Session | Prénom | Nom | Courriel\n" + "\n".join(
        f"P1 | P{n} | Dupont | p{n}@exemple.fr" for n in range(20)
    )
    path = book(tmp_path / "classeur.xlsx", **(SHEETS | {"inscriptions": people}))
    run(path)
    (tmp_path / "retours").mkdir()
    for n in range(3):
        content = report(path, sent_key(path, f"p{n}@exemple.fr"), f"p{n}@exemple.fr")
        (tmp_path / "retours" / f"{n}.eml").write_bytes(content)
    seances("bounces", path, "--folder", tmp_path / "retours", "--now", "2026-12-02T01:00")
    more = OPEN + "S-0003 | Chant | 24/12/2026 09:00 | 24/12/2026 12:30 | P1 | oui |\n"
    book(path, **(SHEETS | {"inscriptions": people, "seancesouvertes": more}))
    stopped = run(path, now="2026-12-02T02:00")
    assert stopped.exit_code == 11
    assert "3 courriels sur 20 de la dernière nuit sont revenus" in stopped.stderr
    assert len(mails(path)) == 20
    assert run(path, "--accept-large-plan", now="2026-12-02T02:00").exit_code == 0
    assert len(mails(path)) == 37


def test_a_small_night_of_which_most_came_back_is_told_by_the_next_one_which_goes_on(tmp_path: Path) -> None:
    path = book(tmp_path / "classeur.xlsx", **SHEETS)
    run(path)
    (tmp_path / "retours").mkdir()
    for name in ("ali", "refuse"):
        to = f"{name}@exemple.fr"
        (tmp_path / "retours" / f"{name}.eml").write_bytes(report(path, sent_key(path, to), to))
    seances("bounces", path, "--folder", tmp_path / "retours", "--now", "2026-12-02T01:00")
    more = OPEN + "S-0003 | Chant | 24/12/2026 09:00 | 24/12/2026 12:30 | P1 | oui |\n"
    book(path, **(SHEETS | {"seancesouvertes": more}))
    assert run(path, now="2026-12-02T02:00").exit_code == 0
    assert "2 courriels sur 3 de la dernière nuit sont revenus" in (tmp_path / "rapport.html").read_text(
        "utf-8"
    )
    assert len(mails(path)) == 4


def test_a_lost_journal_is_noted_and_never_a_second_mail(
    workbook: Path, server: Server, own_state: Path
) -> None:
    import shutil

    key = status(workbook)["uncertain"][0]["key"][:8]
    seances("settle", workbook, key, "--sent")
    run(workbook, now="2026-12-02T02:00")
    before = len(server.taken)
    shutil.rmtree(own_state)
    import openpyxl

    mended = openpyxl.load_workbook(workbook)
    mended["Séances ouvertes"]["F2"] = "oui"
    mended["Inscriptions"]["D4"] = None
    mended.save(workbook)
    run(workbook, now="2026-12-03T02:00")
    assert len(server.taken) == before
    (row,) = table(workbook, "Séances ouvertes")
    assert "2 invitations du classeur sans trace au journal, non renvoyées" in row["Contrôle"]


def test_a_session_s_letters_are_dated_in_inscriptions_and_a_lost_journal_sends_none_again(
    tmp_path: Path, own_state: Path
) -> None:
    import shutil

    import openpyxl

    sheets = SHEETS | {
        "seancesouvertes": OPEN.replace("oui", ""),
        "sessions": "Code | Nom | Inviter\nP1 | Printemps | oui",
    }
    path = book(tmp_path / "classeur.xlsx", **sheets)
    run(path)
    assert len(mails(path)) == 3
    dates = {str(row["Invitation envoyée le"]) for row in table(path, "Inscriptions")}
    assert dates == {"2026-12-01 02:00:00"}
    shutil.rmtree(own_state)
    asked = openpyxl.load_workbook(path)
    asked["Sessions"]["C2"] = "oui"
    asked.save(path)
    run(path, now="2026-12-03T02:00")
    assert len(mails(path)) == 3


def test_a_folder_without_a_night_has_a_status(tmp_path: Path) -> None:
    path = book(tmp_path / "classeur.xlsx", **SHEETS)
    assert seances("status", path).stdout == "Aucun traitement n’a encore eu lieu.\n\nCourriels : aucun.\n"
    assert status(path)["counts"] == {}
