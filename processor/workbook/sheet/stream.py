"""A sheet's XML as a stream of rows: what stands before them, the rows one by one, what stands after.

Rows are bytes. Only a sheet that cannot be cut safely (other encodings than UTF-8, comments or CDATA among
the rows) is first brought into the usual form, as a whole.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache

from lxml import etree

from processor.workbook.errors import Unreadable
from processor.workbook.package.markup import parse_xml

_START = re.compile(rb"<((?:[\w.\-]+:)?)sheetData(?:\s[^>]*?)?(/?)>")
_NUMBER = re.compile(rb"""\s*<[\w.\-:]+(?:\s[^>]*?)?\sr\s*=\s*["']([0-9]+)["']""")
_ENCODING = re.compile(rb"""^<\?xml[^>]*encoding=["']([\w\-]+)["']""")


class SheetStream:
    """One reading of a sheet's XML; `tail` is known when the rows have run out."""

    def __init__(self, pieces: Iterable[bytes], name: str) -> None:
        self._pieces = iter(pieces)
        self._name = name
        self.usual = True
        self.tail = b""
        self._read_head()

    def _read_head(self) -> None:
        head = b""
        for piece in self._pieces:
            head += piece
            match = _START.search(head)
            if match:
                break
        else:
            match = None
        if match is None or not _is_utf8(head) or b"<!" in head[: match.start()]:
            match, head = self._made_usual(head)
        self.prefix = match[1]
        self.head = head[: match.start()]
        self._empty = bool(match[2])
        self._opening = match[0]
        self._rest = head[match.end() :]

    def _made_usual(self, read: bytes) -> tuple[re.Match[bytes], bytes]:
        whole = read + b"".join(self._pieces)
        self._pieces = iter(())
        self.usual = False
        content = usual_form(whole, self._name)
        match = _START.search(content)
        if match is None:
            raise Unreadable("damaged", f"{self._name} has no sheetData")
        return match, content

    @property
    def opening(self) -> bytes:
        """The start tag of sheetData, never self-closed."""
        return self._opening[:-2].rstrip() + b">" if self._empty else self._opening

    def rows(self) -> Iterator[tuple[int, bytes]]:
        """Row numbers and the bytes of the rows, with the white space before them; sets `tail` at the end."""
        number = 0
        for block in self.blocks():
            for row, raw in self.cut(block, number):
                number = row
                yield row, raw

    def cut(self, block: bytes, number: int = 0) -> Iterator[tuple[int, bytes]]:
        """The rows of a block; `number` is that of the row before, for rows that do not say theirs."""
        usual = _usual_number(self.prefix)
        for raw in _cut(block, b"</" + self.prefix + b"row>"):
            match = usual.match(raw) or _NUMBER.match(raw)
            number = int(match[1]) if match else number + 1
            yield number, raw

    def blocks(self) -> Iterator[bytes]:
        """Blocks of whole rows, about a megabyte each; sets `tail` at the end."""
        if self._empty:
            self.tail = b"</" + self.prefix + b"sheetData>" + self._rest + b"".join(self._pieces)
            return
        yield from self._blocks(b"</" + self.prefix + b"row>", b"</" + self.prefix + b"sheetData>")

    def bounds(self, block: bytes) -> tuple[int, int] | None:
        """The numbers of the first and last row of a block, None when they cannot be told at once."""
        first = _NUMBER.match(block)
        last = _NUMBER.match(block, max(block.rfind(b"<" + self.prefix + b"row "), 0))
        return (int(first[1]), int(last[1])) if first and last else None

    def _blocks(self, close: bytes, end: bytes) -> Iterator[bytes]:
        """Blocks of whole rows."""
        rest = self._rest
        while True:
            stop = rest.find(end)
            if stop >= 0:
                self._refuse_comments(rest[:stop])
                yield rest[:stop]
                self.tail = rest[stop:] + b"".join(self._pieces)
                return
            cut = rest.rfind(close) + len(close)
            if cut >= len(close):
                self._refuse_comments(rest[:cut])
                yield rest[:cut]
                rest = rest[cut:]
            piece = next(self._pieces, None)
            if piece is None:
                raise Unreadable("damaged", f"{self._name} ends within its rows")
            rest += piece

    def _refuse_comments(self, block: bytes) -> None:
        if (b"!" in block and b"<!" in block) or (b"?" in block and b"<?" in block):
            raise NotUsual(self._name)


class NotUsual(Exception):
    """Comments or CDATA stand among the rows: the sheet must be read in its usual form."""


def usual_form(content: bytes, name: str) -> bytes:
    """The same XML in UTF-8 with double quotes, without comments and CDATA."""
    root = parse_xml(content, name)
    for node in list(root.iter(etree.Comment, etree.ProcessingInstruction)):
        parent = node.getparent()
        if parent is not None:
            _drop_keeping_tail(parent, node)
    declaration = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'
    return declaration + etree.tostring(root, encoding="UTF-8", xml_declaration=False)


def _drop_keeping_tail(parent: etree._Element, node: etree._Element) -> None:
    before = node.getprevious()
    if before is not None:
        before.tail = (before.tail or "") + (node.tail or "")
    else:
        parent.text = (parent.text or "") + (node.tail or "")
    parent.remove(node)


def _is_utf8(head: bytes) -> bool:
    if head[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in head[:8]:
        return False
    match = _ENCODING.match(head.removeprefix(b"\xef\xbb\xbf"))
    return match is None or match[1].lower() in (b"utf-8", b"utf8", b"us-ascii", b"ascii")


@cache
def _usual_number(prefix: bytes) -> re.Pattern[bytes]:
    """The number of a row whose start tag is as Excel writes it."""
    return re.compile(b"<" + re.escape(prefix) + b'row r="([0-9]+)"')


def _cut(block: bytes, close: bytes) -> Iterator[bytes]:
    """The rows of a block; a row without cells closes itself and stands before the next in its piece."""
    pieces = block.split(close)
    last = pieces.pop()
    for piece in pieces:
        end = piece.find(b">") + 1
        if piece[end - 2 : end - 1] != b"/":
            yield piece + close
            continue
        at = 0
        while end > at and piece[end - 2 : end - 1] == b"/":
            yield piece[at:end]
            at, end = end, piece.find(b">", end) + 1
        yield piece[at:] + close if at else piece + close
    at = 0
    while (end := last.find(b"/>", at)) >= 0:
        yield last[at : end + 2]
        at = end + 2
