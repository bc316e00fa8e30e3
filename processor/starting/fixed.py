"""Saving a workbook so that the same content always makes the same bytes."""

import io
import re
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from openpyxl import Workbook

_CORE = "docProps/core.xml"
_APP = "docProps/app.xml"
_TEXT_IS_MEANT = b'<ignoredErrors><ignoredError sqref="A2:Z5000" numberStoredAsText="1"/></ignoredErrors>'
_SHEETS = "xl/worksheets/sheet"
_WHEN = (2026, 1, 1, 0, 0, 0)
_STAMP = b"2026-01-01T00:00:00Z"


def save(workbook: "Workbook", path: Path) -> None:
    """Writes the workbook with fixed dates. Raises FileExistsError rather than write over anything."""
    raw = io.BytesIO()
    workbook.save(raw)
    package = undated(raw.getvalue())
    with path.open("xb") as file:
        file.write(package)


def undated(package: bytes) -> bytes:
    """The same package with fixed dates in its properties and its entries.

    The heights of rows are only a beginning: they grow with what is typed, as those that Excel chose itself.
    """
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as before, zipfile.ZipFile(made, "w") as after:
        for name in before.namelist():
            data = before.read(name)
            if name == _CORE:
                data = re.sub(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*", rb"\g<1>" + _STAMP, data)
            if name == _APP:
                data = _signed(data)
            if name.startswith(_SHEETS):
                data = _at_ease(data)
            entry = zipfile.ZipInfo(name, _WHEN)
            entry.compress_type = zipfile.ZIP_DEFLATED
            after.writestr(entry, data)
    return made.getvalue()


def _at_ease(data: bytes) -> bytes:
    """The sheet with heights that may grow, and without green corners on postcodes and codes kept as text."""
    data = data.replace(b' customHeight="1"', b"")
    return data.replace(b"<tableParts", _TEXT_IS_MEANT + b"<tableParts", 1)


def _signed(data: bytes) -> bytes:
    """The properties, in the name of the product and not of the library's version."""
    named = re.sub(rb"(<Application>)[^<]*", rb"\g<1>" + "Séances".encode(), data)
    return re.sub(rb"<AppVersion>[^<]*</AppVersion>", b"", named)
