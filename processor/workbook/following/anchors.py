"""Where shapes, pictures, charts, controls and embedded objects stand, after rows moved."""

from lxml import etree

from processor.workbook.following.shift import RowShift
from processor.workbook.package.markup import integer, local


def shift_anchors(root: etree._Element, shift: RowShift) -> None:
    """Controls and embedded objects: their from and to are those of a drawing's anchor."""
    for node in list(root.iter(etree.Element)):
        if local(node) == "anchor":
            shift_anchor(node, shift, _edit_as(node))


def _edit_as(node: etree._Element) -> str:
    def yes(name: str) -> bool:
        return node.get(name) in ("1", "true")

    if not yes("moveWithCells"):
        return "absolute"
    return "twoCell" if yes("sizeWithCells") else "oneCell"


def shift_anchor(anchor: etree._Element, shift: RowShift, edit_as: str) -> None:
    """Move an anchor's corners: both with their rows (twoCell), as a whole (oneCell), not at all (absolute)."""
    if edit_as == "absolute":
        return
    start, end = _corner_rows(anchor, "from"), _corner_rows(anchor, "to")
    if start is None:
        return
    before = integer(start.text)
    after = shift.place(before + 1) - 1
    if shift.row(before + 1) is None:
        _clear_offset(start)
    start.text = str(after)
    if end is None:
        return
    last = integer(end.text)
    if edit_as == "oneCell":
        end.text = str(last + after - before)
        return
    if shift.row(last + 1) is None:
        _clear_offset(end)
    end.text = str(max(shift.place(last + 1) - 1, after))


def _corner_rows(anchor: etree._Element, corner: str) -> etree._Element | None:
    for node in anchor:
        if local(node) == corner:
            return next((item for item in node if local(item) == "row"), None)
    return None


def _clear_offset(row: etree._Element) -> None:
    following = row.getnext()
    if following is not None and local(following) == "rowOff":
        following.text = "0"
