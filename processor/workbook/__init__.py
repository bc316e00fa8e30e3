"""Lossless editing of .xlsx and .xlsm workbooks: what no edit names does not change, to the byte.

    book = open_workbook("plan.xlsx")
    write_edits(book, [SetCell("Feuil1", 2, 3, "oui"), DeleteRows("Feuil1", (5,))], Path("new.xlsx"))

See docs/workbook.md.
"""

from processor.workbook.edits.edits import (
    AddColumn,
    AddHyperlink,
    AddSheet,
    AppendRows,
    CopyRow,
    DeleteRows,
    Edit,
    MarkCell,
    MoveRows,
    SetCell,
    SheetColumn,
    UnmarkCell,
)
from processor.workbook.errors import Changed, InUse, Reason, Refused, Unreadable
from processor.workbook.package.inuse import in_use
from processor.workbook.package.replace import replace_workbook
from processor.workbook.saving import write_edits
from processor.workbook.sheet.a1 import Range
from processor.workbook.sheet.reader import Book, Sheet, open_workbook
from processor.workbook.sheet.table import Table
from processor.workbook.sheet.values import Cell, ErrorValue, RichText, Run

__all__ = [
    "AddColumn",
    "AddHyperlink",
    "AddSheet",
    "AppendRows",
    "Book",
    "Cell",
    "Changed",
    "CopyRow",
    "DeleteRows",
    "Edit",
    "ErrorValue",
    "InUse",
    "MarkCell",
    "MoveRows",
    "Range",
    "Reason",
    "Refused",
    "RichText",
    "Run",
    "SetCell",
    "Sheet",
    "SheetColumn",
    "Table",
    "UnmarkCell",
    "Unreadable",
    "in_use",
    "open_workbook",
    "replace_workbook",
    "write_edits",
]
