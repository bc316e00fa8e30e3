"""The text of a list exported by another program: its encoding and separator recognised, its cells as a grid."""

import csv
from dataclasses import dataclass

from processor.model.catalogue import quoted, say
from processor.reading.grid import Cell, Grid

_SEPARATORS = ";,\t|"


@dataclass(frozen=True)
class Listing:
    """A list as cells, with the words that say how its file was read. `sheets` are the other sheets of a workbook."""

    grid: Grid
    how: str
    sheets: tuple[str, ...] = ()


def listing(content: bytes) -> Listing | None:
    """The list that the bytes hold, or None when they are no text.

    >>> read = listing("Prénom;Nom\\nZoé;Dupont".encode("cp1252"))
    >>> read.how, [cell.value for cell in read.grid.rows[2].values()]
    ('texte Windows (cp1252), séparateur « ; »', ['Zoé', 'Dupont'])
    """
    decoded = text_of_bytes(content)
    if decoded is None:
        return None
    text, encoding = decoded
    lines = text.lstrip("\n\r")
    if lines[:4].casefold() == "sep=" and lines[4:5] in tuple(_SEPARATORS):
        separator = lines[4]
        lines = lines.partition("\n")[2]
    else:
        separator = separator_of(lines)
    rows = csv.reader(_lines(lines), delimiter=separator)
    grid = Grid("", {n: _cells(row) for n, row in enumerate(rows, 1)})
    shown = say("list.tab") if separator == "\t" else quoted([separator])
    return Listing(grid, say("list.how", encoding=encoding, separator=shown))


def _lines(text: str) -> list[str]:
    """The lines, cut at line ends alone: `splitlines` would also cut at the odd characters that people paste."""
    return [line + "\n" for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]


def _cells(row: list[str]) -> dict[int, Cell]:
    return {column: Cell(value.strip()) for column, value in enumerate(row, 1) if value.strip()}


def text_of_bytes(content: bytes) -> tuple[str, str] | None:
    """The text and its encoding in words: a byte order mark tells, else UTF-16 shows by its NULs, else valid UTF-8, else cp1252.

    Windows programs write cp1252 without saying so; text in it that is also valid UTF-8 holds no accent at all, so that
    trying UTF-8 first is never wrong. A NUL elsewhere means that the file is no text.

    >>> text_of_bytes("é".encode("utf-8-sig")), text_of_bytes("é".encode("utf-16")), text_of_bytes("éa".encode("utf-16-le"))
    (('é', 'texte UTF-8'), ('é', 'texte UTF-16'), ('éa', 'texte UTF-16'))
    >>> text_of_bytes(b"\\xe9"), text_of_bytes(b"PK\\x03\\x04\\x00\\x00\\x00") is None
    (('é', 'texte Windows (cp1252)'), True)
    """
    for encoding, words in _encodings(content):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if "\0" in text else (text, say("list.text", encoding=words))
    return None


def _encodings(content: bytes) -> list[tuple[str, str]]:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return [("utf-16", "UTF-16")]
    even, odd = content[0:400:2].count(0), content[1:400:2].count(0)
    half = min(len(content), 400) // 4
    if half and odd > half and not even:
        return [("utf-16-le", "UTF-16")]
    if half and even > half and not odd:
        return [("utf-16-be", "UTF-16")]
    return [("utf-8-sig", "UTF-8"), ("cp1252", "Windows (cp1252)")]


def separator_of(text: str) -> str:
    """The separator that cuts the first lines into most columns, the same number in most of them.

    Answers hold commas and semicolons of their own, which a form's export puts between quotes: so the lines are cut as a
    reader of csv would.

    >>> separator_of('Nom;Remarque\\nDupont;"oui, non, peut-être"'), separator_of("Nom,Prénom\\nDupont,Zoé")
    (';', ',')
    """
    lines = _lines(text)[:60]

    def quality(separator: str) -> tuple[float, int]:
        widths = [len(row) for row in csv.reader(lines, delimiter=separator) if row]
        usual = max(widths, key=widths.count, default=1)
        return (0.0, 0) if usual < 2 else (widths.count(usual) / len(widths), usual)

    return max(_SEPARATORS, key=quality)
