"""The pictures of a .docx: where they stand, what their alternative text says, how another one takes their place."""

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any

_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_ANCHOR = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_PICTURE = b"http://schemas.openxmlformats.org/drawingml/2006/picture"
_EMBED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}embed"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_IMAGE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}Default"
_PLACEHOLDER = re.compile(r"\s*{{\s*([A-Za-z_][\w.]*)\s*}}\s*(.*)", re.DOTALL)

Parts = dict[str, bytes]
"""The entries of a package by name, for those that change it."""


def unpacked(package: bytes) -> Parts:
    """The entries of a package."""
    with zipfile.ZipFile(io.BytesIO(package)) as source:
        return {name: source.read(name) for name in source.namelist()}


def packed(parts: Mapping[str, bytes]) -> bytes:
    """The package of these entries."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return made.getvalue()


def holding_pictures(parts: Mapping[str, bytes]) -> list[str]:
    """The body, heads, feet and notes that hold a picture."""
    own = (
        name for name in parts if name.startswith("word/") and name.endswith(".xml") and "/" not in name[5:]
    )
    return [name for name in own if _PICTURE in parts[name]]


def drawings(root: Any) -> Iterator[Any]:
    """The drawings of a part, in the line and floating."""
    return (found for kind in ("inline", "anchor") for found in root.iter(f"{_ANCHOR}{kind}"))


def alternative(drawing: Any) -> str:
    """The alternative text of a drawing."""
    described = drawing.find(f"{_ANCHOR}docPr")
    return "" if described is None else described.get("descr") or ""


def placeholder(text: str) -> tuple[str, str] | None:
    """The placeholder that an alternative text is, and the words that follow it; None when it is an ordinary text.

    >>> placeholder("{{ code_qr }} Code de vérification"), placeholder("{{logo}}"), placeholder("Notre logo")
    (('code_qr', 'Code de vérification'), ('logo', ''), None)
    """
    found = _PLACEHOLDER.fullmatch(text)
    return (found[1], found[2].strip()) if found else None


def describe(drawing: Any, words: str) -> None:
    """Give the drawing an alternative text, for those who do not see it."""
    drawing.find(f"{_ANCHOR}docPr").set("descr", words)


def box(drawing: Any) -> tuple[int, int]:
    """The width and height of the drawing, in EMU (914 400 an inch)."""
    extent = drawing.find(f"{_ANCHOR}extent")
    return int(extent.get("cx")), int(extent.get("cy"))


def fitted(box: tuple[int, int], picture: tuple[int, int]) -> tuple[int, int]:
    """The size of a picture that keeps its proportions within a box.

    >>> fitted((300, 300), (200, 100))
    (300, 150)
    """
    scale = min(box[0] / picture[0], box[1] / picture[1])
    return round(picture[0] * scale), round(picture[1] * scale)


def show(drawing: Any, relation: str, width: str, height: str) -> None:
    """Point the drawing to another picture, whole, of this size; the sizes may be tags of the template."""
    for blip in drawing.iter(f"{_DRAWING}blip"):
        blip.set(_EMBED, relation)
        for other in list(blip):  # another form of the former picture, such as its SVG
            blip.remove(other)
    for cropped in list(drawing.iter(f"{_DRAWING}srcRect")):
        cropped.getparent().remove(cropped)
    for element in (drawing.find(f"{_ANCHOR}extent"), *drawing.iter(f"{_DRAWING}ext")):
        if element.get("cx"):
            element.set("cx", width)
            element.set("cy", height)


def relate(parts: Parts, name: str, media: str, picture: bytes) -> str:
    """The relation from a part to a PNG, which becomes an entry of the package."""
    from lxml import etree

    folder, file = posixpath.split(name)
    rels = f"{folder}/_rels/{file}.rels"
    relation = "rId" + "".join(letter for letter in media.title() if letter.isalnum())
    parts[f"{folder}/media/{media}"] = picture
    root = etree.fromstring(parts[rels])
    if not any(one.get("Id") == relation for one in root):
        target = f"media/{media}"
        etree.SubElement(root, f"{{{_RELATIONS}}}Relationship", Id=relation, Type=_IMAGE, Target=target)
        parts[rels] = written(root)
    types = etree.fromstring(parts["[Content_Types].xml"])
    if not any((one.get("Extension") or "").lower() == "png" for one in types):
        types.insert(0, etree.Element(_TYPES, Extension="png", ContentType="image/png"))
        parts["[Content_Types].xml"] = written(types)
    return relation


def forget_unused(parts: Parts, name: str) -> None:
    """Take out the relations of a part to pictures that it shows no more."""
    from lxml import etree

    folder, file = posixpath.split(name)
    rels = f"{folder}/_rels/{file}.rels"
    root = etree.fromstring(parts[rels])
    for one in list(root):
        if one.get("Type") == _IMAGE and f'"{one.get("Id")}"'.encode() not in parts[name]:
            root.remove(one)
    parts[rels] = written(root)


def written(root: Any) -> bytes:
    """The XML of an element, as a part of a package."""
    from lxml import etree

    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))
