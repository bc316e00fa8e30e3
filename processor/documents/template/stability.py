"""Whether a templated part keeps its form whatever the values: then nothing needs to be parsed again at each filling.

docxtpl parses every filled body to mend broken nesting, to count the columns of tables again and to number the
drawings. None of this can differ from one person to the next when each block (`for`, `if`) opens and closes at the same
depth, under elements of the same names, without crossing a cell, and when each table has a row of full width that no
block encloses.
"""

import re
from typing import Any

from lxml import etree

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_TAG = re.compile(r"{#.*?#}|{%-?\+?\s*(\w+)(.*?)%}|{{.*?}}", re.DOTALL)
_OPENERS = frozenset({"for", "if", "macro", "call", "filter", "with", "set"})
_MIDDLES = frozenset({"else", "elif"})
_CELLS = frozenset({f"{_WORD}tbl", f"{_WORD}tr", f"{_WORD}tc"})
_FIRST_DRAWING = 1001


def steady(xml: str, tables: bool = True) -> bool:
    """Whether each filling is well formed and, if asked, leaves the columns of every table as the template has them.

    >>> steady("<a>{% if x %}<b/>{% endif %}</a>"), steady("<a><b>{% if x %}</b><c>{% endif %}</c></a>")
    (True, False)
    """
    try:
        root = etree.fromstring(_marked(xml).encode())
        optional = _optional(root)
    except (etree.XMLSyntaxError, _Unsteady):
        return False
    if any(_inside(drawing, optional) for drawing in root.iter(_DRAWING)):
        return False
    return not tables or all(_full_width(table, optional) for table in root.iter(f"{_WORD}tbl"))


def numbered(xml: str) -> str:
    """The drawings of a steady body numbered as docxtpl numbers them, from 1001 on."""
    numbers = iter(range(_FIRST_DRAWING, 1_000_000))
    return re.sub(r'(<wp:docPr\b[^>]*?\bid=")[^"]*', lambda found: f"{found[1]}{next(numbers)}", xml)


class _Unsteady(Exception):
    """A block does not close where it opened."""


def _marked(xml: str) -> str:
    """The XML with each tag of the template as a processing instruction, so that a parser accepts it."""
    made, position, inside = [], 0, False
    for found in _TAG.finditer(xml):
        between = xml[position : found.start()]
        made.append(between)
        if "<" in between or ">" in between:
            inside = between.rfind("<") > between.rfind(">")
        made.append(_marker(found, inside))
        position = found.end()
    return "".join((*made, xml[position:]))


def _marker(found: re.Match[str], inside: bool) -> str:
    word = found[1] or ""
    block = word and not (word == "set" and "=" in found[2])
    if word == "raw" or (inside and block and word in _OPENERS):
        raise _Unsteady
    return f"<?block {word}?>" if block and not inside else "" if not inside else "templated"


def _optional(root: Any) -> set[Any]:
    """The outermost elements that each block encloses; _Unsteady when a block does not close as it opened."""
    order = list(root.iter())
    opened: list[tuple[str, int]] = []
    enclosed: set[Any] = set()
    for position, mark in enumerate(order):
        word = (mark.text or "") if mark.tag is etree.ProcessingInstruction else ""
        if word in _OPENERS:
            opened.append((word, position))
        elif word:
            enclosed |= _closed(word, order, opened, position)
    if opened:
        raise _Unsteady
    return enclosed


def _closed(word: str, order: list[Any], opened: list[tuple[str, int]], position: int) -> set[Any]:
    """What stands between the last opening and this `else` or `end`, which must stand as the opening does."""
    if not opened or not (word in _MIDDLES or word == f"end{opened[-1][0]}"):
        raise _Unsteady
    opening = opened[-1][1] if word in _MIDDLES else opened.pop()[1]
    above, below = _path(order[opening]), _path(order[position])
    shared = sum(one is other for one, other in zip(above, below, strict=False))
    steps = [one.tag for one in above[shared:]], [one.tag for one in below[shared:]]
    if steps[0] != steps[1] or _CELLS & {*steps[0]} or above[shared - 1].tag == f"{_WORD}tr":
        raise _Unsteady
    between = set(order[opening + 1 : position]) - set(below)
    return {one for one in between if one.getparent() not in between}


def _path(mark: Any) -> list[Any]:
    """The elements that hold a mark, from the root on."""
    return list(mark.iterancestors())[::-1]


def _inside(element: Any, enclosing: set[Any], below: Any = None) -> bool:
    """Whether the element, or one that holds it below another, is in the set."""
    while element is not None and element is not below:
        if element in enclosing:
            return True
        element = element.getparent()
    return False


def _full_width(table: Any, optional: set[Any]) -> bool:
    """Whether some row that is always there has the width of the grid, and no row has more cells than it."""
    grid = table.find(f"{_WORD}tblGrid")
    if grid is None:
        return False
    columns = len(grid.findall(f"{_WORD}gridCol"))
    widest = 0
    for row in table.iter(f"{_WORD}tr"):
        cells = row.findall(f"{_WORD}tc")
        spans = [_span(cell) for cell in cells]
        if len(cells) > columns or None in spans:
            return False
        if not _inside(row, optional, table):
            widest = max(widest, sum(span or 0 for span in spans))
    return widest >= columns


def _span(cell: Any) -> int | None:
    """How many columns of the grid the cell takes; None when the template decides it."""
    span = cell.find(f"{_WORD}tcPr/{_WORD}gridSpan")
    if span is None:
        return 1
    value = span.get(f"{_WORD}val") or ""
    return int(value) if value.isdigit() else None
