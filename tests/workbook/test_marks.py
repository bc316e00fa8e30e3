"""A mark is found again and goes without a trace, whatever program saved the workbook in between."""

import re
import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from openpyxl.styles import PatternFill

from processor.workbook import (
    AppendRows,
    CopyRow,
    DeleteRows,
    MarkCell,
    MoveRows,
    UnmarkCell,
    open_workbook,
    write_edits,
)
from processor.workbook.sheet.marks import FORMULA
from tests.workbook.odd import list_of, part, rewritten
from tests.workbook.office import needs_office, saved_by_libreoffice

SHEET = "xl/worksheets/sheet1.xml"


def edited(source: Path, *edits: object, name: str = "new.xlsx") -> Path:
    target = source.with_name(name)
    write_edits(open_workbook(source), list(edits), target)
    return target


def coloured(path: Path) -> Path:
    """A list with fills of its own: plain, solid, hatched; a format, a validation and conditional colours."""
    book = xlsxwriter.Workbook(path)
    for name in ("A", "B"):
        sheet = book.add_worksheet(name)
        sheet.write_row(0, 0, ["N°", "Lieu", "Note"])
        looks = [{}, {"bg_color": "#FFFF00"}, {"pattern": 14, "fg_color": "#FF0000"}, {"num_format": "0.00"}]
        for row in range(1, 9):
            look = book.add_format(looks[row % 4])
            sheet.write_number(row, 0, row, look)
            sheet.write_string(row, 1, f"lieu {row}", look)
        sheet.conditional_format("A2:A9", {"type": "cell", "criteria": ">", "value": 6, "format": book.add_format({"bg_color": "#C6EFCE"})})  # fmt: skip
        sheet.data_validation("B2:B9", {"validate": "length", "criteria": "<", "value": 40})
    book.close()
    return path


MARKS = [MarkCell("A", row, column) for row in range(2, 8) for column in (1, 2)]
PLACES = {(row, column) for row in range(2, 8) for column in (1, 2)}


def test_a_mark_taken_away_leaves_the_sheet_as_it_was_to_the_byte(tmp_path):
    source = coloured(tmp_path / "plan.xlsx")
    marked = edited(source, *MARKS)
    assert open_workbook(marked).sheet("A").marked == PLACES
    plain = edited(marked, *(UnmarkCell("A", *place) for place in PLACES), name="plain.xlsx")
    assert open_workbook(plain).sheet("A").marked == set()
    assert part(plain, SHEET) == part(source, SHEET)


def test_marks_follow_their_rows_and_are_not_copied(tmp_path):
    marked = edited(
        coloured(tmp_path / "plan.xlsx"), MarkCell("A", 3, 1), MarkCell("A", 5, 2), MarkCell("A", 9, 2)
    )
    edits = [
        MarkCell("A", 7, 1),
        DeleteRows("A", (2,)),
        MoveRows("A", (5, 7), "B", 1, {1: 1, 2: 3}),
        AppendRows("A", 1, ({1: 9},)),
        CopyRow("A", 3, ({1: 10},), 1),
    ]
    book = open_workbook(edited(marked, *edits, name="moved.xlsx"))
    assert book.sheet("A").marked == {(2, 1), (6, 2)}
    assert book.sheet("B").marked == {(10, 3), (11, 1)}


def test_a_mark_that_somebody_drew_over_a_whole_column_is_found_and_goes(tmp_path):
    marked = edited(list_of(tmp_path / "plan.xlsx"), MarkCell("A", 3, 1))
    rewritten(marked, {SHEET: lambda xml: xml.replace(b'sqref="A3"', b'sqref="C1:C1048576"')})
    found = open_workbook(marked).sheet("A").marked
    assert 6 <= len(found) <= 2000
    plain = edited(marked, *(UnmarkCell("A", *place) for place in found), name="plain.xlsx")
    assert b"conditionalFormatting" not in part(plain, SHEET)


def hatched(path: Path) -> Path:
    """A cell marked as earlier versions did."""
    book = openpyxl.load_workbook(list_of(path))
    for address, kept in (("A3", {"bgColor": "FFFFFF00"}), ("A4", {})):
        book["A"][address].fill = PatternFill("lightUp", fgColor="FFF4B084", **kept)
    book.save(path)
    return path


def test_the_hatch_of_earlier_versions_is_a_mark_and_goes_with_its_fill_restored(tmp_path):
    source = hatched(tmp_path / "avant.xlsx")
    assert open_workbook(source).sheet("A").marked == {(3, 1), (4, 1)}
    assert b"conditionalFormatting" not in part(edited(source, MarkCell("A", 3, 1)), SHEET)
    plain = openpyxl.load_workbook(edited(source, UnmarkCell("A", 3, 1), UnmarkCell("A", 4, 1)))["A"]
    assert (plain["A3"].fill.patternType, plain["A3"].fill.fgColor.rgb) == ("solid", "FFFFFF00")
    assert plain["A4"].fill.patternType in (None, "none")


GOOGLE = f'<conditionalFormatting sqref="B3 A2"><cfRule type="expression" dxfId="0" priority="1"><formula>{FORMULA}</formula></cfRule></conditionalFormatting>'
ONLYOFFICE = GOOGLE.replace("<cfRule ", '<cfRule stopIfTrue="0" ').replace('sqref="B3 A2"', 'sqref="A2 B3"')
EXCEL = (
    GOOGLE.replace(' sqref="B3 A2"', ' xmlns:xr="urn:xr" sqref="A2"') + GOOGLE.replace("B3 A2", "B3")
).replace(FORMULA, FORMULA.replace('"', "&quot;"))


@pytest.mark.parametrize("written", [GOOGLE, ONLYOFFICE, EXCEL], ids=["google", "onlyoffice", "excel"])
def test_a_mark_is_known_by_its_formula_however_it_is_written(tmp_path, written):
    source = list_of(tmp_path / "plan.xlsx")
    before = part(source, SHEET)
    dxf = (
        b'<dxfs count="1"><dxf><fill><patternFill><bgColor rgb="FF00FF00"/></patternFill></fill></dxf></dxfs>'
    )
    rewritten(
        source,
        {
            SHEET: lambda xml: xml.replace(b"</sheetData>", b"</sheetData>" + written.encode()),
            "xl/styles.xml": lambda xml: re.sub(rb"<dxfs[^>]*/>", dxf, xml),
        },
    )
    assert open_workbook(source).sheet("A").marked == {(2, 1), (3, 2)}
    plain = edited(source, UnmarkCell("A", 2, 1), UnmarkCell("A", 3, 2))
    assert part(plain, SHEET) == before


def picture(pdf: Path) -> bytes:
    """The first page as pixels."""
    command = ["pdftoppm", "-r", "60", "-singlefile", str(pdf), str(pdf.with_suffix(""))]
    subprocess.run(command, check=True, timeout=60)
    return pdf.with_suffix(".ppm").read_bytes()


@needs_office
@pytest.mark.skipif(shutil.which("pdftoppm") is None, reason="poppler-utils are not installed")
def test_a_mark_is_found_after_libreoffice_saved_it_and_its_undoing_cannot_be_seen(tmp_path):
    source = coloured(tmp_path / "plan.xlsx")
    marked = edited(source, *MARKS, name="marked.xlsx")
    (again,) = saved_by_libreoffice(tmp_path / "once", [marked])
    for night in range(2):  # LibreOffice saves it again each day
        assert open_workbook(again).sheet("A").marked == PLACES
        (again,) = saved_by_libreoffice(tmp_path / f"night{night}", [again])
    plain = edited(again, *(UnmarkCell("A", *place) for place in PLACES), name="plain.xlsx")
    assert open_workbook(plain).sheet("A").marked == set()
    seen = saved_by_libreoffice(tmp_path / "seen", [source, marked, plain], "pdf")
    before, between, after = (picture(path) for path in seen)
    assert before == after
    assert before != between
