"""A session's letter shows the séances as they stand after the night: none that is set aside, each with its code, copies too."""

from datetime import datetime

from processor.model import Kind
from tests.rules.test_changes import Office, kinds, text
from tests.sheets import planned, told

HEAD = "Code | Nom | Date de début | Date de fin | Session | Inviter | Attester | Répéter les jours | Répéter (semaines)\n"
GOOD = "S-1 | Bonne | 03/12/2026 09:00 | 03/12/2026 12:00 | A\n"
WRONG = "S-2 | Fausse | 04/12/2026 14:00 | 04/12/2026 10:00 | A\n"
SESSION = "Code | Nom | Inviter | Attester\nA | Automne | oui\n"
PEOPLE = "Session | Prénom | Nom | Courriel\nA | Zoé | Dupont | zoe@exemple.fr\n"
NIGHT = datetime(2026, 11, 24, 2)


def dates(rows: str, sessions: str = SESSION) -> list[str]:
    [mail] = planned(HEAD + rows, NIGHT, sessions=sessions, inscriptions=PEOPLE).mails
    assert mail.facts.session is not None
    return [f"{roll.seance.code} {roll.seance.start:%d/%m}" for roll in mail.facts.session.seances]


def test_a_seance_that_is_left_aside_is_on_no_letter_of_its_session() -> None:
    assert dates(GOOD + WRONG) == ["S-1 03/12"]


def test_a_seance_left_aside_for_a_word_that_no_sheet_knows_is_on_no_letter_either() -> None:
    rows = "Code | Nom | Date de début | Date de fin | Session | Lieu\nS-1 | Bonne | 03/12/2026 09:00 | 03/12/2026 12:00 | A\n"
    rows += "S-2 | Ailleurs | 04/12/2026 09:00 | 04/12/2026 10:00 | A | Salle Vosge\n"
    found = planned(
        rows, NIGHT, sessions=SESSION, inscriptions=PEOPLE, lieux="Nom | Ville\nSalle Vosges | Strasbourg"
    )
    assert [
        [roll.seance.code for roll in mail.facts.session.seances]
        for mail in found.mails
        if mail.facts.session
    ] == [["S-1"]]


def test_a_session_is_not_attested_while_one_of_its_seances_is_left_aside() -> None:
    rows = "S-1 | Bonne | 03/11/2026 09:00 | 03/11/2026 12:00 | A\nS-2 | Fausse | 04/11/2026 14:00 | 04/11/2026 10:00 | A\n"
    rows += "S-3 | Illisible | 31/02/2026 | 04/11/2026 10:00 | A\n"
    noted = "Séance | Prénom | Nom | Présence\nS-1 | Zoé | Dupont | Présent\n"
    found = planned(
        HEAD + rows,
        NIGHT,
        sessions=SESSION.replace("oui", " | oui"),
        inscriptions=PEOPLE,
        participations=noted,
    )
    assert not found.documents
    assert "D2 attestation-trop-tot: 2 séances de la session sont laissées de côté : « S-2 Fausse », « S-3 Illisible »." in told(
        found.findings
    )  # fmt: skip


def test_the_copies_that_are_made_the_same_night_are_on_the_letter_with_their_codes() -> None:
    repeated = GOOD.strip() + " | | | jeudi | 2\n"
    assert dates(repeated) == ["S-1 03/12", "S-0002 10/12", "S-0003 17/12"]


def test_seances_that_get_their_code_tonight_have_it_on_the_letter() -> None:
    rows = (
        GOOD.replace("S-1", "") + GOOD.replace("S-1", "").replace("03/12", "08/12") + WRONG.replace("S-2", "")
    )
    assert dates(rows) == ["S-0001 03/12", "S-0002 08/12"]


SESSIONED = "S-1 | Bonne | 10/12/2026 09:00 | 10/12/2026 12:00 | | | {} | | | | | A\n"
LATER = "S-2 | Suite | 17/12/2026 09:00 | 17/12/2026 12:00 | Vosges | | {} | | | | | A\n"


def session_office() -> Office:
    office = Office(people=PEOPLE)
    office.sheets = {"sessions": "Code | Nom | Inviter\nA | Automne | oui"}
    assert kinds(office.night(SESSIONED.format(""))) == ["Invitation à une session → zoe@exemple.fr"]
    office.sheets = {"sessions": "Code | Nom | Inviter\nA | Automne | "}
    return office


def test_a_seance_added_after_the_letter_of_its_session_is_told_once() -> None:
    office = session_office()
    [mail] = office.night(SESSIONED.format("") + LATER.format(""), 2)
    assert (mail.kind, mail.session, mail.because) == (
        Kind.ADDED, "A", "la séance s’est ajoutée à la session après l’invitation"
    )  # fmt: skip
    assert "– Suite, jeudi 17/12/2026 de 09:00 à 12:00, Vosges" in text(mail)
    assert not office.night(SESSIONED.format("") + LATER.format(""), 3)
    moved = LATER.format("").replace("17/12", "18/12")
    assert [m.seance for m in office.night(SESSIONED.format("") + moved, 4)] == ["S-2"]


def test_a_refused_word_on_new_seances_is_not_said_again_each_night() -> None:
    office = session_office()
    assert office.night(SESSIONED.format("") + LATER.format(""), 2, state="refused")
    assert not office.night(SESSIONED.format("") + LATER.format(""), 3)


def test_a_seance_with_its_own_invitation_tonight_is_not_told_a_second_time() -> None:
    office = session_office()
    assert kinds(office.night(SESSIONED.format("") + LATER.format("oui"), 2)) == [
        "Invitation à une séance → zoe@exemple.fr"
    ]


def test_a_seance_that_was_left_aside_is_told_once_it_is_corrected() -> None:
    office = session_office()
    wrong = LATER.format("").replace("17/12/2026 12:00", "17/12/2026 08:00")
    assert not office.night(SESSIONED.format("") + wrong, 2)
    assert kinds(office.night(SESSIONED.format("") + LATER.format(""), 3)) == [
        "Modification → zoe@exemple.fr"
    ]


def test_a_seance_that_has_begun_is_no_news_to_who_was_invited_to_its_session() -> None:
    office = session_office()
    begun = LATER.format("").replace("17/12/2026 09:00", "02/12/2026 01:00")
    assert not office.night(SESSIONED.format("") + begun, 2)
