"""What a finished file says of itself: its text, and the signed statement among its properties. No picture is looked at."""

import io
import logging
import re
import unicodedata
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from urllib.parse import unquote

from processor.model import french
from processor.model.catalogue import say
from processor.proof import voices
from processor.proof.statement import Statement

_LARGEST = 50_000_000
_CORE = "docProps/core.xml"


@dataclass(frozen=True)
class Read:
    """The text of a file on one line, and its signed statement; both blank where there is none.

    `pieces` are the lines of a PDF as its fonts drew them, for words of several fonts; a Word file has none.
    """

    text: str = ""
    line: str = ""
    pieces: tuple[voices.Voices, ...] = ()


def read_file(data: bytes) -> Read | None:
    """What a PDF or a .docx says; None when the bytes are neither."""
    try:
        if data.startswith(b"%PDF-"):
            return _of_pdf(data)
        return _of_word(data)
    except _unreadable():
        return None


@dataclass(frozen=True)
class Difference:
    """Something that was signed and that the text does not say; `unclear` when the text cannot be told from one that says it."""

    words: str
    unclear: bool


def differences(statement: Statement, found: Read) -> Iterator[Difference]:
    """What was signed and the file does not say: among the name, the number, the title, the hours and the last day.

    Case and blanks do not count. A name may stand with the last name first. Words that a PDF draws in several fonts
    are put together; where a font hid which letters it drew, the difference is unclear, since nobody honest is to be
    accused of it.

    >>> said = Statement("2026-000001", "", "Zoé Dupont", "Yoga", "2026-12-01", "2026-12-01", "3 h 30")
    >>> list(differences(said, Read("N° 2026-000001 Mme Zoé DUPONT, Yoga, le mardi 1er décembre 2026, 3 h 30")))
    []
    >>> list(differences(said, Read("N° 2026-000001 M. Luc Dupont, Yoga, le mardi 1 décembre 2026, 3 h 30")))
    [Difference(words='le nom « Zoé Dupont »', unclear=False)]
    """
    words, pieces = _flat(found.text), found.pieces
    first, _, last = statement.name.partition(" ")
    wanted = (
        ("difference.name", statement.name, (statement.name, f"{last} {first}", *_turned(statement.name))),
        ("difference.number", statement.number, (statement.number,)),
        ("difference.title", statement.title, (statement.title,)),
        ("difference.hours", statement.hours, (statement.hours,)),
        ("difference.date", *_day(statement.last)),
    )
    for slug, shown, forms in wanted:
        if shown and not any(_holds(words, _flat(form)) or _drawn(pieces, form) for form in forms):
            yield Difference(say(slug, shown=shown), bool(pieces) and voices.lettered(pieces, shown))


def _drawn(pieces: tuple[voices.Voices, ...], wanted: str) -> bool:
    return voices.strange(wanted) and any(voices.spelled(line, wanted) for line in voices.lines(pieces))


def _turned(name: str) -> Iterator[str]:
    """The name with its last words first, at each place where the first name may end."""
    words = name.split()
    return (" ".join((*words[cut:], *words[:cut])) for cut in range(1, len(words)))


def _day(iso: str) -> tuple[str, tuple[str, ...]]:
    if not iso:
        return "", ()
    day = date.fromisoformat(iso)
    spoken = french.day(day).partition(" ")[2]
    return f"{day:%d/%m/%Y}", (
        f"{day:%d/%m/%Y}",
        spoken,
        spoken.replace("1er ", "1 ", 1),  # how documents said it until « 1er »
    )


def _holds(words: str, wanted: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(wanted)}(?!\w)", words) is not None


def _flat(text: str) -> str:
    """The text without case, kinds of blank and kinds of apostrophe."""
    plain = unicodedata.normalize("NFKC", text).replace("’", "'").replace("\u00ad", "")
    return " ".join(plain.casefold().split())


def _of_pdf(data: bytes) -> Read:
    from pypdf import PdfReader

    logging.getLogger("pypdf").setLevel(
        logging.CRITICAL
    )  # its remarks on a damaged file are not for who verifies
    reader = PdfReader(io.BytesIO(data))
    drawn: list[tuple[int, float, str, str]] = []
    pages = []
    for number, page in enumerate(reader.pages):

        def seen(
            text: str,
            _cm: object,
            place: list[float],
            font: dict[str, object] | None,
            _size: float,
            *,
            at: int = number,
        ) -> None:
            if text.strip():
                drawn.append((at, round(place[5]), str((font or {}).get("/BaseFont", "")), text))

        pages.append(page.extract_text(visitor_text=seen))
    keywords = reader.metadata.get("/Keywords", "") if reader.metadata else ""
    return Read(" ".join(pages), unquote(str(keywords)), tuple(_lines(drawn)))


def _lines(drawn: list[tuple[int, float, str, str]]) -> Iterator[voices.Voices]:
    """What was drawn at one height, one text for each font."""
    for _, pieces in groupby(drawn, key=lambda piece: piece[:2]):
        fonts: dict[str, list[str]] = {}
        for _page, _height, font, text in pieces:
            fonts.setdefault(font, []).append(text)
        yield tuple(" ".join(texts) for texts in fonts.values())


def _of_word(data: bytes) -> Read:
    from defusedxml.ElementTree import fromstring

    with zipfile.ZipFile(io.BytesIO(data)) as package:
        if sum(entry.file_size for entry in package.infolist()) > _LARGEST:
            raise zipfile.BadZipFile
        core = fromstring(package.read(_CORE)) if _CORE in package.namelist() else None
        found = [] if core is None else [one.text or "" for one in core if one.tag.endswith("}keywords")]
        names = [
            name
            for name in package.namelist()
            if re.fullmatch(r"word/(document|header\d*|footer\d*)\.xml", name)
        ]
        text = " ".join(_words(fromstring(package.read(name))) for name in names)
    return Read(text, unquote(found[0]) if found else "")


def _words(root: "object") -> str:
    """The text of a part, with a blank where a paragraph, a tab or a line ends."""
    pieces = []
    for element in root.iter():  # type: ignore[attr-defined]
        name = element.tag.rpartition("}")[2]
        pieces.append(element.text or "" if name == "t" else " " if name in {"p", "tab", "br"} else "")
    return "".join(pieces)


def _unreadable() -> tuple[type[Exception], ...]:
    """What a damaged or hostile file raises on its way through pypdf, zipfile and the XML parser."""
    from xml.etree.ElementTree import ParseError

    from defusedxml.common import DefusedXmlException
    from pypdf.errors import PyPdfError

    return (
        zipfile.BadZipFile,
        KeyError,
        ValueError,
        ParseError,
        DefusedXmlException,
        PyPdfError,
        OSError,
        RecursionError,
    )
