"""Saving a workbook so that the same content always makes the same bytes."""

import io
import re
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from openpyxl import Workbook

_CORE = "docProps/core.xml"
_WHEN = (2026, 1, 1, 0, 0, 0)
_STAMP = b"2026-01-01T00:00:00Z"


def save(workbook: "Workbook", path: Path) -> None:
    """Writes the workbook with fixed dates. Raises FileExistsError rather than write over anything."""
    raw = io.BytesIO()
    workbook.save(raw)
    with path.open("xb") as file:
        file.write(undated(raw.getvalue()))


def undated(package: bytes) -> bytes:
    """The same package with fixed dates in its properties and its entries."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as before, zipfile.ZipFile(made, "w") as after:
        for name in before.namelist():
            data = before.read(name)
            if name == _CORE:
                data = re.sub(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*", rb"\g<1>" + _STAMP, data)
            entry = zipfile.ZipInfo(name, _WHEN)
            entry.compress_type = zipfile.ZIP_DEFLATED
            after.writestr(entry, data)
    return made.getvalue()
