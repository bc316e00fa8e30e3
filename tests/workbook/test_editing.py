import zipfile
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from processor.workbook import (
    AddColumn,
    AddSheet,
    AppendRows,
    CopyRow,
    DeleteRows,
    MarkCell,
    MoveRows,
    Refused,
    SetCell,
    SheetColumn,
    UnmarkCell,
    open_workbook,
    write_edits,
)
from processor.workbook.edits.workbookpart import formula_in
from tests.workbook.books import DONE, OPEN, OTHER, made


def edited(source: Path, *edits):
    target = source.with_name("new.xlsx")
    write_edits(open_workbook(source), edits, target)
    openpyxl.load_workbook(target).close()
    return open_workbook(target)


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def values(book, sheet: str, column: int) -> dict[int, object]:
    return {row: cells[column].value for row, cells in book.sheet(sheet).rows() if column in cells}


def formula(book, sheet: str, row: int, column: int) -> str | None:
    cell = book.sheet(sheet).cell(row, column)
    return cell.formula if cell else None


def test_a_set_cell_keeps_its_format_and_every_other_part_its_bytes(tmp_path):
    source = made(tmp_path)
    book = edited(source, SetCell(OPEN, 3, 2, datetime(2027, 3, 1)), SetCell(OPEN, 3, 3, "Paris <&> _x0041_"))
    assert book.sheet(OPEN).cell(3, 2).value == datetime(2027, 3, 1)
    assert book.sheet(OPEN).cell(3, 2).number_format == "dd/mm/yyyy"
    assert book.sheet(OPEN).cell(3, 3).value == "Paris <&> _x0041_"
    before, after = parts(source), parts(tmp_path / "new.xlsx")
    assert {name for name in before if before[name] != after[name]} <= {
        "xl/worksheets/sheet1.xml",
        "xl/workbook.xml",
    }


def test_an_edit_that_changes_nothing_leaves_the_file_as_it_was(tmp_path):
    source = made(tmp_path)
    edited(
        source,
        SetCell(OPEN, 3, 1, 2),
        SetCell(OPEN, 4, 3, "Lyon 3"),
        SetCell(OPEN, 3, 2, datetime(2026, 1, 3)),
    )
    assert (tmp_path / "new.xlsx").read_bytes() == source.read_bytes()


def test_unmarking_restores_the_styles_that_were_there(tmp_path):
    source = made(tmp_path)
    book = edited(source, MarkCell(OPEN, 3, 3), MarkCell(OPEN, 3, 2))
    assert book.sheet(OPEN).marked == {(3, 2), (3, 3)}
    again = tmp_path / "again.xlsx"
    write_edits(book, [UnmarkCell(OPEN, 3, 2), UnmarkCell(OPEN, 3, 3)], again)
    assert parts(again)["xl/worksheets/sheet1.xml"] == parts(source)["xl/worksheets/sheet1.xml"]


def test_deleting_a_row_shifts_formulas_tables_and_validations(tmp_path):
    book = edited(made(tmp_path), DeleteRows(OPEN, (4,)))
    assert values(book, OPEN, 1) == {1: "N°", 2: 1, 3: 2, 4: 4, 5: 5, 6: 6}
    assert formula(book, OTHER, 1, 1) == f"SUM('{OPEN}'!D2:D6)"
    assert formula(book, OTHER, 2, 1) == f"'{OPEN}'!A4"
    assert str(book.sheet(OPEN).tables[0].ref) == "A1:F6"


def test_a_deleted_cell_that_is_pointed_at_leaves_ref_error(tmp_path):
    assert formula(edited(made(tmp_path), DeleteRows(OPEN, (5,))), OTHER, 2, 1) == f"'{OPEN}'!#REF!"


def test_appended_rows_grow_the_table_and_what_ends_with_it(tmp_path):
    book = edited(made(tmp_path), AppendRows(OPEN, 1, ({1: 7, 2: datetime(2026, 5, 1), 3: "Nice"},)))
    assert str(book.sheet(OPEN).tables[0].ref) == "A1:F8"
    assert book.sheet(OPEN).cell(8, 2).number_format == "dd/mm/yyyy"
    assert formula(book, OPEN, 8, 6) == "T_ouvertes[[#This Row],[Inscrits]]/12"
    assert formula(book, OTHER, 1, 1) == f"SUM('{OPEN}'!D2:D8)"
    assert b'sqref="D2:D8"' in parts(tmp_path / "new.xlsx")["xl/worksheets/sheet1.xml"]


def test_the_blank_row_of_an_empty_table_is_used_up(tmp_path):
    book = edited(made(tmp_path, done=0), AppendRows(DONE, 1, ({1: 1}, {1: 2})))
    assert values(book, DONE, 1) == {1: "N°", 2: 1, 3: 2}
    assert str(book.sheet(DONE).tables[0].ref) == "A1:F3"


def test_a_totals_row_is_pushed_down(tmp_path):
    book = edited(made(tmp_path, totals=True), AppendRows(OPEN, 1, ({1: 7}, {1: 8})))
    table = book.sheet(OPEN).tables[0]
    assert (str(table.ref), table.totals_row) == ("A1:F10", 10)
    assert formula(book, OPEN, 10, 4) == "SUBTOTAL(109,[Inscrits])"


def test_a_copied_row_takes_what_is_said_and_keeps_the_rest(tmp_path):
    book = edited(made(tmp_path), CopyRow(OPEN, 4, ({1: 9, 3: None},)))
    cells = dict(book.sheet(OPEN).rows())[8]
    assert (cells[1].value, 3 in cells, cells[4].value) == (9, False, 7)


def test_moved_rows_carry_rich_text_and_pending_values(tmp_path):
    columns = {n: n for n in range(1, 7)}
    book = edited(
        made(tmp_path),
        SetCell(OPEN, 4, 4, 99),
        MarkCell(OPEN, 4, 1),
        MoveRows(OPEN, (4, 6), DONE, 1, columns),
    )
    assert values(book, OPEN, 1) == {1: "N°", 2: 1, 3: 2, 4: 4, 5: 6}
    assert values(book, DONE, 1) == {1: "N°", 2: 1, 3: 2, 4: 3, 5: 5}
    moved = book.sheet(DONE).cell(4, 3)
    assert (moved.value, len(moved.rich.runs), book.sheet(DONE).cell(4, 4).value) == ("Lyon 3", 3, 99)
    assert book.sheet(DONE).marked == {(4, 1)}


def test_a_table_that_loses_all_its_rows_keeps_a_blank_one(tmp_path):
    book = edited(made(tmp_path, rows=2), MoveRows(OPEN, (2, 3), DONE, 1, {1: 1, 3: 3}))
    assert str(book.sheet(OPEN).tables[0].ref) == "A1:F2"
    assert values(book, OPEN, 1) == {1: "N°"}
    assert values(book, DONE, 3) == {1: "Lieu", 2: "Lyon 1", 3: "Lyon 2", 4: "Lyon 1", 5: "Lyon 2"}


def test_a_sheet_and_columns_are_added_as_excel_tables(tmp_path):
    sheet = AddSheet(
        "Neuve", (SheetColumn("A", 9), SheetColumn("Le", 12, "dd/mm/yyyy")), "T_neuve", ({1: "é"},), OPEN
    )
    book = edited(made(tmp_path), sheet, AddColumn(OPEN, 1, 7, "Contrôle"), AddColumn(OPEN, 1, 8, "Vu"))
    assert book.sheet_names == (OPEN, "Neuve", DONE, OTHER)
    assert book.sheet(OPEN).tables[0].columns[-2:] == ("Contrôle", "Vu")
    assert str(book.sheet("Neuve").tables[0].ref) == "A1:B2"


def test_what_cannot_be_done_is_refused_before_anything_is_written(tmp_path):
    source = made(tmp_path)
    with pytest.raises(Refused) as refused:
        write_edits(open_workbook(source), [DeleteRows(OPEN, (1, 2))], tmp_path / "new.xlsx")
    assert [(r.feature, r.sheet) for r in refused.value.reasons] == [("table", OPEN)]
    assert not (tmp_path / "new.xlsx").exists()


def test_formulas_of_formats_and_sparklines_are_no_reason_to_calculate(tmp_path):
    source = tmp_path / "sparkline.xlsx"
    book = xlsxwriter.Workbook(source)
    book.add_worksheet("A").write("A1", 1)
    book.add_worksheet("B").add_sparkline("A1", {"range": "A!A1:C1"})
    book.close()
    book = open_workbook(source)
    assert [formula_in(book, entry.part) for entry in book.entries] == [False, False]
