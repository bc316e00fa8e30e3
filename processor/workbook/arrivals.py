"""Rows that come into a list: built from the row they look like, with formulas filled down."""

from collections.abc import Mapping
from functools import partial

from processor.workbook.cells import CellXml, RowXml, inner
from processor.workbook.formulas import references, shifted, translated
from processor.workbook.markup import content_of, parse_xml
from processor.workbook.work import Incoming, Placed, SheetWork

_HEIGHT = ("ht", "customHeight", "s", "customFormat")


def template_row(work: SheetWork, placed: Placed) -> int:
    """The row that new ones look like: the last filled one that stays, else the list's last."""
    data = placed.data
    for row in range(data.filled, data.first - 1, -1):
        if row not in work.deleted:
            return row
        if data.filled - row > 5000:
            break
    return max(data.filled, data.first)


def fill(work: SheetWork, placed: Placed, works: Mapping[str, SheetWork]) -> None:
    """Put the list's incoming rows into its blank rows and new ones; all shifts are settled."""
    template = template_row(work, placed)
    after_last = work.inserting.place(placed.data.last)
    for index, incoming in enumerate(placed.incoming):
        like = incoming.copied or template
        if index < len(placed.hosts):
            host = placed.hosts[index]
            virtual = work.inserting.place(host)
            row = arrival(work, placed, incoming, like, virtual, works)
            work.change(host, partial(_lay_over, row, _kept_formulas(work, host, incoming)))
        else:
            virtual = after_last + 1 + index - len(placed.hosts)
            row = arrival(work, placed, incoming, like, virtual, works)
            row.number = work.deleting.place(virtual)
            work.fresh.setdefault(placed.data.last + 1, []).append(row)


def _kept_formulas(work: SheetWork, host: int, incoming: Incoming) -> frozenset[int]:
    """The columns of a blank row whose formulas, dragged ahead, stay; notes when one gives way to a value."""
    given = {*incoming.values, *(incoming.moved or {})}
    held = {column for column, cell in work.found.row(host).cells.items() if _has_formula(work, cell)}
    work.formula_lost = work.formula_lost or bool(held & given)
    return frozenset(held - given)


def _lay_over(arrived: RowXml, kept: frozenset[int], row: RowXml) -> None:
    """Lay an arriving row over a blank one."""
    row.cells.update({column: cell for column, cell in arrived.cells.items() if column not in kept})
    if "ht" not in row.attributes:
        height = {name: value for name, value in arrived.attributes.items() if name in ("ht", "customHeight")}
        row.attributes.update(height)
    row.attributes.pop("hidden", None)


def arrival(
    work: SheetWork,
    placed: Placed,
    incoming: Incoming,
    like: int,
    virtual: int,
    works: Mapping[str, SheetWork],
) -> RowXml:
    """The row, its formulas as they read at its final place; `virtual` is its row before anything is deleted."""
    source = work.found.row(like)
    left, right = placed.data.columns
    row = RowXml(virtual, dict(incoming.height) if incoming.height is not None else _look(source))
    calculated = _calculated(work, placed)
    for column in sorted({*source.cells, *calculated}):
        if not left <= column <= right and (placed.data.table or not incoming.copied):
            continue
        cell = source.cells.get(column, CellXml({}))
        text = work.decoder.formula(cell, like, column) or _table_formula(calculated.get(column))
        kept = cell if incoming.copied and text is None else CellXml({}).restyled(cell.style)
        if text is not None and column not in incoming.values:
            kept = CellXml(kept.attributes, _formula(work, _filled(text, work, like, virtual, works)))
            kept.attributes.pop("t", None)
        if kept.attributes or kept.inner:
            row.cells[column] = CellXml(dict(kept.attributes), kept.inner)
    for column, moved in (incoming.moved or {}).items():
        target = row.cells.get(column)
        if target is None or not _has_formula(work, target):
            row.cells[column] = moved
    for column, value in incoming.values.items():
        work.writer.put(row, column, value)
    return row


def _look(source: RowXml) -> dict[str, str]:
    return {name: value for name, value in source.attributes.items() if name in _HEIGHT or ":" in name}


def _filled(text: str, work: SheetWork, like: int, virtual: int, works: Mapping[str, SheetWork]) -> str:
    """A formula filled down from row `like`: as read, after insertions, down, after deletions."""
    name = work.sheet.name
    text = shifted(text, name, {key: item.inserting for key, item in works.items()})
    text = translated(text, virtual - work.inserting.place(like))
    return shifted(text, name, {key: item.deleting for key, item in works.items()})


def _calculated(work: SheetWork, placed: Placed) -> dict[int, str]:
    """The formulas of a table's calculated columns, by column."""
    table = placed.data.table
    if table is None:
        return {}
    root = parse_xml(work.sheet.book.package.read(table.part), table.part)
    columns = root.findall("{*}tableColumns/{*}tableColumn")
    texts = {
        table.ref.first_col + i: node.findtext("{*}calculatedColumnFormula") for i, node in enumerate(columns)
    }
    return {column: text for column, text in texts.items() if text}


def _table_formula(text: str | None) -> str | None:
    """A calculated column's own formula, for a list without a row to fill down from; only where it has no A1 reference."""
    return text if text and not references(text, "") else None


def _has_formula(work: SheetWork, cell: CellXml) -> bool:
    return b"f" in cell.inner and inner(cell.inner, work.found.prefix, b"f") is not None


def _formula(work: SheetWork, text: str) -> bytes:
    p = work.found.prefix
    return b"<" + p + b"f>" + content_of(text).encode() + b"</" + p + b"f>"


def frozen(work: SheetWork, cell: CellXml) -> CellXml:
    """A cell that leaves its sheet: a formula becomes the value it gave."""
    match = inner(cell.inner, work.found.prefix, b"f") if b"f" in cell.inner else None
    values = {name: value for name, value in cell.attributes.items() if name not in ("cm", "vm", "ph")}
    if match is None:
        return CellXml(values, cell.inner)
    content = cell.inner[: match.start()] + cell.inner[match.end() :]
    if values.get("t") == "str":
        value = work.decoder.cell(CellXml(values, content), 1, 1).value
        return (
            work.writer.encoded(str(value or "")).restyled(cell.style)
            if value
            else CellXml({}).restyled(cell.style)
        )
    return CellXml(values, content)
