from tests.sheets import planned, told

SEANCES = "Code | Nom | Date de début | Date de fin | Session | Lieu | Formateurs | Modèle d'invitation | Inscription\n"
ROW = "S-1 | Yoga | 23/12/2026 09:00 | 23/12/2026 12:30 | "
SHEETS = {
    "sessions": "Code | Nom\nP1 | Printemps",
    "lieux": "Nom | Ville\nSalle Vosges | Strasbourg",
    "formateurs": "Prénom | Nom\nAnne | Weber",
    "modeles": "Nom | Type | Fichier\nLettre | Invitation à une séance | a.docx\nReçu | Attestation de séance | b.docx",
}


def test_names_that_no_other_sheet_knows_are_told_with_the_nearest() -> None:
    found = planned(SEANCES + ROW + "P2 | Sale Vosges | Ana Weber ; Weber Anne | Letre", **SHEETS)
    assert told(found.findings) == [
        "E2 session-inconnue: « P2 » n’est pas dans la feuille « Sessions ».",
        "F2 lieu-inconnu: « Sale Vosges » n’est pas dans la feuille « Lieux ».",
        "G2 formateur-inconnu: « Ana Weber » n’est pas dans la feuille « Formateurs ».",
        "H2 modele-inconnu: « Letre » n’est pas dans la feuille « Modèles ».",
    ]
    nearest = {finding.code: finding.fix.rpartition("proche est ")[2] for finding in found.findings}
    assert nearest["lieu-inconnu"] == "« Salle Vosges »."
    assert nearest["formateur-inconnu"] == "« Anne Weber »."
    assert nearest["modele-inconnu"] == "« Lettre »."


def test_what_refers_to_an_absent_sheet_is_not_checked() -> None:
    assert not planned(SEANCES + ROW + "P2 | Sale Vosges | Ana Weber | Letre").findings


def test_a_template_of_another_type_is_told() -> None:
    found = planned(SEANCES + ROW + "P1 | | | Reçu", **SHEETS)
    assert told(found.findings) == [
        "H2 modele-d-un-autre-type: « Reçu » est un modèle « Attestation de séance »."
    ]


def test_an_unknown_way_of_registering_lists_the_accepted_ones() -> None:
    found = planned(SEANCES + ROW + " | | | | Automatic")
    assert found.findings[0].fix == (
        "choisissez parmi « Automatique », « Manuelle », « Publique ». La valeur la plus proche est « Automatique »."
    )


def test_a_finding_is_shown_on_its_row_and_its_cell_is_marked() -> None:
    found = planned(SEANCES.strip() + " | Contrôle\n" + ROW + "| Sale Vosges", lieux=SHEETS["lieux"])
    [write] = [write for write in found.writes if write.field == "control"]
    assert write.value == (
        "Ligne laissée de côté : Lieu (F2), « Sale Vosges » n’est pas dans la feuille « Lieux ». Que faire : choisissez un nom de "
        "la feuille « Lieux », ou ajoutez-y une ligne. La valeur la plus proche est « Salle Vosges »."
    )
    assert [(mark.sheet, mark.row, mark.column, mark.marked) for mark in found.marks] == [
        ("Séances ouvertes", 2, 6, True)
    ]


def test_a_mended_row_loses_what_it_was_told() -> None:
    told_before = "Ligne laissée de côté : Lieu (F2), « Sale Vosges » n’est pas dans la feuille « Lieux »."
    found = planned(
        SEANCES.strip() + " | Contrôle\n" + ROW + f" | Salle Vosges | | | | {told_before}",
        lieux=SHEETS["lieux"],
    )
    assert [(write.field, write.value) for write in found.writes] == [("control", None)]


def test_what_staff_wrote_in_controle_stays() -> None:
    assert planned(SEANCES.strip() + " | Contrôle\n" + ROW + " | | | | | vu avec la mairie").empty


def test_a_near_miss_in_parametres_is_told_and_a_note_of_staffs_own_is_not() -> None:
    found = planned(SEANCES, parametres="Nom | Valeur\norganime | Centre\ncouleur des murs | bleu")
    assert told(found.findings) == ["A2 parametre-inconnu: « organime » n’est pas un paramètre connu."]


def test_all_that_is_wrong_with_a_row_is_told_at_once() -> None:
    found = planned(
        SEANCES + "S-1 | Yoga | 31/02/2027 | 23/12/2026 12:30 | | Sale Vosges", lieux=SHEETS["lieux"]
    )
    assert [(finding.cell, finding.code) for finding in found.findings] == [
        ("C2", "date-illisible"),
        ("F2", "lieu-inconnu"),
    ]


def test_a_finding_about_a_header_is_never_written_over_the_header() -> None:
    found = planned(
        "Code | Nom | Date de début | Date de fin | Contrôle | Nom\nS-1 | A | 07/12/2026 | 07/12/2026"
    )
    assert [finding.code for finding in found.findings] == ["colonne-en-double"]
    assert not found.writes


def test_a_comment_of_an_unknown_seance_is_told_with_the_nearest_code() -> None:
    comments = "Séance | Commentaire\nS-l | Salle froide\nS-1 | Bien"
    found = planned(SEANCES + ROW, commentaires=comments)
    assert told(found.findings) == ["A2 commentaire-sans-seance: aucune séance n’a le code « S-l »."]
    [roll] = found.rolls
    assert [comment.text for comment in roll.comments] == ["Bien"]


def test_a_domain_one_slip_from_a_known_one_is_told_and_the_address_used() -> None:
    people = "Séance | Prénom | Nom | Courriel\nS-1 | Zoé | Dupont | zoe@gmial.com"
    found = planned(SEANCES + ROW, inscriptions=people)
    [finding] = found.findings
    assert (finding.cell, finding.problem) == (
        "D2",
        "« zoe@gmial.com » : « gmial.com » ressemble à « gmail.com ».",
    )
    assert "« zoe@gmail.com »" in finding.fix
    assert str(found.rolls[0].attendees[0].email) == "zoe@gmial.com"


def test_what_is_known_by_a_code_is_asked_for_as_a_code_and_the_rest_as_a_name() -> None:
    found = planned(SEANCES + ROW + "P2 | Sale Vosges", **SHEETS)
    fixes = {finding.code: finding.fix for finding in found.findings}
    assert fixes["session-inconnue"].startswith("choisissez un code de la feuille « Sessions »")
    assert fixes["lieu-inconnu"].startswith("choisissez un nom de la feuille « Lieux »")
