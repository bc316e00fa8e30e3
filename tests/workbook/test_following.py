"""What points at rows from beside them: followed where Excel's own delete, cut and paste follow."""

import re
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from processor.workbook import AppendRows, DeleteRows, MoveRows, Refused, open_workbook, write_edits
from processor.workbook.following.moves import Moves
from processor.workbook.following.parts import (
    shift_connections,
    shift_dependencies,
    shift_drawing,
    shift_filters,
    shift_pivot_cache,
    shift_pivot_table,
    shift_text_formulas,
)
from processor.workbook.following.shift import RowShift
from processor.workbook.following.vml import shift_vml
from tests.workbook.books import DONE, OPEN, OTHER, made

MOVES = Moves({"f": RowShift(deleted=(4,))})
COLUMNS = {n: n for n in range(1, 7)}


def part(path: Path, name: str) -> str:
    with zipfile.ZipFile(path) as archive:
        return archive.read(name).decode()


def test_a_reference_to_a_moved_cell_follows_it_as_after_cut_and_paste(tmp_path):
    target = tmp_path / "new.xlsx"
    write_edits(open_workbook(made(tmp_path)), [MoveRows(OPEN, (5,), DONE, 1, COLUMNS)], target)
    sheet = open_workbook(target).sheet(OTHER)
    assert sheet.cell(2, 1).formula == f"'{DONE}'!A4"
    assert sheet.cell(1, 1).formula == f"SUM('{OPEN}'!D2:D6)"


def test_names_and_links_follow_moved_cells_and_torn_ranges_keep_what_is_left(tmp_path):
    source = tmp_path / "names.xlsx"
    book = xlsxwriter.Workbook(source)
    for name in ("A", "Fin 1"):
        sheet = book.add_worksheet(name)
        sheet.write_row("A1", ["N°", "Lieu", "Prix"])
        for row in range(1, 6):
            sheet.write_row(row, 0, [row, f"lieu {row}", row * 10])
    other = book.add_worksheet("Autre")
    other.write_formula("A1", "=SUM(A!A3:C4)")
    other.write_formula("A2", "=SUM(A!A3:A5)+A!$C$3")
    other.write_url("A3", "internal:A!B3")
    book.define_name("prix", "=A!$C$3")
    book.close()
    target = tmp_path / "new.xlsx"
    columns = {1: 2, 2: 3, 3: 4}
    write_edits(open_workbook(source), [MoveRows("A", (3, 4), "Fin 1", 1, columns)], target)
    sheet = open_workbook(target).sheet("Autre")
    assert sheet.cell(1, 1).formula == "SUM('Fin 1'!B7:D8)"
    assert sheet.cell(2, 1).formula == "SUM(A!A3:A3)+'Fin 1'!$D$7"
    assert "location=\"'Fin 1'!C7\"" in part(target, "xl/worksheets/sheet3.xml")
    assert "'Fin 1'!$D$7<" in part(target, "xl/workbook.xml")


def test_texts_of_shapes_and_linked_pictures_follow_in_any_sheet():
    drawing = (
        b'<d:wsDr xmlns:d="x"><d:twoCellAnchor><d:from><d:row>9</d:row></d:from><d:to><d:row>11</d:row></d:to>'
        b'<d:sp textlink="F!$A$9"/><d:pic><c cellRange="F!$A$1:$B$9"/></d:pic></d:twoCellAnchor></d:wsDr>'
    )
    after = shift_drawing(drawing, "d", "Autre", MOVES)
    assert b'textlink="F!$A$8"' in after
    assert b'cellRange="F!$A$1:$B$8"' in after
    assert b"<d:row>9</d:row>" in after
    assert b"<d:row>8</d:row>" in shift_drawing(drawing, "d", "F", MOVES)


def test_buttons_within_alternatives_of_markup_move_with_their_rows():
    anchor = (
        b"<d:twoCellAnchor><d:from><d:row>5</d:row></d:from><d:to><d:row>6</d:row></d:to></d:twoCellAnchor>"
    )
    drawing = b'<d:d xmlns:d="d"><m:Choice xmlns:m="m">' + anchor + b"</m:Choice></d:d>"
    after = shift_drawing(drawing, "d", "F", MOVES)
    assert re.findall(rb"<d:row>(.)", after) == [b"4", b"5"]


def test_the_series_that_a_chart_filter_hides_follow():
    chart = b"<c><f>F!$A$2:$A$9</f><formulaRef><sqref>F!$A$5</sqref></formulaRef></c>"
    assert shift_text_formulas(chart, "c", "", MOVES) == (
        b"<c><f>F!$A$2:$A$8</f><formulaRef><sqref>F!$A$4</sqref></formulaRef></c>"
    )


def test_controls_of_old_drawings_follow_their_linked_cells():
    vml = b"<xml><v:shape><x:FmlaLink>$B$9</x:FmlaLink><x:FmlaMacro>[0]!A9</x:FmlaMacro></v:shape></xml>"
    after = shift_vml(vml, "v", "F", MOVES)
    assert after == vml.replace(b"$B$9", b"$B$8")


def test_the_filters_above_a_pivot_table_are_part_of_it():
    pivot = b'<p name="P"><location ref="B6:C9" firstHeaderRow="1" rowPageCount="2" colPageCount="1"/></p>'
    with pytest.raises(Refused, match="B6:C9"):
        shift_pivot_table(pivot, "p", "F", MOVES)
    below = pivot.replace(b"B6:C9", b"B9:C9")
    assert b'ref="B8:C8"' in shift_pivot_table(below, "p", "F", MOVES)


def test_pivot_sources_in_other_workbooks_stay():
    space = b'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    cache = (
        b"<c " + space + b'><worksheetSource ref="A1:B9" sheet="F"/><rangeSet ref="A5:B9" sheet="F"/>'
        b'<rangeSet ref="A1:B9" sheet="F" r:id="rId1"/></c>'
    )
    assert re.findall(rb'ref="(\S+)"', shift_pivot_cache(cache, "p", "", MOVES)) == [b"A1:B8", b"A4:B8", b"A1:B9"]  # fmt: skip


def test_sheet_views_parameters_and_waiting_cells_follow():
    assert b'ref="A1:B8"' in shift_filters(b'<n><nsvFilter ref="A1:B9"/></n>', "n", "F", MOVES)
    assert b'cell="F!$B$8"' in shift_connections(b'<c><parameter cell="F!$B$9"/></c>', "c", "", MOVES)
    waiting = b'<v><volType><main><tp><tr r="A4" s="2"/></tp><tp><tr r="A9" s="2"/><tr r="A9" s="3"/></tp></main></volType></v>'
    assert shift_dependencies(waiting, "v", {"2": "F", "3": "G"}, MOVES) == (
        b'<v><volType><main><tp><tr r="A8" s="2"/><tr r="A9" s="3"/></tp></main></volType></v>'
    )


def test_a_shared_formula_is_written_out_when_only_its_middle_reads_otherwise(tmp_path):
    """A row deleted and one inserted below: first and last of the group still read the same."""
    source = tmp_path / "group.xlsx"
    book = xlsxwriter.Workbook(source)
    sheet, other = book.add_worksheet("L"), book.add_worksheet("S")
    sheet.add_table("A1:A7", {"name": "T", "total_row": True, "columns": [{"header": "N"}]})
    sheet.write_column("A2", [1, 2, 3, 4, 5])
    sheet.write("A9", "dessous")
    for row in range(1, 10):
        other.write_formula(f"A{row}", f"=L!A{row}", None, 0)
    book.close()
    shared = source.with_name("shared.xlsx")
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(shared, "w") as new:
        for item in old.infolist():
            content = old.read(item)
            if item.filename == "xl/worksheets/sheet2.xml":
                content = content.replace(b"<f>L!A1<", b'<f t="shared" ref="A1:A9" si="0">L!A1<')
                content = re.sub(rb"<f>L!A\d</f>", b'<f t="shared" si="0"/>', content)
            new.writestr(item.filename, content)
    target = tmp_path / "new.xlsx"
    edits = DeleteRows("L", (3,)), AppendRows("L", 1, ({1: 6},))
    write_edits(open_workbook(shared), edits, target)
    formulas = [open_workbook(target).sheet("S").cell(row, 1).formula for row in range(1, 10)]
    assert formulas == ["L!A1", "L!A2", "L!#REF!", "L!A3", "L!A4", "L!A5", "L!A7", "L!A8", "L!A9"]
