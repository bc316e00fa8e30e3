"""The six templates that are shipped: what they say, for ordinary, bare and crowded facts."""

import io
import subprocess
import sys
import zipfile
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from lxml import etree

from processor.documents.lint import sample
from processor.documents.lint.checks import problems
from processor.documents.template.template import WordTemplate
from processor.model import (
    DOCUMENTS,
    Attendee,
    Facts,
    Kind,
    Parameters,
    Place,
    Roll,
    Seance,
    Session,
    SessionRoll,
)
from processor.model.typography import plain

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TEMPLATES = Path(__file__).parents[2] / "templates"
FILES = {kind: kind.traits.template for kind in DOCUMENTS}
GOLDEN = {
    Kind.SEANCE_INVITATION: """Mme Zoé Dupont
Imprimerie Dupont & Fils
Lyon, le mardi 24 novembre 2026
Invitation
Conférence de lancement
Session « Automne 2026 »
Madame Dupont,
Nous avons le plaisir de vous inviter à la séance dont voici le détail.
Date et heures
mardi 1er décembre 2026 de 9 h 00 à 12 h 30
Durée
3 h 30
Lieu
Maison des associations⏎12 rue des Lilas⏎69003 Lyon
Informations pratiques
Salle 204, 2e étage
Formateurs
Anne Martin et Luc Petit
Au programme
Présentation du projet.
Pour toute question, ou si vous ne pouvez pas venir, prévenez-nous au 04 72 00 00 00 ou à l’adresse contact@example.fr.
Nous nous réjouissons de vous y accueillir.
Paul Roux
Directeur
Centre Horizon""",
    Kind.SESSION_INVITATION: """Mme Zoé Dupont
Imprimerie Dupont & Fils
Lyon, le mardi 24 novembre 2026
Invitation
Français professionnel
Session « Automne 2026 »
Madame Dupont,
Nous avons le plaisir de vous confirmer votre inscription. Voici vos séances.
Jour
Heures
Séance
Lieu
mardi 1er décembre 2026
9 h 00 – 12 h 30
Conférence de lancement
Maison des associations
mardi 8 décembre 2026
9 h 00 – 17 h 00
Atelier d'écriture
Maison des associations
du jeudi 17 décembre 2026 au vendredi 18 décembre 2026
9 h 00 – 17 h 00
Mise en situation
Maison des associations
Dates
du mardi 1er décembre 2026 au vendredi 18 décembre 2026
Adresse
Maison des associations⏎12 rue des Lilas⏎69003 Lyon
Durée prévue
14 h
Formateurs
Anne Martin et Luc Petit
Objectifs
Rédiger un courriel.⏎Animer une réunion.
Groupe du soir.
Pour toute question, ou si vous ne pouvez pas venir, prévenez-nous au 04 72 00 00 00 ou à l’adresse contact@example.fr.
Nous nous réjouissons de vous y accueillir.
Paul Roux
Directeur
Centre Horizon""",
    Kind.SEANCE_ATTESTATION: """Centre Horizon
Attestation de participation
N° 2026-000123
Je soussigné(e), Paul Roux, Directeur, pour Centre Horizon, atteste que
Mme Zoé Dupont
Imprimerie Dupont & Fils
a participé à la séance
Conférence de lancement
Date et heures
mardi 1er décembre 2026 de 9 h 00 à 12 h 30
Formation
Français professionnel
Session
Automne 2026
Nature de l’action
Action de formation
Heures suivies
10 h 30
Lieu
Maison des associations
Formateurs
Anne Martin et Luc Petit
Objectifs
Rédiger un courriel.⏎Animer une réunion.
Cette attestation est délivrée pour servir et valoir ce que de droit.
Fait à Lyon, le mardi 24 novembre 2026
Paul Roux
Directeur
Centre Horizon""",
    Kind.SESSION_ATTESTATION: """Centre Horizon
Attestation de participation
N° 2026-000123
Je soussigné(e), Paul Roux, Directeur, pour Centre Horizon, atteste que
Mme Zoé Dupont
Imprimerie Dupont & Fils
a participé à la formation
Français professionnel
Intitulé
Français professionnel
Session
Automne 2026
Dates
du mardi 1er décembre 2026 au vendredi 18 décembre 2026
Nature de l’action
Action de formation
Durée prévue
14 h
Heures suivies
10 h 30
Formateurs
Anne Martin et Luc Petit
Objectifs
Rédiger un courriel.⏎Animer une réunion.
Séances suivies
Jour
Heures
Séance
Suivi
mardi 1er décembre 2026
9 h 00 – 12 h 30
Conférence de lancement
3 h 30
mardi 8 décembre 2026
9 h 00 – 17 h 00
Atelier d'écriture
8 h
du jeudi 17 décembre 2026 au vendredi 18 décembre 2026
9 h 00 – 17 h 00
Mise en situation
14 h
Fait à Lyon, le mardi 24 novembre 2026
Paul Roux
Directeur
Centre Horizon""",
    Kind.EMARGEMENT: """Feuille d’émargement
Conférence de lancement
Date et heures
mardi 1er décembre 2026
9 h 00 – 12 h 30
Lieu
Maison des associations
Formateurs
Anne Martin et Luc Petit
Formation
Français professionnel
Session « Automne 2026 »
mardi 1er décembre 2026, 9 h 00 – 12 h 30 – Conférence de lancement (S-0012)
N°
Nom et prénom
Employeur
Matin – signature
Après-midi – signature
1
Benali Ali
Imprimerie Dupont & Fils
2
Dupont Zoé
Imprimerie Dupont & Fils
3
Roussel Ève
Ville de Lyon
4
5
Formateurs
Matin – signature
Après-midi – signature
Anne Martin
Luc Petit
Chaque personne signe elle-même, à chaque demi-journée. Les cases grisées sont sans séance ; barrez les lignes restées vides.""",
    Kind.CERTIFICATE: """Centre Horizon
Certificat de réalisation
N° 2026-000123
Je soussigné(e), Paul Roux, Directeur, pour Centre Horizon, atteste que :
Mme Zoé Dupont
salarié(e) de l’entreprise Imprimerie Dupont & Fils
a suivi l’action suivante :
Intitulé de l’action
Français professionnel
Session
Automne 2026
Dates
du mardi 1er décembre 2026 au vendredi 18 décembre 2026
Durée suivie
10 h 30
Durée prévue
14 h
Lieu
Maison des associations
Nature de l’action concourant au développement des compétences
☒  action de formation
☐  bilan de compétences
☐  action de VAE
☐  action de formation par apprentissage
Les pièces qui ont permis d’établir ce certificat, dont les feuilles d’émargement, sont conservées pendant trois ans au moins à compter de la fin de l’année du dernier paiement, et plus longtemps en cas de cofinancement européen.
Fait à Lyon, le mardi 24 novembre 2026
Paul Roux
Directeur
Cachet et signature du responsable de l’organisme""",
}


def _lines(text: str) -> str:
    return "\n".join(line for line in text.splitlines() if line.strip())


def bare(kind: Kind) -> Facts:
    """Facts of which staff filled only what must be: no venue, no trainer, no civilité, nobody registered."""
    ordinary = sample.facts(kind)
    seance = Seance(Place(""), "", "Atelier", datetime(2026, 12, 1, 9), datetime(2026, 12, 1, 12))
    return Facts(
        kind,
        Parameters(),
        ordinary.issued_on,
        seance=Roll(seance) if ordinary.seance else None,
        session=SessionRoll(Session(Place(""), "X", "Session libre")) if ordinary.session else None,
        person=Attendee("k", "Zoé", "Dupont") if ordinary.person else None,
    )


def without_details(facts: Facts) -> Facts:
    """The facts without the columns of details, which `tests/night/test_details.py` looks at."""

    def plain_roll(roll: Roll) -> Roll:
        return replace(roll, seance=replace(roll.seance, details={}))

    return replace(
        facts,
        seance=plain_roll(facts.seance) if facts.seance else None,
        session=replace(facts.session, seances=tuple(map(plain_roll, facts.session.seances)))
        if facts.session
        else None,
    )


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_a_shipped_template_says_all_that_it_should(kind: Kind, text) -> None:
    filled = WordTemplate.load(TEMPLATES / FILES[kind]).render(without_details(sample.facts(kind)))
    assert plain(_lines(text(filled))) == GOLDEN[kind]


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_a_shipped_template_has_no_problem_and_keeps_its_form(kind: Kind) -> None:
    template = WordTemplate.load(TEMPLATES / FILES[kind])
    assert problems(template, kind) == ()
    assert all(part.steady for part, _ in template.parts)


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_blank_cells_leave_no_label_without_its_value(kind: Kind, text) -> None:
    filled = text(WordTemplate.load(TEMPLATES / FILES[kind]).render(bare(kind)))
    for label in (
        "Durée prévue",
        "Session «",
        "N° 20",
        "Objectifs",
        "Adresse",
        "Employeur :",
        "Nature de l’action\n",
        "« »",
    ):
        assert label not in filled
    assert "None" not in filled
    assert " ," not in filled


def test_the_sheet_to_sign_has_a_line_for_each_of_forty_people_and_two_to_spare(text) -> None:
    people = tuple(Attendee(f"k{number}", "Zoé", f"Nom {number:02}") for number in range(40))
    facts = sample.facts(Kind.EMARGEMENT)
    assert facts.seance is not None
    facts = replace(facts, seance=replace(facts.seance, attendees=people))
    lines = text(WordTemplate.load(TEMPLATES / FILES[Kind.EMARGEMENT]).render(facts)).splitlines()
    assert [line for line in lines if line.startswith("Nom ")][1:] == [
        f"Nom {number:02} Zoé" for number in range(40)
    ]
    assert {"41", "42"} <= set(lines)
    assert "43" not in lines


def test_the_sheet_to_sign_of_a_session_has_a_page_a_day(text) -> None:
    facts = replace(
        sample.facts(Kind.EMARGEMENT), seance=None, session=sample.facts(Kind.CERTIFICATE).session
    )
    filled = text(WordTemplate.load(TEMPLATES / FILES[Kind.EMARGEMENT]).render(facts))
    assert filled.count("Feuille d’émargement") == 4
    for day in ("mardi 1er", "mardi 8", "jeudi 17", "vendredi 18"):
        assert f"{day} décembre 2026" in filled


def test_the_organisme_and_its_declaration_stand_on_every_document(text) -> None:
    for kind, name in FILES.items():
        filled = WordTemplate.load(TEMPLATES / name).render(sample.facts(kind))
        with zipfile.ZipFile(io.BytesIO(filled)) as package:
            margins = [part for part in package.namelist() if part.startswith(("word/header", "word/footer"))]
        shown = "\n".join(text(filled, part) for part in margins)
        assert "Déclaration d’activité n° 84 69 01234 69" in shown
        assert "SIRET 123 456 789 00012" in shown


ORDERS = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore widowControl numPr pBdr shd tabs spacing ind contextualSpacing jc "
    "outlineLvl rPr sectPr",
    "rPr": "rStyle rFonts b bCs i iCs caps smallCaps noProof color spacing w kern position sz szCs "
    "highlight u shd vertAlign lang",
    "tcPr": "tcW gridSpan vMerge tcBorders shd noWrap tcMar vAlign",
    "tcBorders": "top left bottom right",
    "tblPr": "tblStyle tblW jc tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription",
    "tblCellMar": "top left bottom right",
}


def test_the_elements_stand_in_the_order_that_word_wants() -> None:
    """Word calls a file damaged when properties stand in another order than its schema says."""
    for name in FILES.values():
        with zipfile.ZipFile(TEMPLATES / name) as package:
            parts = [
                part for part in package.namelist() if part.startswith("word/") and part.endswith(".xml")
            ]
            for part in parts:
                for element in etree.fromstring(package.read(part)).iter():
                    order = ORDERS.get(str(element.tag).removeprefix(WORD), "").split()
                    own = [str(child.tag).removeprefix(WORD) for child in element] if order else []
                    assert own == sorted(own, key=order.index), (name, part, own)


def canonical(data: bytes) -> bytes:
    return etree.tostring(etree.fromstring(data), method="c14n")


def test_the_shipped_files_are_those_that_the_code_makes(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, TEMPLATES / "make.py", tmp_path], check=True, env={"PYTHONDONTWRITEBYTECODE": "1"}
    )
    for name in FILES.values():
        with zipfile.ZipFile(TEMPLATES / name) as shipped, zipfile.ZipFile(tmp_path / name) as made:
            assert shipped.namelist() == made.namelist()
            for part in (one for one in made.namelist() if one.endswith(".xml")):
                assert canonical(shipped.read(part)) == canonical(made.read(part)), (
                    name,
                    part,
                )


def test_the_pictures_have_alternative_texts_and_the_header_rows_repeat() -> None:
    for name in FILES.values():
        with zipfile.ZipFile(TEMPLATES / name) as package:
            everything = b"".join(
                package.read(part) for part in package.namelist() if part.startswith("word/")
            )
        assert b'descr="logo"' in everything
        assert everything.count(b"<wp:inline") == everything.count(b'descr="')
    for name in ("invitation-session.docx", "attestation-session.docx", "feuille-emargement.docx"):
        with zipfile.ZipFile(TEMPLATES / name) as package:
            assert b"w:tblHeader" in package.read("word/document.xml")
