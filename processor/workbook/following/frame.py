"""What stands around a sheet's rows, after rows moved: views, merged cells, formats, validations, links…

The children of CT_Worksheet that carry addresses are listed here; one that is not known stops the edit.
"""

from collections.abc import Iterator

from lxml import etree

from processor.workbook.errors import Reason, Refused
from processor.workbook.following.anchors import shift_anchors
from processor.workbook.following.moves import Moves
from processor.workbook.following.shift import RowShift
from processor.workbook.following.views import shift_breaks, shift_views
from processor.workbook.package.markup import child, local
from processor.workbook.sheet.a1 import Range
from processor.workbook.sheet.additions import ORDER
from processor.workbook.sheet.formulas import translated

KNOWN = frozenset(ORDER) | {"AlternateContent"}
_BASED = ("conditionalFormatting", "dataValidation")
_CONTAINERS = frozenset(
    [
        "mergeCells",
        "hyperlinks",
        "dataValidations",
        "protectedRanges",
        "ignoredErrors",
        "cellWatches",
        "smartTags",
        "rowBreaks",
        "sparklines",
        "sparklineGroup",
        "sparklineGroups",
        "conditionalFormattings",
        "webPublishItems",
    ]
)
_NEEDED = {"sparklineGroup": "sparklines"}  # a child that the schema asks for
_REFS = frozenset(["mergeCell", "hyperlink", "autoFilter", "sortState", "sortCondition"])
_FORMULAS = frozenset(["formula", "formula1", "formula2", "f"])


def shift_frame(root: etree._Element, sheet: str, moves: Moves) -> bool:
    """Shift everything around the rows; whether anything changed."""
    before = etree.tostring(root)
    shift = moves.of(sheet)
    if shift.moves:
        shift_views(root, shift)
        shift_anchors(root, shift)
        shift_breaks(root, shift)
    for node in list(root.iter(etree.Element)):
        name = local(node)
        if name in ("conditionalFormatting", "dataValidation", "sparkline"):
            _shift_based(node, sheet, moves)
        elif name == "sparklineGroup":
            axis = child(node, "f")
            if axis is not None and axis.text:
                axis.text = moves.formula(axis.text, sheet)
    _shift_refs(root, shift, moves, sheet)
    _drop_empty(root)
    return etree.tostring(root) != before


def unknown_features(root: etree._Element, sheet: str) -> Iterator[Reason]:
    """The children that carry addresses this library does not know."""
    for node in root:
        consolidated = local(node) == "dataConsolidate" and node.find(".//{*}dataRef") is not None
        if local(node) and (local(node) not in KNOWN or consolidated):
            yield Reason(local(node), sheet, "cannot follow moved rows")


def _shift_based(node: etree._Element, sheet: str, moves: Moves) -> None:
    """A format, validation or sparkline: its ranges, and its formulas, which are relative to the first cell left."""
    ranges = node.get("sqref")
    holder = next((item for item in node if local(item) == "sqref"), None)
    if ranges is None and holder is not None:
        ranges = holder.text or ""
    shift = moves.of(sheet)
    rows = 0
    if ranges:
        after = shift.sqref(ranges)
        if not after:
            _remove(node)
            return
        rows = _base_moved(ranges, shift) if local(node) in _BASED else 0
        if holder is not None:
            holder.text = after
        elif after != ranges:
            node.set("sqref", after)
    for item in node.iter(etree.Element):
        if local(item) in _FORMULAS and item.text and not len(item):
            text = moves.formula(translated(item.text, rows), sheet, local(node) in _BASED)
            if text != item.text:
                item.text = text
    _shift_value_objects(node, sheet, moves, rows)


def _shift_value_objects(node: etree._Element, sheet: str, moves: Moves, rows: int) -> None:
    """Thresholds of colour scales and icon sets may be formulas too (CT_Cfvo val)."""
    for item in node.iter(etree.Element):
        value = item.get("val")
        if (
            local(item) == "cfvo"
            and value
            and item.get("type") in ("formula", "num", "percent", "percentile")
        ):
            text = moves.formula(translated(value, rows), sheet, True)
            if text != value:
                item.set("val", text)


def _base_moved(ranges: str, shift: RowShift) -> int:
    """How many rows the first cell of the ranges stands above the first one that is left."""
    areas = [area for area in map(Range.parse, ranges.split()) if area]
    if not areas:
        return 0
    left = [row for area in areas if (row := _first_left(area, shift)) is not None]
    return min(left, default=0) - min(area.first_row for area in areas) if left else 0


def _first_left(area: Range, shift: RowShift) -> int | None:
    gone = set(shift.deleted)
    row = area.first_row
    while row in gone:
        row += 1
    return row if row <= area.last_row else None


def _shift_refs(root: etree._Element, shift: RowShift, moves: Moves, sheet: str) -> None:
    for node in list(root.iter(etree.Element)):
        name = local(node)
        if name in _REFS and node.get("ref"):
            if name == "hyperlink" and node.get("location"):
                location = node.get("location") or ""
                node.set("location", moves.formula(location, sheet))
            _shift_ref(node, shift)
        elif name in ("protectedRange", "ignoredError") and node.get("sqref"):
            after = shift.sqref(node.get("sqref") or "")
            if after:
                node.set("sqref", after)
            else:
                _remove(node)
        elif name in ("cellWatch", "cellSmartTags"):
            _shift_ref(node, shift, "r")
        elif name in ("scenarios", "inputCells"):
            _shift_scenario(node, shift, sheet)
        elif name == "webPublishItem" and node.get("sourceRef"):
            _shift_ref(node, shift, "sourceRef")
        elif name == "controlPr":
            for attribute in ("linkedCell", "listFillRange"):
                if node.get(attribute):
                    node.set(attribute, moves.formula(node.get(attribute) or "", sheet))


def _shift_ref(node: etree._Element, shift: RowShift, attribute: str = "ref") -> None:
    text = node.get(attribute) or ""
    area = Range.parse(text)
    plain_filter = local(node) == "autoFilter" and attribute == "ref"
    follow = shift.lengthened if plain_filter else shift.range
    after = follow(area) if area else None
    single = after is not None and (after.first_row, after.first_col) == (after.last_row, after.last_col)
    if after is None or (local(node) == "mergeCell" and single):
        _remove(node)
    elif after != area:
        node.set(attribute, str(after))


def _shift_scenario(node: etree._Element, shift: RowShift, sheet: str) -> None:
    """The result cells of scenarios, and the cells that they change. Raises Refused when one of these would go."""
    if local(node) == "scenarios":
        results = shift.sqref(node.get("sqref") or "")
        if results:
            node.set("sqref", results)
        elif node.get("sqref"):
            del node.attrib["sqref"]
        return
    area = Range.parse(node.get("r") or "")
    after = shift.range(area) if area else None
    if area is None or after is None:
        raise Refused(Reason("scenarios", sheet, f"{node.get('r')} would go, which a scenario changes"))
    node.set("r", str(after))


def _drop_empty(root: etree._Element) -> None:
    """Containers whose last child went, and counts that no longer hold."""
    for node in reversed(list(root.iter(etree.Element))):
        name = local(node)
        if name in _CONTAINERS:
            if not len(node) or (name in _NEEDED and child(node, _NEEDED[name]) is None):
                _remove(node)
            elif node.get("count") is not None:
                node.set("count", str(sum(1 for item in node if local(item))))
        elif name in ("ext", "extLst") and not len(node) and not (node.text or "").strip():
            _remove(node)


def _remove(node: etree._Element) -> None:
    parent = node.getparent()
    if parent is not None:
        if local(parent) == "dataValidations" and parent.get("count"):
            parent.set("count", str(sum(1 for item in parent if item is not node)))
        parent.remove(node)
