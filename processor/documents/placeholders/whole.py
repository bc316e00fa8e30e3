"""The placeholders about the document as a whole: its title, date, number, hours and lists."""

from collections.abc import Mapping
from typing import Any

from processor.documents.placeholders import courses, emargement, meetings, people
from processor.documents.placeholders.fields import Field
from processor.documents.template.sealing import qr_png
from processor.model import ATTESTATIONS, DOCUMENTS, Kind, Place, Roll, SessionRoll, Venue, french
from processor.model.about import BLANK_COURSE, About
from processor.model.catalogue import say
from processor.model.remembered import remembered
from processor.model.typography import typeset

_NAMED = 10
_NO_VENUE = Venue(Place(""), "")


def venue_of(about: About) -> Venue:
    """The one venue of all the séances; without a word when there are several or none."""
    venues = {venue.name: venue for venue in map(meetings.venue_of, about.rolls)}
    return next(iter(venues.values())) if len(venues) == 1 else _NO_VENUE


def number(about: About) -> str:
    """The number, with the one that it cancels: no template can leave out that a document replaces another."""
    own, replaced = about.facts.number, about.facts.replaces
    return say("document.replacing", number=own, replaced=replaced) if replaced else own


def period(about: About) -> str:
    """The days that the document is about: of its séances, else of the session."""
    if about.rolls:
        first = min(roll.seance.start for roll in about.rolls)
        last = max(roll.seance.end for roll in about.rolls)
        return french.days(first, last)
    return french.days(about.session.session.start, about.session.session.end)


def seance_lines(about: About) -> str:
    """The séances as readable lines, for a text that has no loop."""
    return "\n".join(_line(roll) for roll in about.rolls)


def _line(roll: Roll) -> str:
    venue, name = meetings.venue_of(roll).name, roll.seance.name
    when = french.schedule(roll.seance.start, roll.seance.end)
    slug = "document.seance.venue" if venue else "document.seance"
    return typeset(say(slug, when=when, name=name, venue=venue))


def _participants(about: About) -> list[dict[str, Any]]:
    if about.facts.session is None and len(about.rolls) == 1:
        return meetings.participants_of(about.rolls[0])
    return _session_participants(about.facts.session) if about.facts.session else []


@remembered
def _session_participants(roll: SessionRoll) -> list[dict[str, Any]]:
    return people.participants(roll.attendees)


def _days(about: About) -> list[dict[str, Any]]:
    return [day for roll in about.rolls for day in emargement.days_to_sign(roll)]


_natures = remembered(courses.natures)


def announced(about: About) -> str:
    """The dates that the person knows, in a sentence."""
    return french.schedule(*about.facts.announced) if about.facts.announced else ""


def missing(about: About) -> str:
    """Whose presence is not noted, in a sentence; of a crowd, the first ten.

    >>> from datetime import date
    >>> from processor.model import Facts, Parameters
    >>> facts = Facts(Kind.CHASE, Parameters(), date(2026, 12, 1), missing=("Zoé Dupont", "Ali Benali"))
    >>> missing(About.of(facts))
    'Zoé Dupont et Ali Benali'
    """
    names, rest = about.facts.missing[:_NAMED], len(about.facts.missing) - _NAMED
    if rest <= 0:
        return french.listed(names)
    return say("document.missing", names=", ".join(names), count=rest)


OWN_SEANCE: tuple[Field[Any], ...] = (Field("presence", lambda _: ""), Field("heures_suivies", lambda _: ""))

DOCUMENT: tuple[Field[About], ...] = (
    Field("document", lambda one: one.facts.kind.label),
    Field("intitule", lambda one: one.title),
    Field("aujourdhui", lambda one: french.day(one.facts.issued_on), ("date",)),
    Field("numero", number),
    Field("code_qr", lambda one: qr_png(one.facts.seal) if one.facts.seal else ""),
    Field("heures", lambda one: french.hours(one.hours)),
    Field("periode", period),
    Field(
        "lieux", lambda one: french.listed(dict.fromkeys(meetings.venue_of(roll).name for roll in one.rolls))
    ),
    Field("liste_des_seances", seance_lines, ("events_list",)),
    Field("nombre_de_seances", lambda one: len(one.rolls)),
    Field("nombre_de_participants", lambda one: len(_participants(one))),
    Field("participants", _participants, element="participant"),
    Field(
        "seances",
        lambda one: [meetings.seance_of(roll, one.facts.person) for roll in one.rolls],
        element="seance",
    ),
    Field("formateurs", lambda one: people.trainers(one.trainers), element="formateur"),
    Field("journees", _days, element="journee"),
    Field("presences", lambda one: "oui" if one.facts.presences else ""),
    Field(
        "demi_journees",
        lambda one: [half for roll in one.rolls for half in emargement.half_days(roll)],
        element="demi_journee",
    ),
    Field("changements", lambda one: typeset("\n".join(one.facts.changes))),
    Field("horaire_annonce", announced),
    Field("presences_manquantes", missing),
    Field("natures", lambda one: _natures(one.session.course or BLANK_COURSE), element="nature"),
)


def _with(name: str) -> frozenset[Kind]:
    return frozenset(kind for kind in Kind if name in kind.traits.own.split())


# Placeholders of the document that are not for every kind.
KINDS: Mapping[str, frozenset[Kind]] = {
    "document": frozenset(DOCUMENTS),
    **dict.fromkeys(("heures", "numero", "code_qr"), frozenset(ATTESTATIONS)),
    **{name: _with(name) for kind in Kind for name in kind.traits.own.split()},
}
