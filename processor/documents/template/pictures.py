"""Pictures that stand in for those of a template: a file `logo.png` beside the templates is everyone's logo.

A picture of a template is replaced when its alternative text (Word: « Texte de remplacement ») is the name of a file
of the folder without its ending, or the same written as a placeholder: `logo`, `{{ logo }}`. It keeps the box of the
picture that it replaces, and its own proportions within that box.
"""

import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from processor.documents.template import drawings

OF_THE_FOLDER = frozenset({"logo", "signature", "cachet"})
_ENDINGS = (".png", ".jpg", ".jpeg")
_LARGEST = 10_000_000


def pictures_beside(folder: Path) -> dict[str, bytes]:
    """The pictures of the folder of the templates by name, without their ending; larger than 10 MB is no logo."""
    found = (folder / f"{name}{ending}" for name in sorted(OF_THE_FOLDER) for ending in _ENDINGS)
    return {
        path.stem: path.read_bytes() for path in found if path.is_file() and path.stat().st_size < _LARGEST
    }


def with_pictures(package: bytes, pictures: Mapping[str, bytes]) -> bytes:
    """The package with its pictures of these names replaced; the same bytes when it has none of them.

    A file that is no picture replaces nothing.
    """
    known = {name: shown for name, data in pictures.items() if (shown := _png(data)) is not None}
    parts = drawings.unpacked(package)
    changed = [_replace(parts, name, known) for name in drawings.holding_pictures(parts)]
    return drawings.packed(parts) if any(changed) else package


@dataclass(frozen=True)
class _Png:
    data: bytes
    size: tuple[int, int]


def _png(data: bytes) -> _Png | None:
    """The picture as PNG, whatever it came as; None when it is none."""
    from PIL import Image

    try:
        with Image.open(io.BytesIO(data), formats=("PNG", "JPEG")) as image:
            made = io.BytesIO()
            image.convert("RGBA").save(made, "PNG")
            return _Png(made.getvalue(), image.size)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None


def _replace(parts: drawings.Parts, name: str, pictures: Mapping[str, _Png]) -> bool:
    """Replace the pictures of one part; whether anything changed."""
    from lxml import etree

    root = etree.fromstring(parts[name])
    changed = False
    for drawing in list(drawings.drawings(root)):
        wanted, words = _wanted(drawing)
        if wanted not in OF_THE_FOLDER:
            continue
        if drawings.placeholder(drawings.alternative(drawing)):
            drawings.describe(drawing, words or wanted)
            changed = True
        if wanted in pictures:
            picture = pictures[wanted]
            relation = drawings.relate(parts, name, f"seances-{wanted}.png", picture.data)
            width, height = drawings.fitted(drawings.box(drawing), picture.size)
            drawings.show(drawing, relation, str(width), str(height))
            changed = True
    if changed:
        parts[name] = drawings.written(root)
        drawings.forget_unused(parts, name)
    return changed


def _wanted(drawing: Any) -> tuple[str, str]:
    """The name that the alternative text of a picture gives, and the words that follow it."""
    text = drawings.alternative(drawing)
    name, words = drawings.placeholder(text) or (text.strip(), "")
    return name.casefold(), words
