"""The parts beside the sheets that point at rows: names, tables, charts, drawings, notes, pivot caches, controls."""

from collections.abc import Callable, Mapping

from lxml import etree

from processor.workbook.errors import Reason, Refused
from processor.workbook.following.anchors import shift_anchor
from processor.workbook.following.formulas import shifted_reference
from processor.workbook.following.moves import Moves
from processor.workbook.package.markup import child, local, parse_xml, relation_id, serialised, whole
from processor.workbook.sheet.a1 import Range, column_letters
from processor.workbook.sheet.formulas import rewrite

FOLLOW = frozenset(["table"])
STILL = frozenset(
    [
        "hyperlink",
        "printerSettings",
        "image",
        "slicer",
        "timeline",
        "customProperty",
        "queryTable",
        "control",
        "ctrlProp",
        "oleObject",
        "package",
        "activeXControlBinary",
        "diagramData",
        "binaryIndex",
        "externalLinkPath",
        "documentTask",
    ]
)
_ABSOLUTE = 4


def shift_text_formulas(content: bytes, name: str, sheet: str, moves: Moves) -> bytes | None:
    """A chart (also chartEx): the formulas of its series, also those that a filter hides; None when none changed."""
    root = parse_xml(content, name)
    changed = False
    for node in root.iter(etree.Element):
        if local(node) in ("f", "sqref") and node.text:
            text = moves.formula(node.text, sheet)
            changed = changed or text != node.text
            node.text = text
    return serialised(root, content) if changed else None


def shift_names(root: etree._Element, moves: Moves) -> bool:
    """The defined names of the workbook part; whether any changed."""
    changed = False
    for node in root.iterfind("{*}definedNames/{*}definedName"):
        if node.text:
            text = (
                _lengthened(node.text, moves)
                if (node.get("name") or "").startswith("_xlnm.")
                else moves.formula(node.text, "")
            )
            changed = changed or text != node.text
            node.text = text
    return changed


def _lengthened(text: str, moves: Moves) -> str:
    """Names of Excel's own, which never leave their sheet: print areas and filters grow with the list that they end with."""

    def change(sheet: str, reference: str) -> str:
        shift = moves.of(sheet)
        area = Range.parse(reference)
        after = (
            shift.lengthened(area) if area and shift.growths and reference.count("$") == _ABSOLUTE else None
        )
        if after is None or area is None or after.last_row == (shift.range(area) or after).last_row:
            return shifted_reference(reference, shift)
        left, right = column_letters(after.first_col), column_letters(after.last_col)
        return f"${left}${after.first_row}:${right}${after.last_row}"

    return rewrite(text, "", change)


def shift_drawing(content: bytes, name: str, sheet: str, moves: Moves) -> bytes | None:
    """A drawing part: the anchors of its shapes, pictures and charts, the cells that texts and pictures are linked to."""
    root, shift = parse_xml(content, name), moves.of(sheet)
    before = etree.tostring(root)
    for anchor in (
        root.iter(etree.Element) if shift.moves else ()
    ):  # those of controls stand within alternatives
        if local(anchor) == "twoCellAnchor":
            shift_anchor(anchor, shift, anchor.get("editAs") or "twoCell")
        elif local(anchor) == "oneCellAnchor":
            shift_anchor(anchor, shift, "oneCell")
    for node in root.iter(etree.Element):
        _shift_attributes(node, ("textlink", "cellRange"), sheet, moves)
    return serialised(root, content) if etree.tostring(root) != before else None


def _shift_attributes(node: etree._Element, names: tuple[str, ...], sheet: str, moves: Moves) -> bool:
    """Shift the formulas in these attributes; whether any changed."""
    changed = False
    for name in names:
        text = node.get(name)
        if text and (after := moves.formula(text, sheet)) != text:
            node.set(name, after)
            changed = True
    return changed


def shift_comments(content: bytes, name: str, sheet: str, moves: Moves) -> bytes | None:
    """Notes or threaded comments: those of deleted rows go, authors stay."""
    return _shift_refs(content, name, moves.of(sheet).range, ("comment", "threadedComment"))


def shift_filters(content: bytes, name: str, sheet: str, moves: Moves) -> bytes | None:
    """The sheet views that several people keep apart in a shared workbook: the ranges of their filters and sorts."""
    elements = ("nsvFilter", "sortRule", "sortState", "sortCondition")
    return _shift_refs(content, name, moves.of(sheet).lengthened, elements)


def _shift_refs(
    content: bytes, name: str, follow: Callable[[Range], Range | None], elements: tuple[str, ...]
) -> bytes | None:
    root = parse_xml(content, name)
    changed = False
    for node in [item for item in root.iter(etree.Element) if local(item) in elements]:
        area = Range.parse(node.get("ref") or "")
        after = follow(area) if area else area
        parent = node.getparent()
        if area is not None and after is None and parent is not None:
            parent.remove(node)
            changed = True
        elif after != area:
            node.set("ref", str(after))
            changed = True
    return serialised(root, content) if changed else None


def shift_pivot_cache(content: bytes, name: str, _sheet: str, moves: Moves) -> bytes | None:
    """A pivot cache's source ranges, not those in other workbooks; its records stay until Excel refreshes them."""
    root = parse_xml(content, name)
    changed = False
    for source in root.iter(etree.Element):
        if local(source) not in ("worksheetSource", "rangeSet") or relation_id(source):
            continue
        area = Range.parse(source.get("ref") or "")
        after = moves.of(source.get("sheet") or "").grown(area) if area else None
        if after is not None and after != area:
            source.set("ref", str(after))
            changed = True
    return serialised(root, content) if changed else None


def shift_pivot_table(content: bytes, name: str, sheet: str, moves: Moves) -> bytes | None:
    """A pivot table below the rows moves with them. Raises Refused when the rows would cut it."""
    root = parse_xml(content, name)
    location = child(root, "location")
    area = Range.parse(location.get("ref") or "") if location is not None else None
    if location is None or area is None:
        return None
    shift, filters = moves.of(sheet), whole(location, "rowPageCount")
    top = max(area.first_row - (filters + 1 if filters else 0), 1)  # filters stand above, a blank row between
    left = shift.span(top, area.last_row)
    after = shift.range(area)
    if left is None or after is None or left[1] - left[0] != area.last_row - top:
        raise Refused(Reason("pivotTable", sheet, f"the rows cut {root.get('name')} at {area}"))
    if after == area:
        return None
    location.set("ref", str(after))
    return serialised(root, content)


def shift_control(content: bytes, name: str, sheet: str, moves: Moves) -> bytes | None:
    """A form control's linked cell and list."""
    root = parse_xml(content, name)
    changed = _shift_attributes(root, ("fmlaLink", "fmlaRange", "fmlaGroup", "fmlaTxbx"), sheet, moves)
    return serialised(root, content) if changed else None


def shift_connections(content: bytes, name: str, sheet: str, moves: Moves) -> bytes | None:
    """The cells that connections to data take their parameters from."""
    root = parse_xml(content, name)
    nodes = [node for node in root.iter(etree.Element) if local(node) == "parameter"]
    changed = [_shift_attributes(node, ("cell",), sheet, moves) for node in nodes]
    return serialised(root, content) if any(changed) else None


def shift_dependencies(content: bytes, name: str, sheets: Mapping[str, str], moves: Moves) -> bytes | None:
    """The cells whose formulas wait for data from outside (real-time data, cubes); `sheets` are names by sheetId."""
    root = parse_xml(content, name)
    changed = False
    for node in [item for item in root.iter(etree.Element) if local(item) == "tr"]:
        area = Range.parse(node.get("r") or "")
        after = moves.of(sheets.get(node.get("s") or "", "")).range(area) if area else None
        if area is not None and after is None:
            _prune(node)
        elif after != area:
            node.set("r", str(after))
        changed = changed or after != area
    return serialised(root, content) if changed else None


def _prune(node: etree._Element) -> None:
    """Take the element away, and what holds no cell any more."""
    parent = node.getparent()
    if parent is not None:
        parent.remove(node)
        if parent.getparent() is not None and not any(local(item) in ("tr", "tp", "main") for item in parent):
            _prune(parent)
