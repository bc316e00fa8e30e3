"""What a list says, in 64 figures: two lists with the same digest need not be written or sent again."""

import hashlib
import json
from collections.abc import Sequence

from processor.exports.columns import HEADERS, rows
from processor.model import Attendee


def list_digest(people: Sequence[Attendee], title: str) -> str:
    """The SHA-256 of the title, headers and rows; anything that the file does not show leaves it unchanged.

    >>> zoe = Attendee("1", "Zoé", "Dupont")
    >>> list_digest([zoe], "Accueil") == list_digest([Attendee("2", "Zoé", "Dupont")], "Accueil")
    True
    >>> list_digest([zoe], "Accueil") == list_digest([zoe], "Bilan")
    False
    """
    said = json.dumps([title, HEADERS, rows(people)], ensure_ascii=True)
    return hashlib.sha256(said.encode("ascii")).hexdigest()
