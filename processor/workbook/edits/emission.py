"""A sheet written row by row: rows that edits name are made first, all others are passed on as they stream by."""

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from processor.workbook.edits.work import SheetWork
from processor.workbook.following.rows import RowShifter
from processor.workbook.sheet.a1 import Range
from processor.workbook.sheet.cells import CellXml, RowXml, parse_row
from processor.workbook.sheet.stream import SheetStream
from processor.workbook.sheet.survey import between


@dataclass(frozen=True)
class Made:
    """The rows that edits change or bring, as XML: made once, before any part is written.

    They may ask for formats that the workbook has not yet, so the styles part can be written only after them.
    `replaced` stands instead of rows as read; each of `coming` before the first row whose number is not lower.
    `area` is what all of them cover afterwards; `revalued` says that a row as read gets other values.
    """

    replaced: Mapping[int, bytes]
    coming: Sequence[tuple[int, bytes]]
    area: Range | None
    revalued: bool


def made_rows(work: SheetWork, shifter: RowShifter) -> Made:
    """Make the rows; those that edits change, and those that take over formulas shared from there, must be in hand."""
    prefix, found = work.found.prefix, work.found.rows
    rows = [row for rows in work.fresh.values() for row in rows]
    coming = [(at, 0, row.written(prefix)) for at, rows in work.fresh.items() for row in rows]
    replaced: dict[int, bytes] = {}
    revalued = False
    for number in sorted((work.changes.keys() | shifter.heirs) - work.deleted):
        there = number in found
        raw = shifter.row(number, found[number]) if there else None
        place = work.shift.place(number)
        row = parse_row(place, raw, prefix) if raw is not None else RowXml(place)
        before = _contents(row)
        for change in work.changes.get(number, ()):
            change(row)
        revalued = revalued or _contents(row) != before
        rows.append(row)
        if there:
            replaced[number] = row.written(prefix)
        elif row.cells:
            coming.append((number, 1, row.written(prefix)))
    coming.sort(key=lambda item: item[:2])
    return Made(replaced, [(at, raw) for at, _, raw in coming], _area(rows), revalued)


def _contents(row: RowXml) -> dict[int, tuple[str | None, bytes]]:
    return {column: _content(cell) for column, cell in row.cells.items() if cell.inner}


def _content(cell: CellXml) -> tuple[str | None, bytes]:
    return cell.attributes.get("t"), cell.inner


def _area(rows: Sequence[RowXml]) -> Range | None:
    numbers = [row.number for row in rows if row.cells]
    columns = [column for row in rows for column in row.cells]
    return Range(min(numbers), min(columns), max(numbers), max(columns)) if columns else None


class Emission:
    """One writing of a sheet."""

    def __init__(self, work: SheetWork, shifter: RowShifter, made: Made) -> None:
        self._work = work
        self._shifter = shifter
        self._replaced = made.replaced
        self._coming = deque(made.coming)
        self._named = sorted({*made.replaced, *(at for at, _ in made.coming)})
        self._done = 0  # the last row as read that was passed

    def pieces(self, head: bytes, tail: bytes) -> Iterator[bytes]:
        """The sheet in pieces of about a megabyte; blocks that nothing happens to pass as they are."""
        yield head
        still = self._shifter.still and not self._work.deleted
        for block, stream in self._work.sheet.blocks():
            bounds = stream.bounds(block) if still else None
            if bounds and not between(self._named, self._done + 1, bounds[1]):
                self._done = bounds[1]
                yield block
            else:
                yield b"".join(self._rows(block, stream))
        yield b"".join(raw for _, raw in self._coming)
        yield tail

    def _rows(self, block: bytes, stream: SheetStream) -> Iterator[bytes]:
        coming, replaced, deleted = self._coming, self._replaced, self._work.deleted
        passed = self._shifter.row
        for number, raw in stream.cut(block, self._done):
            while coming and coming[0][0] <= number:
                yield coming.popleft()[1]
            if number in replaced:
                yield replaced[number]
            elif number not in deleted:
                yield passed(number, raw)
            self._done = number


def sheet_pieces(
    work: SheetWork, shifter: RowShifter, made: Made, head: bytes, tail: bytes
) -> Iterator[bytes]:
    """The sheet with the rows that were made, in pieces; each call writes it anew."""
    return Emission(work, shifter, made).pieces(head, tail)
