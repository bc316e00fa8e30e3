"""File names of the pages: made from codes, safe on every system."""

import hashlib
import re
from collections.abc import Collection

_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,59}")
_RESERVED = re.compile(r"index|con|prn|aux|nul|com[0-9]|lpt[0-9]", re.IGNORECASE)


def page_name(code: str) -> str:
    """The file name of a séance's page: its code when that is a plain name, else what is plain in it and a fingerprint.

    >>> page_name("S-0012"), page_name("../é 3"), page_name("index")
    ('S-0012.html', '3-5d4f02ae.html', 'index-1bc04b52.html')
    """
    if _PLAIN.fullmatch(code) and not _RESERVED.fullmatch(code):
        return f"{code}.html"
    plain = re.sub(r"[^A-Za-z0-9_-]+", "-", code).strip("-_")[:40] or "seance"
    return f"{plain}-{hashlib.sha256(code.encode('utf-8', 'replace')).hexdigest()[:8]}.html"


def distinct(name: str, taken: Collection[str]) -> str:
    """The name, numbered when another page has it already; case does not tell two files apart on Windows.

    >>> distinct("a.html", {"A.html"}), distinct("b.html", {"a.html"})
    ('a-2.html', 'b.html')
    """
    known = {one.casefold() for one in taken}
    stem, count, tried = name.removesuffix(".html"), 1, name
    while tried.casefold() in known:
        count += 1
        tried = f"{stem}-{count}.html"
    return tried
