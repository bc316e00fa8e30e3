"""A sheet written row by row: blocks that nothing happens to pass as they are, the rest is made in passing."""

from collections.abc import Iterator

from processor.workbook.edits.work import SheetWork
from processor.workbook.following.rows import RowShifter
from processor.workbook.sheet.cells import RowXml, parse_row


def sheet_pieces(work: SheetWork, shifter: RowShifter, head: bytes, tail: bytes) -> Iterator[bytes]:
    """The sheet in pieces of about a megabyte; blocks that nothing happens to pass as they are."""
    yield head
    events = [(before, 0) for before in work.fresh] + [
        (row, 1) for row in work.changes if row not in work.deleted
    ]
    events.sort(reverse=True)
    still = shifter.still
    number = 0
    for block, stream in work.sheet.blocks():
        bounds = stream.bounds(block) if still and not work.deleted else None
        if bounds and (not events or events[-1][0] > bounds[1]):
            yield block
            continue
        pieces: list[bytes] = []
        for row, raw in stream.cut(block, number):
            number = row
            if events and events[-1][0] <= number:
                while events and (events[-1][0] < number or events[-1] == (number, 0)):
                    pieces += _event(work, *events.pop())
                if events and events[-1] == (number, 1):
                    events.pop()
                    pieces.append(_touched_row(work, shifter, number, raw))
                    continue
            if number not in work.deleted:
                pieces.append(raw if still else shifter.row(number, raw))
        yield b"".join(pieces)
    while events:
        yield b"".join(_event(work, *events.pop()))
    yield tail


def _event(work: SheetWork, number: int, kind: int) -> Iterator[bytes]:
    if kind == 0:
        for row in work.fresh[number]:
            yield row.written(work.found.prefix)
        return
    row = RowXml(number)
    for change in work.changes[number]:
        change(row)
    row.number = work.shift.place(number)
    if row.cells:
        yield row.written(work.found.prefix)


def _touched_row(work: SheetWork, shifter: RowShifter, number: int, raw: bytes) -> bytes:
    row = parse_row(work.shift.place(number), shifter.row(number, raw), work.found.prefix)
    for change in work.changes[number]:
        change(row)
    return row.written(work.found.prefix)
