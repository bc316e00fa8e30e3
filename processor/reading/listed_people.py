"""The lines of an exported list as people, each with what could not be taken from it."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time

from processor.model.address import NOWHERE, Address, read_address, unjudged
from processor.model.catalogue import say
from processor.model.findings import Fault
from processor.reading.cells import as_datetime, text_of
from processor.reading.dates import read_moment
from processor.reading.full_names import civility, split_name
from processor.reading.grid import BLANK, Cell, Grid
from processor.reading.list_headers import Recognised, plain

_FORMULA = frozenset("=+-@|")
_NOBODY = {"anonymous", "anonyme", "-"}
_YEAR_FIRST = re.compile(
    r"(\d{4})[/-](\d{1,2})[/-](\d{1,2})[ T](\d{1,2}):(\d{2})(?::\d{2}(?:\.\d+)?)?(?:\s*([AP])M)?.*",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class ListedPerson:
    """One line of a list: a person. `refused` says why nobody can be made of it; `notes` what was left out."""

    line: int
    first_name: str
    last_name: str
    email: Address = NOWHERE
    civility: str = ""
    employer: str = ""
    since: datetime | None = None
    session: str = ""
    seance: str = ""
    refused: Fault | None = None
    notes: tuple[str, ...] = ()

    @property
    def full_name(self) -> str:
        """First name then last name."""
        return f"{self.first_name} {self.last_name}".strip()


def listed_people(grid: Grid, found: Recognised) -> Iterator[ListedPerson]:
    """The people of the lines under the header; lines that hold nothing in a recognised column are passed over."""
    last_first = plain(found.headers.get(found.columns.get("full_name", 0), "")).startswith(
        "nom"
    ) and "prenom" in plain(found.headers.get(found.columns.get("full_name", 0), ""))
    for line in sorted(number for number in grid.rows if number > found.header_row):
        cells = {name: grid.rows[line].get(column, BLANK) for name, column in found.columns.items()}
        texts = {name: _text(cell) for name, cell in cells.items()}
        if any(text for name, text in texts.items() if name != "since"):
            yield _person(line, texts, cells.get("since", BLANK), last_first)


def _text(cell: Cell) -> str:
    typed = " ".join(text_of(cell).split())
    return "" if normal(typed) in _NOBODY else typed


def normal(typed: str) -> str:
    """The text without case, for a comparison.

    >>> normal("Anonymous")
    'anonymous'
    """
    return unicodedata.normalize("NFKC", typed).casefold()


def _person(line: int, texts: Mapping[str, str], since: Cell, last_first: bool) -> ListedPerson:
    notes: list[str] = []
    refused, title, first, last = _name(texts, last_first)
    email = read_address(texts.get("email", ""))
    if isinstance(email, Fault):
        notes.append(say("list.entry.address", problem=email.problem.removesuffix(".")))
        email = unjudged(texts["email"])
    moment = _moment(since)
    if moment is None and not since.blank:
        notes.append(say("list.entry.since", typed=text_of(since)))
    return ListedPerson(
        line, first, last, email, civility(texts.get("civility", "")) or title, texts.get("employer", ""), moment,
        texts.get("session", ""), texts.get("seance", ""), refused, tuple(notes),
    )  # fmt: skip


def _name(texts: Mapping[str, str], last_first: bool) -> tuple[Fault | None, str, str, str]:
    first, last, whole = (texts.get(name, "") for name in ("first_name", "last_name", "full_name"))
    if not (first or last) and whole:
        cut = split_name(whole, last_first)
        if isinstance(cut, Fault):
            return cut, "", "", whole
        title, first, last = cut
    else:
        title = ""
    for typed in (first, last):
        if unicodedata.normalize("NFKC", typed)[:1] in _FORMULA and typed:
            return Fault.of("formule-dans-la-liste", typed=typed), title, first, last
    if not first or not last:
        return Fault.of("cellule-vide", "list.last-name" if first else "list.first-name"), title, first, last
    return None, title, first, last


def _moment(cell: Cell) -> datetime | None:
    """When the form was answered, in whichever way the program wrote it; None for what may be a month before a day."""
    if isinstance(cell.value, datetime):
        return cell.value
    text = text_of(cell)
    if match := _YEAR_FIRST.fullmatch(text):
        year, month, day, hour, minute = (int(part) for part in match.groups()[:5])
        if match[6]:
            hour = hour % 12 + (12 if match[6].upper() == "P" else 0)
        try:
            return datetime(year, month, day, hour, minute)
        except ValueError:
            return None
    if re.search(r"[AP]M\b", text, re.IGNORECASE):
        return None
    moment = read_moment(text) if text else None
    return None if moment is None or isinstance(moment, Fault) else as_datetime(moment, time())
