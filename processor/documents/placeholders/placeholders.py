"""The placeholders of the house: one table, from which contexts, the documentation and the checks are made.

A placeholder is a subject and a field (`seance.nom`), or a field of the whole document (`aujourdhui`). What follows
`{% for participant in participants %}` is named after the list in the singular: `participant.nom`.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from processor.documents.placeholders import courses, emargement, meetings, people, whole
from processor.documents.placeholders.fields import Field, read
from processor.model import (
    DOCUMENTS,
    NOTICES,
    Course,
    Facts,
    Kind,
    Parameters,
    Scope,
    SessionRoll,
    Venue,
    Whom,
    french,
)
from processor.model.about import BLANK_COURSE, About
from processor.model.catalogue import known, say
from processor.model.remembered import remembered

ALL_KINDS = frozenset(DOCUMENTS)
SEANCE_KINDS = frozenset(kind for kind in DOCUMENTS if Scope.SEANCE in kind.traits.scopes)
PERSON_KINDS = frozenset(kind for kind in DOCUMENTS if kind.traits.whom is not Whom.EVERYONE)


_OWN_COLUMNS = {
    "personne.autres": '["Service"]',
    "seance.autres": '["Budget"]',
    "session.autres": '["Financeur"]',
}


@dataclass(frozen=True)
class Subject:
    """A group of placeholders: its name, its fields, the kinds of document that have it.

    `loop` is the list whose elements it describes, when it exists only inside a loop; `like` is a subject that has
    the same fields, told instead of them.
    """

    name: str
    fields: tuple[Field[Any], ...]
    kinds: frozenset[Kind] = ALL_KINDS
    loop: str = ""
    like: str = ""


@dataclass(frozen=True)
class Placeholder:
    """One line of the table: what people write, where it may stand, and its slug in the catalogue.

    `aliases` are the names that Claroline gave it. `loop` is the list in whose loop it stands, or blank;
    `element` is what one element is called, for a list.
    """

    name: str
    slug: str
    kinds: frozenset[Kind]
    aliases: tuple[str, ...] = ()
    loop: str = ""
    element: str = ""

    @property
    def meaning(self) -> str:
        """What it says, in a few words."""
        return say(self.slug)

    @property
    def example(self) -> str:
        """What it prints for the invented facts of `lint.sample`; a list has none."""
        return say(f"{self.slug}.example") if known(f"{self.slug}.example") else ""


SUBJECTS: tuple[Subject, ...] = (
    Subject("personne", people.PERSON, PERSON_KINDS),
    Subject("seance", meetings.SEANCE, SEANCE_KINDS),
    Subject("session", courses.SESSION),
    Subject("formation", courses.COURSE),
    Subject("lieu", meetings.VENUE),
    Subject("organisme", courses.PROVIDER),
    Subject("", whole.DOCUMENT),
    Subject("participant", people.PERSON, loop="participants", like="personne"),
    Subject("seance", (*meetings.SEANCE, *whole.OWN_SEANCE), loop="seances", like="seance"),
    Subject("formateur", people.TRAINER, loop="formateurs"),
    Subject("journee", emargement.DAY, loop="journees"),
    Subject("demi_journee", emargement.HALF_DAY, loop="demi_journees", like="journee"),
    Subject("commentaire", meetings.COMMENT, loop="seance.commentaires"),
    Subject("nature", courses.NATURE, loop="natures"),
)


def placeholders() -> Iterator[Placeholder]:
    """All placeholders in the order of the table."""
    return (one for subject in SUBJECTS for one in _of_subject(subject))


def _of_subject(subject: Subject) -> Iterator[Placeholder]:
    for field in subject.fields:
        name = f"{subject.name}.{field.name}" if subject.name else field.name
        kinds = whole.KINDS.get(field.name, subject.kinds) if not subject.name else subject.kinds
        aliases = () if subject.loop else field.aliases
        path = ".".join(filter(None, (subject.like or subject.name, field.name)))
        yield Placeholder(name, f"placeholder.{path}", kinds, aliases, subject.loop, field.element)


def context(facts: Facts) -> dict[str, Any]:
    """All that a template may say of the facts, as finished strings, numbers and lists of them.

    What staff left blank is an empty string, so that `{% if seance.lieu %}` works; what a kind of document does not
    have (the person of a feuille d'émargement, the single séance of a session's certificate) is absent, so that
    naming it is an error and not a hole in a letter.

    >>> from datetime import date
    >>> from processor.model import Parameters
    >>> context(Facts(Kind.EMARGEMENT, Parameters(organisation="Centre Horizon"), date(2026, 12, 1)))["aujourdhui"]
    'mardi 1er décembre 2026'
    """
    about = About.of(facts)
    made = read(whole.DOCUMENT, about)
    made["organisme"] = _provider(facts.parameters)
    for name, subject in _subjects(about).items():
        made[name] = subject()
    return made


def table() -> list[tuple[str, str, str, str]]:
    """The table as people read it: what to type, what it means, an example, the kinds of document that have it.

    >>> next(row for row in table() if row[0] == "{{ personne.courriel }}")
    ('{{ personne.courriel }}', 'Adresse de courriel', 'zoe.dupont@example.fr', 'Tous, sauf la feuille d’émargement')
    """
    return [row for subject in SUBJECTS for row in _rows(subject)]


def _rows(subject: Subject) -> Iterator[tuple[str, str, str, str]]:
    """The rows of one subject; those that another subject has too are told in one row."""
    models = [
        other for other in SUBJECTS if subject.like and other.name == subject.like and other is not subject
    ]
    told = {field.name for other in models[:1] for field in other.fields}
    if subject.like:
        names = [field.name for field in subject.fields]
        example = f"{subject.name}.{'nom' if 'nom' in names else names[0]}"
        meaning = say("placeholder.like", loop=subject.loop, like=subject.like, example=example)
        yield f"{subject.name}.…", meaning, "", say("placeholder.kinds.all")
    for one in _of_subject(subject):
        if one.name.removeprefix(f"{subject.name}.") not in told:
            yield _written(one), _explained(one), one.example.replace("\n", ", "), kinds_in_words(one.kinds)


def kinds_in_words(kinds: frozenset[Kind]) -> str:
    """The kinds of document as a person reads them, shortly where a word does.

    >>> kinds_in_words(frozenset({Kind.SEANCE_ATTESTATION, Kind.REMINDER}))
    'Attestation de séance et Rappel'
    """
    if kinds == ALL_KINDS:
        return say("placeholder.kinds.all")
    if kinds == PERSON_KINDS:
        return say("placeholder.kinds.people")
    return french.listed(kind.label for kind in (*DOCUMENTS, *NOTICES) if kind in kinds)


@remembered
def _provider(own: Parameters) -> dict[str, Any]:
    return read(courses.PROVIDER, own)


@remembered
def _session(roll: SessionRoll) -> dict[str, Any]:
    return read(courses.SESSION, roll)


@remembered
def _course(course: Course) -> dict[str, Any]:
    return read(courses.COURSE, course)


@remembered
def _venue(venue: Venue) -> dict[str, Any]:
    return read(meetings.VENUE, venue)


def _subjects(about: About) -> dict[str, Callable[[], Any]]:
    """The subjects that these facts have, each read when asked."""
    facts, session = about.facts, about.session
    found: dict[str, Callable[[], Any]] = {
        "session": lambda: _session(session),
        "formation": lambda: _course(session.course or BLANK_COURSE),
        "lieu": lambda: _venue(whole.venue_of(about)),
    }
    person = facts.person
    if person is not None:
        found["personne"] = lambda: read(people.PERSON, meetings.with_hours(person, about.hours))
    if facts.seance is not None:
        roll = facts.seance
        found["seance"] = lambda: meetings.seance_of(roll, person)
    return found


def _written(one: Placeholder) -> str:
    if one.element:
        return f"{{% for {one.element} in {one.name} %}}"
    return f"{{{{ {one.name}{_OWN_COLUMNS.get(one.name, '')} }}}}"


def _explained(one: Placeholder) -> str:
    if one.loop:
        return say("placeholder.in-loop", meaning=one.meaning, loop=one.loop)
    names = ", ".join(f"%{alias}%" for alias in one.aliases)
    return say("placeholder.claroline", meaning=one.meaning, names=names) if names else one.meaning
