"""Rows that no edit names, when others moved: renumbered and their formulas shifted, as bytes."""

import re
from collections.abc import Callable
from functools import cache

from processor.workbook.following.formulas import references, translated
from processor.workbook.following.moves import Moves
from processor.workbook.package.markup import attribute_text, attributes, content_of, text_of
from processor.workbook.sheet.address import MAX_ROW, Range
from processor.workbook.sheet.cells import CellXml, inner, parse_row
from processor.workbook.sheet.survey import Group, Survey

_REMEMBERED = 10_000
_SIMPLE = re.compile(rb"[A-Z0-9+\-*/(),.$<=^%]+")
_ROWS = re.compile(rb"(?<![A-Z0-9])\$?[0-9]+:|:\$?[0-9]")
_CELLS = re.compile(rb"(?<![A-Z0-9.$])(\$?[A-Z]{1,3}\$?)([0-9]{1,7})(?![A-Z0-9.(])")
# Cells of the own row, its number written #.
_OWN_CELLS = re.compile(rb"(?<![A-Z0-9.$#])\$?([A-Z]{1,3})\$?#(?![A-Z0-9.(#])")
_NUMBERS = re.compile(rb"[0-9#]")


def _simple(text: bytes) -> bool:
    """Whether a formula has no reference but to cells of its own sheet, so that numbers can be replaced in place."""
    if b":" in text and (_ROWS.search(text) or b"1048576" in text):
        return False
    return _SIMPLE.fullmatch(text) is not None


def _is_column(letters: bytes) -> bool:
    """Whether the letters name a column; a name like XFE1 looks like a cell and is none."""
    return len(letters) < 3 or letters <= b"XFD"


def _of_own_row(hashed: bytes) -> bool:
    """Whether a formula, the number of its row written #, has no number but in cells of that row."""
    if not all(map(_is_column, _OWN_CELLS.findall(hashed))):
        return False
    return not _NUMBERS.search(_OWN_CELLS.sub(b"", hashed)) and _simple(hashed.replace(b"#", b"1"))


class RowShifter:
    """Rewrites the rows of one sheet; rows where nothing changes come back as the same bytes."""

    def __init__(self, sheet: str, found: Survey, moves: Moves, expanded: frozenset[str]) -> None:
        self._sheet = sheet
        self._moves = moves
        self._shift = moves.of(sheet)
        self._prefix = found.prefix
        self._groups = found.groups
        self._expanded = expanded
        self._rows: dict[bytes, bytes] = {}
        self._hashed: dict[bytes, int] = {}
        self._formula_tag = b"<" + found.prefix + b"f"
        self._formula_start, self._formula_end = self._formula_tag + b">", b"</" + found.prefix + b"f>"
        self._cell_start = b"<" + found.prefix + b'c r="'
        self._in_place = self._shift.moves and not self._shift.growths
        self._only_others = not self._shift
        names = [name for name, shift in moves.shifts.items() if shift]
        self._any_other = any(name != sheet.casefold() for name in names)

    @property
    def still(self) -> bool:
        """Whether rows stay as they are unless an edit names them."""
        return not self._shift and not self._any_other and not self._expanded

    def row(self, number: int, raw: bytes) -> bytes:
        """The row at its new place; it must not be a deleted one."""
        after = self._shift.place(number)
        if self._in_place and (quick := self._with_own_number(number, after, raw)):
            return quick
        if self._formula_tag in raw and (not self._only_others or b"!" in raw or self._expanded):
            raw = self._with_formulas(number, raw)
        if after == number:
            return raw
        row = parse_row(number, raw, self._prefix)
        row.number = after
        return row.written(self._prefix)

    def _with_own_number(self, number: int, after: int, raw: bytes) -> bytes | None:
        """The row with its number replaced wherever it stands, when that is nowhere but in the addresses of the row
        and of each of its cells and in formulas that point at nothing but cells of the row; else None.
        """
        own = b"%d" % number
        addresses = others = raw.count(own + b'"')
        if addresses != raw.count(self._cell_start) + 1 or b'r="%d"' % number not in raw:
            return None
        at = raw.find(self._formula_tag)
        while at >= 0:
            end = raw.find(self._formula_end, at)
            start, text = raw[at : at + len(self._formula_start)], raw[at + len(self._formula_start) : end]
            found = self._own_cells(text.replace(own, b"#")) if start == self._formula_start else 0
            if not found:
                return None
            others += found
            at = raw.find(self._formula_tag, end)
        pieces = raw.split(own)
        return (b"%d" % after).join(pieces) if len(pieces) == others + 1 else None

    def _own_cells(self, hashed: bytes) -> int:
        """How many cells of its own row, its number written #, a formula points at; 0 when there are other numbers."""
        known = self._hashed.get(hashed)
        if known is None:
            if len(self._hashed) > _REMEMBERED:
                self._hashed.clear()
            known = self._hashed[hashed] = hashed.count(b"#") if _of_own_row(hashed) else 0
        return known

    def _with_formulas(self, number: int, raw: bytes) -> bytes:
        if b" t=" in raw and (b"shared" in raw or b"array" in raw):
            return self._parsed(number, raw)
        return _plain_formula(self._prefix).sub(self._shifted, raw)

    def _shifted(self, match: re.Match[bytes]) -> bytes:
        """A formula's element with the formula shifted."""
        if self._in_place and _simple(match[2]):
            quick = _CELLS.sub(self._placed, match[2])
            if b"!" not in quick:
                return match[1] + quick + match[3]
        text = text_of(match[2])
        after = self._moves.formula(text, self._sheet)
        return match[0] if after == text else match[1] + content_of(after).encode() + match[3]

    def _placed(self, match: re.Match[bytes]) -> bytes:
        """A cell of a simple formula at its new row; "!" where that row was deleted."""
        if not _is_column(match[1].strip(b"$")):
            return match[0]
        row = self._rows.get(match[2])
        if row is None:
            number = int(match[2])
            after = self._shift.row(number) if number <= MAX_ROW else number
            if len(self._rows) > _REMEMBERED:
                self._rows.clear()
            row = self._rows[match[2]] = b"!" if after is None else b"%d" % after
        return match[1] + row

    def _parsed(self, number: int, raw: bytes) -> bytes:
        row = parse_row(number, raw, self._prefix)
        changed = False
        for column, cell in row.cells.items():
            after = self.cell(cell, number, column)
            changed = changed or after.inner != cell.inner
            cell.inner = after.inner
        return row.written(self._prefix) if changed else raw

    def cell(self, cell: CellXml, row: int, column: int) -> CellXml:
        """The cell with its formula shifted, a shared one written out where its group cannot stay one."""
        match = inner(cell.inner, self._prefix, b"f") if b"f" in cell.inner else None
        if match is None:
            return cell
        values = attributes(match[1])
        text = text_of(match[2] or b"")
        kind = values.get("t")
        if kind == "shared":
            group = self._groups.get(values.get("si", ""))
            if group is None or values.get("si") not in self._expanded:
                return cell
            text = translated(group.text, row - group.row, column - group.column)
            for name in ("t", "ref", "si"):
                values.pop(name, None)
        elif kind == "array":
            area = Range.parse(values.get("ref", ""))
            after = self._shift.range(area) if area else None
            if after is not None:
                values["ref"] = str(after)
        formula = formula_element(self._moves.formula(text, self._sheet), values, self._prefix)
        return CellXml(cell.attributes, cell.inner[: match.start()] + formula + cell.inner[match.end() :])


def formula_element(text: str, values: dict[str, str], prefix: bytes) -> bytes:
    """The f element of a formula."""
    tag = b"<" + prefix + b"f" + attribute_text(values)
    return tag + b">" + content_of(text).encode() + b"</" + prefix + b"f>" if text else tag + b"/>"


@cache
def _plain_formula(prefix: bytes) -> re.Pattern[bytes]:
    p = re.escape(prefix)
    return re.compile(rb"(<" + p + rb"f(?:\s[^>]*[^/>])?>)([^<]+)(</" + p + rb"f\s*>)")


def groups_to_expand(
    found: Survey, sheet: str, moves: Moves, touched: Callable[[Group], bool]
) -> frozenset[str]:
    """The shared formulas that cannot stay shared: their cells or what they point at moves, or their master goes."""
    first = moves.of(sheet).first_moved
    expand = set()
    for index, group in found.groups.items():
        if touched(group) or group.area.last_row >= first or not _stands(group, sheet, moves):
            expand.add(index)
    return frozenset(expand)


def _stands(group: Group, sheet: str, moves: Moves) -> bool:
    """Whether every formula of the group reads the same after the moves."""
    pointed = {name.casefold() for name, _ in references(group.text, sheet)}
    if not pointed & (moves.shifts.keys() | moves.carried.keys()):
        return True
    if group.area.last_row - group.area.first_row > _REMEMBERED:
        return False
    texts = (
        translated(group.text, row - group.row)
        for row in range(group.area.first_row, group.area.last_row + 1)
    )
    return all(moves.formula(text, sheet) == text for text in texts)
