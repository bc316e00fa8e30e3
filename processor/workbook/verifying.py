"""The second reading of what was written."""

import re
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

from processor.workbook.errors import Reason, Refused, Unreadable
from processor.workbook.markup import parse_xml
from processor.workbook.reader import Sheet, open_workbook

_SMALL = 4 << 20


def verify(target: Path, parts: Iterable[str]) -> None:
    """Read the written file again. Raises Refused, and takes the file away, when it does not hold what it should."""
    try:
        book = open_workbook(target)
        for part in parts:
            member = book.package.find(part)
            if member is None:
                raise Unreadable("damaged", part)
            name = next((entry.name for entry in book.entries if entry.part == part), None)
            if name is not None:
                _check_sheet(book.sheet(name), member.size)
            elif not part.endswith(".vml"):
                parse_xml(book.package.read(part), part)
    except Unreadable as error:
        target.unlink(missing_ok=True)
        raise Refused(Reason("verification", "", str(error))) from error


def _check_sheet(sheet: Sheet, size: int) -> None:
    """Rows in order, what stands around them well-formed; the whole of it where it is small."""
    previous = 0
    for block, stream in sheet.blocks():
        numbers = [int(text) for text in re.findall(b"<" + stream.prefix + b'row r="([0-9]+)"', block)]
        if any(after <= before for before, after in pairwise((previous, *numbers))):
            raise Unreadable("damaged", f"{sheet.part}: rows out of order")
        previous = numbers[-1] if numbers else previous
    sheet.frame_root()
    if size < _SMALL:
        parse_xml(sheet.book.package.read(sheet.part), sheet.part)
