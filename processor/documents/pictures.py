"""Pictures that stand in for those of a template: a file `logo.png` beside the templates is everyone's logo.

A picture of a template is replaced when its alternative text (Word: « Texte de remplacement ») is the name of the
file without its ending, or the same written as a placeholder: `logo`, `{{ logo }}`. It keeps the box of the picture
that it replaces, and its own proportions within that box.
"""

import io
import posixpath
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_ANCHOR = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_PICTURE = "{http://schemas.openxmlformats.org/drawingml/2006/picture}"
_EMBED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}embed"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_IMAGE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}Default"
_NAMES, _ENDINGS = ("logo", "signature"), (".png", ".jpg", ".jpeg")
_LARGEST = 10_000_000


def pictures_beside(folder: Path) -> dict[str, bytes]:
    """The pictures of the folder of the templates by name, without their ending; larger than 10 MB is no logo."""
    found = (folder / f"{name}{ending}" for name in _NAMES for ending in _ENDINGS)
    return {
        path.stem: path.read_bytes() for path in found if path.is_file() and path.stat().st_size < _LARGEST
    }


def with_pictures(package: bytes, pictures: Mapping[str, bytes]) -> bytes:
    """The package with its pictures of these names replaced; the same bytes when it has none of them.

    A file that is no picture replaces nothing.
    """
    known = {name: shown for name, data in pictures.items() if (shown := _png(data)) is not None}
    if not known:
        return package
    with zipfile.ZipFile(io.BytesIO(package)) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    changed = [_replace(parts, name, known) for name in list(parts) if _may_hold_pictures(name)]
    return _packed(parts) if any(changed) else package


@dataclass(frozen=True)
class _Png:
    data: bytes
    width: int
    height: int


def _png(data: bytes) -> _Png | None:
    """The picture as PNG, whatever it came as; None when it is none."""
    from PIL import Image

    try:
        with Image.open(io.BytesIO(data), formats=("PNG", "JPEG")) as image:
            made = io.BytesIO()
            image.convert("RGBA").save(made, "PNG")
            return _Png(made.getvalue(), image.width, image.height)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None


def _may_hold_pictures(name: str) -> bool:
    return name.startswith("word/") and name.endswith(".xml") and "/" not in name[5:]


def _replace(parts: dict[str, bytes], name: str, pictures: Mapping[str, _Png]) -> bool:
    """Replace the pictures of one part; whether there was any."""
    from lxml import etree

    if _PICTURE[1:-1].encode() not in parts[name]:
        return False
    root = etree.fromstring(parts[name])
    drawings = [
        (drawing, _wanted(drawing))
        for kind in ("inline", "anchor")
        for drawing in root.iter(f"{_ANCHOR}{kind}")
    ]
    found = [(drawing, wanted) for drawing, wanted in drawings if wanted in pictures]
    for drawing, wanted in found:
        _show(drawing, _relate(parts, name, wanted, pictures[wanted]), pictures[wanted])
    if found:
        parts[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return bool(found)


def _wanted(drawing: Any) -> str:
    """The name that the alternative text of a picture gives."""
    described = drawing.find(f"{_ANCHOR}docPr")
    return "" if described is None else (described.get("descr") or "").strip("{} ").casefold()


def _show(drawing: Any, relation: str, picture: _Png) -> None:
    """Point the drawing to the picture and give it the picture's proportions within the box it had."""
    for blip in drawing.iter(f"{_DRAWING}blip"):
        blip.set(_EMBED, relation)
    for cropped in list(drawing.iter(f"{_DRAWING}srcRect")):
        cropped.getparent().remove(cropped)
    extent = drawing.find(f"{_ANCHOR}extent")
    box = int(extent.get("cx")), int(extent.get("cy"))
    scale = min(box[0] / picture.width, box[1] / picture.height)
    size = str(round(picture.width * scale)), str(round(picture.height * scale))
    for element in (extent, *drawing.iter(f"{_DRAWING}ext")):
        if element.get("cx"):
            element.set("cx", size[0])
            element.set("cy", size[1])


def _relate(parts: dict[str, bytes], name: str, wanted: str, picture: _Png) -> str:
    """The relation from a part to the picture, made with the picture's own entry of the package."""
    from lxml import etree

    folder, file = posixpath.split(name)
    rels = f"{folder}/_rels/{file}.rels"
    media, relation = f"media/seances-{wanted}.png", f"rIdSeances{wanted.capitalize()}"
    parts[f"{folder}/{media}"] = picture.data
    root = etree.fromstring(parts[rels])
    if not any(one.get("Id") == relation for one in root):
        etree.SubElement(root, f"{{{_RELATIONS}}}Relationship", Id=relation, Type=_IMAGE, Target=media)
        parts[rels] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    types = etree.fromstring(parts["[Content_Types].xml"])
    if not any(one.get("Extension") == "png" for one in types):
        types.insert(0, etree.Element(_TYPES, Extension="png", ContentType="image/png"))
        parts["[Content_Types].xml"] = etree.tostring(
            types, xml_declaration=True, encoding="UTF-8", standalone=True
        )
    return relation


def _packed(parts: Mapping[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return made.getvalue()
