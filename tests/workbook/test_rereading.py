"""What the second reading finds when the first writing went wrong: nothing is left behind, the feature is named."""

from pathlib import Path

import pytest
import xlsxwriter

from processor.workbook import MoveRows, Refused, SetCell, open_workbook, write_edits
from processor.workbook.following.rows import RowShifter
from processor.workbook.proving import rereading, verifying
from processor.workbook.sheet.cells import CellXml

EDITS = [SetCell("A", 7, 2, "neuf"), MoveRows("A", (5, 1500), "B", 1, {1: 1, 2: 2})]


@pytest.fixture(params=["read whole", "read in part"])
def book(request, monkeypatch, tmp_path) -> Path:
    """Two sheets, the first of many rows; large ones are read in part."""
    if request.param == "read in part":
        monkeypatch.setattr(rereading, "SMALL", 0)
        monkeypatch.setattr(verifying, "SMALL", 0)
    path = tmp_path / "classeur.xlsx"
    made = xlsxwriter.Workbook(path)
    for name, rows in (("A", 3000), ("B", 2)):
        sheet = made.add_worksheet(name)
        sheet.write_row(0, 0, ["N°", "Lieu"])
        for row in range(1, rows):
            sheet.write_row(row, 0, [row * 7, f"lieu {row}"])
    made.close()
    return path


def refused(path: Path, edits: list[object] = EDITS) -> str:
    target = path.with_name("new.xlsx")
    with pytest.raises(Refused) as caught:
        write_edits(open_workbook(path), edits, target)
    assert not target.exists()
    assert caught.value.reasons[0].feature == "verification"
    return caught.value.reasons[0].detail


def test_what_is_right_passes(book):
    write_edits(open_workbook(book), EDITS, book.with_name("new.xlsx"))
    assert open_workbook(book.with_name("new.xlsx")).sheet("B").cell(4, 2).value == "lieu 1499"


def test_a_row_that_would_lose_its_values_is_found(book, monkeypatch):
    right = RowShifter.row
    monkeypatch.setattr(
        RowShifter, "row", lambda self, number, raw: right(self, number, raw).replace(b"<v>", b"<v>1")
    )
    assert "would not keep its values" in refused(book)


def test_a_cell_that_would_not_hold_what_was_set_is_found(book, monkeypatch):
    wrong = CellXml({"t": "inlineStr"}, b"<is><t>autre</t></is>")
    monkeypatch.setattr("processor.workbook.edits.writing.CellWriter.encoded", lambda _self, _value: wrong)
    assert "reads otherwise" in refused(book, EDITS[:1])


def test_a_moved_row_that_would_not_arrive_whole_is_found(book, monkeypatch):
    monkeypatch.setattr("processor.workbook.edits.plan.frozen", lambda _work, _cell: CellXml({}, b"<v>0</v>"))
    assert "did not arrive whole" in refused(book)
