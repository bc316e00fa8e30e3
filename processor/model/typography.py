"""French spacing, put in once where words leave the house: in cells, mails, pages and documents.

The JSON and the terminal keep plain spaces, which programs and people copy.
"""

import re

_PLACES = re.compile(r"«[^«»]*»|(?<=\S) (?=[:;!?]+(?:[\s»)\]…]|$))|(?<=«) ")
_EDGES = re.compile(r"^ | \Z")
_SPACE = "\u00a0"
_ELISION = re.compile(r"(?<=[^\W\d_])'(?=[^\W\d_])")


def typeset(text: str) -> str:
    """The text with no-break spaces before « : ; ! ? » where a space stands, and inside « ».

    What stands between « and » is quoted: typed by somebody, or to be typed as it is. It keeps its own spaces.

    >>> typeset("Que faire : lancez « seances run a ; b », à 12:30 !").replace("\\xa0", "_")
    'Que faire_: lancez «_seances run a ; b_», à 12:30_!'
    >>> typeset("https://exemple.fr/?a=1 : « Le lieu »") == typeset(typeset("https://exemple.fr/?a=1 : « Le lieu »"))
    True
    """
    return _PLACES.sub(_spaced, text) if " " in text else text


def _spaced(found: re.Match[str]) -> str:
    return _SPACE if found[0] == " " else f"«{_EDGES.sub(_SPACE, found[0][1:-1])}»"


def curled(text: str) -> str:
    """The text, our own words alone, with a curly apostrophe between letters; placeholders and other quotes stay.

    >>> curled("l'heure d'Anne, 'nuit', {{ seance.autres['Budget'] }}")
    "l’heure d’Anne, 'nuit', {{ seance.autres['Budget'] }}"
    """
    return _ELISION.sub("’", text)


def plain(text: str) -> str:
    """The text with plain spaces, for the JSON and the terminal.

    >>> plain("9\\xa0h\\xa000")
    '9 h 00'
    """
    return text.replace(_SPACE, " ").replace("\u202f", " ")


def same_words(one: str, other: str) -> bool:
    """Whether two texts differ in spaces and apostrophes alone.

    >>> same_words("L'heure : 9 h", "L’heure\\xa0: 9\\xa0h"), same_words("9 h", "10 h")
    (True, False)
    """
    return plain(one).replace("’", "'") == plain(other).replace("’", "'")
