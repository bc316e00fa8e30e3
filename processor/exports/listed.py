"""Who is on a list, and in which order."""

import unicodedata
from collections.abc import Iterable
from typing import Literal

from processor.model import Attendee, Role, Roll, SessionRoll, Trainer

Who = Literal["participants", "formateurs", "tous"]
_ROLES: dict[str, frozenset[Role]] = {
    "participants": frozenset({Role.PARTICIPANT}),
    "formateurs": frozenset({Role.TRAINER}),
    "tous": frozenset(Role),
}


def people(roll: Roll | SessionRoll, who: str = "tous") -> tuple[Attendee, ...]:
    """The people of a séance or of a session, sorted by last name, then first name, accents and case ignored.

    Trainers named by the séance or session become people with the role Formateur, unless they are registered as such
    already: then their registration says more. Withdrawn people stay, with their status, because a list that forgets
    them cannot answer « was she ever registered? ». Raises ValueError when `who` is none of the three words.

    >>> from datetime import datetime
    >>> from processor.model import Place, Seance
    >>> day = Seance(Place("Séances ouvertes", 2), "S-0001", "Accueil", datetime(2026, 12, 1, 9), datetime(2026, 12, 1, 17))
    >>> zoe, eric = Attendee("1", "Zoé", "Dupont"), Attendee("2", "Éric", "Élie")
    >>> roll = Roll(day, trainers=(Trainer(Place("Formateurs", 2), "Ana", "Durand"),), attendees=(eric, zoe))
    >>> [(one.listed_name, one.role.value) for one in people(roll, "tous")]
    [('Dupont Zoé', 'Participant'), ('Durand Ana', 'Formateur'), ('Élie Éric', 'Participant')]
    """
    if who not in _ROLES:
        raise ValueError(f"« {who} » : la liste est celle des participants, des formateurs ou de tous.")
    everyone = (*roll.attendees, *_trainers(roll.trainers, roll.attendees))
    return tuple(sorted((one for one in everyone if one.role in _ROLES[who]), key=_order))


def _trainers(trainers: Iterable[Trainer], attendees: Iterable[Attendee]) -> Iterable[Attendee]:
    known = {_folded(one.full_name) for one in attendees if one.role is Role.TRAINER}
    for trainer in trainers:
        name = _folded(trainer.full_name)
        if name not in known:
            known.add(name)
            yield Attendee(
                f"formateur {name}",
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
