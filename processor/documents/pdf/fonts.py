"""The fonts that a template uses and that this machine lacks: in the PDF another one takes their place, and lines move."""

import io
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from processor.documents.lint.problems import Problem

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STORIES = re.compile(r"word/(document|header\d*|footer\d*|footnotes)\.xml")
# Fonts made to the measures of another: LibreOffice takes the one for the other, and no line moves.
_AS_WIDE = {
    "arial": ("liberation sans", "arimo"),
    "helvetica": ("liberation sans", "arimo", "nimbus sans"),
    "times new roman": ("liberation serif", "tinos"),
    "courier new": ("liberation mono", "cousine"),
    "calibri": ("carlito",),
    "cambria": ("caladea",),
    "arial narrow": ("liberation sans narrow",),
}
_SIGNS = re.compile(r"symbol|wingdings|webdings|emoji|dingbats", re.IGNORECASE)


def missing_fonts(data: bytes, installed: frozenset[str]) -> Iterator[Problem]:
    """A note for each font of a .docx that is neither installed nor replaced by one of the same measures.

    `installed` are the families of this machine in small letters; an empty set, where they are not known, tells nothing.
    Fonts of signs are not told: a sign is taken from another font without moving a line.
    """
    for name in sorted(_used(data)) if installed else ():
        family = name.casefold()
        if family in installed or _SIGNS.search(name) or installed.intersection(_AS_WIDE.get(family, ())):
            continue
        yield Problem.of("police-absente", font=name, serious=False)


@lru_cache(maxsize=1)
def installed_fonts() -> frozenset[str]:
    """The families of fonts of this machine, in small letters; empty where nothing can say."""
    if sys.platform == "win32":
        return _of_windows()
    program = shutil.which("fc-list")
    if program is None:
        return frozenset()
    listed = subprocess.run([program, ":", "family"], capture_output=True, text=True, check=False, timeout=30)  # noqa: S603 - fontconfig's own list
    return frozenset(
        name.strip().casefold() for line in listed.stdout.splitlines() for name in line.split(",")
    )


def _of_windows() -> frozenset[str]:
    names: set[str] = set()
    if sys.platform == "win32":
        import winreg

        where = r"SOFTWARE\Microsoft\Windows NT\CurrentVersion\Fonts"
        with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, where) as key:
            for index in range(winreg.QueryInfoKey(key)[1]):
                shown = re.sub(r"\s*\(.*\)$", "", winreg.EnumValue(key, index)[0])
                names |= {
                    re.sub(r"\s+(bold|italic|light|semibold|regular|black)\b.*$", "", one.strip().casefold())
                    for one in shown.split("&")
                }
    return frozenset(names)


def _used(data: bytes) -> set[str]:
    """The fonts of the text of the document, and those of the styles that its text has."""
    from lxml import etree

    with zipfile.ZipFile(io.BytesIO(data)) as package:
        names = package.namelist()
        stories = [etree.fromstring(package.read(name)) for name in names if _STORIES.fullmatch(name)]
        styles = etree.fromstring(package.read("word/styles.xml")) if "word/styles.xml" in names else None
        theme = package.read("word/theme/theme1.xml").decode() if "word/theme/theme1.xml" in names else ""
    found = [element for story in stories for element in story.iter(f"{_WORD}rFonts")]
    if styles is not None:
        found += _of_styles(stories, styles)
    named = {name for element in found for name in _names(element, theme)}
    return {name for name in named if name and not name.startswith("+")}


def _of_styles(stories: list[Any], styles: Any) -> Iterator[Any]:
    """The fonts of the default style and of the styles used, with those they are based on."""
    known = {style.get(f"{_WORD}styleId"): style for style in styles.iter(f"{_WORD}style")}
    used = [
        element.get(f"{_WORD}val")
        for story in stories
        for kind in ("pStyle", "rStyle", "tblStyle")
        for element in story.iter(f"{_WORD}{kind}")
    ]
    used += [name for name, style in known.items() if style.get(f"{_WORD}default") == "1"]
    seen: set[str] = set()
    while used:
        name = used.pop()
        if name in known and name not in seen:
            seen.add(name)
            yield from known[name].iter(f"{_WORD}rFonts")
            used += [base.get(f"{_WORD}val") for base in known[name].iter(f"{_WORD}basedOn")]
    ordinary = [
        style
        for style in known.values()
        if style.get(f"{_WORD}default") == "1" and style.get(f"{_WORD}type") == "paragraph"
    ]
    if not any(style.find(f".//{_WORD}rFonts") is not None for style in ordinary):
        for default in styles.iter(f"{_WORD}rPrDefault"):
            yield from default.iter(f"{_WORD}rFonts")


def _names(element: Any, theme: str) -> Iterator[str]:
    """The Latin fonts that an element names, those of the theme looked up in it."""
    for side in ("ascii", "hAnsi"):
        themed = element.get(f"{_WORD}{side}Theme", "")
        if themed:
            part = "majorFont" if themed.startswith("major") else "minorFont"
            found = re.search(rf'<a:{part}>\s*<a:latin typeface="([^"]*)"', theme)
            yield found[1] if found else ""
        else:
            yield element.get(f"{_WORD}{side}", "")
