"""What a finished file says of itself: its text, and the signed statement among its properties. No picture is looked at."""

import io
import re
import unicodedata
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from urllib.parse import unquote

from processor.documents import french
from processor.documents.sealing import CORE
from processor.documents.statement import Statement

_LARGEST = 50_000_000


@dataclass(frozen=True)
class Read:
    """The text of a file on one line, and its signed statement; both blank where there is none."""

    text: str = ""
    line: str = ""


def read_file(data: bytes) -> Read | None:
    """What a PDF or a .docx says; None when the bytes are neither."""
    try:
        if data.startswith(b"%PDF-"):
            return _of_pdf(data)
        return _of_word(data)
    except _unreadable():
        return None


def absent(statement: Statement, text: str) -> Iterator[str]:
    """What the statement says and the text does not, in words: the name, the number, the title, the hours, the last day.

    Case and blanks do not count. A name may stand with the last name first.

    >>> said = Statement("2026-000001", "", "Zoé Dupont", "Yoga", "2026-12-01", "2026-12-01", "3 h 30")
    >>> list(absent(said, "N° 2026-000001 Mme Zoé DUPONT, Yoga, le mardi 1er décembre 2026, 3 h 30"))
    []
    >>> list(absent(said, "N° 2026-000001 M. Luc Dupont, Yoga, le mardi 1 décembre 2026, 3 h 30"))
    ['le nom « Zoé Dupont »']
    """
    words = _flat(text)
    first, _, last = statement.name.partition(" ")
    wanted = (
        ("le nom", statement.name, (statement.name, f"{last} {first}", *_turned(statement.name))),
        ("le numéro", statement.number, (statement.number,)),
        ("l’intitulé", statement.title, (statement.title,)),
        ("la durée", statement.hours, (statement.hours,)),
        ("la date", *_day(statement.last)),
    )
    for what, shown, forms in wanted:
        if shown and not any(_holds(words, _flat(form)) for form in forms):
            yield f"{what} « {shown} »"


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
        spoken.replace("1 ", "1er ", 1) if day.day == 1 else spoken,
    )


def _holds(words: str, wanted: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(wanted)}(?!\w)", words) is not None


def _flat(text: str) -> str:
    """The text without case, kinds of blank and kinds of apostrophe."""
    plain = unicodedata.normalize("NFKC", text).replace("’", "'").replace("\u00ad", "")
    return " ".join(plain.casefold().split())


def _of_pdf(data: bytes) -> Read:
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(data))
    text = " ".join(page.extract_text() for page in reader.pages)
    keywords = reader.metadata.get("/Keywords", "") if reader.metadata else ""
    return Read(text, unquote(str(keywords)))


def _of_word(data: bytes) -> Read:
    from defusedxml.ElementTree import fromstring

    with zipfile.ZipFile(io.BytesIO(data)) as package:
        if sum(entry.file_size for entry in package.infolist()) > _LARGEST:
            raise zipfile.BadZipFile
        core = fromstring(package.read(CORE)) if CORE in package.namelist() else None
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
