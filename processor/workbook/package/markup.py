"""XML parts: parsed without entities or network, written back with their own declaration and root tag."""

import re
from collections.abc import Iterator

from lxml import etree

from processor.workbook.errors import Unreadable

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_MAIN = "http://purl.oclc.org/ooxml/spreadsheetml/main"
STRICT_OFFICE = "http://purl.oclc.org/ooxml/officeDocument/relationships"
DECLARATION = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'
_ROOT = re.compile(rb"<(?![?!])[^\s/>]+(?:\s[^>]*?)?(/?)>")
_ATTRIBUTE = re.compile(rb"""([\w:.\-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_ENTITY = re.compile(rb"&(#[xX][0-9A-Fa-f]{1,8}|#[0-9]{1,9}|lt|gt|amp|quot|apos);")
_ENCODING = re.compile(rb"""<\?xml[^>]*?encoding\s*=\s*["']([\w.\-]+)["']""")
_ENCODINGS = frozenset(
    b"utf-8 utf8 us-ascii ascii utf-16 utf-16le utf-16be iso-8859-1 iso-8859-15 windows-1252".split()
)
_NAMED = {b"lt": "<", b"gt": ">", b"amp": "&", b"quot": '"', b"apos": "'"}

_IN_CONTENT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
_IN_ATTRIBUTE = _IN_CONTENT | str.maketrans({'"': "&quot;", "\n": "&#10;", "\t": "&#9;"})


def parse_xml(content: bytes, name: str) -> etree._Element:
    """The root element; Unreadable("damaged", name) when the part is not well-formed or holds what no Office file does.

    A document type is refused, as Office refuses it: entities may unfold without end. So are encodings beyond those of
    ISO 29500-2 §9.1.4 and the old Western ones, and elements nested hundreds deep, which libxml2 bounds by itself.
    """
    _refuse_doctype(content, name)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise Unreadable("damaged", f"{name}: {error}") from error


def _refuse_doctype(content: bytes, name: str) -> None:
    plain = content.replace(b"\0", b"") if b"\0" in content[:4] else content
    match = _ENCODING.match(plain.removeprefix(b"\xef\xbb\xbf").lstrip(b"\xff\xfe"))
    if match and match[1].lower() not in _ENCODINGS:
        raise Unreadable("damaged", f"{name}: encoding {match[1].decode('ascii', 'replace')}")
    if b"<!DOCTYPE" in plain:
        raise Unreadable("damaged", f"{name}: a document type is declared")


def serialised(root: etree._Element, original: bytes) -> bytes:
    """The part with the prolog of the original; its root tag too, unless the root's attributes changed.

    lxml drops standalone and the line break after the declaration, and Excel refuses a part whose
    mc:Ignorable names a prefix that is no longer declared.
    """
    body = etree.tostring(root, encoding="UTF-8", xml_declaration=False)
    match = _ROOT.search(original)
    if match is None or original[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return DECLARATION + body
    prolog = original[: match.start()]
    old_tag, new_tag = match.group(0), _ROOT.match(body)
    if new_tag is not None and not match[1] and not new_tag[1] and _same_root(original, root):
        body = old_tag + body[new_tag.end() :]
    return prolog + body


def _same_root(original: bytes, root: etree._Element) -> bool:
    before = parse_xml(original, "")
    return sorted(before.attrib.items()) == sorted(root.attrib.items()) and before.nsmap == root.nsmap


def attributes(tag: bytes) -> dict[str, str]:
    """The attributes of a start tag, in their order.

    >>> attributes(b'<c r="A1" s=\\'2\\' t="s"/>')
    {'r': 'A1', 's': '2', 't': 's'}
    """
    return {name.decode(): text_of(double or single) for name, double, single in _ATTRIBUTE.findall(tag)}


def attribute_text(values: dict[str, str]) -> bytes:
    """Attributes as they stand in a tag, with a blank before each."""
    return "".join(f' {name}="{quoted(value)}"' for name, value in values.items()).encode()


def quoted(text: str) -> str:
    """Text for an attribute in double quotes."""
    return text.translate(_IN_ATTRIBUTE)


def content_of(text: str) -> str:
    """Text for the content of an element; a carriage return would otherwise be read as a line feed."""
    return text.translate(_IN_CONTENT)


def text_of(raw: bytes) -> str:
    """The text behind XML's own escapes. Raises Unreadable("damaged") where it is no UTF-8."""
    try:
        return "".join(_entities(raw)) if b"&" in raw else raw.decode()
    except UnicodeDecodeError as error:
        raise Unreadable("damaged", f"{raw[:40]!r} is no UTF-8") from error


def _entities(raw: bytes) -> Iterator[str]:
    at = 0
    for match in _ENTITY.finditer(raw):
        yield raw[at : match.start()].decode()
        name = match[1]
        if name in _NAMED:
            yield _NAMED[name]
        else:
            yield _character(int(b"0" + name[1:], 0) if name[1:2] in b"xX" else int(name[1:]))
        at = match.end()
    yield raw[at:].decode()


def _character(number: int) -> str:
    return chr(number) if number < 0x110000 and not 0xD800 <= number < 0xE000 else "\ufffd"


def local(node: etree._Element) -> str:
    """The element's name without namespace ("" for comments and instructions)."""
    return etree.QName(node).localname if isinstance(node.tag, str) else ""


def child(node: etree._Element, name: str) -> etree._Element | None:
    """The first child of that local name, whatever its namespace."""
    return next((item for item in node if local(item) == name), None)


def relation_id(node: etree._Element, name: str = "id") -> str | None:
    """The r:id of an element, transitional or strict."""
    return node.get(f"{{{OFFICE}}}{name}") or node.get(f"{{{STRICT_OFFICE}}}{name}")


def integer(text: str | bytes | None, default: int = 0) -> int:
    """The whole number that a text is, the default for none. Raises Unreadable("damaged") for anything else."""
    if not text:
        return default
    try:
        return int(text)
    except ValueError as error:
        raise Unreadable("damaged", f"{text[:40]!r} is no whole number") from error


def whole(node: etree._Element, name: str, default: int = 0) -> int:
    """The whole number in an attribute, the default where there is none."""
    return integer(node.get(name), default)
