"""Trainers and participants on the page of a séance."""

import unicodedata
from collections import Counter
from collections.abc import Sequence

from processor.model import Attendee, Presence, Role, Roll, Status
from processor.pages.french import several
from processor.pages.markup import Markup, element, together
from processor.pages.page import chip

_UNKNOWN = "Non renseigné"
_STATUS = {Status.REGISTERED: "", Status.WAITING: "wait", Status.WITHDRAWN: "off"}
_PRESENCE = {
    Presence.PRESENT: "good",
    Presence.EXCUSED: "wait",
    Presence.ABSENT: "bad",
    Presence.UNKNOWN: "off",
}
_ORDER = tuple(Status)


def people_sections(roll: Roll) -> Markup:
    """The trainers, then the participants with their status and presence, e-mail addresses left in the workbook."""
    return together((_trainers(roll), _participants(roll)))


def _trainers(roll: Roll) -> Markup:
    registered = [one.full_name for one in _sorted(roll.attendees) if one.role is Role.TRAINER]
    named = [one.full_name for one in roll.trainers] or list(roll.seance.trainers)
    names = list(dict.fromkeys((*named, *registered)))
    content = (
        element("ul", together(element("li", name) for name in names), class_="names")
        if names
        else element("p", "Aucun formateur n’est indiqué.", class_="nothing")
    )
    return element("section", element("h2", "Formateurs"), content)


def _participants(roll: Roll) -> Markup:
    shown = [one for one in _sorted(roll.attendees) if one.role is Role.PARTICIPANT]
    heading = element("h2", "Participants ", element("span", f"({len(shown)})", class_="count"))
    if not shown:
        return element("section", heading, element("p", "Personne n’est inscrit.", class_="nothing"))
    return element(
        "section", heading, element("p", summary(roll), class_="sum"), _table(shown, roll.finished)
    )


def summary(roll: Roll) -> str:
    """How many are registered, wait or withdrew, and once the séance is over who was there.

    >>> from datetime import datetime
    >>> from processor.model import Place, Seance
    >>> day = Seance(Place("x", 2), "S-0001", "Accueil", datetime(2026, 12, 1, 9), datetime(2026, 12, 1, 17), places=12)
    >>> summary(Roll(day, attendees=(Attendee("1", "Zoé", "Dupont", presence=Presence.PRESENT),), finished=True))
    '1 inscrit pour 12 places · 1 présent'
    """
    people = [one for one in roll.attendees if one.role is Role.PARTICIPANT]
    status = Counter(one.status for one in people)
    places = "" if roll.seance.places is None else f" pour {several(roll.seance.places, 'place')}"
    parts = [several(status[Status.REGISTERED], "inscrit") + places]
    if status[Status.WAITING]:
        parts.append(f"{status[Status.WAITING]} en attente")
    if status[Status.WITHDRAWN]:
        parts.append(several(status[Status.WITHDRAWN], "désinscrit"))
    return " · ".join((*parts, *(_presences(people) if roll.finished else ())))


def _presences(people: Sequence[Attendee]) -> list[str]:
    count = Counter(one.presence for one in people if one.status is Status.REGISTERED)
    words = (
        (Presence.PRESENT, "présent", "présents"),
        (Presence.EXCUSED, "absence justifiée", "absences justifiées"),
        (Presence.ABSENT, "absence non justifiée", "absences non justifiées"),
        (Presence.UNKNOWN, "présence non renseignée", "présences non renseignées"),
    )
    return [several(count[presence], one, more) for presence, one, more in words if count[presence]]


def _table(people: Sequence[Attendee], finished: bool) -> Markup:
    employers = any(one.employer for one in people)
    heads = ("Nom", "Prénom", *(("Employeur",) if employers else ()), "Statut", "Présence")
    titles = together(element("th", head, scope="col", role="columnheader") for head in heads)
    return element(
        "div",
        element(
            "table",
            element("caption", "Participants, par statut puis par nom", class_="unseen"),
            element("thead", element("tr", titles, role="row"), role="rowgroup"),
            element("tbody", "\n", together(_row(one, employers, finished) for one in people), role="rowgroup"),
            class_="list people", role="table",
        ),
        class_="sheet",
    )  # fmt: skip


def _row(person: Attendee, employers: bool, finished: bool) -> Markup:
    cells = [
        element("th", person.last_name, scope="row", role="rowheader"),
        _cell("Prénom", person.first_name),
        *([_cell("Employeur", person.employer)] if employers else []),
        _cell("Statut", chip(person.status.value, _STATUS[person.status])),
        _cell("Présence", _presence(person, finished)),
    ]
    gone = "gone" if person.status is Status.WITHDRAWN else None
    return together((element("tr", *cells, role="row", class_=gone), "\n"))


def _presence(person: Attendee, finished: bool) -> Markup | str:
    """« Non renseigné » is worth saying only once the séance is over, of somebody who was expected."""
    if person.presence is not Presence.UNKNOWN:
        return chip(person.presence.value, _PRESENCE[person.presence])
    return chip(_UNKNOWN, "off") if finished and person.status is Status.REGISTERED else ""


def _cell(header: str, said: Markup | str) -> Markup:
    shown = said or element("span", "–", class_="none")
    return element("td", shown, role="cell", data_label=header)


def _sorted(people: Sequence[Attendee]) -> list[Attendee]:
    return sorted(
        people, key=lambda one: (_ORDER.index(one.status), _folded(one.listed_name), one.listed_name, one.key)
    )


def _folded(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name.replace("-", " ").replace("œ", "oe").replace("Œ", "OE"))
    return "".join(one for one in letters if not unicodedata.combining(one)).casefold()
