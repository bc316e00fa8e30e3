"""Compiles the sentences of the product: `python docs/sentences.py`, after any change to a .po file.

It imports nothing of the program, which cannot speak before this was done.
"""

from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALE = Path(__file__).parent.parent / "processor" / "locale"


def compile_catalogues() -> None:
    """Compiles each language's .po files, one a room, into the one .mo that the program reads."""
    for folder in LOCALE.glob("*/LC_MESSAGES"):
        with (folder / "seances.mo").open("wb") as made:
            write_mo(made, catalogue_of(folder))


def catalogue_of(folder: Path) -> Catalog:
    """All that the .po files of a language say; the header of model.po holds for all. Raises ValueError where a slug stands twice."""
    whole = _read(folder / "model.po")
    for file in sorted({*folder.glob("*.po")} - {folder / "model.po"}):
        for message in _read(file):
            if message.id and message.id in whole:
                raise ValueError(f"{file.name}: {message.id} stands twice")
            if message.id:
                whole[message.id] = message
    return whole


def _read(file: Path) -> Catalog:
    with file.open("rb") as source:
        return read_po(source)


if __name__ == "__main__":
    compile_catalogues()
