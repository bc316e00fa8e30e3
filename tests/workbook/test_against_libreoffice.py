"""Row deletion judged by LibreOffice: it deletes the same rows of the same workbook, and all that is seen is compared.

Known differences, where Excel does otherwise than LibreOffice: formats, validations and merged cells whose first
row goes (LibreOffice turns the formula into #REF! and dissolves the cells; here, as in Excel, what is left of them
goes on as before: such rows are not chosen below); formulas of validations, which LibreOffice shifts several times
when sheets have alike ones (only their ranges are compared); a range that ends at the sheet's last row
(A2:A1048576) becomes one row shorter in Excel; chart series deleted as a whole; shapes, whose place
LibreOffice works out anew. WORKBOOK_WIDE=1 tries many more workbooks.
"""

import os
import random
from pathlib import Path

import pytest
import xlsxwriter

from processor.workbook import DeleteRows, open_workbook, write_edits
from tests.workbook.peers import needs_oracle, tool

pytestmark = needs_oracle
WIDE = int(os.environ.get("WORKBOOK_WIDE", "0"))
SHEETS = ("Un", "Feuille é", "L an 2")


def compared(source: Path, sheet: str, rows: tuple[int, ...], target: Path) -> dict:
    write_edits(open_workbook(source), [DeleteRows(sheet, rows)], target)
    spec = f"{sheet}:{','.join(map(str, rows))}"
    found = tool("cmp_delete").compare(str(source), str(target), [spec])
    found.pop("anchor", None)
    return found


@pytest.mark.parametrize("rows", [(4,), (9, 15, 16)] + [(6,), (7, 14), (13, 20)] * bool(WIDE), ids=str)
def test_the_richest_sheet_loses_rows_as_in_libreoffice(tmp_path, rows):
    source = tmp_path / "rich.xlsx"
    tool("make_rich").make(str(source), 20)
    assert compared(source, "Séances ouvertes", rows, tmp_path / "new.xlsx") == {}


def reference(chance: random.Random) -> str:
    a, b = sorted((chance.randint(1, 25), chance.randint(1, 25)))
    column, other = chance.choice(["A", "$B", "C"]), chance.choice(["C", "$D", "$E"])
    sign = chance.choice(["", "$"])
    return chance.choice(
        [
            f"{column}{sign}{a}",
            f"{column}{sign}{a}:{other}{sign}{b}",
            f"SUM({column}{a}:{other}{b})",
            f"${a}:${b}",
            "A:B",
        ]
    )


def formula(chance: random.Random) -> str:
    prefix = {"Un": "Un!", "Feuille é": "'Feuille é'!", "L an 2": "'L an 2'!"}
    parts = []
    for _ in range(chance.randint(1, 3)):
        text = reference(chance)
        inner = text[4:-1] if text.startswith("SUM(") else text
        parts.append(f"SUM({chance.choice(['', prefix[chance.choice(SHEETS)]])}{inner})")
    return "=" + "+".join(parts)


def generated(path: Path, chance: random.Random) -> list[int]:
    """A workbook of three sheets full of references to one another; the rows where something begins."""
    tops = []
    book = xlsxwriter.Workbook(path)
    red = book.add_format({"bg_color": "#FFC7CE"})
    for number, name in enumerate(SHEETS):
        sheet = book.add_worksheet(name)
        for row in range(25):
            for column in range(3):
                sheet.write_number(row, column, row * column)
        for _ in range(12):
            sheet.write_formula(chance.randint(0, 30), chance.randint(6, 9), formula(chance), None, 0)
        top = chance.randint(0, 20)
        tops.append(top + 1)
        sheet.merge_range(top, 11, top + chance.randint(1, 3), 12, "fusion")
        sheet.data_validation(top, 3, top + 4, 3, {"validate": "integer", "criteria": "<=", "value": 12})
        criteria = {"type": "formula", "criteria": f"=$A{top + 1}>B${top + 2}", "format": red}
        sheet.conditional_format(top, 4, top + 6, 4, criteria)
        sheet.write_url(top + 2, 5, "https://example.org/")
        sheet.write_comment(top + 1, 0, "note")
        sheet.set_row(top + 3, 30)
        book.define_name(f"nom{number}", f"='{name.replace(chr(39), chr(39) * 2)}'!$A${top + 1}:$B${top + 5}")
    book.close()
    return tops


@pytest.mark.parametrize("seed", range(40 if WIDE else 3))
def test_generated_workbooks_lose_rows_as_in_libreoffice(tmp_path, seed):
    chance = random.Random(seed)  # noqa: S311 - a repeatable workbook
    source = tmp_path / "generated.xlsx"
    tops = generated(source, chance)
    free = [row for row in range(1, 26) if row not in tops]
    rows = tuple(sorted(chance.sample(free, chance.randint(1, 5))))
    assert compared(source, chance.choice(SHEETS), rows, tmp_path / "new.xlsx") == {}
