"""Workbooks full of references between their sheets, each choice drawn by Hypothesis, so that a failure shrinks."""

import re
import zipfile
from pathlib import Path
from typing import Any

import xlsxwriter
from hypothesis import strategies as st

SHEETS = ("Un", "Feuille é", "L an 2")
PREFIXES = {"Un": "Un!", "Feuille é": "'Feuille é'!", "L an 2": "'L an 2'!"}
ROWS = 25


class Chance:
    """The choices of one workbook."""

    def __init__(self, draw: Any) -> None:
        self.draw = draw

    def number(self, low: int, high: int) -> int:
        return self.draw(st.integers(low, high))

    def one(self, items: Any) -> Any:
        return self.draw(st.sampled_from(items))


def reference(chance: Chance) -> str:
    a, b = sorted((chance.number(1, ROWS), chance.number(1, ROWS)))
    column, other = chance.one(["A", "$B", "C"]), chance.one(["C", "$D", "$E"])
    sign = chance.one(["", "$"])
    shapes = [
        f"{column}{sign}{a}",
        f"{column}{sign}{a}:{other}{sign}{b}",
        f"{column}{a}:{other}{b}",
        f"${a}:${b}",
        "A:B",
    ]
    return chance.one([*shapes, "$A$1:$C$1048576", f"{column}{sign}{b}:{other}{sign}{a}"])


def formula(chance: Chance) -> str:
    """A sum of what references lead to, some within other functions, some over sheets, some to tables."""
    parts = []
    for _ in range(chance.number(1, 3)):
        text = chance.one(["", PREFIXES[chance.one(SHEETS)]]) + reference(chance)
        parts.append(
            chance.one([f"SUM({text})", f"SUM({text})", f"ROWS({text})", f"SUM(INDEX({text},1,1):C3)"])
        )
    extra = [
        "",
        "",
        "+SUM('Un:L an 2'!A3)",
        "+SUM(T_Un[Prix])",
        '+LEN("A9")',
        "+nom1*0",
        "+SUM(OFFSET(A1,1,0))",
    ]
    return "=" + "+".join(parts) + chance.one(extra)


def generated(path: Path, chance: Chance) -> list[int]:
    """Write a workbook of three sheets; the rows where something begins, which LibreOffice dissolves with that row."""
    tops = [1, 41]
    book = xlsxwriter.Workbook(path)
    red = book.add_format({"bg_color": "#FFC7CE"})
    for number, name in enumerate(SHEETS):
        sheet = book.add_worksheet(name)
        for row in range(ROWS):
            for column in range(4):
                sheet.write_number(row, column, row * column)
        for _ in range(8):
            sheet.write_formula(chance.number(0, 30), chance.number(6, 9), formula(chance), None, 0)
        top = chance.number(1, 20)
        tops.append(top + 1)
        _ranges(sheet, top, chance, red)
        place = PREFIXES[name]
        book.define_name(f"nom{number}", f"={place}$A${top + 1}:$B${top + 5}")
        book.define_name(f"{place}local", f"={place}$C${chance.number(1, ROWS)}")
    _arrays_and_table(book.get_worksheet_by_name("Un"), chance)
    book.close()
    _share(path, chance)
    return tops


def _ranges(sheet: Any, top: int, chance: Chance, red: Any) -> None:
    sheet.merge_range(top, 11, top + chance.number(1, 3), 12, "fusion")
    sheet.data_validation(top, 3, top + 4, 3, {"validate": "integer", "criteria": "<=", "value": 12})
    criteria = {"type": "formula", "criteria": f"=$A{top + 1}>B${top + 2}", "format": red}
    sheet.conditional_format(top, 4, top + chance.number(1, 8), 4, criteria)
    sheet.write_url(top + 2, 5, "https://example.org/")
    sheet.write_url(top + 3, 5, f"internal:Un!A{top + 4}")
    sheet.write_comment(top + 1, 0, "note")
    sheet.set_row(top + 3, 30)
    sheet.set_row(top + 5, None, None, {"hidden": True})
    sheet.set_h_pagebreaks([top + 6])
    sheet.print_area(0, 0, top + 8, 5)
    sheet.repeat_rows(0, 1)


def _arrays_and_table(sheet: Any, chance: Chance) -> None:
    at = chance.number(0, 20)
    sheet.write_array_formula(at, 14, at, 14, f"{{=SUM(A{at + 1}:A{at + 6}*B{at + 1}:B{at + 6})}}", None, 0)
    sheet.write_array_formula(33, 14, 35, 14, f"{{=A{at + 1}:A{at + 3}*2}}", None, 0)
    columns = [{"header": "Prix"}, {"header": "Double", "formula": "=[@Prix]*2"}]
    sheet.add_table(40, 0, 46, 1, {"name": "T_Un", "columns": columns})
    for row in range(41, 47):
        sheet.write_number(row, 0, row)


def _share(path: Path, chance: Chance) -> None:
    """A formula over eight rows of column S, as Excel shares it: told once, the others only name it."""
    top = chance.number(1, 18)
    text = f"A{top}+B${chance.number(1, ROWS)}+SUM(C{top}:C{top + 2})+SUM('L an 2'!$A{top}:A{top})"
    with zipfile.ZipFile(path) as archive:
        parts = {item.filename: archive.read(item) for item in archive.infolist()}
    name = "xl/worksheets/sheet2.xml"
    for row in range(top, top + 8):
        inner = (
            f'<f t="shared" ref="S{top}:S{top + 7}" si="0">{text}</f>'
            if row == top
            else '<f t="shared" si="0"/>'
        )
        cell = f'<c r="S{row}">{inner}<v>0</v></c></row>'.encode()
        found = re.search(rb'<row r="%d"[^>]*>.*?(</row>)' % row, parts[name])
        parts[name] = parts[name][: found.start(1)] + cell + parts[name][found.end(1) :]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in parts.items():
            archive.writestr(part, content)
