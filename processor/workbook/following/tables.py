"""The table part after rows moved, came, and columns were added (CT_Table)."""

from collections.abc import Sequence

from lxml import etree

from processor.workbook.errors import Reason, Refused
from processor.workbook.following.moves import Moves
from processor.workbook.package.markup import child, local, parse_xml, serialised, whole
from processor.workbook.sheet.a1 import Range
from processor.workbook.sheet.table import Table
from processor.workbook.sheet.values import escape


def changed_table(
    content: bytes, table: Table, sheet: str, moves: Moves, last_data: int | None, headers: Sequence[str]
) -> bytes | None:
    """The part with its ranges after the moves, None when nothing changes.

    `last_data` is the last data row afterwards where rows were appended; `headers` are new columns on the right.
    """
    root = parse_xml(content, table.part)
    before = etree.tostring(root)
    area = moves.of(sheet).range(table.ref)
    if area is None:
        raise Refused(Reason("table", sheet, f"{table.name} would be deleted"))
    totals = table.totals_row is not None
    bottom = area.last_row if last_data is None else last_data + totals
    area = Range(area.first_row, area.first_col, bottom, area.last_col + len(headers))
    root.set("ref", str(area))
    _set_filter(root, Range(area.first_row, area.first_col, bottom - totals, area.last_col))
    for node in root.iter(etree.Element):
        if local(node) in ("sortState", "sortCondition") and node.getparent() is not None:
            _grow(node, sheet, moves)
        elif local(node) in ("calculatedColumnFormula", "totalsRowFormula") and node.text:
            node.text = moves.formula(node.text, sheet)
    _add_columns(root, headers)
    return serialised(root, content) if etree.tostring(root) != before else None


def _set_filter(root: etree._Element, area: Range) -> None:
    node = child(root, "autoFilter")
    if node is not None and node.get("ref"):
        node.set("ref", str(area))


def _grow(node: etree._Element, sheet: str, moves: Moves) -> None:
    area = Range.parse(node.get("ref") or "")
    after = moves.of(sheet).grown(area) if area else None
    if after is not None:
        node.set("ref", str(after))


def _add_columns(root: etree._Element, headers: Sequence[str]) -> None:
    columns = child(root, "tableColumns")
    if columns is None or not headers:
        return
    number = max((whole(node, "id") for node in columns if local(node)), default=0)
    tag = etree.QName(columns).namespace
    for index, header in enumerate(headers, 1):
        name = escape(header).replace("\n", "_x000a_")
        etree.SubElement(columns, f"{{{tag}}}tableColumn", {"id": str(number + index), "name": name})
    columns.set("count", str(sum(1 for node in columns if local(node))))
