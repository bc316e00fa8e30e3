"""The nearest accepted value, for a remedy that can be copied."""

from collections.abc import Iterable

from processor.reading.columns import normalised


def nearest(typed: str, accepted: Iterable[str]) -> str | None:
    """The accepted value most like what was typed, or None when nothing is near enough to be proposed.

    >>> nearest("Sale Vosges", ["Salle Vosges", "Amphithéâtre"])
    'Salle Vosges'
    >>> nearest("Paris", ["Salle Vosges"]) is None
    True
    """
    from rapidfuzz import fuzz, process

    candidates = sorted(set(accepted))
    found = process.extractOne(typed, candidates, scorer=fuzz.WRatio, processor=normalised, score_cutoff=72)
    return candidates[found[2]] if found else None


def proposed(typed: str, accepted: Iterable[str]) -> str:
    """« , par exemple … » with the nearest value, or nothing.

    >>> proposed("Sale Vosges", ["Salle Vosges"])
    ' La valeur la plus proche est « Salle Vosges ».'
    """
    found = nearest(typed, accepted)
    return f" La valeur la plus proche est « {found} »." if found else ""
