"""The list as csv for a French spreadsheet, in which no cell is ever run as a formula."""

import unicodedata
from collections.abc import Sequence

from processor.exports.columns import Value, headers, rows
from processor.model import Attendee

_DANGEROUS = frozenset("=+-@|")
_BLANK_STARTS = frozenset("\t\r\n\0")


def csv_bytes(people: Sequence[Attendee]) -> bytes:
    """UTF-8 with a byte order mark, `;` between cells, CRLF after each row, hours with a decimal comma.

    There is no title row: other programs read this file, and the first row must be the headers.
    """
    import pandas

    table = pandas.DataFrame(
        [[_cell(value) for value in row] for row in rows(people)], columns=headers(), dtype=object
    )
    text = table.to_csv(sep=";", index=False, lineterminator="\r\n")
    return b"\xef\xbb\xbf" + text.encode("utf-8")


def _cell(value: Value) -> str:
    if value is None:
        return ""
    return harmless(value) if isinstance(value, str) else decimal_comma(value)


def harmless(text: str) -> str:
    """The text, behind an apostrophe when a spreadsheet would run it as a formula.

    That is when it begins with = + - @ or |, in any width (full-width and small forms become ASCII on some imports),
    even behind spaces, or with a tab, a line break or a NUL (OWASP, CSV injection). A telephone number « +33 … » is such a
    text too: the apostrophe is the price of a csv; the Excel list shows it as it is.

    >>> harmless("=1+1"), harmless("＝cmd|' /C calc'!A0"), harmless(" -5"), harmless("Le Goff-Brûlé")
    ("'=1+1", "'＝cmd|' /C calc'!A0", "' -5", 'Le Goff-Brûlé')
    """
    first = unicodedata.normalize("NFKC", text.lstrip()[:1])
    return f"'{text}" if text[:1] in _BLANK_STARTS or (first[:1] in _DANGEROUS and first) else text


def decimal_comma(number: float) -> str:
    """The number as a French spreadsheet reads it, with at most two decimals.

    >>> decimal_comma(3.5), decimal_comma(14.0), decimal_comma(0.75)
    ('3,5', '14', '0,75')
    """
    return f"{number:.2f}".rstrip("0").rstrip(".").replace(".", ",")
