"""The placeholders about the document as a whole: its title, date, number, hours and lists."""

from collections.abc import Mapping
from typing import Any

from processor.documents.placeholders import courses, meetings, people, signing
from processor.documents.placeholders.fields import Field
from processor.documents.template.sealing import qr_png
from processor.model import Kind, Notice, Place, Roll, SessionRoll, Venue, french
from processor.model.about import ATTESTING, BLANK_COURSE, About
from processor.model.remembered import remembered

_NAMED = 10
_NO_VENUE = Venue(Place(""), "")


def venue_of(about: About) -> Venue:
    """The one venue of all the séances; without a word when there are several or none."""
    venues = {venue.name: venue for venue in map(meetings.venue_of, about.rolls)}
    return next(iter(venues.values())) if len(venues) == 1 else _NO_VENUE


def number(about: About) -> str:
    """The number, with the one that it cancels: no template can leave out that a document replaces another."""
    own, replaced = about.facts.number, about.facts.replaces
    return f"{own} – annule et remplace le n° {replaced}" if replaced else own


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
    where = meetings.venue_of(roll).name
    when = french.schedule(roll.seance.start, roll.seance.end)
    return f"– {when} : {roll.seance.name}" + (f" ({where})" if where else "")


def _participants(about: About) -> list[dict[str, Any]]:
    if about.facts.session is None and len(about.rolls) == 1:
        return meetings.participants_of(about.rolls[0])
    return _session_participants(about.facts.session) if about.facts.session else []


@remembered
def _session_participants(roll: SessionRoll) -> list[dict[str, Any]]:
    return people.participants(roll.attendees)


def _days(about: About) -> list[dict[str, Any]]:
    return [day for roll in about.rolls for day in signing.signing_days(roll)]


_natures = remembered(courses.natures)


def announced(about: About) -> str:
    """The dates that the person knows, in a sentence."""
    return french.schedule(*about.facts.announced) if about.facts.announced else ""


def missing(about: About) -> str:
    """Whose presence is not noted, in a sentence; of a crowd, the first ten.

    >>> from datetime import date
    >>> from processor.model import Facts, Parameters
    >>> facts = Facts(Kind.SEANCE_ATTESTATION, Parameters(), date(2026, 12, 1), missing=("Zoé Dupont", "Ali Benali"))
    >>> missing(About.of(facts))
    'Zoé Dupont et Ali Benali'
    """
    names, rest = about.facts.missing[:_NAMED], len(about.facts.missing) - _NAMED
    if rest <= 0:
        return french.listed(names)
    return f"{', '.join(names)} et {rest} autre{'s' if rest > 1 else ''}"


OWN_SEANCE: tuple[Field[Any], ...] = (
    Field("presence", "Présence de la personne à cette séance", "Présent", lambda _: ""),
    Field("heures_suivies", "Heures que la personne a suivies", "3 h 30", lambda _: ""),
)

DOCUMENT: tuple[Field[About], ...] = (
    Field("document", "Type du document", "Attestation de séance", lambda one: one.facts.kind.value),
    Field(
        "intitule",
        "Titre de la formation, sinon nom de la session, sinon nom de la séance",
        "Français professionnel",
        lambda one: one.title,
    ),
    Field(
        "aujourdhui",
        "Date du document",
        "mardi 24 novembre 2026",
        lambda one: french.day(one.facts.issued_on),
        ("date",),
    ),
    Field("numero", "Numéro du document, et de celui qu'il annule et remplace", "2026-000123", number),
    Field(
        "code_qr",
        "Code QR signé, pour le texte de remplacement d'une image",
        "",
        lambda one: qr_png(one.facts.seal) if one.facts.seal else "",
    ),
    Field("heures", "Heures suivies par la personne", "10 h 30", lambda one: french.hours(one.hours)),
    Field("periode", "Jours de la séance ou de la session", "le mardi 1er décembre 2026", period),
    Field(
        "lieux",
        "Noms des lieux, en une phrase",
        "Maison des associations",
        lambda one: french.listed(dict.fromkeys(meetings.venue_of(roll).name for roll in one.rolls)),
    ),
    Field(
        "liste_des_seances",
        "Les séances, une par ligne",
        "– mardi 1er décembre 2026 de 9 h 00 à 12 h 30 : Conférence de lancement (Maison des associations)",
        seance_lines,
        ("events_list",),
    ),
    Field("nombre_de_seances", "Nombre de séances", "1", lambda one: len(one.rolls)),
    Field("nombre_de_participants", "Nombre de participants", "3", lambda one: len(_participants(one))),
    Field("participants", "Liste des participants inscrits", "", _participants, element="participant"),
    Field(
        "seances",
        "Liste des séances (de la personne, s'il y en a une)",
        "",
        lambda one: [meetings.seance_of(roll, one.facts.person) for roll in one.rolls],
        element="seance",
    ),
    Field(
        "formateurs",
        "Liste des formateurs",
        "",
        lambda one: people.trainers(one.trainers),
        element="formateur",
    ),
    Field(
        "journees",
        "Liste des jours, pour la feuille d'émargement",
        "",
        _days,
        element="journee",
    ),
    Field(
        "presences",
        "« oui » quand la feuille doit montrer les présences notées",
        "",
        lambda one: "oui" if one.facts.presences else "",
    ),
    Field(
        "demi_journees",
        "Liste des demi-journées",
        "",
        lambda one: [half for roll in one.rolls for half in signing.half_days(roll)],
        element="demi_journee",
    ),
    Field(
        "changements",
        "Ce qui a changé depuis que la personne a été prévenue, une ligne par changement",
        "Lieu : Salle Vosges → Maison des associations",
        lambda one: "\n".join(one.facts.changes),
    ),
    Field(
        "horaire_annonce",
        "Date et heures que la personne connaît",
        "mardi 1er décembre 2026 de 14 h 00 à 17 h 30",
        announced,
    ),
    Field("presences_manquantes", "Les personnes dont la présence n'est pas notée", "Ève Roussel", missing),
    Field(
        "natures",
        "Les quatre natures d'action, la bonne cochée",
        "",
        lambda one: _natures(one.session.course or BLANK_COURSE),
        element="nature",
    ),
)

# Placeholders of the document that are not for every kind.
_CHANGING: frozenset[Kind | Notice] = frozenset({Notice.MODIFICATION, Notice.CANCELLATION})
KINDS: Mapping[str, frozenset[Kind | Notice]] = {
    "document": frozenset[Kind | Notice](Kind),
    "heures": ATTESTING,
    "numero": ATTESTING,
    "code_qr": ATTESTING,
    "presences": frozenset[Kind | Notice]({Kind.EMARGEMENT}),
    "changements": frozenset[Kind | Notice]({Notice.MODIFICATION}),
    "horaire_annonce": _CHANGING,
    "presences_manquantes": frozenset[Kind | Notice]({Notice.CHASE}),
}
