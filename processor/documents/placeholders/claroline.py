"""Claroline's names (`%first_name%`), which people still have in their texts, and the placeholders they stand for."""

import re
from functools import lru_cache

from processor.documents.placeholders.placeholders import placeholders

_NAME = re.compile(r"%([a-z]+(?:_[a-z]+)+|date)%")


@lru_cache(maxsize=1)
def known() -> dict[str, str]:
    """Claroline's names and the placeholders of the house.

    >>> known()["first_name"]
    'personne.prenom'
    """
    return {alias: one.name for one in placeholders() for alias in one.aliases}


def translated(text: str) -> str:
    """The text with Claroline's names written as placeholders; unknown ones stay, for the checks to tell.

    >>> translated("Bonjour %first_name% : 20 % de %autre_chose%")
    'Bonjour {{ personne.prenom }} : 20 % de %autre_chose%'
    """
    return _NAME.sub(lambda found: _placeholder(found[1]) or found[0], text) if "%" in text else text


def edits(text: str) -> list[tuple[int, int, str]]:
    """The same as stretches of the text and what they become, for a text that Word holds in pieces.

    >>> edits("Bonjour %first_name% !")
    [(8, 20, '{{ personne.prenom }}')]
    """
    found = _NAME.finditer(text) if "%" in text else ()
    return [(one.start(), one.end(), _placeholder(one[1])) for one in found if one[1] in known()]


def unknown(text: str) -> list[str]:
    """The names that look like Claroline's and are not.

    >>> unknown("%first_name% %frist_name%")
    ['frist_name']
    """
    return [found for found in _NAME.findall(text) if found not in known()]


def _placeholder(name: str) -> str:
    return f"{{{{ {known()[name]} }}}}" if name in known() else ""
