"""The mails of whole nights: calendar entries, previews, documents that are too big."""

import email
import email.policy
import os
import re
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

import pytest
import vobject

from processor.model import Facts, Kind, Parameters, Place, Template
from processor.model.address import unjudged
from processor.model.findings import Finding
from processor.model.plan import Document, Mail, Plan
from processor.night.parcels import parcel, refusal, zipped
from tests.books import book, mails, run, seances

pytestmark = pytest.mark.usefixtures("no_office")

OPEN = """Code | Nom | Date de début | Date de fin | Session | Lieu | Inscription | Inviter | État
S-0002 | Yoga, été & détente | 23/12/2026 09:00 | 23/12/2026 12:30 | P1 | Salle Vosges | | {invite} | {state}
S-0003 | Chant | 24/12/2026 14:00 | 24/12/2026 16:00 | P1
S-0004 | Danse | 25/06/2027 14:00 | 25/06/2027 16:00 | P1 | | | | Annulée
"""
SHEETS = {
    "sessions": "Code | Nom | Inviter\nP1 | Printemps | ",
    "inscriptions": "Session | Prénom | Nom | Courriel\nP1 | Zoé | Dupont | zoe@exemple.fr",
    "lieux": "Nom | Adresse | Code postal | Ville\nSalle Vosges | 3, rue du Lac | 67000 | Strasbourg",
    "parametres": "Nom | Valeur\norganisme | Centre Ligne 9\nexpéditeur | Centre <contact@exemple.fr>\n",
}


def workbook(folder: Path, invite: str = "oui", state: str = "", **sheets: str) -> Path:
    return book(
        folder / "classeur.xlsx",
        seancesouvertes=OPEN.format(invite=invite, state=state),
        **(SHEETS | sheets),
    )


def read(path: Path) -> EmailMessage:
    parsed = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    assert isinstance(parsed, EmailMessage)
    return parsed


def the_calendar(path: Path) -> bytes:
    """The calendar of a mail, once it has shown that both of its copies are the same and name the same method."""
    parts = {part.get_content_type(): part for part in read(path).walk()}
    shown, attached = parts["text/calendar"], parts["application/ics"]
    content = attached.get_content()
    assert isinstance(content, bytes)
    assert shown.get_payload(decode=True) == content
    assert f"METHOD:{shown.get_param('method')}\r\n".encode() in content
    return content


def events(path: Path) -> list[vobject.base.Component]:
    """The events as a second library reads them, every line by the rules of RFC 5545."""
    content = the_calendar(path)
    lines = content.split(b"\r\n")
    assert b"\n" not in b"".join(lines)
    assert b"\r" not in b"".join(lines)
    assert max(len(line) for line in lines) <= 75
    return list(vobject.readOne(content.decode()).vevent_list)


def test_an_invitation_carries_its_seance_for_the_calendar(tmp_path: Path) -> None:
    path = workbook(tmp_path)
    run(path)
    (event,) = events(tmp_path / "courriels" / "2026-12-01 Invitation à une séance - Dupont Zoé.eml")
    assert event.dtstart.value == datetime(2026, 12, 23, 8, tzinfo=UTC)
    assert event.dtend.value == datetime(2026, 12, 23, 11, 30, tzinfo=UTC)
    assert event.summary.value == "Yoga, été & détente"
    assert event.location.value == "Salle Vosges, 3, rue du Lac, 67000 Strasbourg"
    assert (event.sequence.value, event.status.value) == ("0", "CONFIRMED")
    assert event.organizer.value == "mailto:contact@exemple.fr"
    assert not hasattr(event, "attendee")
    assert not hasattr(event, "valarm")


def test_a_cancellation_strikes_the_same_entry_with_a_higher_sequence(tmp_path: Path) -> None:
    run(workbook(tmp_path))
    (asked,) = events(tmp_path / "courriels" / "2026-12-01 Invitation à une séance - Dupont Zoé.eml")
    run(workbook(tmp_path, invite="", state="Annulée"), now="2026-12-02T02:00")
    (told,) = [name for name in mails(tmp_path / "classeur.xlsx") if "Annulation" in name]
    content = the_calendar(tmp_path / "courriels" / told)
    (struck,) = events(tmp_path / "courriels" / told)
    assert b"METHOD:CANCEL\r\n" in content
    assert (struck.uid.value, struck.sequence.value, struck.status.value) == (
        asked.uid.value,
        "1",
        "CANCELLED",
    )


def test_a_seance_that_moves_moves_the_same_entry_and_new_words_do_not(tmp_path: Path) -> None:
    path = workbook(tmp_path)
    run(path)
    (asked,) = events(tmp_path / "courriels" / "2026-12-01 Invitation à une séance - Dupont Zoé.eml")
    moved_to = OPEN.replace("23/12/2026 09:00", "23/12/2026 10:00").replace(
        "| État\n", "| État | Description\n"
    )
    book(path, seancesouvertes=moved_to.format(invite="", state=""), **SHEETS)
    run(path, now="2026-12-02T02:00")
    (told,) = [name for name in mails(path) if "Modification" in name]
    (moved,) = events(tmp_path / "courriels" / told)
    assert (moved.uid.value, moved.sequence.value) == (asked.uid.value, "1")
    assert moved.dtstart.value == datetime(2026, 12, 23, 9, tzinfo=UTC)
    book(path, seancesouvertes=moved_to.format(invite="", state=" | Calme et repos"), **SHEETS)
    run(path, now="2026-12-03T02:00")
    assert len(mails(path)) == 2


def test_a_request_and_an_alarm_are_a_matter_of_parametres(tmp_path: Path) -> None:
    asked = SHEETS["parametres"] + "agenda : demander une réponse | oui\nagenda : alarme (minutes avant) | 90"
    run(workbook(tmp_path, parametres=asked))
    name = tmp_path / "courriels" / "2026-12-01 Invitation à une séance - Dupont Zoé.eml"
    (event,) = events(name)
    assert b"METHOD:REQUEST\r\n" in the_calendar(name)
    assert event.attendee.value == "mailto:zoe@exemple.fr"
    assert event.attendee.params["RSVP"] == ["TRUE"]
    assert event.valarm.trigger.value.total_seconds() == -90 * 60


def test_a_session_s_invitation_carries_all_its_seances_that_take_place(tmp_path: Path) -> None:
    run(workbook(tmp_path, invite="", sessions="Code | Nom | Inviter\nP1 | Printemps | oui"))
    (name,) = mails(tmp_path / "classeur.xlsx")
    assert [event.summary.value for event in events(tmp_path / "courriels" / name)] == [
        "Yoga, été & détente",
        "Chant",
    ]


def test_one_seance_is_one_entry_whether_the_session_or_the_seance_invites(tmp_path: Path) -> None:
    run(workbook(tmp_path, sessions="Code | Nom | Inviter\nP1 | Printemps | oui"))
    of_session, of_seance = sorted(mails(tmp_path / "classeur.xlsx"))
    (alone,) = events(tmp_path / "courriels" / of_seance)
    first, _ = events(tmp_path / "courriels" / of_session)
    assert (alone.uid.value, alone.sequence.value) == (first.uid.value, first.sequence.value)


def test_a_preview_writes_the_planned_mails_and_changes_nothing_else(tmp_path: Path) -> None:
    path = workbook(tmp_path)
    (tmp_path / "seances.toml").write_text('identite = "essai"\n', "utf-8")
    before = path.read_bytes()
    result = seances("plan", path, "--eml", tmp_path / "essai", "--now", "2026-12-01T02:00")
    assert result.exit_code == 0
    (written,) = (tmp_path / "essai").iterdir()
    assert [part.get_filename() for part in read(written).iter_attachments()] == [
        "Invitation - Dupont Zoé - 23-12-2026 Yoga, été & détente.docx",
        "agenda.ics",
    ]
    assert path.read_bytes() == before
    assert sorted(one.name for one in tmp_path.iterdir()) == ["classeur.xlsx", "essai", "seances.toml"]
    run(path)
    assert (tmp_path / "courriels" / written.name).read_bytes() == written.read_bytes()


def test_a_preview_of_one_address_writes_that_one(tmp_path: Path) -> None:
    people = SHEETS["inscriptions"] + "\nP1 | Ali | Benali | ali@exemple.fr"
    path = workbook(tmp_path, inscriptions=people)
    seances(
        "plan", path, "--eml", tmp_path / "essai", "--only", "ALI@exemple.fr", "--now", "2026-12-01T02:00"
    )
    assert [one.name for one in (tmp_path / "essai").iterdir()] == [
        "2026-12-01 Invitation à une séance - Benali Ali.eml"
    ]


def test_a_preview_of_an_attestation_makes_no_key_and_passes_for_none(tmp_path: Path) -> None:
    path = book(
        tmp_path / "classeur.xlsx",
        seancesouvertes="Code | Nom | Date de début | Date de fin | Attester\n",
        seancesterminees="Code | Nom | Date de début | Date de fin | Attester\n"
        "S-0001 | Yoga | 23/11/2026 09:00 | 23/11/2026 12:30 | oui",
        participations="Séance | Prénom | Nom | Courriel | Présence\nS-0001 | Zoé | Dupont | zoe@exemple.fr | Présent",
        parametres=SHEETS["parametres"],
    )
    seances("plan", path, "--eml", tmp_path / "essai", "--now", "2026-12-01T02:00")
    (written,) = (tmp_path / "essai").iterdir()
    assert sorted(one.name for one in tmp_path.iterdir()) == ["classeur.xlsx", "essai"]
    run(path)
    (document,) = [part for part in read(written).iter_attachments() if part.get_filename() != "agenda.ics"]
    content = document.get_content()
    assert isinstance(content, bytes)
    (tmp_path / "vue.docx").write_bytes(content)
    assert seances("verify", tmp_path / "vue.docx", "--key", tmp_path / "cle-publique.pem").exit_code != 0
    (real,) = (tmp_path / "documents").rglob("Attestation*.docx")
    assert seances("verify", real, "--key", tmp_path / "cle-publique.pem").exit_code == 0


def planned(tmp_path: Path, oversize: str = "", **parameters: object) -> tuple[Mail, Plan, dict[str, str]]:
    facts = Facts(Kind.SEANCE_INVITATION, Parameters(attachments_mb=1, **parameters), datetime(2026, 12, 1))  # type: ignore[arg-type]
    template = Template(Place("Modèles", 2), "Carte", facts.kind, "carte.docx", oversize=oversize)
    document = Document("k", facts.kind, facts, template, "", Place("Séances ouvertes", 2), "")
    mail = Mail(
        "k", facts.kind, facts, "Zoé Dupont", unjudged("zoe@exemple.fr"), "", "", ("k",), document.source, ""
    )
    (tmp_path / "2026").mkdir()
    return mail, Plan(datetime(2026, 12, 1, 2), documents=(document,)), {"k": "2026/Plan d'été.pdf"}


def test_a_document_that_fits_is_attached_as_it_is(tmp_path: Path) -> None:
    mail, plan, files = planned(tmp_path)
    (tmp_path / files["k"]).write_bytes(b"x" * 1_000_000)
    found = parcel(mail, plan, files, tmp_path)
    assert not isinstance(found, Finding)
    assert [(one.name, one.content_type) for one in found.attachments] == [
        ("Invitation.pdf", "application/pdf")
    ]
    assert refusal(mail, plan, files, tmp_path) is None


def test_a_document_that_is_too_big_is_zipped(tmp_path: Path) -> None:
    mail, plan, files = planned(tmp_path)
    (tmp_path / files["k"]).write_bytes(b"x" * 1_000_001)
    found = parcel(mail, plan, files, tmp_path)
    assert not isinstance(found, Finding)
    assert [(one.name, one.content_type) for one in found.attachments] == [
        ("Documents.zip", "application/zip")
    ]
    assert zipped(found.attachments) == zipped(found.attachments)


@pytest.mark.parametrize("oversize", ["lien", ""])
def test_a_document_that_no_zip_makes_small_becomes_a_link(tmp_path: Path, oversize: str) -> None:
    mail, plan, files = planned(tmp_path, oversize, documents_url="https://exemple.fr/doc/")
    (tmp_path / files["k"]).write_bytes(os.urandom(1_100_000))
    found = parcel(mail, plan, files, tmp_path)
    assert not isinstance(found, Finding)
    assert not found.attachments
    assert found.words.endswith("\n- https://exemple.fr/doc/2026/Plan%20d%27%C3%A9t%C3%A9.pdf")


def test_a_document_that_can_go_no_way_holds_its_mail_back_and_says_why(tmp_path: Path) -> None:
    mail, plan, files = planned(tmp_path, "lien")
    (tmp_path / files["k"]).write_bytes(b"x" * 1_234_567)
    found = refusal(mail, plan, files, tmp_path)
    assert found is not None
    assert (
        found.problem
        == "le document à joindre pour Zoé Dupont fait 1,2 Mo, et 1 Mo au plus partent par courriel."
    )


def test_nothing_of_a_mail_reads_like_a_placeholder_left_open(tmp_path: Path) -> None:
    run(workbook(tmp_path))
    for path in (tmp_path / "courriels").iterdir():
        body = read(path).get_body(("plain",))
        assert body is not None
        assert not re.search(r"\{\{|\}\}|\{%", str(body.get_content()))


SERVER = '[courriel]\ntransport = "smtp"\nhote = "127.0.0.1"\nport = 9\nsecurite = "aucune"\n'


def test_without_a_sender_no_mail_is_written_for_a_server_and_the_night_says_so(tmp_path: Path) -> None:
    path = workbook(tmp_path, parametres="Nom | Valeur\norganisme | Centre Ligne 9\nexpéditeur | \n")
    (tmp_path / "seances.toml").write_text(SERVER)
    before = path.read_bytes()
    result = run(path)
    assert (result.exit_code, path.read_bytes()) == (11, before)
    assert "Il manque l’adresse de l’expéditeur." in result.stderr
    assert "Courriels : aucun." in seances("status", path).stdout


def test_mails_written_as_files_are_told_as_given_to_staff_and_not_as_delivered(tmp_path: Path) -> None:
    path = workbook(tmp_path)
    run(path)
    assert "Courriels : 1 écrit en fichier .eml, à envoyer par vous." in seances("status", path).stdout
    toml = tmp_path / "seances.toml"
    toml.write_text(f"{toml.read_text()}\n{SERVER}")
    told = seances("send", path).stderr
    assert (
        "Un courriel a déjà été écrit en fichier .eml : il vous a été confié et ne partira pas de lui-même."
        in told
    )


def test_mails_that_wait_for_a_server_that_is_away_are_counted_and_all_is_not_in_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("processor.mail.transports.smtp.PAUSES", ())
    path = workbook(tmp_path)
    toml = tmp_path / "seances.toml"
    toml.write_text(f"{toml.read_text() if toml.exists() else ''}\n{SERVER}")
    told = run(path).stderr
    assert "Tout est en ordre" not in told
    assert "Le classeur est en ordre, mais des courriels attendent." in told
    assert (
        "Le serveur 127.0.0.1 ne répond pas (connexion refusée) ; 1 courriel attend et partira "
        "au prochain passage (la nuit, ou « seances send »)." in told
    )
    assert "1 courriel attend et partira" in (tmp_path / "rapport.html").read_text("utf-8")


def test_a_sender_that_is_no_address_holds_the_mails_and_its_cell_is_named(tmp_path: Path) -> None:
    path = workbook(tmp_path, parametres="Nom | Valeur\norganisme | Centre\nexpéditeur | pas une adresse\n")
    (tmp_path / "seances.toml").write_text(SERVER)
    result = run(path)
    assert result.exit_code == 11
    assert "cellule B3" in result.stderr
    assert "« pas une adresse »" in result.stderr
