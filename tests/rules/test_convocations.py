"""Trainers are convoked to what others are invited to: who, when, once; and from no workbook that does not ask for it."""

from datetime import datetime

from processor.model import Kind
from processor.model.past import DocumentRecord, Known, MailRecord, MailState
from processor.model.plan import Plan
from tests.sheets import planned

ROW = "Nom | Type | Fichier\nInvitation | Invitation à une séance | i.docx\nSession | Invitation à une session | s.docx\n"
MODELES = ROW + "Convocation | Convocation d'un formateur | convocation-formateur.docx"
HEAD = "Code | Nom | Date de début | Date de fin | Session | Formateurs | Inviter | État\n"
YOGA = "S-1 | Yoga | 23/12/2026 09:00 | 23/12/2026 12:30 | | Anne Martin ; Luc Petit | oui"
TRAINERS = "Prénom | Nom | Courriel\nAnne | Martin | anne@exemple.fr\nLuc | Petit |\nEva | Costa |"
PEOPLE = "Session | Séance | Prénom | Nom | Courriel\n | S-1 | Zoé | Dupont | zoe@exemple.fr\n"
COURSE = "P1 | | Zoé | Dupont | zoe@exemple.fr"
LATER = datetime(2026, 12, 2, 2)


def decided(seances: str, *, modeles: str = MODELES, known: Known | None = None, **sheets: str) -> Plan:
    sheets = {"inscriptions": PEOPLE, "formateurs": TRAINERS} | sheets
    return planned(HEAD + seances, known=known, modeles=modeles, **sheets)


def convoked(found: Plan) -> list[str]:
    """Each convocation: to whom, about what, how it travels."""
    mailed = {key for mail in found.mails for key in mail.documents}
    return sorted(
        f"{d.facts.person.full_name}: {d.seance or d.session} {'by mail' if d.key in mailed else 'to print'}"
        for d in found.documents
        if d.kind is Kind.CONVOCATION and d.facts.person
    )


def after(found: Plan, before: Known | None = None) -> Known:
    """What the journal knows when all of a plan has left."""
    was = before or Known()
    mails = {m.key: MailRecord(m.key, m.kind, m.seance, m.session, m.person, m.to_address, MailState.SENT, LATER, m.news)
             for m in found.mails}  # fmt: skip
    documents = {
        d.key: DocumentRecord(d.key, d.kind, d.seance, d.session, d.person, d.said, "")
        for d in found.documents
    }
    return Known(mails={**was.mails, **mails}, documents={**was.documents, **documents})


def test_the_trainers_of_what_is_invited_to_tonight_are_convoked_and_one_without_an_address_on_paper() -> (
    None
):
    found = decided(YOGA)
    assert convoked(found) == ["Anne Martin: S-1 by mail", "Luc Petit: S-1 to print"]
    (mail,) = (mail for mail in found.mails if mail.kind is Kind.CONVOCATION)
    assert mail.kind.traits.ahead, "its calendar entry goes along"
    assert '"S-1"' in mail.news


def test_nothing_is_sent_from_a_workbook_without_the_row_or_without_modeles() -> None:
    assert convoked(decided(YOGA, modeles=ROW)) == []
    assert convoked(planned(HEAD + YOGA, inscriptions=PEOPLE, formateurs=TRAINERS)) == []


def test_nobody_is_convoked_to_what_nobody_is_invited_to_or_what_does_not_take_place() -> None:
    assert convoked(decided(YOGA.removesuffix("oui"))) == []
    assert convoked(decided(YOGA + " | Annulée")) == []
    assert convoked(decided(YOGA, inscriptions="Séance | Prénom | Nom")) == []
    assert convoked(decided(YOGA.replace("23/12/2026", "20/11/2026"))) == []


def test_each_is_convoked_once_and_one_named_later_gets_theirs_later() -> None:
    known, again = after(decided(YOGA)), YOGA.removesuffix("oui")
    assert convoked(decided(again, known=known)) == []
    assert convoked(decided(YOGA, known=known)) == [], "« Inviter » again convokes nobody again"
    joined = again.replace("Luc Petit", "Luc Petit ; Eva Costa")
    assert convoked(decided(joined, known=known)) == ["Eva Costa: S-1 to print"]


def test_a_row_added_after_the_invitations_convokes_the_trainers_of_what_is_ahead() -> None:
    known = after(decided(YOGA, modeles=ROW))
    assert len(convoked(decided(YOGA.removesuffix("oui"), known=known))) == 2


SESSION = "Code | Nom | Inviter\nP1 | Printemps | "
HELD = """S-1 | Yoga | 23/12/2026 09:00 | 23/12/2026 12:30 | P1 | Anne Martin ; Luc Petit
S-2 | Bilan | 24/12/2026 09:00 | 24/12/2026 12:30 | P1 | Anne Martin"""


def test_who_teaches_in_an_invited_session_has_one_letter_with_their_own_seances() -> None:
    found = decided(HELD, sessions=SESSION + "oui", inscriptions=PEOPLE + COURSE)
    assert convoked(found) == ["Anne Martin: P1 by mail", "Luc Petit: P1 to print"]
    named = {d.facts.person.full_name: [r.seance.code for r in d.facts.session.seances]
             for d in found.documents if d.kind is Kind.CONVOCATION and d.facts.person and d.facts.session}  # fmt: skip
    assert named == {"Anne Martin": ["S-1", "S-2"], "Luc Petit": ["S-1"]}
    known = after(found)
    assert convoked(decided(HELD, known=known, sessions=SESSION, inscriptions=PEOPLE + COURSE)) == []


def test_a_seance_that_a_session_gains_has_a_convocation_of_its_own() -> None:
    known = after(decided(HELD, sessions=SESSION + "oui", inscriptions=PEOPLE + COURSE))
    more = HELD + "\nS-3 | Clôture | 28/12/2026 09:00 | 28/12/2026 12:30 | P1 | Anne Martin"
    found = decided(more, known=known, sessions=SESSION, inscriptions=PEOPLE + COURSE)
    assert convoked(found) == ["Anne Martin: S-3 by mail"]
    assert (
        convoked(decided(more, known=after(found, known), sessions=SESSION, inscriptions=PEOPLE + COURSE))
        == []
    )


def test_a_sheet_journal_that_outlived_its_journal_keeps_a_trainer_from_a_second_convocation() -> None:
    noted = (
        "Quand | Action | Séance | Détail\n01/12/2026 02:00 | Convocation d'un formateur | S-1 | Anne Martin"
    )
    assert convoked(decided(YOGA, journal=noted)) == []


def test_two_rows_of_that_type_are_told_of_and_the_request_goes_on() -> None:
    found = decided(YOGA, modeles=MODELES + "\nAutre | Convocation d'un formateur | autre.docx")
    assert convoked(found) == []
    assert "modele-a-choisir" in {finding.code for finding in found.findings}
    assert any(mail.kind is Kind.SEANCE_INVITATION for mail in found.mails)
