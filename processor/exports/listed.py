"""Who is on a list, and in which order."""

import unicodedata
from collections.abc import Iterable
from dataclasses import replace
from typing import Literal

from processor.model import Attendee, Role, Roll, SessionRoll, Status, Trainer
from processor.model.catalogue import say

Who = Literal["participants", "formateurs", "tous"]
_ROLES: dict[str, frozenset[Role]] = {
    "participants": frozenset({Role.PARTICIPANT}),
    "formateurs": frozenset({Role.TRAINER}),
    "tous": frozenset(Role),
}


def people(roll: Roll | SessionRoll, who: str = "tous") -> tuple[Attendee, ...]:
    """The people of a séance or of a session, sorted by last name, then first name, accents and case ignored.

    Trainers named by the séance or session become people with the role Formateur. Nobody is listed twice: a trainer who is
    registered too is one row, the registration with the role Formateur, because it says more (a list of participants shows
    her as registered). Withdrawn people stay, with their status, because a list that forgets them cannot answer « was she
    ever registered? ». Raises ValueError when `who` is none of the three words.

    >>> from datetime import datetime
    >>> from processor.model import Place, Seance
    >>> day = Seance(Place("Séances ouvertes", 2), "S-0001", "Accueil", datetime(2026, 12, 1, 9), datetime(2026, 12, 1, 17))
    >>> zoe, eric = Attendee("1", "Zoé", "Dupont"), Attendee("2", "Éric", "Élie")
    >>> roll = Roll(day, trainers=(Trainer(Place("Formateurs", 2), "Ana", "Durand"),), attendees=(eric, zoe))
    >>> [(one.listed_name, one.role.value) for one in people(roll, "tous")]
    [('Dupont Zoé', 'Participant'), ('Durand Ana', 'Formateur'), ('Élie Éric', 'Participant')]
    """
    if who not in _ROLES:
        raise ValueError(say("list.who", who=who))
    everyone = _once(roll.attendees)
    if who != "participants":
        everyone = _with_trainers(everyone, roll.trainers)
    return tuple(sorted((one for one in everyone if one.role in _ROLES[who]), key=_order))


def _once(attendees: Iterable[Attendee]) -> list[Attendee]:
    """Each key once, with the registration that counts most: Inscrit, then En attente, then Désinscrit."""
    kept: dict[str, Attendee] = {}
    for one in sorted(attendees, key=lambda one: (list(Status).index(one.status), _order(one))):
        kept.setdefault(one.key, one)
    return list(kept.values())


def _with_trainers(attendees: list[Attendee], trainers: Iterable[Trainer]) -> list[Attendee]:
    found = list(attendees)
    for trainer in trainers:
        same = next((at for at, one in enumerate(found) if _is(one, trainer)), None)
        if same is None:
            found.append(_listed(trainer))
        else:
            one = found[same]
            found[same] = replace(one, role=Role.TRAINER, email=one.email or trainer.email)
    return found


def _is(person: Attendee, trainer: Trainer) -> bool:
    """The same name, and no two different addresses: two people may share a name."""
    addresses = {person.email.key, trainer.email.key} - {""}
    return _folded(person.full_name) == _folded(trainer.full_name) and len(addresses) < 2


def _listed(trainer: Trainer) -> Attendee:
    return Attendee(
        f"formateur {_folded(trainer.full_name)} {trainer.email.key}".rstrip(),
        trainer.first_name,
        trainer.last_name,
        email=trainer.email,
        role=Role.TRAINER,
    )


def _order(person: Attendee) -> tuple[str, str, str, str]:
    """The names as written come last, so that two people whose names differ by an accent keep one order."""
    last, first = _folded(person.last_name), _folded(person.first_name)
    return last, first, person.listed_name, person.key


def _folded(text: str) -> str:
    """The text without accents, case and doubled spaces; hyphens count as spaces.

    >>> _folded("  LÉ GOFF-Brûlé")
    'le goff brule'
    """
    letters = unicodedata.normalize("NFKD", text.replace("-", " ").replace("œ", "oe").replace("Œ", "OE"))
    return " ".join("".join(one for one in letters if not unicodedata.combining(one)).casefold().split())
