"""Whether somebody has the workbook open: owner files of Excel and LibreOffice, and a try to open for writing."""

import time
from pathlib import Path

STALE = 24 * 3600


def in_use(path: Path) -> str | None:
    """None when the workbook is free, else who holds it ("" when unknown).

    Excel leaves ~$name (165 bytes, the name also in UTF-16), LibreOffice .~lock.name#. An owner file older
    than a day is stale when the workbook can be opened for writing; nobody's owner file is ever deleted.
    """
    path = path.resolve()
    if not _writable(path):
        return _owner(path) or ""
    return _owner(path)


def _owner(path: Path) -> str | None:
    excel = path.with_name("~$" + path.name)
    if _fresh(excel):
        return excel_owner(_bytes(excel))
    office = path.with_name(f".~lock.{path.name}#")
    if _fresh(office):
        return libreoffice_owner(_bytes(office))
    return None


def _fresh(path: Path) -> bool:
    try:
        return time.time() - path.stat().st_mtime < STALE
    except OSError:
        return False


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


def _writable(path: Path) -> bool:
    try:
        with path.open("rb+"):
            return True
    except FileNotFoundError:
        return True
    except OSError:
        return False


def excel_owner(content: bytes) -> str:
    """The name in an owner file of Excel, from its UTF-16 copy; "" when the file is short or odd.

    >>> excel_owner(b"\\3Zoe" + b" " * 51 + b"\\3\\0" + "Zoé".encode("utf-16-le") + b" \\0" * 51)
    'Zoé'
    """
    if len(content) < 162 or not 1 <= content[0] <= 52:
        return ""
    at = 55 if content[54] == 0x20 and (content[53] or content[52]) else 54
    length = int.from_bytes(content[at : at + 2], "little")
    if not 1 <= length <= 52:
        return ""
    return content[at + 2 : at + 2 + 2 * length].decode("utf-16-le", "replace").rstrip("\0 ")


def libreoffice_owner(content: bytes) -> str:
    r"""The name in a lock file of LibreOffice, else the account and machine.

    >>> libreoffice_owner(rb'Anne\, RH,root,vm,24.11.2026 04:08,file:///x;')
    'Anne, RH'
    >>> libreoffice_owner(b",root,vm,24.11.2026 04:08,file:///x;")
    'root (vm)'
    """
    fields, current, quoted = [], "", False
    for letter in content.decode("utf-8", "replace"):
        if quoted or letter not in "\\,;":
            current, quoted = current + letter, False
        elif letter == "\\":
            quoted = True
        else:
            fields.append(current)
            current = ""
    name = fields[0] if fields else ""
    return name or (f"{fields[1]} ({fields[2]})" if len(fields) > 2 else "")
