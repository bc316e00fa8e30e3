"""Make the templates again: `python templates/make.py [FOLDER]`. Same code, same documents.

A module of this folder says in `DRAWN` which files it draws, and by which function.
"""

import sys
import zipfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))


def drawn():
    """What draws each file, by its name."""
    from importlib import import_module

    names = sorted(path.stem for path in Path(__file__).parent.glob("*.py") if path != Path(__file__))
    modules = [import_module(name) for name in names]
    return {name: make for module in modules for name, make in getattr(module, "DRAWN", {}).items()}


def main(folder):
    """Write the files, their zip entries dated alike so that the same code gives the same bytes."""
    from datetime import datetime

    folder.mkdir(parents=True, exist_ok=True)
    for name, make in drawn().items():
        document = make()
        document.core_properties.created = document.core_properties.modified = datetime(2026, 1, 1)
        document.save(folder / name)
        still(folder / name)


def still(path):
    """Write the zip again with one date for all entries."""
    with zipfile.ZipFile(path) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in parts.items():
            entry = zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            made.writestr(entry, data)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
