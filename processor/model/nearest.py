"""The nearest accepted value, for a remedy that can be copied."""

import re
from collections.abc import Iterable

from processor.model.catalogue import say
from processor.model.names import normalised


def nearest(typed: str, accepted: Iterable[str]) -> str | None:
    """The accepted value most like what was typed, or None when nothing is near enough to be proposed.

    >>> nearest("Sale Vosges", ["Salle Vosges", "Amphithéâtre"])
    'Salle Vosges'
    >>> nearest("Paris", ["Salle Vosges"]) is None
    True

    A code with another figure is another thing, not a slip; figures doubled or in another order are slips.

    >>> nearest("S-0003", ["S-0004"]) is None, nearest("S-0021", ["S-0012"]), nearest("S-11", ["S-1"])
    (True, 'S-0012', 'S-1')
    """
    from rapidfuzz import fuzz, process

    candidates = sorted(one for one in set(accepted) if not _numbered_apart(typed, one))
    found = process.extractOne(typed, candidates, scorer=fuzz.WRatio, processor=normalised, score_cutoff=72)
    return candidates[found[2]] if found else None


def _numbered_apart(typed: str, other: str) -> bool:
    """Whether the two are the same word with as many figures, zeros apart, but not the same ones.

    >>> _numbered_apart("S-0003", "S-0004"), _numbered_apart("Salle 2", "Sale 2"), _numbered_apart("FLE-2025", "FLE-2026")
    (True, False, True)
    """
    words = [re.sub(r"[\W\d_]", "", normalised(text)) for text in (typed, other)]
    figures = [sorted(re.sub(r"[\D0]", "", text)) for text in (typed, other)]
    return words[0] == words[1] and figures[0] != figures[1] and len(figures[0]) == len(figures[1])


def proposed(typed: str, accepted: Iterable[str]) -> str:
    """« , par exemple … » with the nearest value, or nothing.

    >>> proposed("Sale Vosges", ["Salle Vosges"])
    ' La valeur la plus proche est « Salle Vosges ».'
    """
    found = nearest(typed, accepted)
    return say("nearest", nearest=found) if found else ""
