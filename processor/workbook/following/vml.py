"""VML drawings after rows moved: notes' boxes and form controls, edited as text (VML is often no well-formed XML)."""

import re

from processor.workbook.following.moves import Moves
from processor.workbook.following.shift import RowShift
from processor.workbook.package.markup import content_of, integer, text_of
from processor.workbook.sheet.formulas import references

_SHAPE = re.compile(rb"<((?:\w+:)?)shape\b.*?</\1shape\s*>", re.DOTALL)
_FORMULA = re.compile(rb"(<(?:\w+:)?Fmla(?:Link|Range|Pict|Group|Txbx)>)([^<]+)(</)")


def shift_vml(content: bytes, _name: str, sheet: str, moves: Moves) -> bytes | None:
    """The drawing with its boxes at their rows and its controls' formulas shifted; None when nothing changes."""
    shift = moves.of(sheet)

    def replaced(match: re.Match[bytes]) -> bytes:
        return _shift_shape(match[0], shift) if shift.moves else match[0]

    def followed(match: re.Match[bytes]) -> bytes:
        text = text_of(match[2])
        after = moves.formula(text, sheet) if references(text, sheet) else text
        return match[0] if after == text else match[1] + content_of(after).encode() + match[3]

    after = _FORMULA.sub(followed, _SHAPE.sub(replaced, content))
    return after if after != content else None


def _shift_shape(shape: bytes, shift: RowShift) -> bytes:
    row = re.search(rb"(<(?:\w+:)?Row>\s*)(\d+)(\s*</)", shape)
    if row:
        after = shift.row(int(row[2]) + 1)
        if after is None and b'ObjectType="Note"' in shape:
            return b""
        if after is not None:
            shape = shape[: row.start(2)] + str(after - 1).encode() + shape[row.end(2) :]
    anchor = re.search(rb"(<(?:\w+:)?Anchor>)([^<]*)(</)", shape)
    if not anchor:
        return shape
    numbers = anchor[2].split(b",")
    if len(numbers) != 8:
        return shape
    moved = _shift_vml_anchor([integer(number) for number in numbers], shape, shift)
    text = b", ".join(str(number).encode() for number in moved)
    return shape[: anchor.start(2)] + text + shape[anchor.end(2) :]


def _shift_vml_anchor(numbers: list[int], shape: bytes, shift: RowShift) -> list[int]:
    """Left column, offset, top row, offset, right column, offset, bottom row, offset.

    The elements MoveWithCells and SizeWithCells, strange as it is, say that the shape does *not*
    (ISO 29500-4 §19.4.2.37: an empty element means true, and true means "do not move").
    """
    stays = re.search(rb"MoveWithCells\s*/>|MoveWithCells>\s*(?!F)", shape, re.IGNORECASE)
    if stays and b'ObjectType="Note"' not in shape:
        return numbers
    top = shift.place(numbers[2] + 1) - 1
    moved = top - numbers[2]
    return [*numbers[:2], top, *numbers[3:6], numbers[6] + moved, numbers[7]]
