import zipfile
from datetime import datetime, time, timedelta
from pathlib import Path

import pytest
import xlsxwriter

from processor.workbook import Cell, ErrorValue, Range, SetCell, Unreadable, open_workbook, write_edits

BOOK = "xl/worksheets/sheet1.xml"


def rewritten(source: Path, part: str, change) -> Path:
    target = source.with_name("rewritten.xlsx")
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist():
            content = old.read(item)
            new.writestr(item.filename, change(content) if item.filename == part else content)
    return target


@pytest.fixture
def simple(tmp_path):
    path = tmp_path / "simple.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("F")
    sheet.write("A1", "un")
    sheet.write("B1", 2)
    book.close()
    return path


def test_values_come_with_their_kinds(tmp_path):
    path = tmp_path / "kinds.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("F")
    moment = book.add_format({"num_format": "dd/mm/yyyy hh:mm"})
    hours = book.add_format({"num_format": "hh:mm"})
    span = book.add_format({"num_format": "[h]:mm"})
    bold = book.add_format({"bold": True})
    sheet.write_row("A1", ["é", 3, 2.5, True])
    sheet.write_datetime("E1", datetime(2026, 12, 1, 14, 30), moment)
    sheet.write_number("F1", 14.5 / 24, hours)
    sheet.write_number("G1", 26.25 / 24, span)
    sheet.write_formula("H1", "=1/0", None, "#DIV/0!")
    sheet.write_formula("I1", "=A1", None, "é")
    sheet.write_rich_string("J1", "a", bold, "b")
    sheet.write_blank("K1", None, bold)
    sheet.merge_range("A3:B4", "fusion")
    sheet.write("XFD1048576", "loin")
    book.close()
    read = open_workbook(path).sheet("F")
    cells = dict(read.rows())[1]
    assert [cells[n].value for n in range(1, 8)] == [
        "é", 3, 2.5, True, datetime(2026, 12, 1, 14, 30), time(14, 30), timedelta(hours=26, minutes=15),
    ]  # fmt: skip
    assert [cells[n].kind for n in range(1, 9)] == [
        "text",
        "number",
        "number",
        "boolean",
        "date",
        "date",
        "date",
        "error",
    ]
    assert (cells[8].value, cells[8].formula) == (ErrorValue("#DIV/0!"), "1/0")
    assert (cells[9].value, cells[9].formula) == ("é", "A1")
    assert [run.text for run in cells[10].rich.runs] == ["a", "b"]
    assert 11 not in cells
    assert read.cell(1, 11) == Cell(style=read.cell(1, 11).style)
    assert read.cell(2, 1) is None
    assert read.merged == (Range(3, 1, 4, 2),)
    assert dict(read.rows())[1048576][16384].value == "loin"


def test_dates_follow_the_workbooks_own_system(tmp_path):
    path = tmp_path / "mac.xlsx"
    book = xlsxwriter.Workbook(path, {"date_1904": True})
    sheet = book.add_worksheet("F")
    sheet.write_datetime("A1", datetime(2026, 12, 1), book.add_format({"num_format": "dd/mm/yyyy"}))
    book.close()
    read = open_workbook(path)
    assert read.date_1904
    assert read.sheet("F").cell(1, 1).value == datetime(2026, 12, 1)


def test_iso_dates_escapes_and_uncalculated_formulas(simple):
    cells = (
        b'<c r="A1" t="d"><v>2026-12-01T14:30:00</v></c><c r="B1" t="inlineStr"><is><t>a_x0041_&amp;_x005F_x0041_</t></is></c>'
        b'<c r="C1"><f>1+1</f></c><c r="D1" t="str"><f>"x"</f><v>12</v></c>'
    )
    changed = rewritten(
        simple, BOOK, lambda xml: xml.split(b"<c ")[0] + cells + b"</row>" + xml.split(b"</row>")[1]
    )
    row = dict(open_workbook(changed).sheet("F").rows())[1]
    assert row[1].value == datetime(2026, 12, 1, 14, 30)
    assert row[2].value == "aA&_x0041_"
    assert (row[3].value, row[3].formula) == (None, "1+1")
    assert (row[4].value, row[4].kind) == ("12", "text")


@pytest.mark.parametrize("noise", [b"<!-- note --></row>", b"</row><!-- <row r='1'/> -->"])
def test_comments_among_the_rows_and_prefixes_are_read(simple, noise):
    changed = rewritten(simple, BOOK, lambda xml: xml.replace(b"</row>", noise, 1))
    assert dict(open_workbook(changed).sheet("F").rows())[1][2].value == 2


def test_prefixed_elements_single_quotes_and_missing_addresses_are_read(simple):
    xml = (
        b"<?xml version='1.0'?><x:worksheet xmlns:x='http://schemas.openxmlformats.org/spreadsheetml/2006/main'>"
        b"<x:sheetData><x:row><x:c><x:v>1</x:v></x:c><x:c r='D1' t='inlineStr'><x:is><x:t>\xc3\xa9</x:t></x:is></x:c></x:row>"
        b"<x:row/><x:row><x:c/><x:c t='b'><x:v>1</x:v></x:c></x:row></x:sheetData></x:worksheet>"
    )
    read = dict(open_workbook(rewritten(simple, BOOK, lambda _: xml)).sheet("F").rows())
    assert {(r, c): cell.value for r, row in read.items() for c, cell in row.items()} == {
        (1, 1): 1, (1, 4): "é", (3, 2): True,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (None, "missing"),
        (b"", "empty"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "xls"),
        (b"Nom;Date\n", "not-a-workbook"),
    ],
)
def test_a_file_that_is_no_workbook_says_which_kind(tmp_path, content, kind):
    path = tmp_path / "x.xlsx"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(Unreadable) as caught:
        open_workbook(path)
    assert caught.value.kind == kind


def test_a_flipped_byte_is_found_as_damage(simple):
    content = bytearray(simple.read_bytes())
    with zipfile.ZipFile(simple) as archive:
        item = archive.getinfo(BOOK)
    content[item.header_offset + 30 + len(BOOK) + 40] ^= 0xFF
    simple.write_bytes(content)
    with pytest.raises(Unreadable) as caught:
        list(open_workbook(simple).sheet("F").rows())
    assert caught.value.kind == "damaged"


def test_a_zip64_archive_with_descriptors_is_read_and_edited(simple):
    target = simple.with_name("wide.xlsx")

    class Unseekable:
        def __init__(self, file):
            self.write, self.flush = file.write, file.flush

    with (
        zipfile.ZipFile(simple) as old,
        target.open("wb") as raw,
        zipfile.ZipFile(Unseekable(raw), "w", 8) as new,
    ):
        for item in old.infolist():
            with new.open(item.filename, "w", force_zip64=True) as member:
                member.write(old.read(item))
    edited = simple.with_name("new.xlsx")
    write_edits(open_workbook(target), [SetCell("F", 2, 1, "x")], edited)
    with zipfile.ZipFile(edited) as archive:
        assert archive.testzip() is None
    assert open_workbook(edited).sheet("F").cell(2, 1).value == "x"
