"""How names and headers are compared."""

import re
import unicodedata
from functools import lru_cache


# The same names come back thousands of times a night: remembered, the comparison of a large office costs five times less.
@lru_cache(maxsize=1 << 18)
def normalised(text: str) -> str:
    """A header or name as it is compared: without case, accents, kind of apostrophe, line breaks, doubled spaces or
    characters that nobody sees.

    >>> normalised("  Modèle\\nd’INVITATION * ")
    "modele d'invitation"
    >>> normalised("oui\\u200b")
    'oui'
    """
    plain = unicodedata.normalize("NFKD", text.replace("’", "'").replace("ʼ", "'").replace("`", "'"))
    plain = "".join(c for c in plain if not unicodedata.combining(c) and unicodedata.category(c) != "Cf")
    plain = plain.replace("œ", "oe").replace("Œ", "oe")
    return re.sub(r"\s+", " ", plain).strip(" *:\t").casefold()
