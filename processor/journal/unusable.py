"""What a database says when the journal cannot be used, as the cause and the way out for a person."""

import errno
import sqlite3
from typing import Any

from processor.model.catalogue import say
from processor.model.findings import Finding, Severity

# Primary result codes, https://www.sqlite.org/rescode.html
_CAUSES = {
    sqlite3.SQLITE_FULL: ("full", "room"),
    sqlite3.SQLITE_READONLY: ("read-only", "rights"),
    sqlite3.SQLITE_PERM: ("refused", "rights"),
    sqlite3.SQLITE_CORRUPT: ("damaged", "restore"),
    sqlite3.SQLITE_NOTADB: ("damaged", "restore"),
    sqlite3.SQLITE_CANTOPEN: ("closed", "again"),
    sqlite3.SQLITE_IOERR: ("disk", "again"),
    sqlite3.SQLITE_BUSY: ("busy", "wait"),
    sqlite3.SQLITE_LOCKED: ("busy", "wait"),
}
_SYSTEM = {
    errno.ENOSPC: ("full", "room"),
    errno.EDQUOT: ("quota", "room"),
    errno.EACCES: ("refused", "rights"),
    errno.EPERM: ("refused", "rights"),
    errno.EROFS: ("read-only", "rights"),
    errno.EEXIST: ("in-the-way", "again"),
    errno.ENOTDIR: ("in-the-way", "again"),
}


def cause_of(error: BaseException) -> tuple[str, str] | None:
    """The cause and the remedy of what SQLite refused, directly or through SQLAlchemy; None for any other error.

    >>> cause_of(ValueError()) is None
    True
    """
    raw: Any = getattr(error, "orig", None) or error
    if not isinstance(raw, sqlite3.Error):
        return None
    code = getattr(raw, "sqlite_errorcode", None)
    # An extended code keeps the primary one in its last byte.
    return _worded(*_CAUSES[code & 0xFF]) if isinstance(code, int) and code & 0xFF in _CAUSES else None


def unusable(where: str, error: Exception) -> Finding:
    """The finding of a journal that cannot be opened or read. `where` holds no password."""
    raw = getattr(error, "orig", None) or error
    said = str(raw).splitlines()[0] if str(raw) else type(raw).__name__
    known = _SYSTEM.get(raw.errno or 0) if isinstance(raw, OSError) else None
    cause, fix = cause_of(error) or _worded(*known or ("other", "again"), said=said)
    return Finding.of("journal-inutilisable", Severity.STOP, where=where, cause=cause, fix=fix)


def _worded(cause: str, remedy: str, said: str = "") -> tuple[str, str]:
    return say(f"journal.cause.{cause}", said=said), say(f"journal.remedy.{remedy}")


def unknown_address(scheme: str) -> Finding:
    """The finding of an address that leads nowhere. The address itself stays unsaid: it may hold a password."""
    variant = "address.scheme" if scheme else "address"
    return Finding.of("journal-inutilisable", Severity.STOP, variant, scheme=scheme)
