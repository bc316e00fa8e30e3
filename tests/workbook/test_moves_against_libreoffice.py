"""Rows moved to another sheet, beside LibreOffice's own cut and paste of the same cells and deletion of the rows left.

All values and formulas are compared but those of the new rows' other columns, where formulas are filled down here.
Excel's rule and LibreOffice's are the same for a reference to a cell, or to a range, that was moved as a whole: it follows;
of a range that was moved in part, what is left stays. LibreOffice deletes row by row: of several at once it ends ranges in
formulas that were shared a row too late.
"""

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processor.workbook import MoveRows, Refused, open_workbook, write_edits
from processor.workbook.edits.assembly import drafted
from processor.workbook.edits.draft import arrived
from tests.workbook.calc import Calc, Step
from tests.workbook.generated import SHEETS, Chance, generated
from tests.workbook.peers import needs_oracle
from tests.workbook.test_against_libreoffice import FEW_DRAWN, MANY_DRAWN

pytestmark = needs_oracle
COLUMNS = {1: 1, 2: 2, 3: 3, 4: 4}
Cells = dict[str, dict[str, Any]]


def compared(source: Path, edit: MoveRows, target: Path, calc: Calc) -> list[tuple[str, str, Any, Any]]:
    """What LibreOffice sees otherwise than we wrote it: sheet, cell, theirs, ours. Raises Refused."""
    book = open_workbook(source)
    work = drafted(book, (edit,)).works[edit.to_sheet.casefold()]
    places = sorted(row for row, _ in arrived(work))
    write_edits(book, [edit], target)
    first, last = edit.rows[0], edit.rows[-1]
    steps: list[Step] = [("insert", edit.to_sheet, row, count) for row, count in work.shift.inserted]
    steps += [("move", edit.sheet, f"A{first}:D{last}", edit.to_sheet, f"A{places[0]}")]
    steps += [("delete", edit.sheet, row, 1) for row in reversed(edit.rows)]
    theirs, ours = calc.cells(source, steps), calc.cells(target, [])
    new = re.compile(f"(?![A-D]\\d)[A-Z]+(?:{'|'.join(map(str, places))})")
    return [
        (sheet, at, theirs[sheet].get(at), ours[sheet].get(at))
        for sheet in theirs
        for at in sorted({*theirs[sheet], *ours[sheet]})
        if theirs[sheet].get(at) != ours[sheet].get(at) and not (sheet == edit.to_sheet and new.fullmatch(at))
    ]


def move_of(chance: Any, tops: list[int]) -> MoveRows:
    sheet, other = chance.one([(a, b) for a in SHEETS for b in SHEETS if a != b])
    first = chance.one([row for row in range(2, 24) if row not in tops])
    rows = range(first, first + chance.number(1, 3))
    return MoveRows(sheet, tuple(rows), other, 1, COLUMNS)


def move_of_generated_rows(folder: Path, data: st.DataObject, calc: Calc) -> None:
    chance = Chance(data.draw)
    source = folder / "generated.xlsx"
    edit = move_of(chance, generated(source, chance))
    try:
        found = compared(source, edit, folder / "new.xlsx", calc)
    except Refused:
        return  # cells merged over a row that goes, or beside the list's end
    assert found == []


@given(st.data())
@FEW_DRAWN
def test_moved_rows_are_followed_as_in_libreoffice(tmp_path, calc, data):
    move_of_generated_rows(tmp_path, data, calc)


@pytest.mark.wide
@given(st.data())
@MANY_DRAWN
def test_many_moved_rows_are_followed_as_in_libreoffice(tmp_path, calc, data):
    move_of_generated_rows(tmp_path, data, calc)
