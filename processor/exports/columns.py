"""What a list says of each person, as an Excel cell can hold it."""

import re
from collections.abc import Iterable

from processor.model import Attendee
from processor.model.printed import LIST, printed

Value = str | float | None
_LONGEST = 32_767  # what one cell of Excel holds
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_BREAKS = re.compile(r"\s*[\t\r\n\x85\u2028\u2029]+\s*")


COLUMNS = printed(LIST)


def headers() -> list[str]:
    """The headers of a list."""
    return [column.header for column in COLUMNS]


def rows(people: Iterable[Attendee]) -> list[list[Value]]:
    """One row a person, in the order of COLUMNS: texts that a cell can hold, hours as numbers, or None.

    >>> rows([Attendee("k", "Zoé", "Dupont", civility="Mme", hours=3.5)])
    [['Mme', 'Dupont', 'Zoé', '', '', 'Participant', 'Inscrit', '', 3.5]]
    """
    return [[_held(column.value(person)) for column in COLUMNS] for person in people]


def _held(value: Value) -> Value:
    return one_line(value) if isinstance(value, str) else value


def one_line(text: str) -> str:
    """The text as one line that an Excel cell takes: no control character, no line break, at most 32 767 characters.

    A tab or a line break in front stays, as one tab, for the csv to see that somebody may have meant a formula.

    >>> one_line("Dupont\\nZoé\\x0b"), one_line("\\r=1+1")
    ('Dupont Zoé', '\\t=1+1')
    """
    start = _BREAKS.match(text)
    front = "\t" if start and start.end() < len(text) else ""
    rest = _BREAKS.sub(" ", _UNPRINTABLE.sub("", text[start.end() if start else 0 :])).rstrip()
    line = front + rest
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"
