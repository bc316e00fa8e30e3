"""Links to the files of a séance."""

from dataclasses import dataclass
from urllib.parse import quote

_OUTSIDE = ("https://", "http://", "mailto:")


@dataclass(frozen=True)
class Link:
    """What a link says, and where it leads: a path relative to the page, as it stands on the disk (not encoded)."""

    label: str
    href: str


def address(href: str) -> str:
    """The address to put in a page: a web or mail address as it is, anything else as an encoded path.

    A path is encoded whole, its colons too, so that no cell can make an address that runs (`javascript:`).

    >>> address("../documents/S-0012 Été/Reçu n° 100%.pdf")
    '../documents/S-0012%20%C3%89t%C3%A9/Re%C3%A7u%20n%C2%B0%20100%25.pdf'
    >>> address("javascript:alert(1)"), address(r"documents\\liste.csv")
    ('javascript%3Aalert%281%29', 'documents/liste.csv')
    """
    if href.lower().startswith(_OUTSIDE):
        return href
    return quote(href.replace("\\", "/"), safe="/", errors="replace")
