"""What goes with rows: notes, threads, links; and odd but valid packages that are edited all the same."""

import re
import zipfile
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from processor.workbook import (
    AddHyperlink,
    AppendRows,
    CopyRow,
    DeleteRows,
    MarkCell,
    MoveRows,
    Reason,
    Refused,
    RichText,
    Run,
    SetCell,
    open_workbook,
    write_edits,
)
from tests.workbook.books import DONE, OPEN, OTHER, made


def edited(source: Path, *edits):
    target = source.with_name("new.xlsx")
    write_edits(open_workbook(source), edits, target)
    openpyxl.load_workbook(target).close()
    return open_workbook(target)


def repacked(source: Path, change, name: str = "repacked.xlsx", descriptors: bool = False) -> Path:
    """The package with each part passed through `change(name, content)`."""
    target = source.with_name(name)
    with zipfile.ZipFile(source) as old, target.open("wb") as raw:
        stream = Unseekable(raw) if descriptors else raw
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
            for item in old.infolist():
                new.writestr(item.filename, change(item.filename, old.read(item)))
    return target


class Unseekable:
    """A stream that cannot go back, so that zipfile writes sizes behind the members."""

    def __init__(self, file):
        self.file = file
        self.write, self.flush = file.write, file.flush


def commented(path: Path) -> Path:
    book = xlsxwriter.Workbook(path)
    for name in (OPEN, DONE):
        sheet = book.add_worksheet(name)
        sheet.write_row("A1", ["N°", "Lieu"])
        for row in range(1, 5):
            sheet.write_row(row, 0, [row, f"Lyon {row}"])
        if name == OPEN:
            sheet.write_comment("B3", "à rappeler", {"author": "Anne"})
            sheet.write_comment("B5", "reste", {"author": "Luc"})
            sheet.write_url("A3", "https://example.org/a?b=1&c#d", string="lien", tip="voir")
            sheet.write_url("B4", f"internal:'{DONE}'!A1", string="là")
    book.close()
    return path


def comments(path: Path, sheet: str) -> dict[str, tuple[str, str]]:
    cells = (cell for row in openpyxl.load_workbook(path)[sheet].iter_rows() for cell in row if cell.comment)
    return {cell.coordinate: (cell.comment.text, cell.comment.author) for cell in cells}


def test_notes_and_links_travel_with_moved_rows(tmp_path):
    source = commented(tmp_path / "notes.xlsx")
    edited(source, MoveRows(OPEN, (3, 4), DONE, 1, {1: 1, 2: 2}))
    target = tmp_path / "new.xlsx"
    assert comments(target, DONE) == {"B6": ("à rappeler", "Anne")}
    assert comments(target, OPEN) == {"B3": ("reste", "Luc")}
    sheet = openpyxl.load_workbook(target)[DONE]
    assert sheet["A6"].hyperlink.target == "https://example.org/a?b=1&c"
    assert sheet["A6"].hyperlink.tooltip == "voir"
    assert sheet["B7"].hyperlink.location == f"'{DONE}'!A1"


def test_a_note_that_travels_there_and_back_finds_the_parts_that_are_there(tmp_path):
    source = commented(tmp_path / "notes.xlsx")
    edited(source, MoveRows(OPEN, (3,), DONE, 1, {1: 1, 2: 2}))
    write_edits(
        open_workbook(tmp_path / "new.xlsx"),
        [MoveRows(DONE, (6,), OPEN, 1, {1: 1, 2: 2})],
        tmp_path / "back.xlsx",
    )
    assert comments(tmp_path / "back.xlsx", OPEN) == {"B4": ("reste", "Luc"), "B5": ("à rappeler", "Anne")}
    assert comments(tmp_path / "back.xlsx", DONE) == {}


def test_threaded_comments_travel_with_their_ids(tmp_path):
    threads = (
        b'<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments">'
        b'<threadedComment ref="B3" id="{AA}" personId="{P}"><text>bonjour</text></threadedComment>'
        b'<threadedComment ref="B3" id="{BB}" parentId="{AA}" personId="{P}"><text>oui</text></threadedComment>'
        b"</ThreadedComments>"
    )
    kind = b"http://schemas.microsoft.com/office/2017/10/relationships/threadedComment"

    def threaded(name: str, content: bytes) -> bytes:
        if name == "xl/worksheets/_rels/sheet1.xml.rels":
            part = (
                b'<Relationship Id="rId99" Type="'
                + kind
                + b'" Target="../threadedComments/threadedComment1.xml"/>'
            )
            return content.replace(b"</Relationships>", part + b"</Relationships>")
        return content

    source = repacked(commented(tmp_path / "notes.xlsx"), threaded)
    with zipfile.ZipFile(source, "a") as archive:
        archive.writestr("xl/threadedComments/threadedComment1.xml", threads)
    edited(source, MoveRows(OPEN, (3,), DONE, 1, {1: 1, 2: 2}))
    with zipfile.ZipFile(tmp_path / "new.xlsx") as archive:
        left, gone = (archive.read(f"xl/threadedComments/threadedComment{n}.xml") for n in (1, 2))
        assert b"threadedComment2.xml" in archive.read("[Content_Types].xml")
    assert b"{AA}" not in left
    assert re.findall(rb'ref="(\w+)" id="(\S+)"', gone) == [(b"B6", b"{AA}"), (b"B6", b"{BB}")]


def test_formulas_dragged_ahead_and_blank_rows_are_filled_first(tmp_path):
    path = tmp_path / "ahead.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("F")
    sheet.add_table("A1:C9", {"name": "T_a", "columns": [{"header": h} for h in "ABC"]})
    for row in (2, 3):
        sheet.write_row(f"A{row}", [row, row])
    for row in range(2, 10):
        sheet.write_formula(f"C{row}", f"=A{row}+B{row}")
    book.close()
    read = edited(path, AppendRows("F", 1, ({1: 40}, {1: 50, 3: 7})))
    rows = dict(read.sheet("F").rows())
    assert (rows[4][1].value, rows[4][3].formula) == (40, "A4+B4")
    assert (rows[5][1].value, rows[5][3].formula, rows[5][3].value) == (50, None, 7)
    assert str(read.sheet("F").tables[0].ref) == "A1:C9"


def test_a_plain_range_grows_below_its_last_row(tmp_path):
    path = tmp_path / "plain.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("F")
    sheet.write("A1", "Titre")
    sheet.write_row("B3", ["N°", "Double"])
    for row in (4, 5):
        sheet.write(f"B{row}", row)
        sheet.write_formula(f"C{row}", f"=B{row}*2+$B$4", None, 0)
    book.close()
    rows = dict(edited(path, AppendRows("F", 3, ({2: 6},)), DeleteRows("F", (2,))).sheet("F").rows())
    assert (rows[5][2].value, rows[5][3].formula) == (6, "B5*2+$B$3")


def test_a_copied_row_that_moves_away_in_the_same_night_leaves_its_copy(tmp_path):
    columns = {n: n for n in range(1, 7)}
    edits = CopyRow(OPEN, 3, ({1: 70},)), MoveRows(OPEN, (3,), DONE, 1, columns), SetCell(OPEN, 3, 4, 1)
    book = edited(made(tmp_path), *edits)
    last = dict(book.sheet(OPEN).rows())[7]
    assert (last[1].value, last[3].value, last[4].value) == (70, "Lyon 2", 6)
    assert book.sheet(DONE).cell(4, 4).value == 1
    assert str(book.sheet(OPEN).tables[0].ref) == "A1:F7"


def test_shared_formulas_are_written_out_where_rows_go(tmp_path):
    path = tmp_path / "shared.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("F")
    for row in range(1, 7):
        sheet.write(f"A{row}", row)
        sheet.write_formula(f"B{row}", f"=A{row}+A$1", None, 0)
    book.close()

    def shared(name: str, content: bytes) -> bytes:
        if name != "xl/worksheets/sheet1.xml":
            return content
        content = content.replace(b"<f>A1+A$1</f>", b'<f t="shared" ref="B1:B6" si="0">A1+A$1</f>')
        return re.sub(rb"<f>A\d\+A\$1</f>", b'<f t="shared" si="0"/>', content)

    source = repacked(path, shared)
    assert open_workbook(source).sheet("F").cell(5, 2).formula == "A5+A$1"
    rows = dict(edited(source, DeleteRows("F", (1, 4))).sheet("F").rows())
    assert [rows[n][2].formula for n in range(1, 5)] == ["A1+#REF!", "A2+#REF!", "A3+#REF!", "A4+#REF!"]
    rows = dict(edited(source, SetCell("F", 1, 2, 9)).sheet("F").rows())
    assert [rows[n][2].formula for n in (1, 2, 6)] == [None, "A2+A$1", "A6+A$1"]


def test_packages_with_data_descriptors_and_comments_are_edited(tmp_path):
    def noisy(name: str, content: bytes) -> bytes:
        return (
            content.replace(b'<row r="4"', b'<!-- ici --><row r="4"')
            if name.endswith("sheet1.xml")
            else content
        )

    source = repacked(made(tmp_path), noisy, descriptors=True)
    book = edited(source, SetCell(OPEN, 2, 1, 42), DeleteRows(OPEN, (5,)))
    assert {row: cells[1].value for row, cells in book.sheet(OPEN).rows()} == {
        1: "N°",
        2: 42,
        3: 2,
        4: 3,
        5: 5,
        6: 6,
    }


def test_rich_text_times_and_links_are_written(tmp_path):
    rich = RichText((Run("gras ", "<rPr><b/></rPr>"), Run("maigre")))
    book = edited(
        made(tmp_path), SetCell(OPEN, 2, 3, rich), SetCell(OTHER, 9, 3, datetime(2026, 12, 1, 14, 30)),
        SetCell(OTHER, 9, 4, datetime(2026, 12, 1), "dd/mm/yyyy"), AddHyperlink(OTHER, 9, 3, "mailto:a@b.fr", "écrire"),
    )  # fmt: skip
    assert book.sheet(OPEN).cell(2, 3).rich == rich
    assert book.sheet(OTHER).cell(9, 3).value == datetime(2026, 12, 1, 14, 30)
    assert book.sheet(OTHER).cell(9, 4).number_format == "dd/mm/yyyy"
    assert openpyxl.load_workbook(tmp_path / "new.xlsx")[OTHER]["C9"].hyperlink.target == "mailto:a@b.fr"


def test_conditional_formats_keep_pointing_at_their_own_row(tmp_path):
    path = tmp_path / "formats.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("F")
    sheet.write_column("A1", range(9))
    red = book.add_format({"bg_color": "#FF0000"})
    sheet.conditional_format("A2:A9", {"type": "formula", "criteria": "=$A2>$B$5", "format": red})
    sheet.conditional_format("C3", {"type": "formula", "criteria": "=C3>1", "format": red})
    book.close()
    edited(path, DeleteRows("F", (2, 3)))
    with zipfile.ZipFile(tmp_path / "new.xlsx") as archive:
        found = re.findall(
            rb'sqref="(\S+)".*?<formula>(.*?)</formula>', archive.read("xl/worksheets/sheet1.xml")
        )
    assert found == [(b"A2:A7", b"$A2&gt;$B$3")]


@pytest.mark.parametrize(
    ("edit", "feature"),
    [
        (DeleteRows(OPEN, (1,)), "table"),
        (SetCell(OPEN, 1, 1, "Autre"), "table header"),
        (SetCell("Absente", 1, 1, "x"), "sheet"),
        (MarkCell(OPEN, 0, 1), "address"),
    ],
)
def test_refusals_name_the_feature_and_the_sheet(tmp_path, edit, feature):
    with pytest.raises(Refused) as refused:
        write_edits(open_workbook(made(tmp_path)), [edit], tmp_path / "new.xlsx")
    assert [(reason.feature, reason.sheet) for reason in refused.value.reasons] == [(feature, edit.sheet)]


def test_a_signed_workbook_is_written_only_when_that_is_accepted(tmp_path):
    kind = b"http://schemas.openxmlformats.org/package/2006/relationships/digital-signature/origin"

    def signed(name: str, content: bytes) -> bytes:
        part = (
            b'<Relationship Id="rIdS" Type="'
            + kind
            + b'" Target="_xmlsignatures/origin.sigs"/></Relationships>'
        )
        return content.replace(b"</Relationships>", part) if name == "_rels/.rels" else content

    book = open_workbook(repacked(made(tmp_path), signed))
    assert book.signed
    with pytest.raises(Refused) as refused:
        write_edits(book, [SetCell(OPEN, 2, 1, 9)], tmp_path / "new.xlsx")
    assert refused.value.reasons == (Reason("digital signature", "", "any change breaks it"),)
    write_edits(book, [SetCell(OPEN, 2, 1, 9)], tmp_path / "new.xlsx", accept_broken_signature=True)


def test_a_plain_filter_and_a_print_area_grow_with_their_list(tmp_path):
    path = tmp_path / "filter.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("F")
    sheet.write_row("A1", ["N°", "Nom"])
    for row in range(1, 5):
        sheet.write_row(row, 0, [row, "x"])
    sheet.autofilter("A1:B5")
    sheet.print_area("A1:D5")
    book.close()
    edited(path, AppendRows("F", 1, ({1: 5}, {1: 6})), DeleteRows("F", (2,)))
    with zipfile.ZipFile(tmp_path / "new.xlsx") as archive:
        assert b'<autoFilter ref="A1:B6"/>' in archive.read("xl/worksheets/sheet1.xml")
        names = re.findall(rb">(F![^<]*)<", archive.read("xl/workbook.xml"))
    assert names == [b"F!$A$1:$B$6", b"F!$A$1:$D$6"]


def test_copies_and_new_rows_of_a_plain_range_do_not_meet(tmp_path):
    path = tmp_path / "plain.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("F")
    for row, values in enumerate([["N°", "Nom"], [1, "un"], [2, "deux"]]):
        sheet.write_row(row, 0, values)
    book.close()
    edits = CopyRow("F", 2, ({1: 10},)), AppendRows("F", 1, ({1: 20, 2: "x"},)), CopyRow("F", 3, ({1: 30},))
    rows = dict(edited(path, *edits, SetCell("F", 2, 2, "autre"), SetCell("F", 2, 2, "un")).sheet("F").rows())
    assert [(rows[n][1].value, rows[n][2].value) for n in range(2, 7)] == [
        (1, "un"), (2, "deux"), (10, "un"), (20, "x"), (30, "deux"),
    ]  # fmt: skip


def test_rows_of_a_plain_range_never_overwrite_what_stands_under_a_short_header(tmp_path):
    """Labels left of the header, sums under the last row: found by comparing the corpus cell by cell."""
    path = tmp_path / "short.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("F")
    sheet.write("B1", "Trimestre")
    sheet.write_row("A2", ["Ouverture", 5])
    sheet.write("A3", "Clôture")
    sheet.write_formula("B3", "=B2*2", None, 10)
    sheet.write_formula("B4", "=SUM(B2:B3)", None, 15)
    book.close()
    rows = dict(edited(path, AppendRows("F", 1, ({1: "neuf", 2: 1},))).sheet("F").rows())
    assert [rows[n][1].value for n in (2, 3, 4)] == ["Ouverture", "Clôture", "neuf"]
    assert (rows[4][2].value, rows[5][2].formula) == (1, "SUM(B2:B3)")
