"""Rows that come into a list: built from the row they look like, with formulas filled down."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from processor.workbook.edits.looks import LOOKED_AT, Look, last_rows, looks_of
from processor.workbook.edits.work import Incoming, Placed, SheetWork
from processor.workbook.errors import Reason, Refused
from processor.workbook.following.formulas import shifted
from processor.workbook.package.markup import content_of, parse_xml
from processor.workbook.sheet.a1 import cell_address
from processor.workbook.sheet.cells import CellXml, RowXml, inner
from processor.workbook.sheet.formulas import references, translated

_HEIGHT = ("ht", "customHeight", "s", "customFormat")


@dataclass(frozen=True)
class Model:
    """What a new row is made from: cells, formulas with the row that they are filled down from, the row's attributes."""

    cells: Mapping[int, CellXml]
    formulas: Mapping[int, tuple[int, str]]
    attributes: Mapping[str, str]


def fill(work: SheetWork, placed: Placed, works: Mapping[str, SheetWork]) -> None:
    """Put the list's incoming rows into its blank rows and new ones; all shifts are settled."""
    looks = looks_of(work, placed)
    lasts = last_rows(work, placed, LOOKED_AT)
    formulas = _formulas(work, lasts)
    after_last = work.inserting.place(placed.data.last)
    for index, incoming in enumerate(placed.incoming):
        host = placed.hosts[index] if index < len(placed.hosts) else None
        if incoming.copied:
            model = _copied(work, incoming.copied)
        else:
            blank = work.found.row(host) if host is not None else None
            model = _alike(looks[index % len(looks)], formulas, blank)
        if host is not None:
            _check_beside(work, placed, host, incoming)
            virtual = work.inserting.place(host)
            row = arrival(work, placed, incoming, model, virtual, works)
            work.change(host, partial(_lay_over, row, _kept_formulas(work, host, incoming)))
        else:
            virtual = after_last + 1 + index - len(placed.hosts)
            row = arrival(work, placed, incoming, model, virtual, works)
            row.number = work.deleting.place(virtual)
            work.fresh.setdefault(placed.data.last + 1, []).append(row)


def _check_beside(work: SheetWork, placed: Placed, host: int, incoming: Incoming) -> None:
    """Raises Refused where a row brings something beside its list, and something stands there already, or under a merge."""
    left, right = placed.data.columns
    held = work.found.row(host).cells
    brought = {*incoming.values, *(column for column, cell in (incoming.moved or {}).items() if cell.inner)}
    for column in brought:
        work.check_seen(host, column)
    for column in brought:
        if not left <= column <= right and column in held and held[column].inner:
            raise Refused(Reason("cells", work.sheet.name, f"{cell_address(host, column)} is taken"))


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
    model: Model,
    virtual: int,
    works: Mapping[str, SheetWork],
) -> RowXml:
    """The row, its formulas as they read at its final place; `virtual` is its row before anything is deleted."""
    left, right = placed.data.columns
    row = RowXml(virtual, dict(incoming.height if incoming.height is not None else model.attributes))
    calculated = _calculated(work, placed)
    for column in sorted({*model.cells, *model.formulas, *calculated}):
        if not left <= column <= right and (placed.data.table or not incoming.copied):
            continue
        kept = model.cells.get(column, CellXml({}))
        source = model.formulas.get(column)
        text = _filled(*source, work, virtual, works) if source else _table_formula(calculated.get(column))
        if text and column not in incoming.values:
            kept = CellXml(
                {name: value for name, value in kept.attributes.items() if name != "t"}, _formula(work, text)
            )
        if kept.attributes or kept.inner:
            row.cells[column] = CellXml(dict(kept.attributes), kept.inner)
    for column, moved in (incoming.moved or {}).items():
        target = row.cells.get(column)
        if target is None or not _has_formula(work, target):
            row.cells[column] = moved
    for column, value in incoming.values.items():
        work.writer.put(row, column, value)
    return row


def _copied(work: SheetWork, number: int) -> Model:
    """The row to copy: values, formats without our mark, formulas, height."""
    source = work.found.row(number)
    texts = {column: work.decoder.formula(cell, number, column) for column, cell in source.cells.items()}
    cells = {
        column: CellXml(cell.attributes, b"" if texts[column] is not None else cell.inner).restyled(
            work.writer.styles.without_mark(cell.style)
        )
        for column, cell in source.cells.items()
    }
    look = {name: value for name, value in source.attributes.items() if name in _HEIGHT or ":" in name}
    return Model(cells, {column: (number, text) for column, text in texts.items() if text}, look)


def _alike(look: Look, formulas: Mapping[int, tuple[int, str]], host: RowXml | None) -> Model:
    """A row that looks like those above it; what format a blank row has already stays."""
    styles = dict(look.styles)
    for column, cell in host.cells.items() if host else ():
        if own := look.unmarked(cell.style):
            styles[column] = own
    return Model(
        {column: CellXml({}).restyled(style) for column, style in styles.items()}, formulas, look.attributes
    )


def _formulas(work: SheetWork, rows: Sequence[int]) -> dict[int, tuple[int, str]]:
    """The formulas that more than half of the rows, the nearest first, have in a column, with the nearest one's row."""
    held: dict[int, list[tuple[int, str]]] = {}
    for number in rows:
        for column, cell in work.found.row(number).cells.items():
            if text := work.decoder.formula(cell, number, column):
                held.setdefault(column, []).append((number, text))
    return {column: found[0] for column, found in held.items() if len(found) * 2 > len(rows)}


def _filled(like: int, text: str, work: SheetWork, virtual: int, works: Mapping[str, SheetWork]) -> str:
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
    """A cell that leaves its sheet: a formula becomes the value it gave; what is no value stays behind."""
    prefix = work.found.prefix
    values = {name: value for name, value in cell.attributes.items() if name in ("s", "t")}
    pieces = (inner(cell.inner, prefix, name) for name in (b"v", b"is"))
    content = b"".join(piece[0] for piece in pieces if piece is not None)
    if not content:
        return CellXml({}).restyled(cell.style)
    if b"<" + prefix + b"f" not in cell.inner or values.get("t") != "str":
        return CellXml(values, content)
    value = work.decoder.cell(CellXml(values, content), 1, 1).value
    return work.writer.encoded(str(value)).restyled(cell.style) if value else CellXml({}).restyled(cell.style)
