"""Formulas that many rows have alike, shifted once: the rows that they name beside their own stand open.

A column of a hundred thousand formulas such as `I5*$B$1+T[[#This Row],[a]]+O4` has one text when the numbers of its own row
and of the rows above and below are left out. What becomes of that text is worked out once and filled in for each row.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from processor.workbook.following.formulas import shifted_reference
from processor.workbook.following.moves import Moves
from processor.workbook.following.shift import RowShift
from processor.workbook.package.markup import content_of, text_of
from processor.workbook.sheet.formulas import Corner, corner_of, names_other_books, rewrite, translated

OWN, ABOVE, BELOW, UNMOVED = "\0", "\1", "\2", "\3"
_REMEMBERED = 10_000
_SHORTEST = 4  # rows of a table: in a shorter one the rows beside each other may be all of it


class _Closed(Exception):
    """A formula of this kind has to be worked out for each row."""


@dataclass(frozen=True)
class Template:
    """A formula after the moves as XML content: the numbers of its own row, of those above and below, or of its own as it was."""

    text: bytes
    neighbours: bool
    unmoved: bool

    @staticmethod
    def of(text: str) -> "Template":
        """The template of a text that holds the signs above."""
        neighbours = ABOVE in text or BELOW in text
        return Template(content_of(text).encode(), neighbours, UNMOVED in text)

    @property
    def plain(self) -> bool:
        """Whether it names no row but its own, so that formulas shared from one another stay alike."""
        return not self.neighbours and not self.unmoved


class Templates:
    """The templates of one sheet's formulas."""

    def __init__(self, sheet: str, moves: Moves) -> None:
        self._sheet = sheet.casefold()
        self._moves = moves
        self._shift = moves.of(sheet)
        self._known: dict[bytes, Template | None] = {}
        self._shortest = min((g.last - g.first + 1 for g in self._shift.growths), default=_SHORTEST)

    def shifted(self, number: int, after: bytes, content: bytes) -> bytes | None:
        """The formula of a row after the moves, `after` being its new number; None where it has to be worked out alone."""
        key = content.replace(b"%d" % number, b"\0").replace(b"%d" % (number + 1), b"\2")
        if number > 1:
            key = key.replace(b"%d" % (number - 1), b"\1")
        if key in self._known:
            template = self._known[key]
        else:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            template = self._known[key] = self._template(number, content, key)
        return None if template is None else self.filled(template, number, after)

    def filled(self, template: Template, number: int, after: bytes) -> bytes | None:
        """The formula in that row; None where a row beside it is gone."""
        text = template.text.replace(b"\0", after)
        if template.neighbours:
            above, below = self._shift.row(number - 1), self._shift.row(number + 1)
            if above is None or below is None:
                return None
            text = text.replace(b"\1", b"%d" % above).replace(b"\2", b"%d" % below)
        return text.replace(b"\3", b"%d" % number) if template.unmoved else text

    def _template(self, number: int, content: bytes, key: bytes) -> Template | None:
        try:
            text = self._opened(text_of(content), number, relative=False)
        except _Closed:
            return None
        found = key.count(b"\0"), key.count(b"\1"), key.count(b"\2")
        opened = text.count(OWN) + text.count(UNMOVED), text.count(ABOVE), text.count(BELOW)
        return Template.of(text) if found == opened else None

    def of_group(self, text: str, row: int, columns: int) -> Template | None:
        """The template of a formula shared from `row`, so many columns beside it; None where its cells differ otherwise."""
        if names_other_books(text):
            return None
        try:
            return Template.of(self._opened(translated(text, 0, columns), row, relative=True))
        except _Closed:
            return None

    def _opened(self, text: str, number: int, relative: bool) -> str:
        """The formula after the moves, rows beside its own left open. Raises _Closed.

        `relative`: rows that do not follow their cell (written with $) stay; of the others all must be open.
        """
        rows = {number - 1: ABOVE, number: OWN, number + 1: BELOW}
        mine = {row: sign for row, sign in rows.items() if row == number or self._shift.row(row) is not None}
        carry = self._moves.carry if self._moves.carried else None

        def change(sheet: str, reference: str) -> str:
            if sheet.casefold() == self._sheet:
                return self._reference(reference, self._shift, mine, relative)
            shift = self._moves.of(sheet)
            theirs = {} if shift else {number: UNMOVED}
            return self._reference(reference, shift, theirs, relative)

        return rewrite(text, self._sheet, change, carry)

    def _reference(self, reference: str, shift: RowShift, rows: Mapping[int, str], relative: bool) -> str:
        corners = [corner_of(part) for part in reference.split(":")]
        opened = [_is_open(corner, rows, relative) for corner in corners]
        if relative and any(
            c[3] and not c[2] and not is_open for c, is_open in zip(corners, opened, strict=True)
        ):
            raise _Closed
        if not any(opened):
            return shifted_reference(reference, shift)
        numbers = [int(corner[3] or 0) for corner in corners]
        lengthens = shift.growths and not (all(opened) and self._shortest >= _SHORTEST)
        if len(corners) > 1 and (numbers[0] > numbers[1] or lengthens):
            raise _Closed
        return ":".join(
            "".join(corner[:3]) + (rows[row] if is_open else _placed(shift, row))
            for corner, row, is_open in zip(corners, numbers, opened, strict=True)
        )


def _is_open(corner: Corner, rows: Mapping[int, str], relative: bool) -> bool:
    return bool(corner[3]) and int(corner[3]) in rows and not (relative and corner[2])


def _placed(shift: RowShift, row: int) -> str:
    after = shift.row(row) if row else None
    if after is None:
        raise _Closed
    return str(after)


@cache
def child_pattern(prefix: bytes) -> re.Pattern[bytes]:
    """A cell that shares its formula with another: before it, its column, between, its group, behind."""
    p = re.escape(prefix)
    return re.compile(
        rb"(<" + p + rb'c r="([A-Z]{1,3})[0-9]+"[^>]*>)<' + p + rb'f t="shared" si="([0-9]+)"\s*/>'
    )
