"""XML parts: parsed without entities or network, written back with their own declaration and root tag."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from lxml import etree

from processor.workbook.errors import Unreadable

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_MAIN = "http://purl.oclc.org/ooxml/spreadsheetml/main"
STRICT_OFFICE = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_IGNORABLE = f"{{{_COMPATIBILITY}}}Ignorable"
DECLARATION = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'
_ROOT = re.compile(rb"<(?![?!])[^\s/>]+(?:\s[^>]*?)?(/?)>")
_ATTRIBUTE = re.compile(rb"""([\w:.\-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_WHITE = re.compile(rb"[\t\r\n]")
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


def with_ignorable(root: etree._Element, guests: Iterable[etree._Element]) -> etree._Element:
    """The root, made anew where elements from other parts bring namespaces that their own root lets programs ignore.

    A namespace that a program does not know must be named in mc:Ignorable (ISO 29500-3 §10.1), else Office repairs the part.
    """
    known = _ignorable(root)
    brought: dict[str, str] = {}
    for guest in guests:
        theirs = _ignorable(guest.getroottree().getroot())
        used = {
            etree.QName(name).namespace
            for node in guest.iter(etree.Element)
            for name in (node.tag, *node.attrib)
        }
        brought |= {space: prefix for space, prefix in theirs.items() if space in used and space not in known}
    if not brought:
        return root
    spaces: dict[Any, str] = {prefix: space for space, prefix in brought.items()}  # None is the default one
    spaces["mc"] = _COMPATIBILITY
    made = etree.Element(root.tag, _texts(root), spaces | root.nsmap)
    made.set(_IGNORABLE, " ".join([*known.values(), *brought.values()]))
    made.text = root.text
    made.extend(list(root))
    return made


def _texts(node: etree._Element) -> dict[str, str]:
    return {str(name): str(value) for name, value in node.attrib.items()}


def _ignorable(root: etree._Element) -> dict[str, str]:
    """The prefixes that mc:Ignorable of a root names, by their namespace."""
    prefixes = (root.get(_IGNORABLE) or "").split()
    return {root.nsmap[prefix]: prefix for prefix in prefixes if prefix in root.nsmap}


def attributes(tag: bytes) -> dict[str, str]:
    """The attributes of a start tag, in their order.

    >>> attributes(b'<c r="A1" s=\\'2\\' t="s"/>')
    {'r': 'A1', 's': '2', 't': 's'}
    """
    if _WHITE.search(tag):  # literal white space in a value reads as blanks (XML 1.0 §3.3.3)
        tag = _WHITE.sub(b" ", tag.replace(b"\r\n", b"\n"))
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
    """The text behind XML's own escapes; line ends are line feeds (XML 1.0 §2.11).

    Raises Unreadable("damaged") where it is no UTF-8.

    >>> text_of(b"A1+\\r\\nB1&#13;&lt;")
    'A1+\\nB1\\r<'
    """
    if b"\r" in raw:
        raw = raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
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
