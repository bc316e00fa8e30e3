"""Sheets added from a description: one table, its header frozen in row 1."""

from lxml import etree

from processor.workbook.edits.draft import Draft
from processor.workbook.edits.edits import AddSheet
from processor.workbook.edits.workbookpart import enter_sheet
from processor.workbook.edits.writing import CellWriter
from processor.workbook.errors import Reason, Refused
from processor.workbook.package.markup import (
    DECLARATION,
    MAIN,
    OFFICE,
    STRICT_MAIN,
    STRICT_OFFICE,
    parse_xml,
    quoted,
    whole,
)
from processor.workbook.sheet.a1 import Range
from processor.workbook.sheet.additions import column_name, new_part
from processor.workbook.sheet.cells import CellXml, RowXml
from processor.workbook.sheet.table import Table

_CONTENT = "application/vnd.openxmlformats-officedocument.spreadsheetml."
SHEET_TYPE = _CONTENT + "worksheet+xml"
TABLE_TYPE = _CONTENT + "table+xml"


def add_sheets(draft: Draft, root: etree._Element) -> bool:
    """Make the parts of the new sheets and their lines in the workbook part; whether there were any."""
    edits = [edit for edit in draft.edits if isinstance(edit, AddSheet)]
    for edit in edits:
        _add_sheet(draft, root, edit)
    return bool(edits)


def _add_sheet(draft: Draft, root: etree._Element, edit: AddSheet) -> None:
    lines = root.iterfind("{*}sheets/{*}sheet")
    names = {(node.get("name") or "").casefold() for node in lines}
    if edit.name.casefold() in names or edit.table_name.casefold() in _table_names(draft):
        raise Refused(Reason("sheet", edit.name, "a sheet or table of that name is there"))
    package, added = draft.book.package, draft.output.added
    part, _ = new_part(package, "xl/worksheets/sheet{}.xml", added)
    added[part] = SHEET_TYPE
    table, _ = new_part(package, "xl/tables/table{}.xml", added)
    added[table] = TABLE_TYPE
    strict = draft.office == STRICT_OFFICE
    relation = draft.relations_of(part).add(f"{draft.office}/table", "/" + table)
    writer = CellWriter(b"", draft.styles, draft.book.date_1904, {})
    draft.output.put(part, sheet_xml(edit, writer, relation, strict))
    draft.output.put(table, table_xml(edit, _table_id(draft, table), strict))
    enter_sheet(root, edit, draft.relations_of(draft.book.part).add(f"{draft.office}/worksheet", "/" + part))


def _tables(draft: Draft) -> list[Table]:
    sheets = [draft.book.sheet(entry.name) for entry in draft.book.entries if entry.kind == "worksheet"]
    return [table for sheet in sheets for table in sheet.tables]


def _table_names(draft: Draft) -> set[str]:
    made = [edit.table_name for edit in draft.edits if isinstance(edit, AddSheet)]
    twice = {name.casefold() for name in made if made.count(name) > 1}
    names = {node.get("name") or "" for node in draft.book.root.iterfind("{*}definedNames/{*}definedName")}
    return {name.casefold() for name in (*names, *(table.name for table in _tables(draft)))} | twice


def _table_id(draft: Draft, part: str) -> int:
    """A number no table has: those of the workbook, then those made before this one."""
    package = draft.book.package
    ids = [whole(parse_xml(package.read(t.part), t.part), "id") for t in _tables(draft)]
    made = [name for name, kind in draft.output.added.items() if kind == TABLE_TYPE]
    return max(ids, default=0) + made.index(part) + 1


def sheet_xml(edit: AddSheet, writer: CellWriter, relation: str, strict: bool = False) -> bytes:
    """The XML of a new sheet: frozen header, columns with their widths and formats, one table."""
    styles = {
        number: writer.styles.with_number_format(0, column.number_format)
        for number, column in enumerate(edit.columns, 1)
        if column.number_format
    }
    header = RowXml(1, cells={n: writer.encoded(column.header) for n, column in enumerate(edit.columns, 1)})
    values = enumerate(edit.rows or ({},), 2)
    rows = [header, *(_sheet_row(number, row, styles, writer) for number, row in values)]
    cols = "".join(
        f'<col min="{n}" max="{n}" width="{column.width}" customWidth="1"{_style(styles.get(n))}/>'
        for n, column in enumerate(edit.columns, 1)
    )
    main, office = (STRICT_MAIN, STRICT_OFFICE) if strict else (MAIN, OFFICE)
    area = Range(1, 1, len(rows), len(edit.columns))
    head = (
        f'<worksheet xmlns="{main}" xmlns:r="{office}"><dimension ref="{area}"/><sheetViews>'
        '<sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
        '<selection pane="bottomLeft" activeCell="A2" sqref="A2"/></sheetView></sheetViews>'
        f'<sheetFormatPr defaultRowHeight="15"/><cols>{cols}</cols><sheetData>'
    )
    tail = (
        '</sheetData><pageMargins left="0.7" right="0.7" top="0.75" bottom="0.75" header="0.3" footer="0.3"/>'
        f'<tableParts count="1"><tablePart r:id="{relation}"/></tableParts></worksheet>'
    )
    return DECLARATION + head.encode() + b"".join(row.written(b"") for row in rows) + tail.encode()


def _style(style: int | None) -> str:
    return f' style="{style}"' if style else ""


def _sheet_row(number: int, values: object, styles: dict[int, int], writer: CellWriter) -> RowXml:
    row = RowXml(number, cells={column: CellXml({}).restyled(style) for column, style in styles.items()})
    if isinstance(values, dict):
        for column, value in values.items():
            writer.put(row, column, value)
    return row


def table_xml(edit: AddSheet, number: int, strict: bool = False) -> bytes:
    """The XML of a new sheet's table, in Excel's medium style 2."""
    area = Range(1, 1, max(len(edit.rows), 1) + 1, len(edit.columns))
    columns = "".join(
        f'<tableColumn id="{n}" name="{quoted(column_name(column.header))}"/>'
        for n, column in enumerate(edit.columns, 1)
    )
    name = quoted(edit.table_name)
    return (
        DECLARATION
        + (
            f'<table xmlns="{STRICT_MAIN if strict else MAIN}" id="{number}" name="{name}" displayName="{name}"'
            f' ref="{area}" totalsRowShown="0"><autoFilter ref="{area}"/>'
            f'<tableColumns count="{len(edit.columns)}">{columns}</tableColumns>'
            '<tableStyleInfo name="TableStyleMedium2" showFirstColumn="0" showLastColumn="0" showRowStripes="1" '
            'showColumnStripes="0"/></table>'
        ).encode()
    )
