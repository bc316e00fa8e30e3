"""HTML from values: every text is escaped unless it is markup already, so that nothing typed in a cell is ever run."""

import re
from collections.abc import Iterable
from html import escape

_UNPRINTABLE = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069]"
)
_VOID = frozenset({"meta", "link", "br", "hr", "input"})
_ADDRESS = re.compile(r"https?://[^\s<>\"'«»]+[^\s<>\"'«».,;:!?)\]]")

Attribute = str | int | bool | None


class Markup(str):
    """A piece of HTML, to be used as it is."""

    __slots__ = ()


def text(value: object) -> Markup:
    """The value as HTML; a Markup is left as it is, control and direction-changing characters are dropped.

    >>> text("<script>alert('é')</script>")
    '&lt;script&gt;alert(&#x27;é&#x27;)&lt;/script&gt;'
    """
    return value if isinstance(value, Markup) else Markup(escape(_UNPRINTABLE.sub("", str(value))))


def element(tag: str, *content: object, **attributes: Attribute) -> Markup:
    """One element. An attribute's underscores become hyphens (`class_` is `class`); None and False leave it out.

    >>> element("a", "Zoé & Cie", href='x"y', data_sort=3, hidden=None)
    '<a href="x&quot;y" data-sort="3">Zoé &amp; Cie</a>'
    """
    said = "".join(_attribute(name, value) for name, value in attributes.items())
    return Markup(f"<{tag}{said}>" if tag in _VOID else f"<{tag}{said}>{together(content)}</{tag}>")


def _attribute(name: str, value: Attribute) -> str:
    if value is None or value is False:
        return ""
    name = name.rstrip("_").replace("_", "-")
    return f" {name}" if value is True else f' {name}="{text(value)}"'


def together(pieces: Iterable[object]) -> Markup:
    """The pieces one after the other, each escaped unless it is markup; None is nothing."""
    return Markup("".join(text(piece) for piece in pieces if piece is not None))


def paragraphs(typed: str) -> Markup:
    """A text of several lines as paragraphs: a blank line parts them, a line break breaks, an http address is a link.

    >>> paragraphs("Salle 2\\nCode <12>\\n\\nhttps://exemple.fr/a?b=1&c=2.")
    '<p>Salle 2<br>Code &lt;12&gt;</p><p><a href="https://exemple.fr/a?b=1&amp;c=2" rel="noreferrer noopener">https://exemple.fr/a?b=1&amp;c=2</a>.</p>'
    """
    blocks = re.split(r"\n\s*\n", typed.replace("\r\n", "\n").replace("\r", "\n").strip())
    return together(
        element("p", Markup("<br>".join(_linked(line) for line in block.split("\n"))))
        for block in blocks
        if block
    )


def _linked(line: str) -> str:
    pieces, last = [], 0
    for found in _ADDRESS.finditer(line):
        address = found.group()
        pieces += [
            text(line[last : found.start()]),
            element("a", address, href=address, rel="noreferrer noopener"),
        ]
        last = found.end()
    return "".join((*pieces, text(line[last:])))
