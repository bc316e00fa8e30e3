"""Writing an edited package to a file, and reading it again: the last of the chapters, which knows all the others.

Imports run one way: `package` (zip, parts, XML) ← `sheet` (cells, formats, lists, formulas) ← `following` (what moves with rows)
← `edits` (what is asked, and the parts that come of it) ← `proving` (the second reading) ← here.
"""

import os
from collections.abc import Iterable
from pathlib import Path

from processor.workbook.edits.assembly import drafted
from processor.workbook.edits.draft import Draft
from processor.workbook.edits.edits import Edit
from processor.workbook.errors import Reason, Refused
from processor.workbook.package.zipfiles import ZipWriter
from processor.workbook.proving.verifying import verify
from processor.workbook.sheet.reader import Book

_MOST_MEMBERS = 65_000


def _write(draft: Draft, target: Path) -> None:
    """Write the package to the file, untouched members as their stored bytes, and force it to the disk."""
    package, output = draft.book.package, draft.output
    replaced = {member.name: part for part in output.parts if (member := package.find(part))}
    removed = {member.name for part in output.removed if (member := package.find(part))}
    with target.open("wb") as file:
        archive = ZipWriter(file)
        for member in package.members:
            if member.name in replaced:
                archive.write(member.name, output.parts[replaced[member.name]](), member)
            elif member.name not in removed:
                archive.copy(package.data, member)
        for part, content in output.parts.items():
            if package.find(part) is None:
                archive.write(part, content())
        archive.close()
        file.flush()
        os.fsync(file.fileno())


def write_edits(
    book: Book, edits: Iterable[Edit], target: Path, accept_broken_signature: bool = False
) -> None:
    """Write the workbook with the edits applied to `target`, forced to the disk and read again.

    Raises Refused before anything is written when the workbook holds something that the edits would break;
    OSError when the disk fails. Whatever is raised, no file is left behind.
    """
    if len(book.package.members) > _MOST_MEMBERS:
        raise Refused(Reason("zip64", "", "more than 65,000 parts"))
    if book.signed and not accept_broken_signature:
        raise Refused(Reason("digital signature", "", "any change breaks it"))
    draft = drafted(book, tuple(edits))
    try:
        _write(draft, target)
        verify(target, draft)
    except BaseException:
        target.unlink(missing_ok=True)
        raise
