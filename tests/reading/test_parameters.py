"""The sheet Paramètres: what a new workbook leaves open is told once each night, what staff left out is not."""

from tests.sheets import snapshot, told

OPEN = "Code | Nom | Date de début | Date de fin"


def test_a_blank_organisme_and_expediteur_are_told_and_a_sheet_without_these_lines_is_not() -> None:
    blank = snapshot(OPEN, parametres="Nom | Valeur\norganisme |\nexpéditeur |\ncourriel |\nville |")
    assert told(blank.findings) == [
        "B2 parametre-vide: le nom de votre organisme n’est pas encore écrit.",
        "B3 parametre-vide: l’adresse de l’expéditeur n’est pas encore écrite.",
    ]
    assert not snapshot(OPEN, parametres="Nom | Valeur\nville | Lyon").findings


def test_the_office_s_own_address_does_for_the_sender() -> None:
    rows = "organisme | Centre\nexpéditeur |\ncourriel | contact@exemple.fr"
    assert not snapshot(OPEN, parametres=f"Nom | Valeur\n{rows}").findings
