"""French spacing and apostrophes: put in once, where words leave the house, and never in what is to be typed or read by a program."""

import re
from datetime import date

import pytest
from babel.messages.pofile import read_po
from hypothesis import given
from hypothesis import strategies as st

from processor.model import french
from processor.model.catalogue import LOCALE
from processor.model.typography import curled, plain, same_words, typeset


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Que faire : saisissez une date !", "Que faire_: saisissez une date_!"),
        ("Vraiment ?! Oui ; non.", "Vraiment_?! Oui_; non."),
        ("la feuille « Lieux », puis « Prêt ? »", "la feuille «_Lieux_», puis «_Prêt ?_»"),
        ("à 12:30, le 01/12/2026 09:00", "à 12:30, le 01/12/2026 09:00"),
        ("https://exemple.fr/?a=1&b=2 : le plan", "https://exemple.fr/?a=1&b=2_: le plan"),
        ("lancez « seances run a ; b » : c’est tout", "lancez «_seances run a ; b_»_: c’est tout"),
        ("C:\\Mes documents\\a b.xlsx", "C:\\Mes documents\\a b.xlsx"),
        ("{% if a != b %}{{ c }}{% endif %} :", "{% if a != b %}{{ c }}{% endif %}_:"),
        (" : en tête\n : de ligne", " : en tête\n : de ligne"),
        ("«sans espaces»:non", "«sans espaces»:non"),
        ("un seul « guillemet", "un seul «_guillemet"),
    ],
)
def test_a_space_before_a_high_sign_and_inside_guillemets_does_not_break(typed: str, shown: str) -> None:
    assert typeset(typed).replace("\u00a0", "_") == shown


@given(st.text("ab « » : ; ! ? \n\u00a0'’1"))
def test_what_is_typeset_stays_as_it_is_and_says_the_same_words(text: str) -> None:
    once = typeset(text)
    assert typeset(once) == once
    assert same_words(once, text)
    assert plain(once) == plain(text)


def test_an_apostrophe_between_letters_is_curly_and_other_quotes_stay() -> None:
    assert curled("l'été d'Anne, 'nuit', 5', {{ a['b'] }}") == "l’été d’Anne, 'nuit', 5', {{ a['b'] }}"


def test_our_sentences_have_curly_apostrophes() -> None:
    straight = []
    for file in LOCALE.glob("*/LC_MESSAGES/*.po"):
        with file.open("rb") as source:
            for message in read_po(source):
                forms = message.string if isinstance(message.string, tuple) else (message.string,)
                straight += [
                    f"{file.name}: {message.id}" for form in forms if re.search(r"[^\W\d_]'[^\W\d_]", form)
                ]
    assert straight == []


@pytest.mark.parametrize(
    ("when", "said"),
    [
        (date(2026, 12, 1), "mardi 1er décembre 2026"),
        (date(2026, 12, 2), "mercredi 2 décembre 2026"),
        (date(2026, 12, 21), "lundi 21 décembre 2026"),
    ],
)
def test_the_first_of_a_month_is_1er_and_the_other_days_are_plain(when: date, said: str) -> None:
    assert french.day(when) == said
    assert french.short_day(when).split()[1] == said.split()[1]
