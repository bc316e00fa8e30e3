"""The placeholders about a session, its formation, and the organisme that issues the document."""

import re
from typing import Any

from processor.documents.placeholders.fields import Field, alphabetical, cleaned, read
from processor.model import Course, Parameters, SessionRoll, french
from processor.model.catalogue import say

_NATURES = ("formation", "bilan", "vae", "apprentissage")
# People shorten the official name of a nature: the first of these words that theirs holds decides.
_KEY_WORDS = {
    "bilan": "bilan",
    "vae": "vae",
    "acquis": "vae",
    "apprentissage": "apprentissage",
    "formation": "formation",
}


def session_trainers(roll: SessionRoll) -> list[str]:
    """The names of the trainers of a session, in the order in which staff named them."""
    return [trainer.full_name for trainer in roll.trainers] or list(roll.session.trainers)


SESSION: tuple[Field[SessionRoll], ...] = (
    Field("code", lambda roll: roll.session.code, ("session_code",)),
    Field("nom", lambda roll: roll.session.name, ("session_name",)),
    Field("description", lambda roll: roll.session.description, ("session_description",)),
    Field(
        "date_debut",
        lambda roll: french.day(roll.session.start) if roll.session.start else "",
        ("session_start",),
    ),
    Field(
        "date_fin", lambda roll: french.day(roll.session.end) if roll.session.end else "", ("session_end",)
    ),
    Field("dates", lambda roll: french.days(roll.session.start, roll.session.end)),
    Field("formateurs", lambda roll: french.listed(session_trainers(roll)), ("session_trainers",)),
    Field("places", lambda roll: "" if roll.session.places is None else str(roll.session.places)),
    Field("autres", lambda roll: {name: cleaned(str(value)) for name, value in roll.session.others.items()}),
)

COURSE: tuple[Field[Course], ...] = (
    Field("code", lambda course: course.code, ("course_code",)),
    Field("titre", lambda course: course.title, ("course_title",)),
    Field("description", lambda course: course.description, ("course_description",)),
    Field("objectifs", lambda course: course.objectives),
    Field("nature", lambda course: course.nature),
    Field("duree", lambda course: french.hours(course.hours)),
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
    Field("nom", lambda own: own.organisation),
    Field("adresse", lambda own: french.lines(own.address, f"{own.postcode} {own.city}")),
    Field("ville", lambda own: own.city),
    Field("telephone", lambda own: own.phone),
    Field("courriel", lambda own: str(own.email)),
    Field("site", lambda own: own.website),
    Field("siret", lambda own: grouped_siret(own.siret)),
    Field("declaration", lambda own: own.declaration_number),
    Field("signataire", lambda own: own.signatory),
    Field("fonction", lambda own: own.signatory_title),
)

NATURE: tuple[Field[tuple[str, bool]], ...] = (
    Field("libelle", lambda nature: nature[0]),
    Field("case", lambda nature: "☒" if nature[1] else "☐"),
)


def natures(course: Course) -> list[dict[str, Any]]:
    """The four natures of the ministry's certificate, the one of the formation ticked.

    An unknown nature is « action de formation », the ordinary case; one of staff's own words is added to the four.

    >>> from processor.model.about import BLANK_COURSE
    >>> [one["case"] for one in natures(BLANK_COURSE)]
    ['☒', '☐', '☐', '☐']
    """
    typed = alphabetical(course.nature).strip()
    ticked = next(
        (nature for word, nature in _KEY_WORDS.items() if word in typed), "" if typed else _NATURES[0]
    )
    own = () if ticked else ((course.nature, True),)
    return [read(NATURE, one) for one in (*((say(f"nature.{one}"), one == ticked) for one in _NATURES), *own)]
