from dataclasses import replace
from datetime import datetime

from processor.model import Kind
from processor.model.address import unjudged
from processor.model.findings import Finding, Severity
from processor.model.keys import action_key
from processor.model.past import DocumentRecord, Known, MailRecord, MailState
from processor.model.plan import Plan
from processor.rules.plan import plan
from tests.sheets import NOW, planned, snapshot, told

SEANCES = "Code | Nom | Date de début | Date de fin | Inviter | Attester | État\n"
AHEAD = "S-1 | Yoga | 23/12/2026 09:00 | 23/12/2026 12:30 | "
OVER = "S-1 | Yoga | 20/11/2026 09:00 | 20/11/2026 12:30 | | "
PEOPLE = "Séance | Prénom | Nom | Courriel\nS-1 | Zoé | Dupont | zoe@exemple.fr\nS-1 | Ali | Benali | ali@exemple.fr\n"
NOTED = "Séance | Prénom | Nom | Courriel | Présence | Heures | Statut | Attestation envoyée le | Invitation envoyée le\n"
INVITED = MailRecord(action_key(Kind.SEANCE_INVITATION, "S-1", "dupont zoe"), Kind.SEANCE_INVITATION, "S-1", "", "dupont zoe",
                   unjudged("zoe@exemple.fr"), MailState.SENT, datetime(2026, 11, 1, 3))  # fmt: skip

BROKEN = Finding("modele-illisible", Severity.ROW, "", "", "")


def letters(found: Plan) -> list[str]:
    return sorted(f"{mail.kind.label} → {mail.to_address}" for mail in found.mails)


def cleared(found: Plan) -> set[str]:
    return {write.field for write in found.writes if write.value is None}


def test_everyone_registered_is_invited_on_request_and_the_request_is_cleared() -> None:
    found = planned(SEANCES + AHEAD + "oui", inscriptions=PEOPLE)
    assert letters(found) == [
        "Invitation à une séance → ali@exemple.fr",
        "Invitation à une séance → zoe@exemple.fr",
    ]
    assert len(found.documents) == 2
    assert "invite" in cleared(found)


def test_nobody_is_invited_twice_even_if_the_request_comes_again() -> None:
    found = planned(SEANCES + AHEAD + "oui", known=Known(mails={INVITED.key: INVITED}), inscriptions=PEOPLE)
    assert letters(found) == ["Invitation à une séance → ali@exemple.fr"]


def test_the_workbooks_own_date_counts_as_evidence_when_the_journal_is_lost() -> None:
    noted = NOTED + "S-1 | Zoé | Dupont | zoe@exemple.fr | | | | | 01/11/2026 03:00"
    found = planned(SEANCES + AHEAD + "oui", inscriptions=PEOPLE, participations=noted)
    assert letters(found) == ["Invitation à une séance → ali@exemple.fr"]


def test_a_person_without_an_address_gets_a_letter_to_print_and_no_mail() -> None:
    found = planned(
        SEANCES + AHEAD + "oui",
        inscriptions="Séance | Prénom | Nom | Courriel\nS-1 | Zoé | Dupont | zoe.exemple.fr",
    )
    assert told(found.findings) == ["D2 courriel-illisible: « zoe.exemple.fr » n’a pas de signe @."]
    assert (len(found.documents), len(found.mails)) == (1, 0)


def test_a_request_with_nobody_to_invite_waits() -> None:
    found = planned(SEANCES + AHEAD + "oui")
    assert told(found.findings) == ["E2 personne-a-inviter: personne n’est inscrit à cette séance."]
    assert "invite" not in cleared(found)


def test_a_cancelled_seance_invites_nobody_and_tells_those_who_were() -> None:
    found = planned(
        SEANCES + AHEAD + "oui | | Annulée", known=Known(mails={INVITED.key: INVITED}), inscriptions=PEOPLE
    )
    assert letters(found) == ["Annulation d'une séance → zoe@exemple.fr"]


def test_a_row_in_error_is_set_aside_whole_and_the_others_go_on() -> None:
    rows = AHEAD.replace("S-1", "S-9") + "peut-être\n" + AHEAD + "oui"
    found = planned(SEANCES + rows, inscriptions=PEOPLE + "S-9 | Eva | Costa | eva@exemple.fr\n")
    assert told(found.findings) == ["E2 oui-non-illisible: « peut-être » ne veut dire ni oui ni non."]
    assert len(found.mails) == 2
    assert {row.values["seance"] for row in found.rows} == {"S-1"}


def test_attestations_go_to_people_present_only() -> None:
    noted = (
        NOTED
        + "S-1 | Zoé | Dupont | zoe@exemple.fr | Présent\nS-1 | Ali | Benali | ali@exemple.fr | Absent justifié"
    )
    found = planned(SEANCES + OVER + "oui", inscriptions=PEOPLE, participations=noted)
    assert letters(found) == ["Attestation de séance → zoe@exemple.fr"]
    assert [(d.facts.hours, d.facts.number) for d in found.documents] == [(3.5, "2026-000001")]
    assert "attest" in cleared(found)


def test_the_hours_that_staff_noted_beat_the_length_of_the_seance() -> None:
    noted = NOTED + "S-1 | Zoé | Dupont | zoe@exemple.fr | Présent | 2,5"
    found = planned(SEANCES + OVER + "oui", inscriptions=PEOPLE, participations=noted)
    assert [document.facts.hours for document in found.documents] == [2.5]


def test_a_blank_presence_is_told_and_keeps_the_request_while_the_others_are_attested() -> None:
    noted = NOTED + "S-1 | Zoé | Dupont | zoe@exemple.fr | Présent\nS-1 | Ali | Benali | ali@exemple.fr"
    found = planned(SEANCES + OVER + "oui", inscriptions=PEOPLE, participations=noted)
    assert letters(found) == ["Attestation de séance → zoe@exemple.fr"]
    assert told(found.findings) == [
        "F2 presence-non-renseignee: la présence n’est pas notée pour Ali Benali."
    ]
    assert "attest" not in cleared(found)


def test_nobody_is_attested_before_the_end() -> None:
    found = planned(
        SEANCES + AHEAD + " | oui",
        inscriptions=PEOPLE,
        participations=NOTED + "S-1 | Zoé | Dupont | | Présent",
    )
    assert [finding.code for finding in found.findings] == ["attestation-trop-tot"]
    assert not found.mails


def test_numbers_follow_the_highest_of_the_year_that_the_journal_or_the_workbook_knows() -> None:
    issued = DocumentRecord("k", Kind.SEANCE_ATTESTATION, "S-0", "", "", "", "", "", "2026-000041")
    noted = NOTED + "S-1 | Zoé | Dupont | zoe@exemple.fr | Présent"
    found = planned(
        SEANCES + OVER + "oui",
        known=Known(documents={"k": issued}),
        inscriptions=PEOPLE,
        participations=noted,
    )
    assert [document.facts.number for document in found.documents] == ["2026-000042"]


def test_a_session_certificate_lists_the_persons_own_seances_and_hours() -> None:
    seances = """Code | Nom | Date de début | Date de fin | Session
S-1 | A | 20/11/2026 09:00 | 20/11/2026 12:00 | P1
S-2 | B | 21/11/2026 09:00 | 21/11/2026 11:00 | P1
"""
    noted = """Séance | Prénom | Nom | Présence
S-1 | Zoé | Dupont | Présent
S-2 | Zoé | Dupont | Présent
S-1 | Ali | Benali | Présent
S-2 | Ali | Benali | Absent non justifié
"""
    found = planned(seances, sessions="Code | Nom | Attester | Modèle de certificat\nP1 | Printemps | oui | Attestation de session",
                    inscriptions="Session | Prénom | Nom | Courriel\nP1 | Zoé | Dupont | z@exemple.fr\nP1 | Ali | Benali | a@exemple.fr",
                    participations=noted)  # fmt: skip
    told_ = {d.facts.person.first_name: ([r.seance.code for r in d.facts.session.seances], d.facts.hours)
             for d in found.documents if d.facts.person and d.facts.session}  # fmt: skip
    assert told_ == {"Zoé": (["S-1", "S-2"], 5.0), "Ali": (["S-1"], 3.0)}


def test_a_feuille_d_emargement_is_made_some_days_before_and_again_only_if_it_would_say_something_else() -> (
    None
):
    seances = SEANCES + "S-1 | Yoga | 05/12/2026 09:00 | 05/12/2026 12:00"
    [sheet] = planned(seances, inscriptions=PEOPLE).documents
    key = DocumentRecord(sheet.key, sheet.kind, "S-1", "", "", sheet.said, "x")
    assert sheet.kind is Kind.EMARGEMENT
    assert not planned(seances, known=Known(documents={sheet.key: key}), inscriptions=PEOPLE).documents
    assert planned(
        seances, known=Known(documents={sheet.key: key}), inscriptions=PEOPLE + "S-1 | Eva | Costa"
    ).documents


def test_several_templates_of_a_kind_ask_for_a_choice() -> None:
    modeles = "Nom | Type | Fichier\nBleu | Invitation à une séance | a.docx\nVert | Invitation à une séance | b.docx"
    found = planned(SEANCES + AHEAD + "oui", inscriptions=PEOPLE, modeles=modeles)
    assert told(found.findings) == [
        "E2 modele-a-choisir: plusieurs modèles conviennent : « Bleu », « Vert »."
    ]
    named = planned(SEANCES + AHEAD + "oui", inscriptions=PEOPLE, modeles=modeles,
                    parametres="Nom | Valeur\nmodèle d'invitation à une séance | vert")  # fmt: skip
    assert {document.template.file for document in named.documents} == {"b.docx"}


def test_a_template_in_error_sets_aside_only_what_needs_it() -> None:
    taken = snapshot(SEANCES + AHEAD + "oui\n" + OVER.replace("S-1", "S-2") + "oui", inscriptions=PEOPLE,
                     participations=NOTED + "S-2 | Zoé | Dupont | zoe@exemple.fr | Présent",
                     modeles="Nom | Type | Fichier\nA | Invitation à une séance | a.docx\nB | Attestation de séance | b.docx")  # fmt: skip
    found = plan(replace(taken, template_faults={taken.templates[0].place: (BROKEN,)}))
    assert letters(found) == ["Attestation de séance → zoe@exemple.fr"]
    assert [finding.code for finding in found.findings] == ["modele-illisible", "modele-en-erreur"]


def test_planning_twice_gives_the_same_plan() -> None:
    taken = snapshot(SEANCES + AHEAD + "oui", NOW, inscriptions=PEOPLE)
    assert plan(taken) == plan(taken)


def hours(row: str, noted: str = "Présent", settings: str = "", now: datetime = NOW) -> list[float | None]:
    people = NOTED + f"S-1 | Zoé | Dupont | zoe@exemple.fr | {noted}"
    found = planned(SEANCES + row, now, inscriptions=PEOPLE.splitlines()[0] + "\nS-1 | Zoé | Dupont", participations=people,
                    parametres=f"Nom | Valeur\n{settings}")  # fmt: skip
    return [document.facts.hours for document in found.documents]


def test_the_midday_break_is_taken_from_whole_days_only() -> None:
    day, morning = (f"S-1 | Yoga | 20/11/2026 09:00 | 20/11/2026 {end} | | oui" for end in ("17:00", "12:30"))
    assert hours(day) == [8.0]
    assert hours(day, settings="pause de midi (minutes) | 90") == [6.5]
    assert hours(morning, settings="pause de midi (minutes) | 90") == [3.5]
    assert hours(day, "Présent | 3", settings="pause de midi (minutes) | 90") == [3.0]


def test_a_seance_of_several_days_counts_its_days_and_one_through_the_night_its_night() -> None:
    assert hours("S-1 | Stage | 16/11/2026 09:00 | 18/11/2026 17:00 | | oui") == [24.0]
    assert hours("S-1 | Garde | 16/11/2026 22:00 | 17/11/2026 06:00 | | oui") == [8.0]


def test_the_hours_of_the_nights_on_which_clocks_change_are_those_that_pass() -> None:
    assert hours("S-1 | Garde | 24/10/2026 22:00 | 25/10/2026 06:00 | | oui") == [9.0]
    assert hours("S-1 | Garde | 28/03/2026 22:00 | 29/03/2026 06:00 | | oui") == [7.0]


def test_hours_that_nobody_gave_are_not_invented() -> None:
    row, noted = (
        "S-1 | Yoga | 20/11/2026 | 20/11/2026 | | oui",
        NOTED + "S-1 | Zoé | Dupont | zoe@exemple.fr | Présent",
    )
    found = planned(
        SEANCES + row, inscriptions=PEOPLE, participations=noted + "\nS-1 | Ali | Benali | | Absent justifié"
    )
    assert not found.documents
    assert [finding.code for finding in found.findings] == ["heures-inconnues"]
    assert "attest" not in cleared(found)
    assert hours(row, "Présent | 4") == [4.0]


def test_a_session_certificate_says_the_same_hours_on_its_lines_as_in_its_sum() -> None:
    two = "".join(f"S-{n} | Yoga | {n}/11/2026 09:00 | {n}/11/2026 17:00 | P1\n" for n in (10, 11))
    found = planned("Code | Nom | Date de début | Date de fin | Session\n" + two,
                    sessions="Code | Nom | Attester | Modèle de certificat\nP1 | Automne | oui |",
                    inscriptions="Session | Prénom | Nom\nP1 | Zoé | Dupont",
                    participations=NOTED + "S-10 | Zoé | Dupont | | Présent\nS-11 | Zoé | Dupont | | Présent | 2,5",
                    parametres="Nom | Valeur\npause de midi (minutes) | 60\nmodèle d'attestation de session | Attestation de session")  # fmt: skip
    [document] = found.documents
    session = document.facts.session
    assert session is not None
    assert (document.facts.hours, [roll.attendees[0].hours for roll in session.seances]) == (9.5, [7.0, 2.5])


def test_a_named_template_in_error_is_never_replaced_by_another_one() -> None:
    modeles = (
        "Nom | Type | Fichier\nBleu | Invitation à une séance | \nVert | Invitation à une séance | b.docx"
    )
    found = planned(SEANCES + AHEAD + "oui", inscriptions=PEOPLE, modeles=modeles,
                    parametres="Nom | Valeur\nmodèle d'invitation à une séance | Bleu")  # fmt: skip
    assert not found.mails
    assert [finding.code for finding in found.findings] == ["cellule-vide", "modele-en-erreur"]


def test_who_is_known_from_participations_alone_has_staffs_own_columns_blank() -> None:
    found = planned(
        SEANCES + "S-1 | Yoga | 20/11/2026 09:00 | 20/11/2026 12:00 | | oui",
        inscriptions="Séance | Prénom | Nom | Service\nS-1 | Ali | Benali | Accueil",
        participations=NOTED + "S-1 | Zoé | Dupont | | Présent\nS-1 | Ali | Benali | | Présent",
    )
    own = {d.facts.person.first_name: d.facts.person.others for d in found.documents if d.facts.person}
    assert own == {"Zoé": {"Service": ""}, "Ali": {"Service": "Accueil"}}


def test_the_length_of_a_seance_in_documents_and_pages_is_that_of_attestations() -> None:
    day = "S-1 | Yoga | 10/12/2026 09:00 | 10/12/2026 17:00 | |\n"
    found = planned(SEANCES + day, parametres="Nom | Valeur\npause de midi (minutes) | 60")
    assert [roll.hours for roll in found.rolls] == [7.0]


ATTESTED = (
    "Séance | Prénom | Nom | Courriel | Présence | Attestation n° | Attestation envoyée le | Réémettre\n"
    "S-1 | Zoé | Dupont | {} | Présent | 2026-000001 | 21/11/2026 03:00 | nom corrigé"
)


def test_an_attestation_issued_again_goes_to_one_address_and_not_to_those_of_a_cell_with_two() -> None:
    people = "Séance | Prénom | Nom | Courriel\nS-1 | Zoé | Dupont | {}"
    found = planned(
        SEANCES + OVER, inscriptions=people.format("zoe@exemple.fr"), participations=ATTESTED.format("")
    )
    assert letters(found) == ["Attestation de séance → zoe@exemple.fr"]
    for only_noted in (SEANCES + OVER, SEANCES + OVER + "oui"):
        found = planned(only_noted, participations=ATTESTED.format("zoe@exemple.fr; luc@exemple.fr"))
        assert letters(found) == []
        assert "D2 courriel-illisible" in told(found.findings)[0]
        assert len(found.documents) == 1


def test_an_attestation_issued_again_is_not_sent_to_an_address_in_error() -> None:
    people = "Séance | Prénom | Nom | Courriel\nS-1 | Zoé | Dupont | Zoé <Zoe@exemple.fr>"
    known = Known(bounced={"zoe@exemple.fr": "inconnue"})
    found = planned(SEANCES + OVER, known=known, inscriptions=people, participations=ATTESTED.format(""))
    assert (len(found.documents), letters(found)) == (1, [])


def test_a_template_in_error_marks_no_row_for_which_nothing_is_due() -> None:
    sheet = SEANCES + AHEAD
    both = {
        mail.key: mail
        for mail in (
            INVITED,
            replace(
                INVITED,
                key=action_key(Kind.SEANCE_INVITATION, "S-1", "benali ali"),
                person="benali ali",
                to=unjudged("ali@exemple.fr"),
            ),
        )
    }
    models = "Nom | Type | Fichier\nA | Invitation à une séance | a.docx"
    taken = snapshot(sheet, known=Known(mails=both), inscriptions=PEOPLE, modeles=models)
    faults = {taken.templates[0].place: (BROKEN,)}
    assert [f.code for f in plan(replace(taken, template_faults=faults)).findings] == ["modele-illisible"]
    late = replace(taken, known=Known(mails={INVITED.key: INVITED}), template_faults=faults)
    assert [f.code for f in plan(late).findings] == ["modele-illisible", "modele-en-erreur"]


def test_attestations_refused_for_their_template_say_so_and_nothing_of_presences() -> None:
    noted = NOTED + "S-1 | Zoé | Dupont | zoe@exemple.fr | Présent"
    taken = snapshot(SEANCES + OVER + "oui", inscriptions=PEOPLE, participations=noted,
                     modeles="Nom | Type | Fichier\nA | Attestation de séance | a.docx")  # fmt: skip
    found = plan(replace(taken, template_faults={taken.templates[0].place: (BROKEN,)}))
    [refused] = [f for f in found.findings if f.code == "modele-en-erreur"]
    assert refused.why == "les attestations ne peuvent pas être faites sans modèle ; la demande est gardée."


def test_ok_is_no_request_but_a_question_to_staff() -> None:
    found = planned(SEANCES + AHEAD + "ok", inscriptions=PEOPLE)
    assert told(found.findings) == ["E2 oui-non-illisible: « ok » ne veut dire ni oui ni non."]
    assert not found.mails


def test_a_chase_says_how_long_ago_the_seance_was_and_not_the_setting() -> None:
    found = planned(
        "Code | Nom | Date de début | Date de fin | Formateurs\nS-1 | Yoga | 20/11/2026 09:00 | 20/11/2026 12:00 | Paul Roux",
        inscriptions=PEOPLE,
        formateurs="Prénom | Nom | Courriel\nPaul | Roux | paul@exemple.fr",
        parametres="Nom | Valeur\nrelance des présences (jours après) | 1",
    )
    assert [mail.because for mail in found.mails] == ["2 présences manquent 11 jours après la séance"]
