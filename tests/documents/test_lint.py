"""What lint says of a template, before any document is made of it."""

from pathlib import Path

import pytest

from processor.documents.lint import sample
from processor.documents.lint.lint import lint
from processor.model import DOCUMENTS, Kind

TEMPLATES = Path(__file__).parents[2] / "templates"
COMPLETE = (
    "{{ personne.identite }} {{ intitule }} {{ seance.horaire }} {{ seance.lieu }} {{ seance.formateurs }} "
    "{{ organisme.telephone }}"
)


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_nothing_is_said_of_the_shipped_templates(kind: Kind) -> None:
    assert lint(TEMPLATES / kind.traits.template, kind, [sample.filled(kind)]) == ()


@pytest.mark.parametrize(
    ("written", "code", "fix"),
    [
        ("{{ seance.nim }}", "balise-inconnue", "écrivez « seance.nom »."),
        ("{{ prenom }}", "balise-inconnue", "écrivez « personne.prenom »."),
        ("{{ Personne.Prenom }}", "balise-inconnue", "écrivez « personne.prenom »."),
        ("{% for p in participants %}{{ p.prenon }}{% endfor %}", "balise-inconnue", "écrivez « p.prenom »."),
        ("{% for p in participant %}{% endfor %}", "balise-inconnue", "écrivez « participants »."),
        (
            "{% for p in participants %}{{ p.nom }}",
            "modele-illisible",
            "ajoutez « {% endfor %} » à l’endroit voulu.",
        ),
        ("{% if seance.lieu %}", "modele-illisible", "ajoutez « {% endif %} » à l’endroit voulu."),
        (
            "{% p if seance.lieu %}{% endif %}",
            "modele-illisible",
            "écrivez « {%p », sans espace après « % ».",
        ),
        ("{{ seance.nom | majuscule }}", "modele-illisible", "retirez « | majuscule »."),
        ("%frist_name%", "balise-claroline-inconnue", "écrivez « %first_name% »."),
        ("{{ seance.nom.__class__ }}", "modele-interdit", ""),
        ("{{ 1 / 0 }}", "modele-incalculable", ""),
    ],
)
def test_a_fault_is_named_with_what_to_do(written: str, code: str, fix: str, word) -> None:
    found = [one for one in lint(word(COMPLETE + written), Kind.SEANCE_INVITATION) if one.serious]
    assert {one.code for one in found} == {code}
    assert found[0].fix.startswith(fix)


def test_a_tag_that_goes_over_two_paragraphs_is_told(word) -> None:
    (found, *_) = lint(word("Bonjour {{ personne.", "prenom }}"), Kind.SEANCE_INVITATION)
    assert (found.code, found.text) == ("balise-coupee", "Bonjour {{ personne.")


def test_each_brace_that_is_missing_is_told_with_what_was_meant(word) -> None:
    lines = ("de {{ seance.horaire } à {{ seance.nom }}", "le { seance.date }}")
    found = [one for one in lint(word(*lines), Kind.SEANCE_INVITATION) if one.serious]
    assert [(one.problem, one.fix) for one in found] == [
        ("Il manque une accolade : « {{ seance.horaire } ».", "écrivez « {{ seance.horaire }} »."),
        ("Il manque une accolade : « { seance.date }} ».", "écrivez « {{ seance.date }} »."),
    ]


def test_quotes_that_word_made_french_are_understood(word, text) -> None:
    from processor.documents.template.template import WordTemplate

    path = word(
        "{{ seance.autres[«\xa0Budget\xa0»] }} {% if seance.etat == ‘Confirmée’ %}oui{% endif %} «\xa0x\xa0»"
    )
    assert (
        text(WordTemplate.load(path).render(sample.filled(Kind.SEANCE_INVITATION)))
        == "1 200 € oui «\xa0x\xa0»"
    )


def test_where_a_fault_stands_is_told(word) -> None:
    path = word("{{ seance.a1 }}", header="{{ seance.a2 }}", rows=["{{ seance.a3 }}"])
    found = {one.problem: one.place for one in lint(path, Kind.SEANCE_INVITATION) if one.serious}
    assert found == {
        "« seance.a1 » n’existe pas.": "corps du document",
        "« seance.a2 » n’existe pas.": "en-tête",
        "« seance.a3 » n’existe pas.": "corps du document, dans un tableau",
    }


def test_a_missing_mention_is_a_note(word) -> None:
    found = lint(word("{{ personne.nom }}"), Kind.EMARGEMENT)
    (note,) = [one for one in found if one.code == "mention-absente"]
    assert "le nom de l’organisme et le numéro de déclaration d’activité" in note.problem
    assert not note.serious


def test_a_template_of_the_wrong_kind_is_told(word) -> None:
    found = [one for one in lint(word("{{ personne.nom }}"), Kind.EMARGEMENT) if one.serious]
    assert [one.code for one in found] == ["balise-autre-type"]


def test_a_column_that_the_workbook_lacks_is_told(word) -> None:
    path = word('{{ seance.autres["Budgt"] }}')
    found = [
        one
        for one in lint(path, Kind.SEANCE_INVITATION, [sample.filled(Kind.SEANCE_INVITATION)])
        if one.serious
    ]
    assert [(one.code, one.near) for one in found] == [("balise-inconnue", 'seance.autres["Budget"]')]


def test_a_file_that_is_no_template_is_told_and_never_raised(tmp_path: Path) -> None:
    (tmp_path / "x.docx").write_bytes(b"x")
    assert [one.code for one in lint(tmp_path / "x.docx", Kind.CERTIFICATE)] == ["modele-inutilisable"]
