"""What cells and rows that come look like: as their neighbours, by Excel's own rule for data typed below data."""

from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import Alignment, Font, PatternFill

from processor.workbook import (
    AddColumn,
    AppendRows,
    CopyRow,
    MarkCell,
    MoveRows,
    Refused,
    RichText,
    Run,
    SetCell,
    open_workbook,
    write_edits,
)
from tests.workbook.books import OPEN, made

GREY, BLUE, WHITE = "FFD9D9D9", "FFDDEBF7", "00000000"


def edited(source: Path, *edits):
    target = source.with_name("new.xlsx")
    write_edits(open_workbook(source), edits, target)
    return openpyxl.load_workbook(target, rich_text=True)["F"]


def sheet(folder: Path, fills: str, columns: int = 3, **more) -> Path:
    """A plain range: a header, then one row a letter of `fills` (g grey, b blue, w without), all with borders of a date."""
    book = openpyxl.Workbook()
    page = book.active
    page.title = "F"
    page.append([f"Titre {n}" for n in range(1, columns + 1)])
    colours = {"g": GREY, "b": BLUE}
    for row, letter in enumerate(fills, 2):
        for column in range(1, columns + 1):
            cell = page.cell(row, column, row * column)
            if letter in colours:
                cell.fill = PatternFill("solid", fgColor=colours[letter])
        page.row_dimensions[row].height = more.get("heights", {}).get(row)
    for address, change in more.get("cells", {}).items():
        change(page[address])
    book.save(folder / "look.xlsx")
    return folder / "look.xlsx"


def fills(page, first: int, column: int = 1) -> list[str]:
    return [page.cell(row, column).fill.fgColor.rgb for row in range(first, page.max_row + 1)]


def test_a_cell_takes_the_look_of_the_neighbour_that_it_names(tmp_path):
    def dress(cell):
        cell.font, cell.alignment, cell.number_format = Font(bold=True), Alignment(wrap_text=True), "0.00"

    source = sheet(tmp_path, "gw", cells={"B2": dress})
    page = edited(
        source,
        SetCell("F", 3, 1, "vu", like=(2, 2)),
        SetCell("F", 3, 2, datetime(2026, 12, 1), "dd/mm/yyyy", like=(2, 2)),
        SetCell("F", 3, 3, None, like=(2, 1)),
        SetCell("F", 9, 3, 9, like=(8, 8)),
    )
    assert (page["A3"].value, page["A3"].font.b, page["A3"].alignment.wrap_text) == ("vu", True, True)
    assert (page["A3"].fill.fgColor.rgb, page["A3"].number_format) == (GREY, "0.00")
    assert (page["B3"].font.b, page["B3"].number_format, page["B3"].value.year) == (True, "dd/mm/yyyy", 2026)
    assert (page["C3"].value, page["C3"].fill.fgColor.rgb) == (None, GREY)
    assert (page["C9"].value, page["C9"].has_style) == (9, False)


def test_a_value_that_is_there_already_is_dressed_and_stays_rich(tmp_path):
    rich = RichText((Run("gr", "<rPr><b/></rPr>"), Run("as")))
    write_edits(open_workbook(sheet(tmp_path, "gw")), [SetCell("F", 3, 1, rich)], tmp_path / "rich.xlsx")
    page = edited(tmp_path / "rich.xlsx", SetCell("F", 3, 1, "gras", like=(2, 1)))
    assert (str(page["A3"].value), len(page["A3"].value), page["A3"].fill.fgColor.rgb) == ("gras", 2, GREY)


def test_a_mark_is_no_part_of_a_look_and_stays_on_its_own_cell(tmp_path):
    write_edits(
        open_workbook(sheet(tmp_path, "ggw")),
        [MarkCell("F", 3, 1), MarkCell("F", 4, 2)],
        tmp_path / "marked.xlsx",
    )
    edits = SetCell("F", 4, 1, 1, like=(3, 1)), SetCell("F", 4, 2, 1, like=(2, 1))
    rows = AppendRows("F", 1, ({1: 7},)), CopyRow("F", 3, ({1: 8},))
    page = edited(tmp_path / "marked.xlsx", *edits, *rows)
    assert (page["A4"].fill.patternType, page["A4"].fill.fgColor.rgb) == ("solid", GREY)
    assert (page["B4"].fill.patternType, page["B4"].fill.fgColor.rgb) == ("solid", GREY)
    assert open_workbook(tmp_path / "new.xlsx").sheet("F").marked == {(3, 1), (4, 2)}
    assert [page.cell(row, 1).fill.patternType for row in (5, 6)] == ["solid", "solid"]


@pytest.mark.parametrize(
    ("above", "fill"), [("gwgwg", GREY), ("gwwwg", WHITE), ("gg", WHITE), ("ggg", GREY), ("bbggb", BLUE)]
)
def test_a_bare_cell_takes_what_three_of_the_five_rows_above_share(tmp_path, above, fill):
    page = edited(sheet(tmp_path, above + "w"), SetCell("F", len(above) + 2, 1, "x", like="above"))
    assert page.cell(len(above) + 2, 1).fill.fgColor.rgb == fill


def test_a_cell_with_a_look_of_its_own_keeps_it(tmp_path):
    page = edited(sheet(tmp_path, "gggggb"), SetCell("F", 7, 1, "x", like="above"))
    assert page["A7"].fill.fgColor.rgb == BLUE


def test_a_neighbour_that_is_no_cell_is_refused(tmp_path):
    with pytest.raises(Refused) as refused:
        edited(sheet(tmp_path, "g"), SetCell("F", 2, 1, "x", like=(0, 1)))
    assert [reason.feature for reason in refused.value.reasons] == ["address"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("gwgw", [GREY, WHITE, GREY]),
        ("bgwgwg", [WHITE, GREY, WHITE]),
        ("gbgbgb", [GREY, BLUE, GREY]),
        ("wwwwg", [WHITE] * 3),
        ("gggwg", [GREY] * 3),
        ("gwg", [GREY] * 3),
        ("wg", [GREY] * 3),
    ],
)  # fmt: skip
def test_new_rows_go_on_with_the_bands_or_look_as_most_of_the_last_rows(tmp_path, before, after):
    page = edited(sheet(tmp_path, before), AppendRows("F", 1, ({1: 1}, {1: 2}, {1: 3, 2: 3, 3: 3})))
    assert fills(page, len(before) + 2) == fills(page, len(before) + 2, 3) == after


def test_one_odd_cell_does_not_break_the_bands(tmp_path):
    def yellow(cell):
        cell.fill = PatternFill("solid", fgColor="FFFFFF00")

    page = edited(sheet(tmp_path, "gwgwgw", cells={"B7": yellow}), AppendRows("F", 1, ({1: 1}, {1: 2})))
    assert (fills(page, 8, 1), fills(page, 8, 2)) == ([GREY, WHITE], [GREY, WHITE])


def test_heights_set_by_hand_follow_the_same_rule(tmp_path):
    banded = edited(
        sheet(tmp_path, "gwgw", heights={2: 20, 3: 30, 4: 20, 5: 30}), AppendRows("F", 1, ({1: 1}, {1: 2}))
    )
    assert [banded.row_dimensions[row].height for row in (6, 7)] == [20, 30]
    odd = edited(sheet(tmp_path, "wwwww", heights={6: 90}), AppendRows("F", 1, ({1: 1},)))
    assert odd.row_dimensions[7].height is None


def test_formulas_are_filled_down_where_most_of_the_last_rows_have_one(tmp_path):
    def formula(text):
        def put(cell):
            cell.value = text

        return put

    cells = {
        "C3": formula("=A3+B3"),
        "C4": formula("=A4+B4"),
        "C5": formula("=A5+B5"),
        "B6": formula("=SUM(B2:B5)"),
    }
    page = edited(sheet(tmp_path, "wwwww", cells=cells), AppendRows("F", 1, ({1: 1},)))
    assert (page["C7"].value, page["B7"].value) == ("=A7+B7", None)


def test_rows_that_stand_ready_keep_the_look_that_they_were_given(tmp_path):
    book = openpyxl.load_workbook(sheet(tmp_path, "wwwwww"))
    page = book["F"]
    for row in (6, 7):
        for cell in page[row]:
            cell.value, cell.fill = None, PatternFill("solid", fgColor=BLUE)
    page.add_table(openpyxl.worksheet.table.Table(displayName="T", ref="A1:C7"))
    book.save(tmp_path / "ready.xlsx")
    page = edited(tmp_path / "ready.xlsx", AppendRows("F", 1, ({1: 1}, {1: datetime(2026, 12, 1)}, {1: 3})))
    assert fills(page, 6) == [BLUE, BLUE, WHITE]
    assert page["A7"].value == datetime(2026, 12, 1)


def width(page, column: str) -> float:
    """The width of the column, from the element that covers it."""
    number = openpyxl.utils.column_index_from_string(column)
    return next((d.width for d in page.column_dimensions.values() if d.min <= number <= d.max), 0)


def test_a_new_column_looks_like_its_left_neighbour_as_far_as_the_list_goes(tmp_path):
    def date(cell):
        cell.number_format = "dd/mm/yyyy"

    source = sheet(tmp_path, "gwb", cells={"C2": date, "C6": lambda cell: setattr(cell, "value", "plus bas")})
    page = edited(
        source, AddColumn("F", 1, 4, "Contrôle", 40), AddColumn("F", 1, 5, "Vu"), SetCell("F", 3, 4, "bon")
    )
    assert fills(page, 2, 4)[:3] == fills(page, 2, 5)[:3] == [GREY, WHITE, BLUE]
    assert (page["D2"].number_format, page["D6"].has_style, page["D3"].value) == ("General", False, "bon")
    assert (width(page, "D"), width(page, "E")) == (40, 0)


def test_a_column_is_widened_alone_where_several_share_a_width(tmp_path):
    book = openpyxl.load_workbook(sheet(tmp_path, "g"))
    book["F"].column_dimensions.group("B", "F", hidden=False)
    book["F"].column_dimensions["B"].width = 9
    book.save(tmp_path / "wide.xlsx")
    page = edited(tmp_path / "wide.xlsx", AddColumn("F", 1, 4, "Contrôle", 40))
    assert [width(page, column) for column in "BCDEF"] == [9, 9, 40, 9, 9]


def test_a_column_stands_right_of_notes_typed_beside_a_plain_list_and_never_over_them(tmp_path):
    source = sheet(tmp_path, "gw", cells={"D3": lambda cell: setattr(cell, "value", "note")})
    with pytest.raises(Refused):
        edited(source, AddColumn("F", 1, 4, "Contrôle"))
    page = edited(source, AddColumn("F", 1, 5, "Contrôle"))
    assert (page["D3"].value, page["E1"].value, page["E2"].fill.fgColor.rgb) == ("note", "Contrôle", GREY)


def test_a_header_in_cells_merged_over_two_rows_is_as_wide_as_they_are(tmp_path):
    book = openpyxl.load_workbook(sheet(tmp_path, "gw", columns=2))
    page = book["F"]
    page.insert_rows(1)
    page["C1"] = "Lieu"
    page.merge_cells("C1:C2")
    book.save(tmp_path / "merged.xlsx")
    page = edited(
        tmp_path / "merged.xlsx", AddColumn("F", 2, 4, "Contrôle"), AppendRows("F", 2, ({1: 1, 3: "ici"},))
    )
    assert (page["D2"].value, page["C5"].value) == ("Contrôle", "ici")


def test_a_filter_and_a_print_area_grow_with_copies_of_rows(tmp_path):
    book = openpyxl.load_workbook(sheet(tmp_path, "gw"))
    book["F"].insert_rows(1)
    book["F"].auto_filter.ref = book["F"].print_area = "A2:C4"
    book.save(tmp_path / "filter.xlsx")
    page = edited(tmp_path / "filter.xlsx", CopyRow("F", 3, ({1: 7}, {1: 8}), header_row=2))
    assert (page.auto_filter.ref, page.print_area) == ("A2:C6", "'F'!$A$2:$C$6")


def test_what_a_row_brings_beside_a_table_never_covers_what_stands_there(tmp_path):
    book = openpyxl.load_workbook(sheet(tmp_path, "gg"))
    book.create_sheet("G").append(["Code", "", "", "", "note"])
    book["F"].add_table(openpyxl.worksheet.table.Table(displayName="T", ref="A1:C3"))
    book["F"]["E4"] = "pris"
    book["G"].append(["S-1", None, None, None, "à rappeler"])
    book.save(tmp_path / "beside.xlsx")
    with pytest.raises(Refused) as refused:
        edited(tmp_path / "beside.xlsx", MoveRows("G", (2,), "F", 1, {1: 1, 5: 5}))
    assert [(reason.feature, reason.sheet) for reason in refused.value.reasons] == [("cells", "F")]
    assert (
        edited(tmp_path / "beside.xlsx", MoveRows("G", (2,), "F", 1, {1: 1, 5: 6}))["F4"].value
        == "à rappeler"
    )


@pytest.mark.parametrize(("gap", "ends"), [(1, 7), (2, 8), (9, 13)])
def test_rows_come_above_captions_and_leave_a_blank_row_before_them(tmp_path, gap, ends):
    def put(cell):
        cell.value = "Le président"

    source = sheet(tmp_path, "ww", cells={f"A{3 + gap + 1}": put})
    page = edited(source, AppendRows("F", 1, ({1: 40, 2: 1}, {1: 50, 2: 1})))
    assert [page.cell(row, 1).value for row in (4, 5, 6)] == [40, 50, None]
    assert [row for row in range(6, 20) if page.cell(row, 1).value] == [ends]


@pytest.mark.parametrize(("rows", "row", "after"), [("gwgwg", 5, [WHITE, GREY]), ("gg", 3, [GREY, GREY])])
def test_a_cell_coloured_apart_colours_no_new_row(tmp_path, rows, row, after):
    def yellow(cell):
        cell.fill = PatternFill("solid", fgColor="FFFFFF00")

    page = edited(sheet(tmp_path, rows, cells={f"B{row}": yellow}), AppendRows("F", 1, ({1: 1}, {1: 2})))
    assert fills(page, len(rows) + 2, 2) == after


def test_a_column_that_the_table_has_already_is_refused_by_its_name(tmp_path):
    with pytest.raises(Refused) as caught:
        write_edits(open_workbook(made(tmp_path)), [AddColumn(OPEN, 1, 7, "Lieu")], tmp_path / "new.xlsx")
    assert caught.value.reasons[0].feature == "column name"
