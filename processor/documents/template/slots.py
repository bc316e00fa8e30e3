"""Pictures that differ from one document to the next, such as a QR code: their place in the template is a picture
whose alternative text is a placeholder.

The alternative text `{{ code_qr }} Code de vérification` shows the PNG that the context holds as bytes under
`code_qr`, within the box of the template's picture and in its own proportions; the words after the placeholder stay
as the alternative text. A blank value shows nothing. Only the entry of the picture changes from one document to the
next, so nothing needs to be parsed.
"""

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from processor.documents.template import drawings

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_EMPTY = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010804000000b51c0c02"
    "0000000b4944415478da6360600000000300012b094d840000000049454e44ae426082"
)
_POINT = 12_700  # the box of a picture that shows nothing, in EMU


class NotAPicture(Exception):
    """A value that stands for a picture is none."""


@dataclass(frozen=True)
class Slot:
    """A picture to fill: the placeholder that gives it, and its entry in the package."""

    placeholder: str
    entry: str

    def picture(self, values: Mapping[str, Any]) -> bytes:
        """The picture itself, or one that shows nothing; raises NotAPicture."""
        value: Any = values
        for name in self.placeholder.split("."):
            value = value.get(name) if isinstance(value, Mapping) else None
        if not value:
            return _EMPTY
        size_of(value)
        return bytes(value)


def with_slots(package: bytes) -> tuple[bytes, tuple[Slot, ...]]:
    """The package with a place of its own for each picture that is a placeholder; the same bytes without any."""
    parts = drawings.unpacked(package)
    found = [slot for name in drawings.holding_pictures(parts) for slot in _prepared(parts, name)]
    return (drawings.packed(parts), tuple(dict.fromkeys(found))) if found else (package, ())


def _prepared(parts: drawings.Parts, name: str) -> list[Slot]:
    """The places of one part; their sizes become tags, because they depend on the picture."""
    from lxml import etree

    root, found = etree.fromstring(parts[name]), []
    for drawing in list(drawings.drawings(root)):
        written = drawings.placeholder(drawings.alternative(drawing))
        if written is None:
            continue
        path, words = written
        media = f"seances-{path.replace('.', '-')}.png"
        width, height = drawings.box(drawing)
        relation = drawings.relate(parts, name, media, _EMPTY)
        sizes = [f"{{{{ {path}|{way}({width}, {height}) }}}}" for way in ("_wide", "_high")]
        drawings.show(drawing, relation, *sizes)
        drawings.describe(drawing, words or path)
        found.append(Slot(path, f"word/media/{media}"))
    if found:
        parts[name] = drawings.written(root)
        drawings.forget_unused(parts, name)
    return found


def size_of(picture: Any) -> tuple[int, int]:
    """The width and height of a PNG in pixels, read from its first bytes; NotAPicture when it is none."""
    if not isinstance(picture, bytes) or not picture.startswith(_SIGNATURE) or len(picture) < 33:
        raise NotAPicture
    width, height = struct.unpack(">II", picture[16:24])
    if not (0 < width < 20_000 and 0 < height < 20_000):
        raise NotAPicture
    return width, height


def wide(picture: Any, width: int, height: int) -> int:
    """The width that the picture takes in a box, in EMU; next to nothing when there is no picture."""
    return drawings.fitted((width, height), size_of(picture))[0] if picture else _POINT


def high(picture: Any, width: int, height: int) -> int:
    """The height that the picture takes in a box, in EMU."""
    return drawings.fitted((width, height), size_of(picture))[1] if picture else _POINT
