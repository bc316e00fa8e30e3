"""What a sheet's views and page breaks say of rows, after rows moved: corners, frozen panes, selections, breaks."""

from lxml import etree

from processor.workbook.following.shift import RowShift
from processor.workbook.package.markup import integer, local, whole
from processor.workbook.sheet.a1 import MAX_ROW, Range, parse_cell


def shift_views(root: etree._Element, shift: RowShift) -> None:
    """Views: top left cells, frozen rows, active cells and selections."""
    for node in root.iter(etree.Element):
        name = local(node)
        if name in ("pane", "sheetView", "customSheetView") and node.get("topLeftCell"):
            node.set("topLeftCell", _cell_after(node.get("topLeftCell") or "", shift))
        if name == "pane" and node.get("state") in ("frozen", "frozenSplit") and node.get("ySplit"):
            _shift_pane(node, shift)
        if name == "selection":
            if node.get("activeCell"):
                node.set("activeCell", _cell_after(node.get("activeCell") or "", shift))
            if node.get("sqref"):
                after = RowShift(shift.inserted, shift.deleted).sqref(node.get("sqref") or "")
                node.set("sqref", after or node.get("activeCell") or "A1")
                if "activeCellId" in node.attrib and len(after.split()) < 2:
                    del node.attrib["activeCellId"]


def _shift_pane(node: etree._Element, shift: RowShift) -> None:
    """Frozen rows that were deleted are no longer counted."""
    view = node.getparent()
    top = parse_cell(view.get("topLeftCell") or "A1") if view is not None else None
    first = top[0] if top else 1
    rows = integer((node.get("ySplit") or "").partition(".")[0])
    gone = sum(1 for row in shift.deleted if first <= row < first + rows)
    if gone and rows - gone > 0:
        node.set("ySplit", str(rows - gone))


def _cell_after(address: str, shift: RowShift) -> str:
    cell = parse_cell(address)
    return str(Range(row := min(shift.place(cell[0]), MAX_ROW), cell[1], row, cell[1])) if cell else address


def shift_breaks(root: etree._Element, shift: RowShift) -> None:
    """A break belongs to the row below it (its id is the row above): it follows that row, and goes with it.

    Above the first row there is none to break from.
    """
    for breaks in [node for node in root.iter(etree.Element) if local(node) == "rowBreaks"]:
        for node in list(breaks):
            row = shift.row(whole(node, "id") + 1) if local(node) == "brk" else None
            if local(node) == "brk" and (row is None or row == 1):
                breaks.remove(node)
            elif row is not None:
                node.set("id", str(row - 1))
        count = sum(local(node) == "brk" for node in breaks)
        breaks.set("count", str(count))
        breaks.set("manualBreakCount", str(sum(node.get("man") in ("1", "true") for node in breaks)))
