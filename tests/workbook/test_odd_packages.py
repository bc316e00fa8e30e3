"""Workbooks as programs other than Excel write them, and places that the schema knows better than we did."""

import re
import zipfile
from datetime import datetime
from pathlib import Path

import pytest
import xlsxwriter

from processor.workbook import (
    AddHyperlink,
    AppendRows,
    DeleteRows,
    MarkCell,
    MoveRows,
    Refused,
    SetCell,
    open_workbook,
    write_edits,
)
from tests.workbook.books import DONE, OPEN, made
from tests.workbook.odd import list_of, part, rewritten

SHEET, STYLES, TYPES = "xl/worksheets/sheet1.xml", "xl/styles.xml", "[Content_Types].xml"
DAY = datetime(2026, 12, 1)
NEIGHBOURS = [SetCell("A", 3, 3, "neuf"), SetCell("A", 4, 3, DAY)]


def edited(source: Path, *edits: object) -> Path:
    target = source.with_name("new.xlsx")
    write_edits(open_workbook(source), list(edits), target)
    return target


def without(pattern: bytes):
    """A change that takes a piece of XML away; it must be there."""

    def change(content: bytes) -> bytes:
        after = re.sub(pattern, b"", content, flags=re.DOTALL)
        assert after != content
        return after

    return change


def replaced(old: bytes, new: bytes):
    """A change of a piece of XML; it must be there."""

    def change(content: bytes) -> bytes:
        assert old in content
        return content.replace(old, new)

    return change


def refused(source: Path, *edits: object) -> list[tuple[str, str]]:
    with pytest.raises(Refused) as caught:
        edited(source, *edits)
    return [(reason.feature, reason.detail) for reason in caught.value.reasons]


def test_a_date_beside_a_text_is_a_date_in_a_sheet_that_does_not_say_its_extent(tmp_path):
    source = rewritten(list_of(tmp_path / "google.xlsx"), {SHEET: without(rb"<dimension[^>]*>")})
    sheet = open_workbook(edited(source, *NEIGHBOURS)).sheet("A")
    assert (sheet.cell(3, 3).value, sheet.cell(4, 3).value) == ("neuf", DAY)


EMPTY = b'<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>'


@pytest.mark.parametrize("style", ["", ' s="1"', ' s="7"'], ids=["no format", "a format", "a far format"])
@pytest.mark.parametrize("reduced", ["empty", "absent", "one format"])
def test_the_first_format_of_a_workbook_without_any_leaves_all_other_cells_as_they_were(
    tmp_path, reduced, style
):
    source = list_of(tmp_path / "sans.xlsx")
    rewritten(source, {SHEET: lambda xml: xml.replace(b'<c r="B', f'<c{style} r="B'.encode())})
    if reduced == "empty":
        rewritten(source, {STYLES: lambda _: EMPTY})
    elif reduced == "absent":
        rewritten(
            source,
            {
                STYLES: lambda _: None,
                "xl/_rels/workbook.xml.rels": without(rb'<Relationship [^>]*styles"[^>]*/>'),
                TYPES: without(rb'<Override PartName="/xl/styles.xml"[^>]*/>'),
            },
        )
    book = open_workbook(edited(source, *NEIGHBOURS, MarkCell("A", 2, 1)))
    sheet = book.sheet("A")
    assert sheet.cell(4, 3).value == DAY
    assert sheet.marked == {(2, 1)}
    assert [sheet.cell(row, 1).value for row in range(2, 7)] == [1, 2, 3, 4, 5]
    assert {cell.number_format for _, cells in sheet.rows() for cell in cells.values()} == {
        "General",
        "mm-dd-yy",
    }


def test_a_styles_part_that_is_only_promised_is_made(tmp_path):
    source = rewritten(
        list_of(tmp_path / "sans.xlsx"),
        {STYLES: lambda _: None, TYPES: without(rb'<Override PartName="/xl/styles.xml"[^>]*/>')},
    )
    target = edited(source, *NEIGHBOURS)
    assert open_workbook(target).sheet("A").cell(4, 3).value == DAY
    assert part(target, TYPES).count(b'"/xl/styles.xml"') == 1


def test_alternatives_among_the_formats_are_read_as_other_programs_read_them_and_not_written(tmp_path):
    xf = rb'<xf numFmtId="14" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    odd = (
        b'<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        b'<mc:Choice Requires="hs" xmlns:hs="urn:hs"><xf numFmtId="0"/></mc:Choice><mc:Fallback>' + xf + b"</mc:Fallback>"
        b"</mc:AlternateContent></cellXfs>"
    )  # fmt: skip
    source = rewritten(
        list_of(tmp_path / "hancom.xlsx"),
        {
            STYLES: replaced(b"</cellXfs>", odd),
            SHEET: replaced(b'<c r="A3">', b'<c r="A3" s="1">'),
        },
    )
    assert open_workbook(source).sheet("A").cell(3, 1).number_format == "mm-dd-yy"
    assert open_workbook(edited(source, NEIGHBOURS[0])).sheet("A").cell(3, 3).value == "neuf"
    assert [feature for feature, _ in refused(source, *NEIGHBOURS)] == ["styles"]


def test_a_group_of_sparklines_goes_with_its_only_one(tmp_path):
    path = tmp_path / "sparklines.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("A")
    for row in range(6):
        sheet.write_row(row, 0, [row, row, row])
    for row in (2, 3):
        sheet.add_sparkline(row, 5, {"range": f"A!A{row + 1}:C{row + 1}"})
    book.close()
    one = part(edited(path, DeleteRows("A", (3,))), SHEET)
    assert (one.count(b"<x14:sparklineGroup "), one.count(b"<x14:sparkline>")) == (1, 1)
    none = part(edited(path, DeleteRows("A", (3, 4))), SHEET)
    assert b"sparkline" not in none
    assert b"<ext " not in none


def test_a_page_break_that_comes_to_stand_above_the_first_row_goes(tmp_path):
    path = tmp_path / "sauts.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("A")
    for row in range(9):
        sheet.write_row(row, 0, [row, row, row])
    sheet.set_h_pagebreaks([1, 5])
    book.close()
    xml = part(edited(path, DeleteRows("A", (1,))), SHEET)
    assert re.findall(rb'<brk id="([0-9]+)"', xml) == [b"4"]
    assert b'<rowBreaks count="1" manualBreakCount="1">' in xml


NOTE = rb'<comment ref="B3" authorId="0"'
XR = "http://schemas.microsoft.com/office/spreadsheetml/2014/revision"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"


def test_what_a_travelling_note_may_have_ignored_stays_ignorable(tmp_path):
    path = tmp_path / "notes.xlsx"
    book = xlsxwriter.Workbook(path)
    for name in ("A", "B"):
        sheet = book.add_worksheet(name)
        for row in range(5):
            sheet.write_row(row, 0, [row, f"lieu {row}"])
    book.get_worksheet_by_name("A").write_comment("B3", "à revoir")
    book.close()
    root = f'<comments xmlns:mc="{MC}" mc:Ignorable="xr" xmlns:xr="{XR}" '.encode()
    rewritten(
        path,
        {
            "xl/comments1.xml": lambda xml: re.sub(
                NOTE, rb'\g<0> xr:uid="{7}"', xml.replace(b"<comments ", root)
            )
        },
    )
    moved = part(edited(path, MoveRows("A", (3,), "B", 1, {1: 1, 2: 2})), "xl/comments2.xml")
    assert b'xr:uid="{7}"' in moved
    assert re.search(rb'<comments[^>]* mc:Ignorable="xr"', moved)


def test_new_relationships_have_a_content_type_in_a_package_that_has_no_default_for_them(tmp_path):
    source = rewritten(
        list_of(tmp_path / "vieux.xlsx"),
        {
            TYPES: lambda xml: re.sub(rb'<Default Extension="rels"[^>]*/>', b"", xml).replace(
                b"</Types>",
                b'<Override PartName="/_rels/.rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
                b'<Override PartName="/xl/_rels/workbook.xml.rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/></Types>',
            )
        },
    )
    target = edited(source, AddHyperlink("A", 3, 2, "https://example.org/"))
    assert "xl/worksheets/_rels/sheet1.xml.rels" in zipfile.ZipFile(target).namelist()
    assert b'Extension="rels"' in part(target, TYPES)


def test_a_line_break_in_a_formula_stays_one_whatever_the_file_ends_its_lines_with(tmp_path):
    source = rewritten(
        list_of(tmp_path / "formule.xlsx"),
        {SHEET: replaced(b'<c r="A6"><v>5</v></c>', b'<c r="A6"><f>A5+\r\nA4</f><v>7</v></c>')},
    )
    assert open_workbook(source).sheet("A").cell(6, 1).formula == "A5+\nA4"
    xml = part(edited(source, DeleteRows("A", (2,))), SHEET)
    assert b"A4+\nA3" in xml
    assert b"&#13;" not in xml


def merged(path: Path) -> Path:
    cells = b'</sheetData><mergeCells count="1"><mergeCell ref="B4:C4"/></mergeCells>'
    return rewritten(list_of(path), {SHEET: replaced(b"</sheetData>", cells)})


def test_a_value_that_nobody_would_see_is_refused_with_the_merged_cell_that_hides_it(tmp_path):
    source = merged(tmp_path / "fusion.xlsx")
    assert refused(source, SetCell("A", 4, 3, "neuf")) == [("merged cells", "C4 is hidden under B4:C4")]
    assert open_workbook(edited(source, SetCell("A", 4, 2, "vu"))).sheet("A").cell(4, 2).value == "vu"
    assert open_workbook(edited(source, SetCell("A", 4, 3, None))).sheet("A").cell(4, 3) is None


def test_a_consolidation_of_nothing_stands_in_nobodys_way(tmp_path):
    tail = b"</sheetData><dataConsolidate/>"
    source = rewritten(list_of(tmp_path / "vide.xlsx"), {SHEET: replaced(b"</sheetData>", tail)})
    assert b"<dataConsolidate/>" in part(edited(source, DeleteRows("A", (3,))), SHEET)


def test_a_consolidation_of_something_does(tmp_path):
    tail = b'</sheetData><dataConsolidate><dataRefs count="1"><dataRef ref="A1:B3" sheet="B"/></dataRefs></dataConsolidate>'
    source = rewritten(list_of(tmp_path / "plein.xlsx"), {SHEET: replaced(b"</sheetData>", tail)})
    assert [feature for feature, _ in refused(source, DeleteRows("A", (3,)))] == ["dataConsolidate"]


def test_the_only_row_of_a_table_may_leave_with_its_last_word_while_another_arrives(tmp_path):
    source = made(tmp_path, rows=1, done=1)
    book = open_workbook(
        edited(
            source,
            SetCell(OPEN, 2, 3, "dernier mot"),
            MoveRows(OPEN, (2,), DONE, 1, {n: n for n in range(1, 7)}),
            AppendRows(OPEN, 1, ({1: 8, 3: "neuve"},)),
        )
    )
    assert [book.sheet(name).cell(row, 3).value for name, row in ((OPEN, 2), (DONE, 3))] == [
        "neuve",
        "dernier mot",
    ]


def beside(path: Path, table: bool) -> Path:
    """Two lists of four rows; beside row 3 of the first a note, below the second something at E6 and E7."""
    book = xlsxwriter.Workbook(path)
    for name in ("A", "B"):
        sheet = book.add_worksheet(name)
        sheet.write_row(0, 0, ["N°", "Lieu"])
        for row in range(1, 5):
            sheet.write_row(row, 0, [row, f"lieu {row}"])
        if table:
            columns = [{"header": "N°"}, {"header": "Lieu"}]
            sheet.add_table(0, 0, 4, 1, {"name": f"T_{name}", "columns": columns})
    book.get_worksheet_by_name("A").write("E3", "rappeler")
    there = book.get_worksheet_by_name("B")
    there.write("E6", 10) if table else there.write_formula("E6", "=SUM(A2:A5)", None, 10)
    there.write("E7", "pris")
    book.close()
    return path


@pytest.mark.parametrize("table", [True, False], ids=["table", "range"])
def test_a_move_beside_something_leaves_it_or_names_it(tmp_path, table):
    path = beside(tmp_path / "beside.xlsx", table)
    columns = {1: 1, 2: 2, 5: 5}
    if table:
        assert refused(path, MoveRows("A", (3,), "B", 1, columns)) == [("cells", "E6 is taken")]
        sheet = open_workbook(edited(path, MoveRows("A", (4,), "B", 1, columns))).sheet("B")
        assert [sheet.cell(6, column).value for column in (2, 5)] == ["lieu 3", 10]
    else:
        sheet = open_workbook(edited(path, MoveRows("A", (3, 4), "B", 1, columns))).sheet("B")
        assert [sheet.cell(8, column).value for column in (2, 5)] == ["lieu 2", "rappeler"]
        assert [sheet.cell(row, 5).value for row in (6, 7)] == [10, "pris"]
