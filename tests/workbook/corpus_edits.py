"""The four edits that every workbook of the corpus undergoes, and how each is undone in the mind of a judge.

A result is led back to the workbook as it was by deleting rows on both sides: those that went, from the original,
those that came, from the result. What is left on both sides must be the same, whoever deletes.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from processor.workbook import AppendRows, Book, DeleteRows, Edit, MoveRows, SetCell, open_workbook
from processor.workbook.edits.assembly import drafted
from processor.workbook.edits.draft import arrived
from tests.workbook.peers import CORPUS

NEW = "neuf & vieux"
SET, APPEND, MOVE, DELETE = KINDS = ("set", "append", "move", "delete")
# why rows of these workbooks are not moved and deleted, by the feature that stands in the way
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
    "out.xlsx": "pivotTable",
}

Rows = dict[str, list[int]]


@dataclass(frozen=True)
class Story:
    """An edit, the sheets that it names, the rows to be taken from the original and from the result, the cells it writes."""

    edit: Edit
    sheets: tuple[str, ...]
    before: Rows = field(default_factory=dict)
    after: Rows = field(default_factory=dict)
    written: dict[tuple[str, int, int], object] = field(default_factory=dict)


def worksheets(book: Book) -> list[str]:
    return [entry.name for entry in book.entries if entry.kind == "worksheet"]


def longest(book: Book) -> tuple[str, list[int]]:
    """The worksheet with most rows, and the numbers of its rows."""
    sheets = [(name, [n for n, _ in book.sheet(name).rows()]) for name in worksheets(book)]
    return max(sheets, key=lambda item: len(item[1]), default=("", []))


def edit_of(kind: str, book: Book) -> Edit | None:
    """The edit; None where the workbook has no rows, or no second sheet to move them to."""
    sheets, (name, rows) = worksheets(book), longest(book)
    if kind == SET:
        return SetCell(sheets[0], 60, 52, NEW)
    if not rows:
        return None
    if kind == DELETE:
        return DeleteRows(name, (rows[len(rows) // 2],))
    if kind == MOVE:
        other = next((sheet for sheet in sheets if sheet != name), None)
        top = next((number for number, _ in book.sheet(other).rows()), 1) if other else 0
        return MoveRows(name, (rows[len(rows) // 2],), other, top, {1: 1, 2: 2, 3: 3}) if other else None
    tables = [(sheet, t) for sheet in sheets for t in book.sheet(sheet).tables if t.header_row]
    if tables:
        sheet, table = tables[0]
        return AppendRows(sheet, table.header_row, ({table.ref.first_col: NEW},))
    return AppendRows(name, rows[0], ({1: NEW},))


def story_of(edit: Edit, book: Book) -> Story:
    """Raises Refused where the engine does. Where a new row goes the engine says: that it went there is for the judges."""
    if isinstance(edit, SetCell):
        return Story(edit, (edit.sheet,), written={(edit.sheet, edit.row, edit.column): edit.value})
    before: Rows = {}
    after: Rows = {}
    written: dict[tuple[str, int, int], object] = {}
    works = drafted(book, (edit,)).works
    for work in works.values():
        name = work.sheet.name
        asked = set(edit.rows) if isinstance(edit, DeleteRows | MoveRows) and name == edit.sheet else set()
        before[name] = sorted(work.deleted | asked)
        after[name] = [work.shift.place(row) for row in asked - work.deleted]  # a table keeps one blank row
        for row, incoming in arrived(work):
            after[name].append(row)
            written |= {(name, row, column): value for column, value in incoming.values.items()}
            if not work.shift.inserted:
                before[name].append(row)
    return Story(edit, tuple(work.sheet.name for work in works.values()), before, after, written)


def cases() -> Iterator[tuple[Path, str]]:
    """Every workbook with every edit that it has a place for."""
    for path in CORPUS:
        book = open_workbook(path)
        yield from ((path, kind) for kind in KINDS if edit_of(kind, book) is not None)
