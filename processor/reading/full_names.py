"""First name and last name from one cell; what cannot be told is refused, never guessed."""

import re

from processor.model.findings import Fault
from processor.model.names import normalised

_PARTICLES = {"de", "du", "des", "d'", "la", "le", "les", "van", "von", "der", "den", "da", "dos", "di", "el", "al", "ben", "bin",
              "ter", "te", "saint", "sainte"}  # fmt: skip
_TITLES = {
    "m": "M.",
    "mr": "M.",
    "monsieur": "M.",
    "mme": "Mme",
    "mlle": "Mme",
    "madame": "Mme",
    "mademoiselle": "Mme",
}


def civility(typed: str) -> str:
    """The civility as Inscriptions has it, or nothing for another word.

    >>> civility("Madame"), civility("mr."), civility("Dr")
    ('Mme', 'M.', '')
    """
    return _TITLES.get(normalised(typed).rstrip("."), "")


def split_name(typed: str, last_first: bool) -> tuple[str, str, str] | Fault:
    """Civility, first name and last name of « Zoé Dupont », « DUPONT Zoé », « Dupont, Zoé » or « Mme Zoé de La Tour ».

    Capitals mark the family name wherever it stands, a comma ends it; else the order is that of the header (`last_first`).
    With three words or more and no capitals, a particle tells where the family name begins; without one the line is
    refused: « Jean Pierre Dupont » may be two people.

    >>> split_name("Zoé Dupont", False), split_name("DUPONT MARTIN Zoé", False), split_name("Dupont, Zoé Anne", False)
    (('', 'Zoé', 'Dupont'), ('', 'Zoé', 'DUPONT MARTIN'), ('', 'Zoé Anne', 'Dupont'))
    >>> split_name("Dupont Zoé", True), split_name("Mme Anne de La Tour", False)
    (('', 'Zoé', 'Dupont'), ('Mme', 'Anne', 'de La Tour'))
    >>> split_name("Jean Pierre Dupont", False).problem
    '« Jean Pierre Dupont » : on ne voit pas où finit le prénom.'
    """
    words = typed.split()
    title = civility(words[0]) if len(words) > 2 else ""
    words = words[1:] if title else words
    text = " ".join(words)
    family, comma, given = (part.strip() for part in text.partition(","))
    if comma and family and given:
        return title, given, family
    cut = _capitals(words) or _order(words, last_first)
    if cut is None:
        return Fault.of("nom-a-separer", "" if len(words) > 1 else "alone", typed=typed)
    return title, *cut


def _capitals(words: list[str]) -> tuple[str, str] | None:
    loud = [len(re.sub(r"[\W\d_]", "", word)) > 1 and word == word.upper() for word in words]
    if not any(loud) or all(loud):
        return None
    first, last = loud.index(True), len(loud) - loud[::-1].index(True)
    if not all(loud[first:last]) or (first and last < len(words)):
        return None
    while first and normalised(words[first - 1]) in _PARTICLES:
        first -= 1
    return " ".join(words[:first] + words[last:]), " ".join(words[first:last])


def _order(words: list[str], last_first: bool) -> tuple[str, str] | None:
    if len(words) == 2:
        return (words[1], words[0]) if last_first else (words[0], words[1])
    if last_first or len(words) < 3:
        return None
    start = next((n for n, word in enumerate(words) if n and normalised(word) in _PARTICLES), 0)
    return (words[0], " ".join(words[1:])) if start == 1 and len(words) > 2 else None
