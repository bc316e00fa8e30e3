"""The workbook part: calculation on load, and the line of a new sheet."""

import re

from lxml import etree

from processor.workbook.edits.edits import AddSheet
from processor.workbook.package.markup import OFFICE, STRICT_OFFICE, child, integer, local, whole
from processor.workbook.sheet.reader import Book

_END = re.compile(rb"</(?:[\w.\-]+:)?sheetData>|<(?:[\w.\-]+:)?sheetData\s*/>")


def calculate_on_load(root: etree._Element) -> bool:
    """Tell Excel to calculate when it opens the workbook; whether that is news."""
    node = child(root, "calcPr")
    if node is None:
        node = etree.Element(f"{{{etree.QName(root).namespace}}}calcPr")
        names = ("sheets", "functionGroups", "externalReferences", "definedNames")
        previous = [item for item in root if local(item) in names]
        previous[-1].addnext(node)
    if node.get("fullCalcOnLoad") in ("1", "true"):
        return False
    node.set("fullCalcOnLoad", "1")
    return True


def formula_in(book: Book, part: str) -> bool:
    """Whether a cell of a sheet holds a formula; those of formats and sparklines stand behind the rows."""
    last = b""
    for piece in book.package.pieces(part):
        window = last + piece
        end = _END.search(window) if b"sheetData" in window else None
        stop = end.start() if end else len(window)
        if any(window.find(sign, 0, stop) >= 0 for sign in (b"</f>", b":f>", b"<f ")):
            return True
        if end:
            return False
        last = piece[-40:]
    return False


def enter_sheet(root: etree._Element, edit: AddSheet, relation: str) -> None:
    """The sheet's line in the workbook part; names and views that count sheets by position follow."""
    sheets = child(root, "sheets")
    assert sheets is not None  # noqa: S101 - a workbook without sheets was not opened
    lines = [node for node in sheets if local(node) == "sheet"]
    names = [node.get("name") for node in lines]
    position = names.index(edit.after) + 1 if edit.after in names else len(lines)
    number = max(whole(node, "sheetId") for node in lines) + 1
    space = etree.QName(root).namespace
    office = STRICT_OFFICE if "purl" in (space or "") else OFFICE
    node = etree.Element(
        f"{{{space}}}sheet", {"name": edit.name, "sheetId": str(number), f"{{{office}}}id": relation}
    )
    lines[position - 1].addnext(node)
    for name in root.iterfind("{*}definedNames/{*}definedName"):
        local_id = name.get("localSheetId")
        if local_id is not None and integer(local_id) >= position:
            name.set("localSheetId", str(integer(local_id) + 1))
    for view in root.iterfind("{*}bookViews/{*}workbookView"):
        for attribute in ("activeTab", "firstSheet"):
            if whole(view, attribute) >= position:
                view.set(attribute, str(whole(view, attribute) + 1))
