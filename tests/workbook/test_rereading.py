"""What the second reading finds when the first writing went wrong: nothing is left behind, the feature is named."""

import re
from datetime import datetime
from pathlib import Path

import pytest
import xlsxwriter
from lxml import etree

from processor.workbook import (
    AddHyperlink,
    AddSheet,
    MoveRows,
    Refused,
    SetCell,
    SheetColumn,
    open_workbook,
    write_edits,
)
from processor.workbook.following.rows import RowShifter
from processor.workbook.proving import rereading, verifying
from processor.workbook.proving.named import Stock, missing
from processor.workbook.sheet.cells import CellXml
from tests.workbook.odd import rewritten

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
    rewritten(path, {"xl/worksheets/sheet1.xml": with_shared_formulas})
    return path


def with_shared_formulas(xml: bytes) -> bytes:
    shared = re.sub(
        rb'(<row r="([0-9]+)".*?)</row>', rb'\1<c r="C\2"><f t="shared" si="0"/><v>0</v></c></row>', xml
    )
    return shared.replace(b'<f t="shared" si="0"/>', b'<f t="shared" ref="C1:C3000" si="0">$A$1+$B$1</f>', 1)


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


ROW = b'<row r="2"><c r="A2" s="1" t="s"><v>0</v></c><c r="B2"><f t="shared" ref="B2:B3" si="0">A2</f></c></row>'


@pytest.mark.parametrize(
    ("what", "wrong"),
    [
        ("format 9", ROW.replace(b's="1"', b's="9"')),
        ("format 9", ROW.replace(b'r="2"', b'r="2" s="9"', 1)),
        ("text 9", ROW.replace(b"<v>0", b"<v>9")),
        ("shared formula 0", ROW.replace(b">A2<", b"><")),
        (
            "differential format 2",
            ROW
            + b'</sheetData><conditionalFormatting><cfRule dxfId="2"/></conditionalFormatting><sheetData>',
        ),
        (None, ROW),
    ],
)
def test_what_a_sheet_names_and_is_not_there_is_found(what, wrong):
    sheet = etree.fromstring(b"<worksheet><sheetData>" + wrong + b"</sheetData></worksheet>")
    assert missing(sheet, (), Stock(formats=2, differences=2, texts=1)) == ({what} if what else set())


def test_formats_that_the_styles_part_does_not_hold_are_found(book, monkeypatch):
    monkeypatch.setattr("processor.workbook.sheet.styles.Styles.written", lambda _self: None)
    edits = [SetCell("A", 7, 2, datetime(2026, 12, 1))]
    assert "no format 1" in refused(book, edits)


@pytest.mark.parametrize("kind", ["extensions", "added"])
def test_a_new_part_without_content_type_is_found(book, monkeypatch, kind):
    def left_out(content, added, removed, extensions):
        return content

    monkeypatch.setattr("processor.workbook.edits.assembly.content_types", left_out)
    edits = {
        "extensions": [AddHyperlink("A", 7, 2, "https://example.org/")],
        "added": [AddSheet("Neuve", (SheetColumn("A", 9),), "T_neuve")],
    }
    if kind == "extensions":
        rewritten(
            book,
            {"[Content_Types].xml": lambda xml: xml.replace(b'Extension="rels"', b'Extension="relations"')},
        )
    assert "no content type" in refused(book, edits[kind])


def test_a_relationship_that_is_not_there_is_found(book, monkeypatch):
    monkeypatch.setattr("processor.workbook.sheet.additions.Relations.add", lambda *_, **__: "rId77")
    assert "no relationship 'rId77'" in refused(book, [AddHyperlink("A", 7, 2, "https://example.org/")])
