"""The weekdays on which a séance repeats, in the words people use."""

import re

from processor.model.findings import Fault
from processor.model.french import WEEKDAYS
from processor.model.names import normalised
from processor.model.nearest import nearest

_WORDS = {
    "tous les jours": frozenset(range(7)),
    "chaque jour": frozenset(range(7)),
    "tous": frozenset(range(7)),
    "jours ouvres": frozenset(range(5)),
    "jours ouvrables": frozenset(range(6)),
    "week-end": frozenset((5, 6)),
    "weekend": frozenset((5, 6)),
}
_RANGE = re.compile(r"^(?:du\s+)?([a-z]+)\.?\s*(?:-|–|\bau\b|\ba\b)\s*([a-z]+)\.?$")
_SEPARATOR = re.compile(r"\s*(?:[,;/+&\n]|\bet\b)\s*|\s+")


def read_weekdays(text: str) -> frozenset[int] | Fault:
    """The days meant, Monday being 0. A name may be cut to two letters or more; « M » alone is ambiguous, so refused.

    >>> [sorted(read_weekdays(typed)) for typed in ("lun, mer", "lundi et mercredi", "lu-ve", "jours ouvrés", "ve-lu")]
    [[0, 2], [0, 2], [0, 1, 2, 3, 4], [0, 1, 2, 3, 4], [0, 4, 5, 6]]
    >>> sorted(read_weekdays("du lundi au mercredi, samedi")), sorted(read_weekdays("tous les jours"))
    ([0, 1, 2, 5], [0, 1, 2, 3, 4, 5, 6])
    >>> read_weekdays("lundi et mecredi").fix
    'écrivez des jours, par exemple « lundi et mercredi », « lu-ve », « tous les jours » ou « jours ouvrés ». Le jour le plus proche est « mercredi ».'
    """
    plain = normalised(text)
    whole = _words(plain)
    if whole is not None:
        return whole
    days: frozenset[int] = frozenset()
    for part in re.split(r"\s*(?:[,;/+&]|\bet\b)\s*", plain):
        found = _words(part) or _several(part)
        if not found:
            return _fault(text, part)
        days |= found
    return days


def _words(part: str) -> frozenset[int] | None:
    if part in _WORDS:
        return _WORDS[part]
    match = _RANGE.match(part)
    first, last = (_weekday(match[1]), _weekday(match[2])) if match else (None, None)
    if first is None or last is None:
        return None
    return frozenset((first + step) % 7 for step in range((last - first) % 7 + 1))


def _several(part: str) -> frozenset[int]:
    found = [
        _weekday(word.rstrip("."))
        for word in _SEPARATOR.split(part)
        if word not in {"le", "les", "tous", "chaque", ""}
    ]
    return frozenset() if None in found else frozenset(day for day in found if day is not None)


def _weekday(word: str) -> int | None:
    single = word.removesuffix("s")
    matches = [index for index, name in enumerate(WEEKDAYS) if len(single) >= 2 and name.startswith(single)]
    return matches[0] if len(matches) == 1 else None


def _fault(text: str, part: str) -> Fault:
    words = [word for word in re.split(r"[\s,;/+&.–-]+", part) if len(word) > 2 and _weekday(word) is None]
    near = next((day for word in words if (day := nearest(word, WEEKDAYS))), None)
    shown = part.strip() or text.strip()
    return Fault.of("jours-illisibles", "near" if near else "", typed=text.strip(), part=shown, near=near)
