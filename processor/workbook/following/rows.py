"""Rows that no edit names, when others moved: renumbered and their formulas shifted, as bytes."""

import re
from collections.abc import Callable, Iterator
from functools import cache

from processor.workbook.following.moves import Moves
from processor.workbook.following.shared import sharing
from processor.workbook.following.templates import Template, Templates, child_pattern
from processor.workbook.package.markup import attribute_text, attributes, content_of, text_of
from processor.workbook.sheet.a1 import Range, column_number
from processor.workbook.sheet.cells import CellXml, inner, parse_row
from processor.workbook.sheet.formulas import translated
from processor.workbook.sheet.survey import Group, Survey

_OWN_CELL = re.compile(rb' ref="([A-Z]{1,3})([0-9]+)"')


def _stays(_row: int) -> bool:
    return False


def _nobody(_group: str) -> Iterator[tuple[int, int]]:
    return iter(())


class RowShifter:
    """Rewrites the rows of one sheet; rows where nothing changes come back as the same bytes.

    `leaves` tells of a row that it is deleted or that edits write in it: formulas shared from there need another cell to
    hold their text, one of the `sharers` of the group. `still`: rows stay as they are unless an edit names them or they are among `heirs`.
    """

    def __init__(
        self,
        sheet: str,
        found: Survey,
        moves: Moves,
        leaves: Callable[[int], bool] = _stays,
        sharers: Callable[[str], Iterator[tuple[int, int]]] = _nobody,
    ) -> None:
        self._sheet = sheet
        self._moves = moves
        self._shift = moves.of(sheet)
        self._prefix = found.prefix
        self._groups = found.groups
        self._templates = Templates(sheet, moves)
        self._sharing = sharing(found, sheet, moves, self._templates, leaves, sharers)
        self._leaves = leaves
        self._special = self._sharing.rows(found)
        self._out_of: dict[tuple[str, int], Template | None] = {}
        self._formula_tag = b"<" + found.prefix + b"f"
        self._cell_start = b"<" + found.prefix + b'c r="'
        names = {name for name, shift in moves.shifts.items() if shift}
        self._others_only = not self._shift
        self._any_other = bool(names - {sheet.casefold()})
        written_out = self._sharing.written_out
        self.still = not self._shift and not self._any_other and not written_out
        self.heirs = frozenset(heir.row for heir in self._sharing.heirs.values())

    @property
    def shares_otherwise(self) -> bool:
        """Whether formulas that were shared are written out, or shared from another cell."""
        return bool(self._sharing.written_out or self.heirs)

    def row(self, number: int, raw: bytes) -> bytes:
        """The row at its new place; it must not be a deleted one."""
        after = self._shift.place(number)
        if self._formula_tag in raw and not (self.still and number not in self._special):
            raw = self._with_formulas(number, after, raw)
        return raw if after == number else self._renumbered(number, after, raw)

    def _renumbered(self, number: int, after: int, raw: bytes) -> bytes:
        """The row with the addresses of itself and its cells at its new place."""
        own = b'%d"' % number
        if raw.count(own) == raw.count(self._cell_start) + 1 and b' r="' + own in raw:
            return raw.replace(own, b'%d"' % after)
        usual, cells = _addresses(self._prefix)
        renumbered, count = usual.subn(rb"\g<1>%d\g<2>" % after, raw)
        if count == len(cells.findall(raw)):
            return renumbered
        row = parse_row(number, raw, self._prefix)
        row.number = after
        return row.written(self._prefix)

    def _with_formulas(self, number: int, after: int, raw: bytes) -> bytes:
        if number in self._special:
            return self._parsed(number, raw)
        own = b"%d" % after

        def shifted(match: re.Match[bytes]) -> bytes:
            return self._plain(match, number, own)

        def written_out(match: re.Match[bytes]) -> bytes:
            return self._child(match, number, own)

        if self._others_only and b"!" not in raw and not self._sharing.written_out:
            return raw
        sharing = self._sharing.written_out and b'"shared"' in raw
        children = child_pattern(self._prefix)
        if sharing and len(children.findall(raw)) != raw.count(b'"shared"'):
            return self._parsed(number, raw)
        if self._formula_tag + b">" in raw or b"</" + self._formula_tag[1:] in raw:
            raw = _plain_formula(self._prefix).sub(shifted, raw)
        return children.sub(written_out, raw) if sharing else raw

    def _plain(self, match: re.Match[bytes], number: int, after: bytes) -> bytes:
        """A formula's element with the formula, and the range that it fills, after the moves."""
        tag, content, end = match.groups()
        if b" ref=" in tag:
            here = _OWN_CELL.search(tag)
            if here is None or int(here[2]) != number:  # a range
                return self._element(match[0], number)
            tag = tag[: here.start(2)] + after + tag[here.end(2) :]
        quick = self._templates.shifted(number, after, content)
        if quick is not None:
            return tag + quick + end
        text = text_of(content)
        moved = self._moves.formula(text, self._sheet)
        return tag + (content if moved == text else content_of(moved).encode()) + end

    def _element(self, content: bytes, number: int) -> bytes:
        """As `cell`, of the element alone."""
        return self.cell(CellXml({}, content), number, 0).inner

    def _child(self, match: re.Match[bytes], number: int, after: bytes) -> bytes:
        """A cell that shared its formula with the formula written out, where its group cannot stay one."""
        start, letters, index = match[1], match[2].decode(), match[3].decode()
        if index not in self._sharing.written_out:
            return match[0]
        group, column = self._groups[index], column_number(letters)
        if (index, column) not in self._out_of:
            template = self._templates.of_group(group.text, group.row, column - group.column)
            self._out_of[index, column] = template
        template = self._out_of[index, column]
        content = self._templates.filled(template, number, after) if template else None
        if content is None:
            content = content_of(self._moves.formula(_text_at(group, number, column), self._sheet)).encode()
        tag = self._formula_tag
        return start + tag + b">" + content + b"</" + tag[1:] + b">"

    def _parsed(self, number: int, raw: bytes) -> bytes:
        row = parse_row(number, raw, self._prefix)
        changed = False
        for column, cell in row.cells.items():
            after = self.cell(cell, number, column)
            changed = changed or after.inner != cell.inner
            cell.inner = after.inner
        return row.written(self._prefix) if changed else raw

    def cell(self, cell: CellXml, row: int, column: int) -> CellXml:
        """The cell with its formula shifted, a shared one as its group asks for."""
        match = inner(cell.inner, self._prefix, b"f") if b"f" in cell.inner else None
        if match is None:
            return cell
        values = attributes(match[1])
        text = text_of(match[2] or b"")
        kind, index = values.get("t"), values.get("si", "")
        if kind == "shared" and index in self._groups:
            formula = self._of_group(match[0], index, row, column)
            return CellXml(cell.attributes, cell.inner[: match.start()] + formula + cell.inner[match.end() :])
        if kind == "array":
            area = Range.parse(values.get("ref", ""))
            after = self._shift.range(area) if area else None
            if after is not None:
                values["ref"] = str(after)
        formula = formula_element(self._moves.formula(text, self._sheet), values, self._prefix)
        return CellXml(cell.attributes, cell.inner[: match.start()] + formula + cell.inner[match.end() :])

    def _of_group(self, element: bytes, index: str, row: int, column: int) -> bytes:
        """The f element of a cell of a group: as it is, with the group's text, or written out."""
        group, heir = self._groups[index], self._sharing.heirs.get(index)
        holds = (row, column) == (group.row, group.column)
        if index in self._sharing.kept and holds and not self._leaves(row):
            return self._shared_from(group, index, row, column)
        if heir is not None and (row, column) == (heir.row, heir.column):
            return self._shared_from(group, index, row, column)
        if index in self._sharing.written_out or (holds and index in self._sharing.kept):
            text = self._moves.formula(_text_at(group, row, column), self._sheet)
            return formula_element(text, {}, self._prefix)
        return element

    def _shared_from(self, group: Group, index: str, row: int, column: int) -> bytes:
        """The element of the cell that holds a group's text."""
        text = self._moves.formula(_text_at(group, row, column), self._sheet)
        area = Range(row, group.area.first_col, group.area.last_row, group.area.last_col)
        values = {"t": "shared", "ref": str(self._shift.range(area) or area), "si": index}
        return formula_element(text, values, self._prefix)


def _text_at(group: Group, row: int, column: int) -> str:
    """The formula of one cell of a group."""
    return translated(group.text, row - group.row, column - group.column)


def formula_element(text: str, values: dict[str, str], prefix: bytes) -> bytes:
    """The f element of a formula."""
    tag = b"<" + prefix + b"f" + attribute_text(values)
    return tag + b">" + content_of(text).encode() + b"</" + prefix + b"f>" if text else tag + b"/>"


@cache
def _plain_formula(prefix: bytes) -> re.Pattern[bytes]:
    p = re.escape(prefix)
    return re.compile(rb"(<" + p + rb"f(?:\s[^>]*[^/>])?>)([^<]+)(</" + p + rb"f\s*>)")


@cache
def _addresses(prefix: bytes) -> tuple[re.Pattern[bytes], re.Pattern[bytes]]:
    """The numbers in the addresses of a row and its cells; and the start of each of these elements."""
    p = re.escape(prefix)
    usual = rb"(<" + p + rb'(?:row|c)(?: [^>]*?)? r="[A-Z]*)[0-9]+(")'
    return re.compile(usual), re.compile(rb"<" + p + rb"(?:row|c)[\s/>]")
