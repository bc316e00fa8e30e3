"""The sheet Paramètres: what a new workbook leaves open is told once each night, what staff left out is not."""

import pytest

from processor.model import Parameters
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


@pytest.mark.parametrize(
    ("name", "most"),
    [
        ("invitation automatique (jours avant)", 366),
        ("rappel (jours ouvrés avant)", 366),
        ("relance des présences (jours après)", 366),
        ("feuille d'émargement (jours avant)", 366),
        ("pause de midi (minutes)", 480),
        ("agenda : alarme (minutes avant)", 40320),
    ],
)
def test_a_delay_that_leads_out_of_the_calendar_is_told_and_the_default_holds(name: str, most: int) -> None:
    found = snapshot(OPEN, parametres=f"Nom | Valeur\n{name} | 999999")
    [finding] = found.findings
    assert (finding.cell, finding.problem) == ("B2", "« 999999 » est trop grand pour ce réglage.")
    assert finding.fix == f"écrivez un nombre entier, {most} au plus."
    assert found.parameters == Parameters()
