"""Every workbook of the corpus: a cell set, a row appended, moved and deleted, each proved in four ways.

Parts that cannot name the rows keep their bytes; pkgdiff finds the result to be the workbook that the edit makes,
worked out by other means (forecast.py); openpyxl reads the same values, LibreOffice the same values and formulas.
"""

import io
import re
import warnings
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from processor.workbook import MoveRows, Refused, SetCell, open_workbook, write_edits
from processor.workbook.package.zipfiles import read_directory
from processor.workbook.sheet.cells import parse_row
from processor.workbook.sheet.decoding import Decoder
from tests.workbook.corpus_edits import REFUSED, Rows, Story, cases, edit_of, story_of
from tests.workbook.forecast import forecast
from tests.workbook.peers import CORPUS, needs_corpus, needs_oracle, tool, wide

pytestmark = needs_corpus
CASES = list(cases())

NEVER = re.compile(
    r"media/|vbaProject|theme|printerSettings|docProps|styles\.xml|slicer|embeddings|sharedStrings|customXml"
)


def named(cases: list[tuple[Path, str]]) -> pytest.MarkDecorator:
    parameters = [pytest.param(*case, id=f"{case[1]}-{case[0].name}", marks=wide(case[0])) for case in cases]
    return pytest.mark.parametrize(("path", "kind"), parameters)


def edited(path: Path, kind: str, target: Path) -> Story | None:
    """The edit carried out; None where it is refused for the reason that is told above."""
    book = open_workbook(path)
    edit = edit_of(kind, book)
    try:
        story = story_of(edit, book)
        write_edits(book, [edit], target, accept_broken_signature=True)
    except Refused as refused:
        allowed = {REFUSED.get(path.name)} if kind in ("move", "delete") else set()
        merged = {"merged cells"} if path.name == "universal-content-strict.xlsx" else set()
        merged |= (
            {"cells"} if path.name.startswith("DataTable") else set()
        )  # something stands beside the list
        assert {reason.feature for reason in refused.reasons} <= allowed | merged
        return None
    assert kind != "delete" or path.name not in REFUSED
    return story


@named(CASES)
def test_every_other_part_and_row_keeps_its_bytes(path, kind, tmp_path):
    story = edited(path, kind, tmp_path / path.name)
    if story is None:
        return
    before, after = stored(path), stored(tmp_path / path.name)
    changed = {part for part in before if before[part] != after.get(part)}
    assert changed <= may_change(path, story)
    assert all("calcChain" in part for part in changed if part not in after)
    assert set(after) - set(before) <= may_change(path, story)
    old, new = open_workbook(path), open_workbook(tmp_path / path.name)
    for sheet in story.sheets:
        first = min(story.before.get(sheet, []) + story.after.get(sheet, []), default=60)
        kept = [
            [raw for number, raw, _ in book.sheet(sheet).raw_rows() if number < first and b"<f" not in raw]
            for book in (old, new)
        ]
        assert kept[0] == kept[1]


def stored(path: Path) -> dict[str, bytes]:
    data = path.read_bytes()
    return {m.name: data[m.offset : m.offset + m.packed] for m in read_directory(data)}


def may_change(path: Path, story: Story) -> set[str]:
    """The parts of the edited sheets, those that name them, and what lists parts where the chain of calculation goes."""
    package = tool("pkgdiff").Package(str(path))
    book = tool("pkgdiff").Book(package)
    sheets = {part: name for name, _state, part, _kind in book.order}
    if isinstance(story.edit, SetCell):
        return {book.part, *(part for part, name in sheets.items() if name in story.sheets)}
    names = [re.sub("'", "''", name.replace("&", "&amp;")).encode() for name in story.sheets]
    allowed = {book.part, package.fold["[content_types].xml"], package.rels_name(book.part)}
    allowed |= {relation.target for relation in package.by_type(book.part, "calcChain")}
    mine = {part for part, name in sheets.items() if name in story.sheets}
    mine |= {link.target for part in mine for link in package.rels(part) if not link.external}
    allowed |= {package.rels_name(part) for part in mine}
    mine |= {relation.target for relation in package.by_type(book.part, "volatileDependencies")}
    for part in package.names():
        if not NEVER.search(part) and (part in mine or any(name in package.read(part) for name in names)):
            allowed.add(part)
    return allowed


@named(CASES)
def test_pkgdiff_finds_what_the_edit_makes_and_nothing_else(path, kind, tmp_path):
    target = tmp_path / path.name
    story = edited(path, kind, target)
    if story is None:
        return
    judge = tool("pkgdiff")
    before = forecast(path, tmp_path / "before.xlsx", story.before)
    after = forecast(target, tmp_path / "after.xlsx", story.after)
    report = judge.diff(str(before), str(after), run_lint=False)
    expected = [f"workbook:calcPr workbook {text}" for text in calculation(path)]
    if kind == "set":
        expected.append(f"cell-added {story.sheets[0]}!AZ60 neuf & vieux")
    assert sorted(told(item) for item in report.items if not alike(item)) == sorted(expected)
    assert new_faults(path, target) == []
    check_written(judge, story, path, target)


def told(item: dict[str, Any]) -> str:
    after = item["after"]
    return f"{item['kind']} {item['where']} {after[0] if isinstance(after, tuple) else after}"


def alike(item: dict[str, Any]) -> bool:
    """A reference to what is gone on both sides may stand behind the name of the one sheet or the other."""
    before, after = (
        re.sub(r"(?:'[^']+'|[\w.]+)!#REF!", "#REF!", str(item[side])) for side in ("before", "after")
    )
    return before == after


@cache
def calculation(path: Path) -> list[str]:
    """Excel is told to calculate on open where there is anything to calculate."""
    judge = tool("pkgdiff")
    book = judge.Book(judge.Package(str(path)))
    sheets = [book.sheet(name, part) for name, _state, part, kind in book.order if kind == "worksheet"]
    formulas = any(cell[1] for sheet in sheets for cell in sheet.cells.values())
    already = "fullCalcOnLoad=1.0" in str(judge.told(book.features.get("calcPr"), None))
    formulas = formulas or bool(book.pkg.by_type(book.part, "calcChain"))
    return ["calcPr@fullCalcOnLoad=1.0"] if formulas and not already else []


def new_faults(before: Path, after: Path) -> list[str]:
    return sorted(Counter(faults(after)) - known_faults(before))


def faults(path: Path) -> list[str]:
    pkgdiff = tool("pkgdiff")
    return pkgdiff.lint(pkgdiff.Package(str(path)))


@cache
def known_faults(path: Path) -> Counter[str]:
    return Counter(faults(path))


def check_written(judge: Any, story: Story, path: Path, target: Path) -> None:
    """The cells of the new row: what was asked, what was moved, formulas as filled down, and else nothing."""
    old, new = (judge.Book(judge.Package(str(file))) for file in (path, target))
    parts = {name: part for name, _state, part, _kind in new.order}
    for (sheet, row, column), value in story.written.items():
        assert new.sheet(sheet, parts[sheet]).cells[row, column][0] == value
    if isinstance(story.edit, MoveRows):
        edit = story.edit
        source = old.sheet(edit.sheet, {n: p for n, _s, p, _k in old.order}[edit.sheet]).cells
        there = new.sheet(edit.to_sheet, parts[edit.to_sheet]).cells
        (row,) = story.after[edit.to_sheet]
        for here, column in edit.columns.items():
            value, _formula, _style, _meta = source.get((edit.rows[0], here), (None, None, 0, ()))
            assert there.get((row, column), (None, None))[:2] == (value or None, None)


@named(CASES)
def test_openpyxl_reads_the_same_values_elsewhere(path, kind, tmp_path):
    story = edited(path, kind, tmp_path / path.name)
    before = values(path)
    if story is None or before is None:
        return
    after = values(tmp_path / path.name)
    assert after is not None
    if kind == "set":
        before.get(story.sheets[0], {})[60, 52] = "neuf & vieux"
    assert led_back(after, story.after) == led_back(before, story.before)


Values = dict[str, dict[tuple[int, int], Any]]


def values(path: Path) -> Values | None:
    """The values as openpyxl sees them, of formulas those last worked out; None where it cannot open the original."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            book = openpyxl.load_workbook(io.BytesIO(path.read_bytes()), data_only=True)
        except Exception:
            return None
    return {
        sheet.title: {
            (cell.row, cell.column): cell.value
            for row in sheet.iter_rows()
            for cell in row
            if cell.value is not None
        }
        for sheet in book.worksheets
    }


def led_back(found: Values, gone: Rows) -> Values:
    """The values without these rows."""
    return {
        sheet: {
            (row - sum(went < row for went in gone.get(sheet, ())), column): value
            for (row, column), value in cells.items()
            if row not in gone.get(sheet, ())
        }
        for sheet, cells in found.items()
    }


@needs_oracle
@named(CASES)
def test_libreoffice_sees_the_same_values_and_formulas_elsewhere(path, kind, tmp_path, calc):
    story = edited(path, kind, tmp_path / path.name)
    if story is None:
        return
    before = calc.cells(path, deletions(story.before))
    after = calc.cells(tmp_path / path.name, deletions(story.after))
    if kind == "set":
        before[story.sheets[0]]["AZ60"] = "neuf & vieux"
    assert after == before


def deletions(rows: Rows) -> list[tuple[str | int, ...]]:
    return [("delete", sheet, row, 1) for sheet, gone in rows.items() for row in sorted(gone, reverse=True)]


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.name)
def test_the_quick_way_of_reading_rows_gives_what_the_thorough_one_gives(path):
    book = open_workbook(path)
    for entry in book.entries:
        if entry.kind == "worksheet":
            sheet = book.sheet(entry.name)
            thorough = Decoder(sheet.stream().prefix, book.strings, book.styles, book.date_1904)
            rows = ((n, thorough.row(parse_row(n, raw, prefix))) for n, raw, prefix in sheet.raw_rows())
            assert [item for item in rows if item[1]] == list(sheet.rows())
