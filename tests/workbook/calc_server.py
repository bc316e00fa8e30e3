"""LibreOffice Calc as a judge, one process for many workbooks: JSON lines in, JSON lines out, run by the system's Python.

    calc_server.py TOOLS   with lines {"book": PATH, "steps": [...], "want": "cells" | "report" | "facts"}

Steps are carried out by LibreOffice itself: ["delete", SHEET, ROW, COUNT], ["insert", SHEET, ROW, COUNT],
["move", SHEET, AREA, TO_SHEET, CELL] (cut and paste). `cells` are all values and formulas after calculating anew,
`report` what uno_delete_rows.py tells of a workbook, `facts` what that tool reads from the file without LibreOffice.
"""

import json
import sys

sys.path.insert(0, sys.argv[1])
import uno_delete_rows as oracle  # it lies beside the repository

CONTENT = 1 + 2 + 4 + 16  # com.sun.star.sheet.CellFlags VALUE, DATETIME, STRING, FORMULA


def carry_out(document, step):
    kind, name, *rest = step
    sheet = document.Sheets.getByName(name)
    if sheet.isProtected():
        sheet.unprotect("")
    if kind == "delete":
        sheet.Rows.removeByIndex(rest[0] - 1, rest[1])
    elif kind == "insert":
        sheet.Rows.insertByIndex(rest[0] - 1, rest[1])
    else:
        area, other, cell = rest
        target = document.Sheets.getByName(other)
        if target.isProtected():
            target.unprotect("")
        there = target.getCellRangeByName(cell).CellAddress
        sheet.moveRange(there, sheet.getCellRangeByName(area).RangeAddress)


def without_pivots(document):
    """What pivot tables show is worked out anew by LibreOffice whenever it likes, and cannot be cut by rows."""
    for name in document.Sheets.ElementNames:
        pivots = document.Sheets.getByName(name).DataPilotTables
        for pivot in pivots.ElementNames:
            pivots.removeByName(pivot)


def cells(document):
    """By sheet and address: the value, or formula and value."""
    document.calculateAll()
    found = {}
    for name in document.Sheets.ElementNames:
        sheet, held = document.Sheets.getByName(name), {}
        for area in sheet.queryContentCells(CONTENT).RangeAddresses:
            block = sheet.getCellRangeByPosition(area.StartColumn, area.StartRow, area.EndColumn, area.EndRow)
            rows = zip(block.getFormulaArray(), block.getDataArray(), strict=True)
            for down, (formulas, values) in enumerate(rows):
                for right, (formula, value) in enumerate(zip(formulas, values, strict=True)):
                    at = f"{oracle.col(area.StartColumn + right)}{area.StartRow + down + 1}"
                    computed = formula.startswith(("=", "{=")) and formula != value
                    held[at] = [formula, _plain(value)] if computed else _plain(value)
        found[name] = held
    return found


def _plain(value):
    return value if isinstance(value, str | float) else str(value)  # an error is void


def answer(desktop, job):
    if job["want"] == "facts":
        return oracle.export_facts(job["book"])
    document = oracle.open_book(desktop, job["book"])
    try:
        if job["want"] == "cells":
            without_pivots(document)
        for step in job["steps"]:
            carry_out(document, step)
        return cells(document) if job["want"] == "cells" else oracle.report(document)
    finally:
        document.close(True)


def main():
    with oracle.office() as desktop:
        for line in sys.stdin:
            try:
                found = {"answer": answer(desktop, json.loads(line))}
            except Exception as error:
                found = {"error": repr(error)[:300]}
            print(json.dumps(found), flush=True)


main()
