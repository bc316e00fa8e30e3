"""Gathering what an edited package is made of, sheet by sheet and part by part."""

from copy import deepcopy
from functools import partial

from lxml import etree

from processor.workbook.edits.beside import check_features, shift_beside
from processor.workbook.edits.columns import add_columns, check_headers
from processor.workbook.edits.draft import Draft, arrived
from processor.workbook.edits.edits import AddHyperlink, Edit
from processor.workbook.edits.emission import made_rows, sheet_pieces
from processor.workbook.edits.newsheets import add_sheets
from processor.workbook.edits.placing import check_shift
from processor.workbook.edits.plan import works_of
from processor.workbook.edits.travelling import moved_links, moved_notes
from processor.workbook.edits.widths import widen
from processor.workbook.edits.work import SheetWork
from processor.workbook.edits.workbookpart import calculate_on_load, formula_in
from processor.workbook.following.frame import shift_frame
from processor.workbook.following.moves import Carried, Moves
from processor.workbook.following.parts import shift_names
from processor.workbook.following.rows import RowShifter
from processor.workbook.following.tables import changed_table
from processor.workbook.package.markup import child, serialised
from processor.workbook.package.package import relationships_part
from processor.workbook.sheet.a1 import Range
from processor.workbook.sheet.additions import (
    RELATIONSHIPS_TYPE,
    Link,
    add_links,
    content_types,
    new_part,
    placed_child,
)
from processor.workbook.sheet.marks import COLOUR, Cells, lay_marks, marked_cells, take_marks
from processor.workbook.sheet.reader import Book, Sheet
from processor.workbook.sheet.stream import SheetStream
from processor.workbook.sheet.survey import sharers

STYLES_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"


def drafted(book: Book, edits: tuple[Edit, ...]) -> Draft:
    """All parts of the edited package. Raises Refused, nothing being written, where the format stands in the way."""
    styles = book.fresh_styles()
    works = works_of(book, edits, styles)
    shifts = {name: work.shift for name, work in works.items() if work.shift}
    draft = Draft(book, edits, styles, works, Moves(shifts, _carried(works)))
    check_headers(draft)
    for edit in edits:
        if isinstance(edit, AddHyperlink):
            link = Link(edit.row, edit.column, edit.target, edit.tooltip)
            draft.links.setdefault(edit.sheet.casefold(), []).append(link)
    add_columns(draft)
    for work in works.values():
        check_shift(work)
        check_features(draft, work.sheet)
    moved_links(draft)
    notes = moved_notes(draft)
    for entry in book.entries:
        if entry.kind == "worksheet":
            _sheet(draft, book.sheet(entry.name))
    if draft.moves.shifts:
        shift_beside(draft)
    for part, build in notes:
        draft.output.put(part, build(draft.current(part)))
    _workbook(draft)
    _package_parts(draft)
    return draft


def _carried(works: dict[str, SheetWork]) -> dict[str, tuple[Carried, ...]]:
    """Where the cells of moved rows went, by the sheet that they left."""
    ways: dict[tuple[str, str], tuple[dict[int, int], dict[int, int]]] = {}
    for work in works.values():
        for row, incoming in arrived(work):
            if incoming.origin is not None:
                sheet, number = incoming.origin
                rows, columns = ways.setdefault((sheet.casefold(), work.sheet.name), ({}, {}))
                rows[number] = row
                columns.update(incoming.columns)
    carried: dict[str, tuple[Carried, ...]] = {}
    for (source, target), (rows, columns) in ways.items():
        carried[source] = (*carried.get(source, ()), Carried(target, rows, columns))
    return carried


def _sheet(draft: Draft, sheet: Sheet) -> None:
    key, moves = sheet.name.casefold(), draft.moves
    work = draft.works.get(key)
    if work is None and not moves.shifts and key not in draft.links:
        return
    work = work or draft.work(sheet, set())
    shifter = RowShifter(sheet.name, work.found, moves, work.written_in, partial(sharers, sheet))
    draft.work(sheet, (work.changes.keys() | shifter.heirs) - work.deleted)
    made = made_rows(work, shifter)
    frame = _frame(draft, work, made.area)
    edited = bool(work.changes or work.fresh or work.deleted or work.shift.moves or shifter.shares_otherwise)
    if not edited and work.found.formulas and moves.shifts:
        edited = any(shifter.row(number, raw) is not raw for number, raw, _ in sheet.raw_rows())
    if edited or frame is not None:
        head, tail = frame or (work.found.head, work.found.tail)
        draft.output.parts[sheet.part] = partial(sheet_pieces, work, shifter, made, head, tail)
    draft.recalculate = draft.recalculate or bool(work.shift.moves or work.fresh or made.revalued)
    _tables(draft, work)


def _tables(draft: Draft, work: SheetWork) -> None:
    sheet, moves = work.sheet, draft.moves
    for table in sheet.tables:
        last = next((work.last_after(p) for p in work.placed if p.data.table == table), None)
        headers = draft.headers.get(table.part, ())
        if last is not None or headers or moves.shifts:
            content = draft.book.package.read(table.part)
            draft.output.put(table.part, changed_table(content, table, sheet.name, moves, last, headers))


def _frame(draft: Draft, work: SheetWork, made: Range | None) -> tuple[bytes, bytes] | None:
    """What stands around the rows afterwards, None when nothing of it changes."""
    root, key = work.found.root(work.sheet.part), work.sheet.name.casefold()
    links, legacy = draft.links.get(key, []), draft.legacy.get(key)
    early = [link for link in links if link.row > 0]
    late = [
        Link(-link.row, link.column, link.target, link.tooltip, link.display)
        for link in links
        if link.row < 0
    ]
    if early:
        add_links(root, early, draft.relations_of(work.sheet.part))
    marks = _marks(draft, work)
    if marks is not None:
        take_marks(root)
    changed = shift_frame(root, work.sheet.name, draft.moves) if draft.moves.shifts else False
    if marks:
        lay_marks(root, marks, draft.styles.difference(COLOUR))
    if late:
        add_links(root, late, draft.relations_of(work.sheet.part))
    changed = _grow_dimension(root, work, made) or changed
    changed = widen(root, draft.widths.get(key, {})) or changed
    if legacy:
        placed_child(root, "legacyDrawing").set(f"{{{draft.office}}}id", legacy)
    if not (changed or links or legacy) and marks is None:
        return None
    content = serialised(root, work.found.head + work.found.tail)
    stream = SheetStream(iter((content,)), work.sheet.part)
    for _ in stream.rows():
        pass
    return stream.head + stream.opening, stream.tail


def _marks(draft: Draft, work: SheetWork) -> Cells | None:
    """The marked cells afterwards, also those that came with their rows; None where marks stay as they are."""
    before = marked_cells(work.found.root(work.sheet.part), work.found.last_row)
    here = {(row, column) for row, column in work.marked() if row not in work.cleared}
    after = {(place, column) for row, column in here if (place := work.shift.row(row)) is not None}
    sources: dict[str, Cells] = {}
    for row, incoming in arrived(work):
        if incoming.origin is not None:
            name, number = incoming.origin
            marks = sources.setdefault(name, draft.works[name.casefold()].marked())
            after |= {(row, there) for here, there in incoming.columns.items() if (number, here) in marks}
    if after == before and not (before and work.shift):
        return None
    draft.marked[work.sheet.part] = after
    return after


def _grow_dimension(root: etree._Element, work: SheetWork, made: Range | None) -> bool:
    """The extent that the sheet says it has, with the rows made; a sheet that says none is left so."""
    node = child(root, "dimension")
    area = Range.parse(node.get("ref") or "") if node is not None else None
    if node is None or area is None:
        return False
    after = work.shift.range(area) or area
    if made is not None:
        after = after.joined(made)
    if after == area:
        return False
    node.set("ref", str(after))
    return True


def _workbook(draft: Draft) -> None:
    """The workbook part: names, new sheets, calculation on load; the chain of calculation goes where formulas went."""
    book = draft.book
    root = deepcopy(book.root)
    changed = shift_names(root, draft.moves) if draft.moves.shifts else False
    changed = add_sheets(draft, root) or changed
    if draft.recalculate and _has_formulas(draft):
        changed = calculate_on_load(root) or changed
        if any(work.shift.moves or work.formula_lost for work in draft.works.values()):
            _drop_chain(draft)
    if changed:
        draft.output.put(book.part, serialised(root, book.package.read(book.part)))


def _has_formulas(draft: Draft) -> bool:
    if draft.book.related("calcChain") or any(work.found.formulas for work in draft.works.values()):
        return True
    entries = (e for e in draft.book.entries if e.kind == "worksheet")
    others = [entry.part for entry in entries if entry.name.casefold() not in draft.works]
    return any(formula_in(draft.book, part) for part in others)


def _drop_chain(draft: Draft) -> None:
    """The order of calculation: an entry for a cell without formula makes Excel repair; Excel rebuilds it."""
    part = draft.book.related("calcChain")
    if part:
        draft.relations_of(draft.book.part).remove("calcChain")
        draft.output.removed.append(part)


def _package_parts(draft: Draft) -> None:
    """Styles, relationships and content types, once all else is known."""
    output, package = draft.output, draft.book.package
    output.put(_styles_part(draft), draft.styles.written())
    for part, relations in draft.relations.items():
        if relations.changed:
            output.put(relationships_part(part), relations.written())
    new = [part for part in output.parts if package.find(part) is None]
    if any(part.endswith(".rels") for part in new):
        output.extensions["rels"] = RELATIONSHIPS_TYPE
    if new or output.removed:
        types = package.read("[Content_Types].xml")
        output.put(
            "[Content_Types].xml", content_types(types, output.added, output.removed, output.extensions)
        )


def _styles_part(draft: Draft) -> str:
    """The part of the styles; entered as a new one where the workbook has none and formats were derived."""
    book = draft.book
    part = book.related("styles")
    if part is None:
        part, _ = new_part(book.package, "xl/styles{}.xml", draft.output.added)
    if draft.styles.changed and book.package.find(part) is None:
        draft.output.added[part] = STYLES_TYPE
        if book.related("styles") is None:
            draft.relations_of(book.part).add(f"{draft.office}/styles", "/" + part)
    return part
