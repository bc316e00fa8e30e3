"""The placeholders about a session, its formation, and the organisme that issues the document."""

import re
from typing import Any

from processor.documents.placeholders.fields import Field, alphabetical, cleaned, read
from processor.model import Course, Parameters, SessionRoll, french

_NATURES = (
    "action de formation",
    "bilan de compétences",
    "action de VAE",
    "action de formation par apprentissage",
)


def session_trainers(roll: SessionRoll) -> list[str]:
    """The names of the trainers of a session, in the order in which staff named them."""
    return [trainer.full_name for trainer in roll.trainers] or list(roll.session.trainers)


SESSION: tuple[Field[SessionRoll], ...] = (
    Field("code", "Code de la session", "FLE-2026-1", lambda roll: roll.session.code, ("session_code",)),
    Field("nom", "Nom de la session", "Automne 2026", lambda roll: roll.session.name, ("session_name",)),
    Field(
        "description",
        "Description, sur plusieurs lignes",
        "Groupe du soir.",
        lambda roll: roll.session.description,
        ("session_description",),
    ),
    Field(
        "date_debut",
        "Date de début",
        "mardi 1er décembre 2026",
        lambda roll: french.day(roll.session.start) if roll.session.start else "",
        ("session_start",),
    ),
    Field(
        "date_fin",
        "Date de fin",
        "vendredi 18 décembre 2026",
        lambda roll: french.day(roll.session.end) if roll.session.end else "",
        ("session_end",),
    ),
    Field(
        "dates",
        "Période de la session",
        "du mardi 1er décembre 2026 au vendredi 18 décembre 2026",
        lambda roll: french.days(roll.session.start, roll.session.end),
    ),
    Field(
        "formateurs",
        "Formateurs, en une phrase",
        "Anne Martin et Luc Petit",
        lambda roll: french.listed(session_trainers(roll)),
        ("session_trainers",),
    ),
    Field(
        "places",
        "Nombre de places",
        "20",
        lambda roll: "" if roll.session.places is None else str(roll.session.places),
    ),
    Field(
        "autres",
        "Une de vos propres colonnes, ici « Financeur »",
        "OPCO",
        lambda roll: {name: cleaned(str(value)) for name, value in roll.session.others.items()},
    ),
)

COURSE: tuple[Field[Course], ...] = (
    Field("code", "Code de la formation", "FLE", lambda course: course.code, ("course_code",)),
    Field(
        "titre",
        "Titre de la formation",
        "Français professionnel",
        lambda course: course.title,
        ("course_title",),
    ),
    Field(
        "description",
        "Description, sur plusieurs lignes",
        "Formation en petit groupe.",
        lambda course: course.description,
        ("course_description",),
    ),
    Field(
        "objectifs",
        "Objectifs, sur plusieurs lignes",
        "Rédiger un courriel.\nAnimer une réunion.",
        lambda course: course.objectives,
    ),
    Field("nature", "Nature de l'action", "Action de formation", lambda course: course.nature),
    Field("duree", "Durée prévue", "14 h", lambda course: french.hours(course.hours)),
)


def grouped_siret(typed: str) -> str:
    """A SIRET as it is printed, by groups of 3, 3, 3 and 5 digits; what has not fourteen digits is left as typed.

    >>> grouped_siret("12345678900012"), grouped_siret("123 456 789 00012"), grouped_siret("en cours")
    ('123 456 789 00012', '123 456 789 00012', 'en cours')
    """
    digits = re.sub(r"[\s.-]", "", typed)
    if not re.fullmatch(r"[0-9]{14}", digits):
        return typed
    return f"{digits[:3]} {digits[3:6]} {digits[6:9]} {digits[9:]}"


PROVIDER: tuple[Field[Parameters], ...] = (
    Field("nom", "Nom de l'organisme", "Centre Horizon", lambda own: own.organisation),
    Field(
        "adresse",
        "Adresse complète, sur plusieurs lignes",
        "3 quai Perrache\n69002 Lyon",
        lambda own: french.lines(own.address, f"{own.postcode} {own.city}"),
    ),
    Field("ville", "Ville", "Lyon", lambda own: own.city),
    Field("telephone", "Téléphone", "04 72 00 00 00", lambda own: own.phone),
    Field("courriel", "Courriel", "contact@example.fr", lambda own: str(own.email)),
    Field("site", "Site web", "www.example.fr", lambda own: own.website),
    Field("siret", "Numéro SIRET", "123 456 789 00012", lambda own: grouped_siret(own.siret)),
    Field(
        "declaration",
        "Numéro de déclaration d'activité",
        "84 69 01234 69",
        lambda own: own.declaration_number,
    ),
    Field("signataire", "Nom de la personne qui signe", "Paul Roux", lambda own: own.signatory),
    Field("fonction", "Fonction de la personne qui signe", "Directeur", lambda own: own.signatory_title),
)

NATURE: tuple[Field[tuple[str, bool]], ...] = (
    Field("libelle", "Nature de l'action", "action de formation", lambda nature: nature[0]),
    Field("case", "Case cochée ou non", "☒", lambda nature: "☒" if nature[1] else "☐"),
)


def natures(course: Course) -> list[dict[str, Any]]:
    """The four natures of the ministry's certificate, the one of the formation ticked.

    An unknown nature is « action de formation », the ordinary case; one of staff's own words is added to the four.

    >>> from processor.model.about import BLANK_COURSE
    >>> [one["case"] for one in natures(BLANK_COURSE)]
    ['☒', '☐', '☐', '☐']
    """
    wanted = alphabetical(course.nature).strip() or _NATURES[0]
    ticked = [nature for nature in _NATURES if _same_nature(wanted, alphabetical(nature))][-1:]
    own = () if ticked else (course.nature,)
    return [read(NATURE, (nature, nature in ticked or nature in own)) for nature in (*_NATURES, *own)]


def _same_nature(wanted: str, nature: str) -> bool:
    """Whether staff's words name this nature; the key word decides, because people shorten the official name."""
    keys = {
        "bilan": "bilan",
        "vae": "vae",
        "apprentissage": "apprentissage",
        "action de formation": "formation",
    }
    key = next(word for mark, word in keys.items() if mark in nature)
    own = next(
        (word for word in ("bilan", "vae", "acquis", "apprentissage", "formation") if word in wanted), ""
    )
    return key == ("vae" if own == "acquis" else own)
