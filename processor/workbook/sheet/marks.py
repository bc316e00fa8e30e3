"""Marks: cells under a conditional format of ours that always holds; their own formats are never touched.

A mark in the cell's own fill does not come back whole from LibreOffice, which melts hatches into one colour. A conditional
format lies over the fill and is kept by Excel, LibreOffice, OnlyOffice and Google Sheets; it is known by its formula,
whatever they make of its look, its range and its number. Taken away, nothing is left of it in the sheet.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice

from lxml import etree

from processor.workbook.package.markup import local, whole
from processor.workbook.sheet.a1 import Range
from processor.workbook.sheet.additions import placed_child

SIGN = '"cellule à vérifier"'
FORMULA = f"LEN({SIGN})>0"
COLOUR = "FFFCD5B4"
_MOST_AREAS = 500  # in one element
_LONG = 1000  # rows: a longer range was drawn over a whole column
Cells = set[tuple[int, int]]


def marked_areas(root: etree._Element) -> list[Range]:
    """The ranges that carry the mark, of a sheet without its rows."""
    texts = [holder.get("sqref") or "" for holder, _ in _rules(root)]
    areas = (Range.parse(item) for text in texts for item in text.split())
    return [area for area in areas if area is not None]


def marked_cells(root: etree._Element, last_row: int) -> Cells:
    """The cells that carry the mark; of long ranges, down to the sheet's last row."""
    return {
        (row, column)
        for area in marked_areas(root)
        for row in range(area.first_row, _bottom(area, last_row) + 1)
        for column in range(area.first_col, area.last_col + 1)
    }


def _bottom(area: Range, last_row: int) -> int:
    return min(area.last_row, max(last_row, area.first_row + _LONG))


def take_marks(root: etree._Element) -> None:
    """Take all marks away."""
    for holder, rule in list(_rules(root)):
        holder.remove(rule)
        if not any(local(node) == "cfRule" for node in holder):
            root.remove(holder)


def lay_marks(root: etree._Element, cells: Cells, difference: int) -> None:
    """Mark the cells with that differential format, below all formats that are there."""
    priority = max((whole(node, "priority") for node in root.iter("{*}cfRule")), default=0)
    areas = iter([str(area) for area in _columns(cells)])
    while sqref := " ".join(islice(areas, _MOST_AREAS)):
        priority += 1
        space = etree.QName(root).namespace
        node = etree.Element(f"{{{space}}}conditionalFormatting", {"sqref": sqref})
        values = {"type": "expression", "dxfId": str(difference), "priority": str(priority)}
        rule = etree.SubElement(node, f"{{{space}}}cfRule", values)
        etree.SubElement(rule, f"{{{space}}}formula").text = FORMULA
        last = [item for item in root if local(item) == "conditionalFormatting"][-1:]
        (last[0] if last else placed_child(root, "conditionalFormatting")).addnext(node)
        if not last:
            root.remove(placed_child(root, "conditionalFormatting"))


def _rules(root: etree._Element) -> Iterator[tuple[etree._Element, etree._Element]]:
    """The rules that mark cells, each behind the element that says where."""
    for holder in root.iterfind("{*}conditionalFormatting"):
        for rule in holder.iterfind("{*}cfRule"):
            if any(SIGN in (node.text or "") for node in rule):
                yield holder, rule


def _columns(cells: Iterable[tuple[int, int]]) -> Iterator[Range]:
    """The cells as ranges of one column each, by column and row."""
    rows: dict[int, list[int]] = defaultdict(list)
    for row, column in sorted(cells):
        rows[column].append(row)
    for column, held in sorted(rows.items()):
        first = last = held[0]
        for row in held[1:]:
            if row != last + 1:
                yield Range(first, column, last, column)
                first = row
            last = row
        yield Range(first, column, last, column)
