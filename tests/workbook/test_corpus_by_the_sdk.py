"""Every workbook of the corpus, edited, judged by Microsoft's Open XML SDK: no fault that it did not have before.

Beside the edits of test_corpus: a text and a date in neighbouring rows, in the workbook as it is, in the workbook whose
sheets do not say their extent (as Google Sheets writes them), and in the one whose formats were taken away.
"""

import re
import zipfile
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from functools import cache
from pathlib import Path

import openpyxl
import pytest
import python_calamine

from processor.workbook import MarkCell, Refused, SetCell, open_workbook, write_edits
from tests.workbook.corpus_edits import longest, worksheets
from tests.workbook.peers import CORPUS, needs_corpus, wide
from tests.workbook.sdk import faults, needs_validator, new_faults
from tests.workbook.test_corpus import CASES, edited, named

pytestmark = [
    needs_corpus,
    needs_validator,
    pytest.mark.wide,
    pytest.mark.filterwarnings("ignore::UserWarning:openpyxl"),
]
DAY, TEXT = datetime(2026, 12, 1), "neuf & vieux"
EMPTY = b'<styleSheet xmlns="%s"/>'
Change = Callable[[bytes], bytes]


@cache
def known(path: Path) -> Counter[str]:
    return faults(path)


@named(CASES)
def test_no_edit_brings_a_fault(path, kind, tmp_path):
    if edited(path, kind, tmp_path / path.name) is not None:
        assert new_faults(known(path), tmp_path / path.name) == []


def as_it_is(source: Path, target: Path) -> None:
    target.write_bytes(source.read_bytes())


def without_extent(source: Path, target: Path) -> None:
    changed(source, target, "worksheets/", lambda xml: re.sub(rb"<(?:\w+:)?dimension [^>]*/>", b"", xml))


def without_formats(source: Path, target: Path) -> None:
    def reduced(xml: bytes) -> bytes:
        space = re.search(rb'xmlns(?::\w+)?="(http://[^"]*spreadsheetml/(?:2006/)?main)"', xml)
        return EMPTY % space[1] if space else xml

    changed(source, target, "xl/styles.xml", reduced)


def changed(source: Path, target: Path, where: str, change: Change) -> None:
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist():
            content = old.read(item)
            new.writestr(item, change(content) if where in item.filename else content)


@pytest.mark.parametrize("variant", [as_it_is, without_extent, without_formats], ids=lambda v: v.__name__)
@pytest.mark.parametrize("path", [pytest.param(path, id=path.name, marks=wide(path)) for path in CORPUS])
def test_a_text_and_a_date_in_neighbouring_rows_are_read_by_all_and_bring_no_fault(path, variant, tmp_path):
    source, target = tmp_path / f"avant{path.suffix}", tmp_path / path.name
    variant(path, source)
    book = open_workbook(source)
    name = longest(book)[0] or worksheets(book)[0]
    edits = [SetCell(name, 60, 52, TEXT), SetCell(name, 61, 52, DAY), MarkCell(name, 62, 52)]
    before = {name: cells(book.sheet(name)) for name in worksheets(book)}
    try:
        write_edits(book, edits, target, accept_broken_signature=True)
    except Refused as refused:
        assert {reason.feature for reason in refused.reasons} == {"never"}
    # without formats the validator finds more to say of parts that name them: they are as they were
    kept = kept_parts(source, target) if variant is without_formats else set()
    told = new_faults(faults(source), target)
    assert [fault for fault in told if fault.partition(":")[0].lstrip("/") not in kept] == []
    before[name] |= {(60, 52): (TEXT, "text"), (61, 52): (DAY, "date")}
    after = open_workbook(target)
    assert {name: cells(after.sheet(name)) for name in worksheets(after)} == before
    assert after.sheet(name).marked >= {(62, 52)}
    check_others(source, target, name)


def kept_parts(source: Path, target: Path) -> set[str]:
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target) as new:
        names = set(old.namelist()) & set(new.namelist())
        return {name for name in names if old.read(name) == new.read(name)}


def cells(sheet) -> dict[tuple[int, int], tuple[object, str]]:
    return {(row, column): (cell.value, cell.kind) for row, held in sheet.rows() for column, cell in held.items()}  # fmt: skip


def check_others(source: Path, target: Path, name: str) -> None:
    """openpyxl and calamine, where they can read the original, see the text and the date."""
    for judge in (by_openpyxl, by_calamine):
        if opens(judge, source, name):
            assert judge(target, name) == (TEXT, DAY), judge.__name__


def opens(judge: Callable[[Path, str], object], source: Path, name: str) -> bool:
    try:
        judge(source, name)
    except Exception:
        return False
    return True


def by_openpyxl(path: Path, name: str) -> tuple[object, object]:
    sheet = openpyxl.load_workbook(path)[name]
    return sheet.cell(60, 52).value, sheet.cell(61, 52).value


def by_calamine(path: Path, name: str) -> tuple[object, object]:
    rows = python_calamine.load_workbook(path).get_sheet_by_name(name).to_python(skip_empty_area=False)
    text, day = (rows[row][51] if len(rows) > row and len(rows[row]) > 51 else None for row in (59, 60))
    return text, datetime(day.year, day.month, day.day) if day else None
