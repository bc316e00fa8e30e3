"""What earlier nights left in the journal and in the workbook decides what is made, and made again."""

from dataclasses import replace
from datetime import datetime

from processor.model import Kind
from processor.model.findings import Severity
from processor.model.keys import action_key
from processor.model.past import DocumentRecord, Known, MailRecord, MailState
from processor.model.plan import Plan
from tests.sheets import NOW, planned, told

HEAD = "Code | Nom | Date de début | Date de fin | Session | Inviter | Attester | Modèle d'attestation\n"
OVER = "S-1 | Yoga | 20/11/2026 09:00 | 20/11/2026 12:00 | | | {} |"
PEOPLE = "Session | Séance | Prénom | Nom | Courriel | Inscrit le | Employeur\n"
ZOE = " | S-1 | Zoé | Dupont | zoe@exemple.fr\n"
ALI = " | S-1 | Ali | Benali | ali@exemple.fr\n"
NOTED = "Séance | Prénom | Nom | Présence | Réémettre | Attestation n° | Attestation envoyée le\n"
ATTESTATION = Kind.SEANCE_ATTESTATION


def night(
    row: str,
    people: str = ZOE,
    noted: str = "",
    known: Known | None = None,
    now: datetime = NOW,
    **sheets: str,
) -> Plan:
    return planned(
        HEAD + row, now, known, inscriptions=PEOPLE + people, participations=NOTED + noted, **sheets
    )


def issued(plan: Plan) -> Known:
    """The journal after a night whose documents were made and whose mails left."""
    documents = {
        d.key: DocumentRecord(
            d.key, d.kind, d.seance, d.session, d.person, d.said, "f.docx", number=d.facts.number
        )
        for d in plan.documents
    }
    mails = {
        m.key: MailRecord(
            m.key, m.kind, m.seance, m.session, m.person, m.to_address, MailState.SENT, NOW, m.news
        )
        for m in plan.mails
    }
    return Known(mails, documents)


def test_who_has_an_attestation_in_the_journal_gets_no_second_one() -> None:
    noted = "S-1 | Zoé | Dupont | Présent\nS-1 | Ali | Benali | Présent\n"
    first = night(OVER.format("oui"), ZOE + ALI, noted)
    assert len(first.documents) == 2
    assert not night(OVER.format("oui"), ZOE + ALI, noted, issued(first)).documents
    half = issued(first)
    gone = next(key for key, one in half.documents.items() if one.person.startswith("benali"))
    half = replace(half, documents={k: d for k, d in half.documents.items() if k != gone},
                   mails={k: m for k, m in half.mails.items() if k != gone})  # fmt: skip
    assert [
        d.facts.person and d.facts.person.first_name
        for d in night(OVER.format("oui"), ZOE + ALI, noted, half).documents
    ] == ["Ali"]


def test_the_date_and_the_number_of_what_left_are_shown_on_the_row_of_the_person() -> None:
    noted = "S-1 | Zoé | Dupont | Présent\n"
    known = issued(night(OVER.format("oui"), noted=noted))
    shown = {(w.field, w.value) for w in night(OVER.format(""), noted=noted, known=known).writes
             if w.source.sheet == "Participations" and w.source.row == 2}  # fmt: skip
    assert shown == {("attested_on", NOW), ("attestation_number", "2026-000001")}


def test_a_reissued_attestation_is_the_second_version_and_cancels_the_first() -> None:
    noted = "S-1 | Zoé | Dupont | Présent | {} | 2026-000001 | 01/12/2026 02:00\n"
    known = issued(night(OVER.format("oui"), noted="S-1 | Zoé | Dupont | Présent\n"))
    plan = night(OVER.format(""), noted=noted.format("nom corrigé"), known=known)
    [again] = plan.documents
    assert again.key == action_key(ATTESTATION, "S-1", "dupont zoe", 2)
    assert (again.facts.replaces, again.facts.number, again.reason) == (
        "2026-000001",
        "2026-000002",
        "nom corrigé",
    )
    assert ("reissue", None) in {(w.field, w.value) for w in plan.writes}
    refused = night(OVER.format(""), noted=noted.format("oui"), known=known)
    assert not refused.documents
    assert told(refused.findings) == [
        "E2 reemission-sans-motif: « oui » ne dit pas pourquoi réémettre l’attestation."
    ]


def test_a_reissued_attestation_is_made_from_the_template_that_its_seance_names() -> None:
    known = issued(night(OVER.format("oui"), noted="S-1 | Zoé | Dupont | Présent\n"))
    noted = "S-1 | Zoé | Dupont | Présent | nom corrigé | 2026-000001 | 01/12/2026 02:00\n"
    models = "Nom | Type | Fichier\nBleue | Attestation de séance | b.docx\nRouge | Attestation de séance | r.docx\n"
    plan = night(OVER.format("") + " Rouge", noted=noted, known=known, modeles=models)
    assert [d.template.name for d in plan.documents] == ["Rouge"]


def test_each_absent_person_is_written_to_once() -> None:
    noted = "S-1 | Zoé | Dupont | Absent non justifié\nS-1 | Ali | Benali | Absent non justifié\n"
    asked = {"parametres": "Nom | Valeur\nsuivi des absences | oui"}
    first = night(OVER.format(""), ZOE + ALI, noted, **asked)
    assert sorted(mail.to_name for mail in first.mails) == ["Ali Benali", "Zoé Dupont"]
    assert len({mail.key for mail in first.mails}) == 2
    assert not night(OVER.format(""), ZOE + ALI, noted, issued(first), **asked).mails


def test_a_sheet_to_sign_is_made_again_when_its_seance_moves_and_not_otherwise() -> None:
    near = "S-1 | Yoga | 03/12/2026 {}:00 | 03/12/2026 12:00 | | | |"
    models = {"modeles": "Nom | Type | Fichier\nÉmargement | Feuille d'émargement | e.docx\n"}
    known = issued(night(near.format("09"), **models))
    assert len(known.documents) == 1
    assert not night(near.format("09"), known=known, **models).documents
    assert len(night(near.format("10"), known=known, **models).documents) == 1


def test_a_session_whose_hours_are_unknown_waits_and_says_for_whom() -> None:
    rows = "S-1 | Yoga | 20/11/2026 09:00 | 20/11/2026 | P1 | | |"
    plan = night(rows, "P1 | | Zoé | Dupont | zoe@exemple.fr\n", "S-1 | Zoé | Dupont | Présent\n",
                 sessions="Code | Nom | Attester\nP1 | Printemps | oui")  # fmt: skip
    assert not plan.documents
    [finding] = [f for f in plan.findings if f.code == "heures-inconnues"]
    assert (finding.sheet, finding.cell) == ("Sessions", "C2")
    assert "Zoé Dupont" in finding.problem
    assert not [w for w in plan.writes if w.field == "attest"]


def test_a_session_without_anyone_keeps_its_request() -> None:
    rows = "S-1 | Yoga | 20/12/2026 09:00 | 20/12/2026 12:00 | P1 | | |"
    plan = night(rows, "", sessions="Code | Nom | Inviter\nP1 | Printemps | oui")
    assert told(plan.findings) == ["C2 personne-a-inviter: personne n’est inscrit à cette session."]
    assert not [w for w in plan.writes if w.field == "invite"]


def test_what_only_the_workbook_knows_of_a_session_is_counted_in_the_journal() -> None:
    rows = "S-1 | Yoga | 20/12/2026 09:00 | 20/12/2026 12:00 | P1 | | |"
    plan = planned(
        HEAD + rows, sessions="Code | Nom | Inviter\nP1 | Printemps | oui", journal="Quand | Action | Séance | Détail",
        inscriptions="Session | Prénom | Nom | Courriel | Invitation envoyée le\nP1 | Zoé | Dupont | zoe@exemple.fr | 01/11/2026",
    )  # fmt: skip
    assert not plan.mails
    assert [
        (r.values["action"], r.values["seance"], r.values["detail"])
        for r in plan.rows
        if r.sheet == "Journal"
    ] == [
        ("Invitation", "P1", "1 personne déjà invitée"),
        ("Journal d’envoi", "P1", "1 invitation du classeur sans trace au journal, non renvoyée"),
    ]


def test_a_seat_at_a_seance_of_the_session_counts_before_an_older_date() -> None:
    rows = "S-1 | Yoga | 20/12/2026 09:00 | 20/12/2026 12:00 | P1 | | |"
    people = "P1 | | Zoé | Dupont | zoe@exemple.fr | 05/11/2026\nP1 | | Ali | Benali | ali@exemple.fr | 01/11/2026\n"
    sessions = "Code | Nom | Inscription | Places\nP1 | Printemps | Manuelle | 1"

    def seated(noted: str) -> list[str]:
        [whole] = night(rows, people, noted, sessions=sessions).session_rolls
        return [f"{person.first_name} {person.status}" for person in whole.attendees]

    assert seated("S-1 | Zoé | Dupont\n") == ["Ali En attente", "Zoé Inscrit"]
    assert seated("") == ["Ali Inscrit", "Zoé En attente"]


def test_what_is_blank_on_one_row_of_a_person_is_taken_from_the_other() -> None:
    people = " | S-1 | Zoé | Dupont | | 01/11/2026 | Mairie\n | S-1 | Zoé | Dupont | zoe@exemple.fr | 02/11/2026 |\n"
    [roll] = night("S-1 | Yoga | 20/12/2026 09:00 | 20/12/2026 12:00 | | | |", people).rolls
    assert [(str(p.email), p.employer) for p in roll.attendees] == [("zoe@exemple.fr", "Mairie")]


def test_a_list_is_written_for_its_seance_and_again_when_it_changes() -> None:
    row = "S-1 | Yoga | 20/12/2026 09:00 | 20/12/2026 12:00 | | | |"
    [first] = night(row).lists
    assert (first.code, first.because) == ("S-1", "la liste est nouvelle")
    known = Known(
        documents={first.key: DocumentRecord(first.key, Kind.LIST, "S-1", "", "", first.said, "f.xlsx")}
    )
    assert not night(row, known=known).lists
    assert [one.because for one in night(row, ZOE + ALI, known=known).lists] == ["la liste a changé"]


def test_new_seances_of_a_session_are_told_in_the_journal() -> None:
    rows = "S-1 | Yoga | 20/12/2026 09:00 | 20/12/2026 12:00 | P1 | | |\n"
    people = "P1 | | Zoé | Dupont | zoe@exemple.fr\nP1 | | Ali | Benali | ali@exemple.fr\n"
    sessions = "Code | Nom | Inviter\nP1 | Printemps | {}"
    known = issued(night(rows, people, sessions=sessions.format("oui")))
    later = rows + "S-2 | Bal | 21/12/2026 09:00 | 21/12/2026 12:00 | P1 | | |"
    plan = night(
        later, people, known=known, sessions=sessions.format(""), journal="Quand | Action | Séance | Détail"
    )
    assert [
        (r.values["action"], r.values["seance"], r.values["detail"])
        for r in plan.rows
        if r.sheet == "Journal"
    ] == [("Nouvelles séances", "P1", "2 personnes prévenues")]
    assert {mail.source.sheet for mail in plan.mails} == {"Sessions"}
    assert [
        [held.seance.code for held in mail.facts.session.seances] for mail in plan.mails if mail.facts.session
    ] == [["S-2"]] * 2


def test_what_is_out_of_proportion_stops_the_night() -> None:
    from processor.rules.safety import refusals

    [refusal] = refusals(night("S-1 | Yoga | 20/12/2026 09:00 | 20/12/2026 12:00 | | oui | |"), 1, 0)
    assert (refusal.severity, refusal.code) == (Severity.STOP, "trop-de-courriels")
    assert "--accept-large-plan" in refusal.fix
