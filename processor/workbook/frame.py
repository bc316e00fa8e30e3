"""What stands around a sheet's rows, after rows moved: views, merged cells, formats, validations, links…

The children of CT_Worksheet that carry addresses are listed here; one that is not known stops the edit.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from processor.workbook.address import MAX_ROW, Range, parse_cell
from processor.workbook.errors import Reason
from processor.workbook.formulas import shifted, translated
from processor.workbook.markup import local
from processor.workbook.shift import RowShift

KNOWN = frozenset(
    [
        "sheetPr",
        "dimension",
        "sheetViews",
        "sheetFormatPr",
        "cols",
        "sheetData",
        "sheetCalcPr",
        "sheetProtection",
        "protectedRanges",
        "autoFilter",
        "sortState",
        "customSheetViews",
        "mergeCells",
        "phoneticPr",
        "conditionalFormatting",
        "dataValidations",
        "hyperlinks",
        "printOptions",
        "pageMargins",
        "pageSetup",
        "headerFooter",
        "rowBreaks",
        "colBreaks",
        "customProperties",
        "cellWatches",
        "ignoredErrors",
        "drawing",
        "legacyDrawing",
        "legacyDrawingHF",
        "drawingHF",
        "picture",
        "tableParts",
        "extLst",
        "webPublishItems",
        "smartTags",
        "AlternateContent",
        "controls",
        "oleObjects",
    ]
)
_BASED = ("conditionalFormatting", "dataValidation")
_CONTAINERS = frozenset(
    [
        "mergeCells",
        "hyperlinks",
        "dataValidations",
        "protectedRanges",
        "ignoredErrors",
        "cellWatches",
        "rowBreaks",
        "sparklines",
        "sparklineGroup",
        "sparklineGroups",
        "conditionalFormattings",
    ]
)
_REFS = frozenset(["mergeCell", "hyperlink", "autoFilter", "sortState", "sortCondition"])
_FORMULAS = frozenset(["formula", "formula1", "formula2", "f"])


@dataclass(frozen=True)
class Moves:
    """The shifts of all sheets, by name in lower case."""

    shifts: Mapping[str, RowShift]

    def of(self, sheet: str) -> RowShift:
        """The shift of a sheet, an empty one where its rows stay."""
        return self.shifts.get(sheet.casefold(), RowShift())

    def formula(self, text: str, sheet: str) -> str:
        """The formula after the moves."""
        return shifted(text, sheet, self.shifts)


def shift_frame(root: etree._Element, sheet: str, moves: Moves) -> bool:
    """Shift everything around the rows; whether anything changed."""
    before = etree.tostring(root, method="c14n")
    shift = moves.of(sheet)
    if shift.moves:
        _shift_views(root, shift)
        _shift_anchors(root, shift)
        _shift_breaks(root, shift)
    for node in list(root.iter(etree.Element)):
        if local(node) in ("conditionalFormatting", "dataValidation", "sparkline"):
            _shift_based(node, sheet, moves)
    _shift_refs(root, shift, moves, sheet)
    _drop_empty(root)
    return etree.tostring(root, method="c14n") != before


def unknown_features(root: etree._Element, sheet: str) -> Iterator[Reason]:
    """The children that carry addresses this library does not know."""
    for node in root:
        if local(node) and local(node) not in KNOWN:
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
            text = moves.formula(translated(item.text, rows), sheet)
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
            text = moves.formula(translated(value, rows), sheet)
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
        elif name == "cellWatch":
            _shift_ref(node, shift, "r")


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


def _shift_views(root: etree._Element, shift: RowShift) -> None:
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
    rows = int(float(node.get("ySplit") or 0))
    gone = sum(1 for row in shift.deleted if first <= row < first + rows)
    if gone and rows - gone > 0:
        node.set("ySplit", str(rows - gone))


def _cell_after(address: str, shift: RowShift) -> str:
    cell = parse_cell(address)
    return str(Range(row := min(shift.place(cell[0]), MAX_ROW), cell[1], row, cell[1])) if cell else address


def _shift_breaks(root: etree._Element, shift: RowShift) -> None:
    """A break belongs to the row below it (its id is the row above): it follows that row, and goes with it."""
    for breaks in [node for node in root.iter(etree.Element) if local(node) == "rowBreaks"]:
        for node in list(breaks):
            row = shift.row(int(node.get("id") or 0) + 1) if local(node) == "brk" else None
            if row is None and local(node) == "brk":
                _remove(node)
            elif row is not None:
                node.set("id", str(row - 1))
        count = sum(local(node) == "brk" for node in breaks)
        breaks.set("count", str(count))
        breaks.set("manualBreakCount", str(sum(node.get("man") in ("1", "true") for node in breaks)))


def _shift_anchors(root: etree._Element, shift: RowShift) -> None:
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
    before = int(start.text or 0)
    after = shift.place(before + 1) - 1
    if shift.row(before + 1) is None:
        _clear_offset(start)
    start.text = str(after)
    if end is None:
        return
    last = int(end.text or 0)
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


def _drop_empty(root: etree._Element) -> None:
    """Containers whose last child went, and counts that no longer hold."""
    for node in reversed(list(root.iter(etree.Element))):
        name = local(node)
        if name in _CONTAINERS:
            if not len(node):
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
