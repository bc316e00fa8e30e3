"""Packages as other programs write them: one made with XlsxWriter, its parts rewritten."""

import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import xlsxwriter

Change = Callable[[bytes], bytes | None]


def rewritten(path: Path, changes: Mapping[str, Change], more: Mapping[str, bytes] | None = None) -> Path:
    """The package with parts changed (None takes one away) and added."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for name, change in changes.items():
        parts[name] = change(parts[name])
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {**parts, **(more or {})}.items():
            if content is not None:
                archive.writestr(name, content)
    return path


def part(path: Path, name: str) -> bytes:
    with zipfile.ZipFile(path) as archive:
        return archive.read(name)


def list_of(path: Path, rows: int = 6, names: tuple[str, ...] = ("A", "B")) -> Path:
    """Sheets with a plain list each: a number, a text, a note."""
    book = xlsxwriter.Workbook(path)
    for name in names:
        sheet = book.add_worksheet(name)
        sheet.write_row(0, 0, ["N°", "Lieu", "Note"])
        for row in range(1, rows):
            sheet.write_row(row, 0, [row, f"lieu {row}"])
    book.close()
    return path
