"""The second reading of what was written, by other means than the first: zipfile and lxml beside our own reader."""

import re
import zipfile
import zlib
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from lxml import etree

from processor.workbook.address import parse_cell
from processor.workbook.draft import Draft
from processor.workbook.edits import SetCell
from processor.workbook.errors import Reason, Refused, Unreadable
from processor.workbook.markup import integer, parse_xml
from processor.workbook.reader import Sheet, open_workbook
from processor.workbook.work import SheetWork

_SMALL = 4 << 20
Contents = dict[int, dict[int, tuple[str, str]]]


def verify(target: Path, draft: Draft) -> None:
    """Read the written file again. Raises Refused when it does not hold what it should.

    zipfile must find exactly the members that were meant, and prove the checksums (also of those only
    copied: a file that a failing disk has spoiled is not written on); our own reader
    finds the rows in order; small sheets are read whole by lxml: rows that no edit names hold what they held, cells
    that were set hold what was asked. Large sheets are left at the order of their rows, for their untouched rows are
    passed on as bytes.
    """
    try:
        _check_members(target, draft)
        book = open_workbook(target)
        names = {entry.part: entry.name for entry in book.entries if entry.kind == "worksheet"}
        for part in draft.output.parts:
            member = book.package.find(part)
            if member is None:
                raise Unreadable("damaged", part)
            if part in names:
                _check_order(book.sheet(names[part]))
                if member.size < _SMALL:
                    _check_cells(draft, names[part], parse_xml(book.package.read(part), part))
            elif not part.endswith(".vml"):
                parse_xml(book.package.read(part), part)
    except (Unreadable, zipfile.BadZipFile, NotImplementedError, zlib.error, EOFError) as error:
        raise Refused(Reason("verification", "", str(error))) from error


def _check_members(target: Path, draft: Draft) -> None:
    package, output = draft.book.package, draft.output
    removed = {member.name for part in output.removed if (member := package.find(part))}
    replaced = {member.name for part in output.parts if (member := package.find(part))}
    added = [part for part in output.parts if package.find(part) is None]
    with zipfile.ZipFile(target) as archive:
        if len(archive.infolist()) != len(package.members) - len(removed) + len(added):
            raise Unreadable("damaged", "members are missing")
        held = {name for info in archive.infolist() for name in (info.orig_filename, info.filename)}
        if missing := {*replaced, *added} - held:
            raise Unreadable("damaged", min(missing))
        for info in archive.infolist():
            if info.file_size < _SMALL:
                archive.read(info)


def _check_order(sheet: Sheet) -> None:
    """Rows in order, what stands around them well-formed."""
    previous = 0
    for block, stream in sheet.blocks():
        numbers = [int(text) for text in re.findall(b"<" + stream.prefix + b'row r="([0-9]+)"', block)]
        if any(after <= before for before, after in pairwise((previous, *numbers))):
            raise Unreadable("damaged", f"{sheet.part}: rows out of order")
        previous = numbers[-1] if numbers else previous
    sheet.frame_root()


def _check_cells(draft: Draft, name: str, after: etree._Element) -> None:
    work = draft.works.get(name.casefold())
    sheets = [entry.name for entry in draft.book.entries if entry.kind == "worksheet"]
    if work is None or name not in sheets:
        return
    new = _contents(after)
    old = _contents(parse_xml(draft.book.package.read(work.sheet.part), work.sheet.part))
    for row, cells in old.items():
        if row not in work.deleted and row not in work.changes and cells != new.get(work.shift.place(row)):
            raise Unreadable("damaged", f"{name}: row {row} would not keep its values")
    last = {(e.row, e.column): e for e in draft.edits if isinstance(e, SetCell) and e.sheet == name}
    for edit in last.values():
        if edit.row not in work.deleted:
            _check_set(work, edit, new)


def _check_set(work: SheetWork, edit: SetCell, new: Contents) -> None:
    """Texts alone: numbers and moments may be left as they were where they read the same."""
    if not isinstance(edit.value, str) or not edit.value.isprintable():
        return
    kind, text = new.get(work.shift.place(edit.row), {}).get(edit.column, ("", ""))
    if kind == "inlineStr" and text != edit.value and "_x" not in text:
        raise Unreadable("damaged", f"{edit.sheet}: the cell set in row {edit.row} reads otherwise")


def _contents(root: etree._Element) -> Contents:
    """Type and text by row and column, of cells that hold a value."""
    return {number: cells for number, cells in _rows(root) if cells}


def _rows(root: etree._Element) -> Iterator[tuple[int, dict[int, tuple[str, str]]]]:
    number, space = 0, etree.QName(root).namespace
    held = (f"{{{space}}}v", f"{{{space}}}is")
    for row in root.iterfind("{*}sheetData/{*}row"):
        number = integer(row.get("r"), number + 1)
        column, cells = 0, {}
        for cell in row:
            place = parse_cell(cell.get("r") or "")
            column = place[1] if place else column + 1
            text = "".join([str(piece) for node in cell if node.tag in held for piece in node.itertext()])
            if text:
                cells[column] = (cell.get("t") or "n", text)
        yield number, cells
