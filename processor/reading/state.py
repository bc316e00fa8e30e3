"""What staff say of a séance in the column État: whether it takes place, and a conflict that they accept, with its reason."""

import re
from dataclasses import dataclass

from processor.model import State
from processor.model.catalogue import quoted
from processor.model.findings import Fault
from processor.model.names import normalised

ACCEPTED = "Conflit accepté"
_BY_NAME = {normalised(state): state for state in State} | {
    "confirme": State.CONFIRMED,
    "annule": State.CANCELLED,
}


@dataclass(frozen=True)
class Declared:
    """What staff declare: the state, and the reason for which a conflict is accepted; blank where none is."""

    state: State | None = None
    accepted: str = ""


def read_state(text: str) -> Declared | Fault:
    """What the cell says: Confirmée, Annulée, « Conflit accepté : motif », or two of them separated by a semicolon.

    >>> read_state("Annulée").state, read_state("confirmée ; conflit accepté : deux groupes").accepted
    (<State.CANCELLED: 'Annulée'>, 'deux groupes')
    >>> read_state("reportée").fix
    'choisissez parmi « Confirmée », « Annulée », ou écrivez « Conflit accepté : » suivi du motif.'
    """
    state, accepted = None, ""
    for part in re.split(r"[;\n]", text):
        named, reason = _BY_NAME.get(normalised(part)), accepted_reason(part)
        if named is None and not reason and part.strip():
            return Fault.of(
                "valeur-inconnue", "state", typed=text.strip(), accepted=quoted(State), words=ACCEPTED
            )
        state, accepted = named or state, reason or accepted
    return Declared(state, accepted)


def accepted_reason(part: str) -> str:
    """The reason after « Conflit accepté », the words themselves where none is given, or nothing.

    >>> accepted_reason("Conflit accepté : même formateur, deux salles voisines"), accepted_reason("CONFLIT ACCEPTE")
    ('même formateur, deux salles voisines', 'Conflit accepté')
    """
    head, _, reason = part.partition(":")
    if not normalised(head).startswith(normalised(ACCEPTED)):
        return ""
    return reason.strip() or ACCEPTED
