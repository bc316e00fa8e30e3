"""Every workbook of the corpus: a cell set, rows appended, moved and deleted, judged by pkgdiff and openpyxl."""

import io
import re
import warnings
from collections import Counter
from pathlib import Path

import openpyxl
import pytest
import python_calamine

from processor.workbook import (
    AppendRows,
    DeleteRows,
    MoveRows,
    Refused,
    SetCell,
    open_workbook,
    write_edits,
)
from processor.workbook.cells import parse_row
from processor.workbook.decoding import Decoder
from processor.workbook.zipfiles import read_directory
from tests.workbook.peers import CORPUS, needs_corpus, tool

pytestmark = needs_corpus

KEPT = re.compile(
    r"media/|vbaProject|theme|printerSettings|docProps|styles\\.xml|slicer|embeddings|sharedStrings|customXml"
)

# what deleting the middle row of the longest sheet is refused for, and why that is right
REFUSED = {
    "55923.xlsx": "tableSingleCells",
    "55924.xlsx": "tableSingleCells",
    "56169.xlsx": "tableSingleCells",
    "CustomXMLMapping-singleattributenamespace.xlsx": "tableSingleCells",
    "CustomXMLMappings-complex-type.xlsx": "tableSingleCells",
    "CustomXmlMappings-inverse-order.xlsx": "tableSingleCells",
    "DataTableFormula-Excel-Input.xlsx": "data table",
    "DataTableFormula-Output.xlsx": "data table",
    "Pivot2.xlsx": "pivotTable",
    "customxml.xlsx": "dataConsolidate",
    "out.xlsx": "pivotTable",
}


def longest(book):
    """The worksheet with most rows, and the numbers of its rows."""
    sheets = [
        (e.name, [n for n, _ in book.sheet(e.name).rows()]) for e in book.entries if e.kind == "worksheet"
    ]
    return max(sheets, key=lambda item: len(item[1]), default=("", []))


def named(paths: list[Path]):
    return pytest.mark.parametrize("path", paths, ids=lambda path: path.name)


HOLDING = [
    path for path in CORPUS if longest(open_workbook(path))[1]
]  # some hold charts, shapes or dialogs alone


def stored(path: Path) -> dict[str, bytes]:
    data = path.read_bytes()
    return {m.name: data[m.offset : m.offset + m.packed] for m in read_directory(data)}


def new_faults(before: Path, after: Path) -> list[str]:
    pkgdiff = tool("pkgdiff")
    old, new = (Counter(pkgdiff.lint(pkgdiff.Package(str(path)))) for path in (before, after))
    return sorted(new - old)


def cells_of(path: Path):
    """The cells as openpyxl sees them; None where openpyxl cannot open the original."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            book = openpyxl.load_workbook(io.BytesIO(path.read_bytes()))
        except Exception:
            return None
        return {
            (sheet.title, cell.coordinate): cell.value
            for sheet in book.worksheets
            for row in sheet.iter_rows()
            for cell in row
            if cell.value is not None and isinstance(cell.value, str | int | float)
        }


@named(CORPUS)
def test_one_set_cell_changes_that_cell_alone(path, tmp_path):
    book = open_workbook(path)
    name = next((entry.name for entry in book.entries if entry.kind == "worksheet"), "")
    target = tmp_path / path.name
    write_edits(book, [SetCell(name, 60, 52, "neuf & vieux")], target, accept_broken_signature=True)
    report = tool("pkgdiff").diff(str(path), str(target))
    assert {item["kind"] for item in report.items} <= {"cell-added", "workbook:calcPr"}
    assert [item["where"] for item in report.items if item["kind"] == "cell-added"] == [f"{name}!AZ60"]
    assert new_faults(path, target) == []
    before, after = stored(path), stored(target)
    sheet = book.package.find(book.sheet(name).part).name
    assert {part for part in before if before[part] != after.get(part)} <= {
        sheet,
        book.package.find(book.part).name,
    }
    cells = cells_of(path)
    if cells is not None:
        assert cells_of(target) == cells | ({(name, "AZ60"): "neuf & vieux"} if cells else cells_of(target))


@named(HOLDING)
def test_rows_can_be_appended_moved_and_deleted_without_a_fault(path, tmp_path):
    book = open_workbook(path)
    name, rows = longest(book)
    middle = rows[len(rows) // 2]
    others = [entry.name for entry in book.entries if entry.kind == "worksheet" and entry.name != name]
    tables = [
        (e.name, t)
        for e in book.entries
        if e.kind == "worksheet"
        for t in book.sheet(e.name).tables
        if t.header_row
    ]
    list_sheet, header = (tables[0][0], tables[0][1].header_row) if tables else (name, rows[0])
    edits = {
        "append": AppendRows(list_sheet, header, ({tables[0][1].ref.first_col if tables else 1: "neuf"},))
    }
    edits["delete"] = DeleteRows(name, (middle,))
    if others:
        top = next((number for number, _ in book.sheet(others[0]).rows()), 1)
        edits["move"] = MoveRows(name, (middle,), others[0], top, {1: 1, 2: 2, 3: 3})
    for kind, edit in edits.items():
        target = tmp_path / f"{kind} {path.name}"
        try:
            write_edits(book, [edit], target, accept_broken_signature=True)
        except Refused as refused:
            assert (
                kind != "append" or path.name == "universal-content-strict.xlsx"
            )  # merged beside the list's end
            assert {reason.feature for reason in refused.reasons} <= {REFUSED.get(path.name), "merged cells"}
            continue
        assert kind == "append" or path.name not in REFUSED
        assert new_faults(path, target) == []
        assert (cells_of(target) is None) == (cells_of(path) is None)
        _nothing_else(kind, path, target, book, {name, list_sheet, *others[:1]}, middle)


def _nothing_else(kind, path, target, book, sheets, middle):
    """Parts that cannot point at rows keep their stored bytes; rows of other sheets and other rows keep their values."""
    before, after = stored(path), stored(target)
    assert [part for part in before if KEPT.search(part) and before[part] != after.get(part)] == []
    gone = set(before) - set(after)
    assert all("calcChain" in part for part in gone), gone
    old, new = read_cells(path), read_cells(target)
    moved = kind in ("delete", "move")
    for sheet, cells in old.items():
        shifted = moved and sheet == longest(book)[0]
        expected = {
            row - (row > middle) if shifted else row: values
            for row, values in cells.items()
            if not (shifted and row == middle)
        }
        if sheet in sheets:
            rows = iter(sorted(new[sheet].items()))
            for values in (values for _, values in sorted(expected.items())):
                assert any(values.items() <= held.items() for _, held in rows), (sheet, values)
        else:
            assert new[sheet] == expected


def read_cells(path):
    """Values by sheet and row, as python-calamine reads them, an independent reader in another language."""
    found = {}
    book = python_calamine.load_workbook(io.BytesIO(path.read_bytes()))
    for meta in book.sheets_metadata:
        if meta.typ == python_calamine.SheetTypeEnum.WorkSheet:
            sheet = book.get_sheet_by_name(meta.name)
            top = sheet.start[0] + 1 if sheet.start else 1
            rows = {top + n: tuple(row) for n, row in enumerate(sheet.to_python(skip_empty_area=True))}
            found[meta.name] = {
                n: _packed(row, sheet.start) for n, row in rows.items() if any(v != "" for v in row)
            }
    return found


def _packed(row, start):
    return {start[1] + n: value for n, value in enumerate(row) if value != ""}


@named(HOLDING)
def test_the_quick_way_of_reading_rows_gives_what_the_thorough_one_gives(path):
    book = open_workbook(path)
    for entry in book.entries:
        if entry.kind == "worksheet":
            sheet = book.sheet(entry.name)
            thorough = Decoder(sheet.stream().prefix, book.strings, book.styles, book.date_1904)
            rows = ((n, thorough.row(parse_row(n, raw, prefix))) for n, raw, prefix in sheet.raw_rows())
            assert [item for item in rows if item[1]] == list(sheet.rows())
