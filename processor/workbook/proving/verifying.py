"""The second reading of what was written, by other means than the first: zipfile and lxml beside our own reader."""

import re
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

from lxml import etree

from processor.workbook.edits.draft import Draft
from processor.workbook.edits.work import SheetWork
from processor.workbook.errors import Reason, Refused, Unreadable
from processor.workbook.package.markup import parse_xml
from processor.workbook.proving.named import Stock, check_package, missing, stock_of
from processor.workbook.proving.rereading import SMALL, Contents, check_rows, contents, looked_at, some_rows
from processor.workbook.sheet.a1 import MAX_ROW
from processor.workbook.sheet.marks import marked_cells
from processor.workbook.sheet.reader import Book, Sheet, open_workbook
from processor.workbook.sheet.stream import SheetStream
from processor.workbook.sheet.survey import between, pick_rows


def verify(target: Path, draft: Draft) -> None:
    """Read the written file again. Raises Refused when it does not hold what it should.

    zipfile must find exactly the members that were meant, and prove the checksums (also of those only
    copied: a file that a failing disk has spoiled is not written on); our own reader finds the rows in order; lxml
    reads them anew: what was to stay has stayed, what was set is there, what was moved arrived, and what is named exists.
    """
    try:
        _check_members(target, draft)
        book = open_workbook(target)
        names = {entry.part: entry.name for entry in book.entries if entry.kind == "worksheet"}
        known = {entry.name for entry in draft.book.entries if entry.kind == "worksheet"}
        olds: dict[str, Contents] = {}
        check_package(draft.book.package, book.package, draft.output.parts, draft.output.added)
        stock = stock_of(book, len(draft.book.strings))
        for part in draft.output.parts:
            if book.package.find(part) is None:
                raise Unreadable("damaged", part)
            if part in names:
                work = draft.works.get(names[part].casefold()) if names[part] in known else None
                root = _read_again(book.sheet(names[part]), work)
                wanted = draft.marked.get(part)
                if wanted is not None and marked_cells(root, MAX_ROW) != wanted:
                    raise Unreadable("damaged", f"{part}: other cells are marked")
                if work is not None:
                    check_rows(draft, work, contents(root), olds)
                _check_names(draft, book, part, root, replace(stock, whole=_is_small(book, part)))
            elif not part.endswith(".vml"):
                _check_names(draft, book, part, parse_xml(book.package.read(part), part), None)
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
        if absent := {*replaced, *added} - held:
            raise Unreadable("damaged", min(absent))
        for info in archive.infolist():
            if info.file_size < SMALL:
                archive.read(info)


def _check_names(draft: Draft, book: Book, part: str, root: etree._Element, stock: Stock | None) -> None:
    """Raises Unreadable where a written part names what is not there, and did not do so before."""
    faults = missing(root, _ids(book, part), stock)
    if faults and draft.book.package.find(part) is not None:
        before = stock and stock_of(draft.book, len(draft.book.strings))
        faults -= missing(parse_xml(draft.book.package.read(part), part), _ids(draft.book, part), before)
    if faults:
        raise Unreadable("damaged", f"{part}: no {min(faults)}")


def _ids(book: Book, part: str) -> set[str]:
    return {relation.id for relation in book.package.relationships(part)}


def _is_small(book: Book, part: str) -> bool:
    member = book.package.find(part)
    return member is not None and member.size < SMALL


def _read_again(sheet: Sheet, work: SheetWork | None) -> etree._Element:
    """The written sheet, its rows proved to be in order; of a large one only the rows to look at."""
    small = _is_small(sheet.book, sheet.part)
    asked = [] if small or work is None else looked_at(work)
    rows: dict[int, bytes] = {}
    previous = 0
    for block, stream in sheet.blocks():
        numbers = [int(text) for text in re.findall(b"<" + stream.prefix + b'row r="([0-9]+)"', block)]
        if any(after <= before for before, after in pairwise((previous, *numbers))):
            raise Unreadable("damaged", f"{sheet.part}: rows out of order")
        if asked and numbers:
            _keep(rows, stream, block, between(asked, previous + 1, numbers[-1]))
        previous = numbers[-1] if numbers else previous
    sheet.frame_root()
    if small:
        return parse_xml(sheet.book.package.read(sheet.part), sheet.part)
    head, tail, _ = sheet.frame
    return some_rows(head, rows, tail, sheet.part)


def _keep(rows: dict[int, bytes], stream: SheetStream, block: bytes, asked: Sequence[int]) -> None:
    if not pick_rows(rows, stream.prefix, block, asked):
        rows.update((number, raw) for number, raw in stream.cut(block) if number in set(asked))
