"""An address that staff correct is the same person's: nothing is sent twice, and what never arrived is sent once."""

from dataclasses import replace
from datetime import datetime

from processor.model import Kind
from processor.model.address import unjudged
from processor.model.keys import action_key
from processor.model.past import Known, MailRecord, MailState
from processor.model.plan import Plan
from tests.sheets import planned

SEANCE = "Code | Nom | Date de début | Date de fin\nS-1 | Yoga | 23/12/2026 09:00 | 23/12/2026 12:30"
PEOPLE = "Séance | Prénom | Nom | Courriel\nS-1 | Zoé | Dupont | zoe.dupont@exemple.fr\n"
NOTED = "Séance | Prénom | Nom | Courriel | Rôle | Statut | Invitation envoyée le\nS-1 | Zoé | Dupont | z@exemple.fr | Participant | Inscrit | 01/11/2026 03:00\n"
UNDATED = NOTED.replace("01/11/2026 03:00", "")
SENT = MailRecord(action_key(Kind.SEANCE_INVITATION, "S-1", "dupont zoe"), Kind.SEANCE_INVITATION, "S-1", "", "dupont zoe",
                unjudged("z@exemple.fr"), MailState.SENT, datetime(2026, 11, 1, 3))  # fmt: skip
REFUSED = replace(SENT, state=MailState.REFUSED, sent_on=None)


def night(known: Known, people: str = PEOPLE, noted: str = NOTED) -> Plan:
    return planned(SEANCE, known=known, inscriptions=people, participations=noted)


def known(*mails: MailRecord, bounced: str = "") -> Known:
    return Known(mails={mail.key: mail for mail in mails}, bounced={bounced: "5.1.1"} if bounced else {})


def test_the_row_of_participations_follows_and_nothing_is_sent() -> None:
    found = night(known(SENT))
    assert not found.mails
    assert not [row for row in found.rows if row.sheet == "Participations"]
    assert [(w.field, w.value) for w in found.writes if w.source.sheet == "Participations"] == [
        ("email", "zoe.dupont@exemple.fr")
    ]


def test_an_invitation_that_was_refused_goes_once_to_the_new_address() -> None:
    found = night(known(REFUSED), noted=UNDATED)
    [mail] = found.mails
    assert (str(mail.to_address), mail.key) == (
        "zoe.dupont@exemple.fr", action_key(Kind.SEANCE_INVITATION, "S-1", "dupont zoe", 2)
    )  # fmt: skip
    again = MailRecord(
        mail.key,
        mail.kind,
        "S-1",
        "",
        "dupont zoe",
        mail.to_address,
        MailState.SENT,
        datetime(2026, 12, 1, 2),
    )
    later = night(known(REFUSED, again), noted=UNDATED.replace("z@", "zoe.dupont@"))
    assert not later.mails
    assert not [f for f in later.findings if f.code == "courriel-refuse"]
    once_more = night(
        known(REFUSED, replace(again, state=MailState.REFUSED)), noted=UNDATED.replace("z@", "zoe.dupont@")
    )
    assert not once_more.mails


def test_an_invitation_that_came_back_goes_once_to_the_new_address() -> None:
    assert [str(mail.to_address) for mail in night(known(SENT, bounced="z@exemple.fr")).mails] == [
        "zoe.dupont@exemple.fr"
    ]


def test_an_uncertain_invitation_is_never_sent_to_the_new_address_by_itself() -> None:
    assert not night(known(replace(SENT, state="uncertain", sent_on=None)), noted=UNDATED).mails


def test_namesakes_with_two_addresses_stay_apart() -> None:
    two = PEOPLE + "S-1 | Zoé | Dupont | z@exemple.fr\n"
    found = night(known(SENT), two)
    assert [str(mail.to_address) for mail in found.mails] == ["zoe.dupont@exemple.fr"]
    assert not [w for w in found.writes if w.field == "email"]


def test_one_of_two_namesakes_may_be_corrected_too() -> None:
    two = NOTED + "S-1 | Zoé | Dupont | autre@exemple.fr | Participant | Inscrit | 01/11/2026 03:00\n"
    people = PEOPLE + "S-1 | Zoé | Dupont | autre@exemple.fr\n"
    found = night(known(SENT), people, two)
    assert not found.mails
    assert [w.value for w in found.writes if w.field == "email"] == ["zoe.dupont@exemple.fr"]


def test_who_is_registered_elsewhere_under_the_old_address_is_another_person() -> None:
    people = PEOPLE + "S-9 | Zoé | Dupont | z@exemple.fr\n"
    found = night(known(SENT), people)
    assert [str(mail.to_address) for mail in found.mails] == ["zoe.dupont@exemple.fr"]


def test_a_refused_invitation_to_a_session_goes_once_to_the_new_address() -> None:
    refused = replace(REFUSED, key=action_key(Kind.SESSION_INVITATION, "A", "dupont zoe"),
                      kind=Kind.SESSION_INVITATION, seance="", session="A")  # fmt: skip
    rows = "Code | Nom | Date de début | Date de fin | Session\nS-1 | Yoga | 23/12/2026 09:00 | 23/12/2026 12:30 | A"
    found = planned(rows, known=known(refused), sessions="Code | Nom\nA | Automne",
                    inscriptions="Session | Prénom | Nom | Courriel\nA | Zoé | Dupont | zoe.dupont@exemple.fr")  # fmt: skip
    assert [(mail.kind, str(mail.to_address)) for mail in found.mails] == [
        (Kind.SESSION_INVITATION, "zoe.dupont@exemple.fr")
    ]


def test_two_new_addresses_under_one_name_leave_the_old_one_as_it_is() -> None:
    two = PEOPLE + "S-1 | Zoé | Dupont | zd@exemple.fr\n"
    found = night(known(SENT), two)
    assert not [w for w in found.writes if w.field == "email"]
    assert sorted(str(mail.to_address) for mail in found.mails) == ["zd@exemple.fr", "zoe.dupont@exemple.fr"]


def test_an_address_that_the_seance_shows_already_is_nobodys_correction() -> None:
    noted = NOTED + "S-1 | Zoé | Dupont | zoe.dupont@exemple.fr | Participant | Inscrit | \n"
    assert not [w for w in night(known(SENT), noted=noted).writes if w.field == "email"]
