"""The widths of columns (CT_Cols): one that is too narrow is widened, its neighbours under the same element stay."""

from collections.abc import Mapping
from copy import deepcopy

from lxml import etree

from processor.workbook.package.markup import local, whole
from processor.workbook.sheet.additions import placed_child


def widen(root: etree._Element, widths: Mapping[int, float]) -> bool:
    """Give the columns at least these widths, in characters; whether any changed."""
    if not widths:
        return False
    cols = placed_child(root, "cols")
    before = etree.tostring(cols)
    for column, width in sorted(widths.items()):
        _widen(cols, column, width)
    return etree.tostring(cols) != before


def _widen(cols: etree._Element, column: int, width: float) -> None:
    node = next((n for n in cols if local(n) and whole(n, "min") <= column <= whole(n, "max")), None)
    if node is None:
        node = etree.Element(f"{{{etree.QName(cols).namespace}}}col")
        later = next((n for n in cols if local(n) and whole(n, "min") > column), None)
        cols.append(node) if later is None else later.addprevious(node)
        first = last = column
    else:
        first, last = whole(node, "min"), whole(node, "max")
    if _characters(node.get("width")) >= width or node.get("hidden") in ("1", "true"):
        return
    for low, high, place in ((first, column - 1, node.addprevious), (column + 1, last, node.addnext)):
        if low <= high:
            twin = deepcopy(node)
            twin.tail = None
            twin.set("min", str(low))
            twin.set("max", str(high))
            place(twin)
    node.set("min", str(column))
    node.set("max", str(column))
    node.set("width", f"{width:g}")
    node.set("customWidth", "1")


def _characters(text: str | None) -> float:
    try:
        return float(text or 0)
    except ValueError:
        return 0
