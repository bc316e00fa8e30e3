"""The rows of a written sheet compared with those read before, both by lxml instead of our own reader.

A small sheet is compared whole. Of a large one: the rows that edits name, those that came, and one row in each block;
its other rows were passed on as bytes or with their own number replaced.
"""

from collections.abc import Iterator, Mapping

from lxml import etree

from processor.workbook.edits.draft import Draft, arrived
from processor.workbook.edits.edits import SetCell
from processor.workbook.edits.work import SheetWork
from processor.workbook.errors import Unreadable
from processor.workbook.package.markup import integer, parse_xml
from processor.workbook.sheet.a1 import column_number

SMALL = 4 << 20  # bytes
_Held = tuple[str, str, bool]
Contents = dict[int, dict[int, _Held]]


def looked_at(work: SheetWork) -> list[int]:
    """Where the rows of a large sheet stand that are read again, ascending."""
    before = {*work.found.samples, *work.found.rows} - work.deleted
    return sorted({work.shift.place(row) for row in before} | {row for row, _ in arrived(work)})


def check_rows(draft: Draft, work: SheetWork, new: Contents, olds: dict[str, Contents]) -> None:
    """Raises Unreadable where a row that no edit names, a cell that was set, or a row that came reads otherwise.

    `olds` remembers the contents of sheets as they were.
    """
    name = work.sheet.name
    for row, cells in _before(draft, name, olds).items():
        if row not in work.deleted and row not in work.changes and cells != new.get(work.shift.place(row)):
            raise Unreadable("damaged", f"{name}: row {row} would not keep its values")
    last = {(e.row, e.column): e for e in draft.edits if isinstance(e, SetCell) and e.sheet == name}
    for edit in last.values():
        if edit.row not in work.deleted | work.cleared:
            _check_set(work, edit, new)
    _check_arrived(draft, work, new, olds)


def _check_set(work: SheetWork, edit: SetCell, new: Contents) -> None:
    """Texts alone: numbers and moments may be left as they were where they read the same."""
    if not isinstance(edit.value, str) or not edit.value.isprintable():
        return
    kind, text, _ = new.get(work.shift.place(edit.row), {}).get(edit.column, ("", "", False))
    if kind == "inlineStr" and text != edit.value and "_x" not in text:
        raise Unreadable("damaged", f"{edit.sheet}: the cell set in row {edit.row} reads otherwise")


def _check_arrived(draft: Draft, work: SheetWork, new: Contents, olds: dict[str, Contents]) -> None:
    """Rows that came from another sheet hold what they held there, but where a formula of the list stands.

    What they held no value for says nothing: beside the list something may stand there already.
    """
    for number, incoming in arrived(work):
        if incoming.origin is None:
            continue
        sheet, row = incoming.origin
        if row in draft.works[sheet.casefold()].changes:
            continue
        held = _before(draft, sheet, olds).get(row, {})
        for here, there in incoming.columns.items():
            if here not in held:
                continue
            _, text, _ = held[here]
            _, came, formula = new.get(number, {}).get(there, ("", "", False))
            if not formula and came != text:
                raise Unreadable("damaged", f"{sheet}: row {row} did not arrive whole in {work.sheet.name}")


def _before(draft: Draft, name: str, olds: dict[str, Contents]) -> Contents:
    if name not in olds:
        work = draft.works[name.casefold()]
        found, member = work.found, work.sheet.book.package.find(work.sheet.part)
        if member is not None and member.size < SMALL:
            olds[name] = contents(parse_xml(work.sheet.book.package.read(work.sheet.part), work.sheet.part))
        else:
            kept = {**found.samples, **found.rows}
            rows = {row: raw for row, raw in kept.items() if row not in work.changes}
            olds[name] = contents(some_rows(found.head, rows, found.tail, work.sheet.part))
    return olds[name]


def some_rows(head: bytes, rows: Mapping[int, bytes], tail: bytes, part: str) -> etree._Element:
    """A sheet that holds no more than some of its rows."""
    return parse_xml(head + b"".join(rows[number] for number in sorted(rows)) + tail, part)


def contents(root: etree._Element) -> Contents:
    """Type, text and whether there is a formula, by row and column, of cells that hold a value or a formula."""
    return {number: cells for number, cells in _rows(root) if cells}


def _rows(root: etree._Element) -> Iterator[tuple[int, dict[int, _Held]]]:
    space = f"{{{etree.QName(root).namespace}}}"
    value, text_item, formula = f"{space}v", f"{space}is", f"{space}f"
    number = 0
    for row in root.iterfind("{*}sheetData/{*}row"):
        number = integer(row.get("r"), number + 1)
        column, cells = 0, {}
        for cell in row:
            column = _column(cell.get("r") or "") or column + 1
            text, calculated = "", False
            for node in cell:
                if node.tag == value:
                    text = node.text or ""
                elif node.tag == formula:
                    calculated = True
                elif node.tag == text_item:
                    text = "".join([str(piece) for piece in node.itertext()])
            if text or calculated:
                cells[column] = (cell.get("t") or "n", text, calculated)
        yield number, cells


def _column(address: str) -> int:
    """The column of an address of the usual form, 0 when there is none."""
    letters = address.rstrip("0123456789")
    return column_number(letters) if letters.isalpha() else 0
