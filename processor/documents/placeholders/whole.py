"""The placeholders about the document as a whole: its title, date, number, hours and lists."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from processor.documents import french
from processor.documents.placeholders import courses, meetings, people, signing
from processor.documents.placeholders.fields import Field
from processor.documents.template.remembered import remembered
from processor.documents.template.sealing import qr_png
from processor.model import Attendee, Facts, Kind, Notice, Place, Roll, SessionRoll, Status, Trainer, Venue

_NAMED = 10
_ATTESTING: frozenset[Kind | Notice] = frozenset(
    {Kind.SEANCE_ATTESTATION, Kind.SESSION_ATTESTATION, Kind.CERTIFICATE}
)
_NO_VENUE = Venue(Place(""), "")
_NO_SESSION = SessionRoll(courses.BLANK_SESSION)


def session_of(facts: Facts) -> SessionRoll:
    """The session the document is about, or the parent of its séance, or one without a word."""
    if facts.session is not None:
        return facts.session
    return _parent(facts.seance) if facts.seance else _NO_SESSION


@remembered
def _parent(roll: Roll) -> SessionRoll:
    return SessionRoll(roll.session or courses.BLANK_SESSION, roll.course)


def rolls_of(facts: Facts) -> list[Roll]:
    """The séances that the document is about, in order of time.

    A session's document for one person lists that person's own séances: those where the person is registered, and
    for an attestation those where the person was present.
    """
    if facts.session is None:
        return [facts.seance] if facts.seance else []
    rolls = list(facts.session.seances)
    person = facts.person
    if person is None or not any(roll.attendees for roll in rolls):
        return rolls
    return [roll for roll in rolls if _own(meetings.attendance(roll, person), facts.kind)]


def _own(noted: Attendee | None, kind: Kind) -> bool:
    if noted is None or noted.status is not Status.REGISTERED:
        return False
    return kind not in _ATTESTING or people.was_present(noted)


def hours_of(facts: Facts) -> float | None:
    """The hours attended: those given, else the sum over the person's own séances when each of them is known."""
    if facts.hours is not None or facts.person is None or facts.kind not in _ATTESTING:
        return facts.hours
    followed = [meetings.hours_followed(roll, facts.person) for roll in rolls_of(facts)]
    return sum(one for one in followed if one is not None) if followed and None not in followed else None


def venue_of(facts: Facts) -> Venue:
    """The one venue of all the séances; without a word when there are several or none."""
    venues = {venue.name: venue for venue in map(meetings.venue_of, rolls_of(facts))}
    return next(iter(venues.values())) if len(venues) == 1 else _NO_VENUE


@dataclass(frozen=True)
class Document:
    """The facts with what several placeholders need of them, worked out once."""

    facts: Facts
    session: SessionRoll
    rolls: tuple[Roll, ...]

    @classmethod
    def of(cls, facts: Facts) -> "Document":
        """The document of these facts."""
        return cls(facts, session_of(facts), tuple(rolls_of(facts)))

    @property
    def attendees(self) -> tuple[Attendee, ...]:
        """The people of the session, or of the single séance."""
        return (
            self.facts.session.attendees
            if self.facts.session
            else _joined(roll.attendees for roll in self.rolls)
        )

    @property
    def trainers(self) -> tuple[Trainer, ...]:
        """The trainers of the session, else those of its séances, each once."""
        if self.facts.session and self.facts.session.trainers:
            return self.facts.session.trainers
        known = {trainer.full_name: trainer for roll in self.rolls for trainer in roll.trainers}
        return tuple(known.values())


def _joined(groups: Iterable[tuple[Attendee, ...]]) -> tuple[Attendee, ...]:
    return tuple(one for group in groups for one in group)


def title(document: Document) -> str:
    """What the training is called: the formation, else the session, else the séance."""
    course, session = document.session.course, document.session.session
    first = document.rolls[0].seance.name if document.rolls else ""
    return (course.title if course else "") or session.name or first


def number(document: Document) -> str:
    """The number, with the one that it cancels: no template can leave out that a document replaces another."""
    own, replaced = document.facts.number, document.facts.replaces
    return f"{own} – annule et remplace le n° {replaced}" if replaced else own


def period(document: Document) -> str:
    """The days that the document is about: of its séances, else of the session."""
    if document.rolls:
        first = min(roll.seance.start for roll in document.rolls)
        last = max(roll.seance.end for roll in document.rolls)
        return french.days(first, last)
    return french.days(document.session.session.start, document.session.session.end)


def seance_lines(document: Document) -> str:
    """The séances as readable lines, for a text that has no loop."""
    return "\n".join(_line(roll) for roll in document.rolls)


def _line(roll: Roll) -> str:
    where = meetings.venue_of(roll).name
    when = french.schedule(roll.seance.start, roll.seance.end)
    return f"– {when} : {roll.seance.name}" + (f" ({where})" if where else "")


def _participants(document: Document) -> list[dict[str, Any]]:
    if document.facts.session is None and len(document.rolls) == 1:
        return meetings.participants_of(document.rolls[0])
    return _session_participants(document.facts.session) if document.facts.session else []


@remembered
def _session_participants(roll: SessionRoll) -> list[dict[str, Any]]:
    return people.participants(roll.attendees)


def _days(document: Document) -> list[dict[str, Any]]:
    return [day for roll in document.rolls for day in signing.signing_days(roll)]


_natures = remembered(courses.natures)


def announced(document: Document) -> str:
    """The dates that the person knows, in a sentence."""
    return french.schedule(*document.facts.announced) if document.facts.announced else ""


def missing(document: Document) -> str:
    """Whose presence is not noted, in a sentence; of a crowd, the first ten.

    >>> from datetime import date
    >>> from processor.model import Parameters
    >>> facts = Facts(Kind.SEANCE_ATTESTATION, Parameters(), date(2026, 12, 1), missing=("Zoé Dupont", "Ali Benali"))
    >>> missing(Document.of(facts))
    'Zoé Dupont et Ali Benali'
    """
    names, rest = document.facts.missing[:_NAMED], len(document.facts.missing) - _NAMED
    if rest <= 0:
        return french.listed(names)
    return f"{', '.join(names)} et {rest} autre{'s' if rest > 1 else ''}"


OWN_SEANCE: tuple[Field[Any], ...] = (
    Field("presence", "Présence de la personne à cette séance", "Présent", lambda _: ""),
    Field("heures_suivies", "Heures que la personne a suivies", "3 h 30", lambda _: ""),
)

DOCUMENT: tuple[Field[Document], ...] = (
    Field("document", "Type du document", "Attestation de séance", lambda one: one.facts.kind.value),
    Field(
        "intitule",
        "Titre de la formation, sinon nom de la session, sinon nom de la séance",
        "Français professionnel",
        title,
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
    Field(
        "heures", "Heures suivies par la personne", "10 h 30", lambda one: french.hours(hours_of(one.facts))
    ),
    Field("periode", "Jours de la séance ou de la session", "le mardi 1 décembre 2026", period),
    Field(
        "lieux",
        "Noms des lieux, en une phrase",
        "Maison des associations",
        lambda one: french.listed(dict.fromkeys(meetings.venue_of(roll).name for roll in one.rolls)),
    ),
    Field(
        "liste_des_seances",
        "Les séances, une par ligne",
        "– mardi 1 décembre 2026 de 9 h 00 à 12 h 30 : Conférence de lancement (Maison des associations)",
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
        "mardi 1 décembre 2026 de 14 h 00 à 17 h 30",
        announced,
    ),
    Field("presences_manquantes", "Les personnes dont la présence n'est pas notée", "Ève Roussel", missing),
    Field(
        "natures",
        "Les quatre natures d'action, la bonne cochée",
        "",
        lambda one: _natures(one.session.course or courses.BLANK_COURSE),
        element="nature",
    ),
)

# Placeholders of the document that are not for every kind.
_CHANGING: frozenset[Kind | Notice] = frozenset({Notice.MODIFICATION, Notice.CANCELLATION})
KINDS: Mapping[str, frozenset[Kind | Notice]] = {
    "document": frozenset[Kind | Notice](Kind),
    "heures": _ATTESTING,
    "numero": _ATTESTING,
    "code_qr": _ATTESTING,
    "presences": frozenset[Kind | Notice]({Kind.EMARGEMENT}),
    "changements": frozenset[Kind | Notice]({Notice.MODIFICATION}),
    "horaire_annonce": _CHANGING,
    "presences_manquantes": frozenset[Kind | Notice]({Notice.CHASE}),
}
