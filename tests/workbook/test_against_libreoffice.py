"""Row deletion judged by LibreOffice: it deletes the same rows of the same workbook, and all that is seen is compared.

Known differences, where Excel does otherwise than LibreOffice: formats, validations and merged cells whose first
row goes (LibreOffice turns the formula into #REF! and dissolves the cells; here, as in Excel, what is left of them
goes on as before: such rows are not chosen in generated workbooks); formulas of validations, which LibreOffice shifts
several times when sheets have alike ones (only their ranges are compared); shapes, whose place LibreOffice works out
anew. Those of real workbooks are told one by one in EXPLAINED.
"""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from processor.workbook import DeleteRows, Refused, open_workbook, write_edits
from tests.workbook.calc import Calc
from tests.workbook.corpus_edits import REFUSED, longest
from tests.workbook.generated import SHEETS, Chance, generated
from tests.workbook.peers import CORPUS, needs_oracle, tool, wide

pytestmark = needs_oracle


def compared(source: Path, sheet: str, rows: tuple[int, ...], target: Path, calc: Calc) -> dict[str, Any]:
    """What LibreOffice, deleting the same rows, sees otherwise; raises Refused where the engine does."""
    write_edits(open_workbook(source), [DeleteRows(sheet, rows)], target, accept_broken_signature=True)
    judge = judge_of_deletions()
    steps = [("delete", sheet, row, 1) for row in sorted(rows, reverse=True)]
    judge.oracle = lambda before, _: calc.ask("report", before, steps)
    judge.facts = lambda path: calc.ask("facts", path)
    found = judge.compare(str(source), str(target), [])
    found.pop("anchor", None)
    return found


@pytest.mark.parametrize("rows", [(4,), (9, 15, 16), (6,), (7, 14), (13, 20)], ids=str)
def test_the_richest_sheet_loses_rows_as_in_libreoffice(tmp_path, rows, calc):
    source = tmp_path / "rich.xlsx"
    tool("make_rich").make(str(source), 20)
    assert compared(source, "Séances ouvertes", rows, tmp_path / "new.xlsx", calc) == {}


@cache
def judge_of_deletions() -> Any:
    """cmp_delete.py, told that LibreOffice writes whole columns by their letters and corners in order."""
    judge = tool("cmp_delete")
    norm = judge.norm
    judge.norm = lambda formula: norm(formula and AREA.sub(_in_order, formula))
    return judge


AREA = re.compile(r"(\$?)([A-Z]{1,3})(\$?)(\d+):(\$?)([A-Z]{1,3})(\$?)(\d+)")


def _in_order(match: re.Match[str]) -> str:
    a, left, b, top, c, right, d, bottom = match.groups()
    if (top, bottom) == ("1", "1048576"):
        return f"{a}{left}:{c}{right}"
    if int(top) > int(bottom):
        b, top, d, bottom = d, bottom, b, top
    if (len(left), left) > (len(right), right):
        a, left, c, right = c, right, a, left
    return f"{a}{left}{b}{top}:{c}{right}{d}{bottom}"


QUIET = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large]
FEW_DRAWN = settings(max_examples=3, derandomize=True, suppress_health_check=QUIET)
MANY_DRAWN = settings(FEW_DRAWN, max_examples=100)


def deletion_of_generated_rows(folder: Path, data: st.DataObject, calc: Calc) -> None:
    chance = Chance(data.draw)
    source = folder / "generated.xlsx"
    tops = generated(source, chance)
    free = [row for row in range(1, 34) if row not in tops]
    rows = tuple(sorted(data.draw(st.sets(st.sampled_from(free), min_size=1, max_size=5))))
    assert compared(source, chance.one(SHEETS), rows, folder / "new.xlsx", calc) == {}


@given(st.data())
@FEW_DRAWN
def test_generated_workbooks_lose_rows_as_in_libreoffice(tmp_path, calc, data):
    deletion_of_generated_rows(tmp_path, data, calc)


@pytest.mark.wide
@given(st.data())
@MANY_DRAWN
def test_many_generated_workbooks_lose_rows_as_in_libreoffice(tmp_path, calc, data):
    deletion_of_generated_rows(tmp_path, data, calc)


EXPLAINED = {
    "32readwriteBubbleChart3D1.xlsx": {"chart refs"},  # a series wholly deleted: LibreOffice drops its references
    "Book1.xlsx": {"heights"},  # automatic heights, which LibreOffice works out anew
    "CellMatcher.xlsx": {"conditional"},  # LibreOffice writes blanks and time periods as plain formulas
    "PivotTableCF.xlsx": {"formula", "conditional"},  # constants TRUE and FALSE as formulas; formats of pivot tables
    "TableFormat.xlsx": {"heights"},  # the empty rows down to the end
    "checkbox02.xlsx": {"formula"},  # constants TRUE and FALSE as formulas
    "customxml.xlsx": {"hyperlinks"},  # a link that leads nowhere: LibreOffice leaves it out, here it follows its cell
    "dataValidationTableRange.xlsx": {"chart refs"},  # LibreOffice names its own labels
    "hyperlinks.xlsx": {"hyperlinks"},  # a link over B1:C2 is told as one cell
    "input.xlsx": {"merged"},  # cells merged under pivot tables, which LibreOffice lays out anew
    "iris-google-doc.xlsx": {"heights"},
    "issue.3843a.template.xlsx": {"merged", "heights", "hidden_rows", "row_breaks", "tables", "conditional", "validations"},
    "issue.4312c.xlsx": {"validations"},  # x14, which the judge's own reader of our file does not look at
    "issue_178.xlsx": {"validations"},  # x14
    "outputfile.xlsx": {"tables"},  # Excel keeps one blank row in a table
    "sampleCustomFilteringPerWorksheet.xlsx": {"validations"},  # the list stands in the rows that moved: LibreOffice leaves it
    "sampleWorksheetToImageDesiredSize.xlsx": {"formula", "validations", "chart refs"},  # ends at row 1,048,576
    "simple-monthly-budget.xlsx": {"heights", "chart refs"},  # a label that LibreOffice writes as text
    "strict_iso_paths.xlsx": {"merged", "hidden_rows", "row_breaks", "tables", "heights"},  # strict: not read by the judge
    "stress020.xlsx": {"conditional"},  # the same cells, cut into other rectangles
    "universal-content-strict.xlsx": {"merged", "hidden_rows", "row_breaks", "tables", "heights", "notes"},
}  # fmt: skip
# the same for some choices of rows only
FIRST, SCATTERED, LAST, HEADER, BLOCK = "first", "scattered", "last", "header", "block"
EXPLAINED_ROWS = {
    # a series, or its name, wholly deleted: Excel writes #REF!, LibreOffice drops it or goes on pointing at what moved up
    ("00D4EE78301DA16F3BF92631CA9B68E6.xlsx", FIRST): {"chart refs"},
    ("00D4EE78301DA16F3BF92631CA9B68E6.xlsx", SCATTERED): {"chart refs"},
    ("32readwriteStockChart4.xlsx", LAST): {"chart refs"},
    ("32readwriteStockChart4.xlsx", SCATTERED): {"chart refs"},
    ("Book1.xlsx", HEADER): {"chart refs"},
    ("sampleCustomFilteringPerWorksheet.xlsx", HEADER): {"chart refs"},
    # the first row of a format goes: LibreOffice writes #REF! into its formula, Excel takes the next row's
    ("NewStyleConditionalFormattings.xlsx", FIRST): {"conditional"},
    ("NewStyleConditionalFormattings.xlsx", SCATTERED): {"conditional"},
    # LibreOffice writes blanks as plain formulas
    ("TableFormat.xlsx", FIRST): {"conditional"},
    ("TableFormat.xlsx", LAST): {"conditional"},
    # a table keeps one blank row, as in Excel; LibreOffice lets it shrink to its header
    ("dataValidationTableRange.xlsx", FIRST): {"formula", "name", "tables"},
    ("dataValidationTableRange.xlsx", SCATTERED): {"formula", "name", "tables"},
    ("fn.xlsx", BLOCK): {"formula", "tables"},
    # the first row of merged cells goes: in Excel what is left stays merged, LibreOffice dissolves it
    ("hyperlinks.xlsx", HEADER): {"merged"},
    ("out.xlsx", HEADER): {"formula"},  # constants TRUE and FALSE as formulas
}  # fmt: skip
UNJUDGED = "32readwriteComboChart1.xlsx"  # the judge itself fails on a picture without a place


def choices(rows: list[int]) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Rows to delete: of the few rows that a sheet has, the first, last and middle ones, blocks and scattered ones."""
    middle = len(rows) // 2
    yield "middle", (rows[middle],)
    yield "header", (rows[0],)
    yield "last", (rows[-1],)
    yield "block", tuple(range(rows[middle], rows[middle] + 3))
    if len(rows) > 1:
        yield "first", (rows[1],)
    if len(rows) > 4:
        yield "scattered", tuple(sorted({rows[1], rows[middle], rows[-2], rows[-1] + 2}))


def deletions() -> Iterator[Any]:
    for path in CORPUS:
        name, rows = longest(open_workbook(path)) if path.name != UNJUDGED else ("", [])
        for label, gone in choices(rows) if rows else ():
            yield pytest.param(path, name, label, gone, id=f"{label}-{path.name}", marks=wide(path))


@pytest.mark.parametrize(("path", "sheet", "label", "rows"), list(deletions()))
def test_real_workbooks_lose_rows_as_in_libreoffice(path, sheet, label, rows, tmp_path, calc):
    try:
        found = compared(path, sheet, rows, tmp_path / path.name, calc)
    except Refused as refused:
        allowed = {REFUSED.get(path.name), "table"}  # a table's header and totals row do not go without it
        allowed |= {"pivotTable"} if path.name == "sampleFormattingSlicer.xlsx" else set()
        assert {reason.feature for reason in refused.reasons} <= allowed
        return
    assert set(found) <= EXPLAINED.get(path.name, set()) | EXPLAINED_ROWS.get((path.name, label), set())
