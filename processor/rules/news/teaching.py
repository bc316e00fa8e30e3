"""The trainers of a séance as people to write to."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from processor.model import Attendee, Role, Roll, SessionRoll, Status, Trainer
from processor.model.address import NOWHERE
from processor.model.keys import person_key


def teaching(roll: Roll, own: Iterable[str] = ()) -> list[Attendee]:
    """The trainers of a séance, each once: those of its row, and those whom Inscriptions call Formateur and still count on.

    The address of the sheet Formateurs wins, where there is one. `own` are staff's own columns of Inscriptions: templates may
    print them of everybody.
    """
    found = {
        person.key: person
        for person in roll.attendees
        if person.role is Role.TRAINER and person.status is not Status.WITHDRAWN
    }
    for trainer in roll.trainers:
        key = _key(trainer, found)
        address = trainer.email or (found[key].email if key in found else NOWHERE)
        others = found[key].others if key in found else dict.fromkeys(own, "")
        first, last = trainer.first_name, trainer.last_name
        found[key] = Attendee(key, first, last, email=address, role=Role.TRAINER, others=others)
    return list(found.values())


def taught(session: SessionRoll, own: Iterable[str] = ()) -> list[tuple[Attendee, SessionRoll]]:
    """The trainers of the séances of a session that take place, each once, with the session as each teaches it."""
    people: dict[str, Attendee] = {}
    held: dict[str, list[Roll]] = {}
    for roll in session.seances:
        for trainer in () if roll.seance.cancelled else teaching(roll, own):
            people.setdefault(trainer.key, trainer)
            held.setdefault(trainer.key, []).append(roll)
    return [(person, replace(session, seances=tuple(held[key]))) for key, person in people.items()]


def _key(trainer: Trainer, found: Mapping[str, Attendee]) -> str:
    """The key of a trainer: that of the row of Inscriptions with the same name and no other address, if there is one."""
    name, address = person_key(trainer.first_name, trainer.last_name), trainer.email.key
    for key, person in found.items():
        if key.partition("|")[0] == name and (not address or person.email.key in ("", address)):
            return key
    return name
