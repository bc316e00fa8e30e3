"""Writing a list to its place, whole or not at all."""

import os
from collections.abc import Sequence
from pathlib import Path
from secrets import token_hex
from typing import Literal

from processor.model import Attendee
from processor.model.catalogue import say

Shape = Literal["xlsx", "csv"]


def write_list(people: Sequence[Attendee], path: Path, format: str, title: str) -> None:  # noqa: A002
    """Writes the list as an Excel workbook or as csv, in the order given; makes the folder when it is missing.

    The file appears complete under its name or not at all: it is written beside it, flushed, then renamed. The same people
    and title always give the same bytes. Raises ValueError for another shape, OSError when the disk refuses.
    """
    if format == "xlsx":
        from processor.exports.excel import xlsx_bytes

        content = xlsx_bytes(people, title)
    elif format == "csv":
        from processor.exports.comma import csv_bytes

        content = csv_bytes(people)
    else:
        raise ValueError(say("list.shape", shape=format))
    replace_file(path, content)


def replace_file(path: Path, content: bytes) -> None:
    """Puts the content under its name, complete or not at all; makes the folder when it is missing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".liste-{token_hex(4)}.tmp")
    try:
        with temporary.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            temporary.chmod(path.stat().st_mode & 0o777)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
