"""The parts beside the sheets that point at rows: names, tables, charts, drawings, notes, pivot caches, controls."""

import re

from lxml import etree

from processor.workbook.address import Range, column_letters
from processor.workbook.errors import Reason, Refused
from processor.workbook.formulas import rewrite, shifted_reference
from processor.workbook.frame import Moves, shift_anchor
from processor.workbook.markup import child, local, parse_xml, serialised
from processor.workbook.shift import RowShift

FOLLOW = frozenset(["comments", "threadedComment", "vmlDrawing", "drawing", "table"])
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
    ]
)
_AREAS = ("_xlnm.Print_Area", "_xlnm._FilterDatabase")
_ABSOLUTE = 4
_SHAPE = re.compile(rb"<((?:\w+:)?)shape\b.*?</\1shape\s*>", re.DOTALL)


def shift_text_formulas(content: bytes, name: str, moves: Moves) -> bytes | None:
    """A chart (also chartEx): the formulas of its series; None when none changed."""
    root = parse_xml(content, name)
    changed = False
    for node in root.iter(etree.Element):
        if local(node) == "f" and node.text:
            text = moves.formula(node.text, "")
            changed = changed or text != node.text
            node.text = text
    return serialised(root, content) if changed else None


def shift_names(root: etree._Element, moves: Moves) -> bool:
    """The defined names of the workbook part; whether any changed."""
    changed = False
    for node in root.iterfind("{*}definedNames/{*}definedName"):
        if node.text:
            text = (
                _lengthened(node.text, moves) if node.get("name") in _AREAS else moves.formula(node.text, "")
            )
            changed = changed or text != node.text
            node.text = text
    return changed


def _lengthened(text: str, moves: Moves) -> str:
    """The print area, or the hidden name of a filter's range, which grow with the list that they end with."""

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


def shift_drawing(content: bytes, name: str, shift: RowShift) -> bytes | None:
    """A drawing part: the anchors of its shapes, pictures and charts."""
    root = parse_xml(content, name)
    before = etree.tostring(root)
    for anchor in root:
        if local(anchor) == "twoCellAnchor":
            shift_anchor(anchor, shift, anchor.get("editAs") or "twoCell")
        elif local(anchor) == "oneCellAnchor":
            shift_anchor(anchor, shift, "oneCell")
    return serialised(root, content) if etree.tostring(root) != before else None


def shift_comments(content: bytes, name: str, shift: RowShift) -> bytes | None:
    """Notes or threaded comments: those of deleted rows go, authors stay."""
    root = parse_xml(content, name)
    changed = False
    for node in [item for item in root.iter(etree.Element) if local(item) in ("comment", "threadedComment")]:
        area = Range.parse(node.get("ref") or "")
        after = shift.range(area) if area else area
        parent = node.getparent()
        if area is not None and after is None and parent is not None:
            parent.remove(node)
            changed = True
        elif after != area:
            node.set("ref", str(after))
            changed = True
    return serialised(root, content) if changed else None


def shift_vml(content: bytes, shift: RowShift) -> bytes | None:
    """A VML drawing, edited as text since it is often no well-formed XML: notes' boxes and form controls."""

    def replaced(match: re.Match[bytes]) -> bytes:
        return _shift_shape(match[0], shift)

    after = _SHAPE.sub(replaced, content)
    return after if after != content else None


def _shift_shape(shape: bytes, shift: RowShift) -> bytes:
    row = re.search(rb"(<(?:\w+:)?Row>\s*)(\d+)(\s*</)", shape)
    if row:
        after = shift.row(int(row[2]) + 1)
        if after is None and b'ObjectType="Note"' in shape:
            return b""
        if after is not None:
            shape = shape[: row.start(2)] + str(after - 1).encode() + shape[row.end(2) :]
    anchor = re.search(rb"(<(?:\w+:)?Anchor>)([^<]*)(</)", shape)
    if not anchor:
        return shape
    numbers = anchor[2].split(b",")
    if len(numbers) != 8:
        return shape
    moved = _shift_vml_anchor([int(number) for number in numbers], shape, shift)
    text = b", ".join(str(number).encode() for number in moved)
    return shape[: anchor.start(2)] + text + shape[anchor.end(2) :]


def _shift_vml_anchor(numbers: list[int], shape: bytes, shift: RowShift) -> list[int]:
    """Left column, offset, top row, offset, right column, offset, bottom row, offset.

    The elements MoveWithCells and SizeWithCells, strange as it is, say that the shape does *not*
    (ISO 29500-4 §19.4.2.37: an empty element means true, and true means "do not move").
    """
    stays = re.search(rb"MoveWithCells\s*/>|MoveWithCells>\s*(?!F)", shape, re.IGNORECASE)
    if stays and b'ObjectType="Note"' not in shape:
        return numbers
    top = shift.place(numbers[2] + 1) - 1
    moved = top - numbers[2]
    return [*numbers[:2], top, *numbers[3:6], numbers[6] + moved, numbers[7]]


def shift_pivot_cache(content: bytes, name: str, moves: Moves) -> bytes | None:
    """A pivot cache's source range; its records stay until Excel refreshes them."""
    root = parse_xml(content, name)
    source = next((node for node in root.iter(etree.Element) if local(node) == "worksheetSource"), None)
    if source is None or not source.get("ref") or not source.get("sheet"):
        return None
    shift = moves.of(source.get("sheet") or "")
    area = Range.parse(source.get("ref") or "")
    after = shift.grown(area) if area else None
    if after is None or after == area:
        return None
    source.set("ref", str(after))
    return serialised(root, content)


def shift_pivot_table(content: bytes, name: str, sheet: str, shift: RowShift) -> bytes | None:
    """A pivot table below the rows moves with them. Raises Refused when the rows would cut it."""
    root = parse_xml(content, name)
    location = child(root, "location")
    area = Range.parse(location.get("ref") or "") if location is not None else None
    after = shift.range(area) if area else None
    if location is None or area is None or after == area:
        return None
    if after is None or after.last_row - after.first_row != area.last_row - area.first_row:
        raise Refused(Reason("pivotTable", sheet, f"the rows cut {root.get('name')} at {area}"))
    location.set("ref", str(after))
    return serialised(root, content)


def shift_control(content: bytes, name: str, sheet: str, moves: Moves) -> bytes | None:
    """A form control's linked cell and list."""
    root = parse_xml(content, name)
    changed = False
    for attribute in ("fmlaLink", "fmlaRange", "fmlaMacro", "fmlaGroup", "fmlaTxbx"):
        text = root.get(attribute)
        if text and attribute != "fmlaMacro":
            after = moves.formula(text, sheet)
            changed = changed or after != text
            root.set(attribute, after)
    return serialised(root, content) if changed else None
