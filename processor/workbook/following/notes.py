"""Notes and threaded comments of moved cells: they go where their cells go, with their boxes and authors.

A threaded comment is stored twice: in its own part, and as a note whose author is tc={id} for programs that
do not know threads. Both travel; the ids that hold them together stay.
"""

import re
from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass

from lxml import etree

from processor.workbook.package.markup import (
    DECLARATION,
    MAIN,
    child,
    integer,
    local,
    parse_xml,
    serialised,
    whole,
    with_ignorable,
)
from processor.workbook.package.package import Package, Relationship
from processor.workbook.sheet.a1 import cell_address, parse_cell

Place = tuple[int, int]
COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
THREADS_TYPE = "application/vnd.ms-excel.threadedcomments+xml"
THREADS_KIND = "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment"
_THREADS = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
_SHAPE = re.compile(rb"<((?:\w+:)?)shape\b.*?</\1shape\s*>", re.DOTALL)
_ID = re.compile(rb"_x0000_s([0-9]+)")
_BOX = b"""<v:shape id="_x0000_s1025" type="#_x0000_t202" style='position:absolute;margin-left:60pt;margin-top:2pt;\
width:108pt;height:60pt;z-index:1;visibility:hidden' fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/>\
<v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/><v:textbox style='mso-direction-alt:auto'>\
<div style='text-align:left'></div></v:textbox><x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>\
<x:Anchor>1, 15, 0, 2, 3, 15, 4, 2</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>0</x:Row><x:Column>0</x:Column>\
</x:ClientData></v:shape>"""


@dataclass(frozen=True)
class Note:
    """A note on its way: where it goes, the comment, its author, its box, and the comments of its thread."""

    row: int
    column: int
    comment: etree._Element
    author: str
    box: bytes
    thread: tuple[etree._Element, ...]


def notes_of(
    package: Package, relations: Sequence[Relationship], places: Mapping[Place, Place]
) -> list[Note]:
    """The notes of a sheet that stand on the cells of `places`, with where they go."""
    parts = {kind: _part(relations, kind) for kind in ("comments", "threadedComment", "vmlDrawing")}
    if parts["comments"] is None:
        return []
    root = parse_xml(package.read(parts["comments"]), parts["comments"])
    authors = [node.text or "" for node in root.iterfind("{*}authors/{*}author")]
    boxes = _boxes(package.read(parts["vmlDrawing"])) if parts["vmlDrawing"] else {}
    threads = _threads(package, parts["threadedComment"])
    found = []
    for comment in root.iterfind("{*}commentList/{*}comment"):
        place = parse_cell(comment.get("ref") or "")
        if place is not None and place in places:
            author = whole(comment, "authorId")
            name = authors[author] if author < len(authors) else ""
            box = boxes.get(place, _BOX)
            found.append(Note(*places[place], comment, name, box, tuple(threads.get(place, ()))))
    return found


def _part(relations: Sequence[Relationship], kind: str) -> str | None:
    return next((item.target for item in relations if item.kind == kind and not item.external), None)


def _boxes(content: bytes) -> dict[Place, bytes]:
    found: dict[Place, bytes] = {}
    for match in _SHAPE.finditer(content):
        row = re.search(rb"<(?:\w+:)?Row>\s*(\d+)", match[0])
        column = re.search(rb"<(?:\w+:)?Column>\s*(\d+)", match[0])
        if row and column and b'ObjectType="Note"' in match[0]:
            found[int(row[1]) + 1, int(column[1]) + 1] = match[0]
    return found


def _threads(package: Package, part: str | None) -> dict[Place, list[etree._Element]]:
    found: dict[Place, list[etree._Element]] = {}
    if part is not None:
        for node in parse_xml(package.read(part), part):
            place = parse_cell(node.get("ref") or "") if local(node) == "threadedComment" else None
            if place is not None:
                found.setdefault(place, []).append(node)
    return found


def with_comments(content: bytes | None, notes: Sequence[Note]) -> bytes:
    """A comments part with the notes; authors are found by name or added, never dropped."""
    space = etree.QName(notes[0].comment).namespace
    content = content or _made(f'<comments xmlns="{space}"><authors/><commentList/></comments>')
    root = with_ignorable(parse_xml(content, "comments"), [note.comment for note in notes])
    space = etree.QName(root).namespace
    authors, entries = child(root, "authors"), child(root, "commentList")
    if authors is None or entries is None:
        return content
    names = [node.text or "" for node in authors]
    for note in notes:
        if note.author not in names:
            etree.SubElement(authors, f"{{{space}}}author").text = note.author
            names.append(note.author)
        entry = deepcopy(note.comment)
        entry.tail = None
        entry.set("ref", cell_address(note.row, note.column))
        entry.set("authorId", str(names.index(note.author)))
        if "shapeId" in entry.attrib:
            del entry.attrib["shapeId"]
        entries.append(entry)
    return serialised(root, content)


def with_threads(content: bytes | None, notes: Sequence[Note]) -> bytes:
    """A threaded comments part with the notes' threads."""
    content = content or _made(f'<ThreadedComments xmlns="{_THREADS}" xmlns:x="{MAIN}"/>')
    replies = [(note, node) for note in notes for node in note.thread]
    root = with_ignorable(parse_xml(content, "threadedComments"), [node for _, node in replies])
    for note, node in replies:
        entry = deepcopy(node)
        entry.tail = None
        entry.set("ref", cell_address(note.row, note.column))
        root.append(entry)
    return serialised(root, content)


def _made(root: str) -> bytes:
    return DECLARATION + root.encode()


def with_boxes(content: bytes | None, notes: Sequence[Note], block: int) -> bytes:
    """A VML drawing with the notes' boxes under new ids; `block` numbers the ids of a new drawing."""
    content = content or _empty_drawing(block)
    number = max((int(found) for found in _ID.findall(content)), default=block * 1024)
    shapes = []
    for note in notes:
        number += 1
        shapes.append(_placed_box(note, number))
    end = content.rindex(b"</")
    return content[:end] + b"\n".join(shapes) + content[end:]


def _placed_box(note: Note, number: int) -> bytes:
    box = re.sub(rb'\bid="[^"]*"', b'id="_x0000_s%d"' % number, note.box, count=1)
    box = re.sub(rb"\s(?:o:)?spid=\"[^\"]*\"", b"", box)
    box = re.sub(rb"(<(?:\w+:)?Row>)\s*\d+", rb"\g<1>%d" % (note.row - 1), box)
    box = re.sub(rb"(<(?:\w+:)?Column>)\s*\d+", rb"\g<1>%d" % (note.column - 1), box)
    anchor = re.search(rb"(<(?:\w+:)?Anchor>)([^<]*)(</)", box)
    numbers = [integer(item) for item in anchor[2].split(b",")] if anchor else []
    if anchor is None or len(numbers) != 8:
        return box
    top, left = max(note.row - 2, 0), note.column
    height, width = numbers[6] - numbers[2], numbers[4] - numbers[0]
    placed = [left, numbers[1], top, numbers[3], left + width, numbers[5], top + height, numbers[7]]
    return box[: anchor.start(2)] + ", ".join(map(str, placed)).encode() + box[anchor.end(2) :]


def _empty_drawing(block: int) -> bytes:
    return (
        b'<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
        b'xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit">'
        b'<o:idmap v:ext="edit" data="%d"/></o:shapelayout><v:shapetype id="_x0000_t202" coordsize="21600,21600" '
        b'o:spt="202" path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/>'
        b'<v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype></xml>' % block
    )
