"""Putting a new workbook in the place of the old one, so that a power cut leaves one of the two whole."""

import contextlib
import errno
import hashlib
import os
import shutil
from pathlib import Path

from processor.workbook.errors import Changed, InUse
from processor.workbook.package.filenames import shortened
from processor.workbook.package.inuse import in_use

BACKUP_ROOM = 45
"""The bytes that the name of a backup adds to that of the workbook: its moment, a number, the endings."""


def digest_of(path: Path) -> str:
    """The SHA-256 of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def replace_workbook(target: Path, new: Path, expected_digest: str, backups: Path, stamp: str) -> Path | None:
    """Put `new` in the place of `target`; the path of the copy that was kept of the old one.

    None when both hold the same bytes: then nothing was touched but `new`, which is gone. Mode, owner and
    extended attributes stay, the time is now; links are followed. While `new` exists nothing was replaced.
    Raises Changed when the target is not what was read, also in the last instant: then it is put back;
    InUse where the system does not let an open file be replaced.
    """
    target = target.resolve()
    if not target.exists() or digest_of(target) != expected_digest:
        raise Changed(str(target))
    if digest_of(new) == expected_digest:
        new.unlink()
        return None
    backup = _backup(target, backups, stamp)
    if digest_of(backup) != expected_digest:
        backup.unlink()
        raise Changed(str(target))
    _keep_attributes(target, new)
    held = _hold(target)
    try:
        new.replace(target)
    except PermissionError as error:  # on Windows, where an open file cannot be replaced
        if held is not None:
            held.unlink(missing_ok=True)
        raise InUse(in_use(target) or "") from error
    _sync_folder(target.parent)
    _check_displaced(held, target, expected_digest)
    return backup


def _backup(target: Path, backups: Path, stamp: str) -> Path:
    backups.mkdir(parents=True, exist_ok=True)
    stem = shortened(target.stem, BACKUP_ROOM)
    backup = backups / f"{stem} {stamp}{target.suffix}"
    number = 2
    while backup.exists():
        backup = backups / f"{stem} {stamp} ({number}){target.suffix}"
        number += 1
    begun = backups / f".{backup.name}.tmp"  # a copy cut short by a full disk never bears a backup's name
    try:
        shutil.copy2(target, begun)
        _sync_file(begun)
        begun.replace(backup)
    except BaseException:
        begun.unlink(missing_ok=True)
        raise
    _sync_folder(backups)
    return backup


def _keep_attributes(target: Path, new: Path) -> None:
    """Owner first (ignored where not allowed), then mode and extended attributes; the time is that of now."""
    stat = target.stat()
    if hasattr(os, "chown"):
        with contextlib.suppress(PermissionError):
            os.chown(new, stat.st_uid, stat.st_gid)
    with contextlib.suppress(PermissionError):
        shutil.copystat(target, new)
    os.utime(new)
    _sync_file(new)


def _hold(target: Path) -> Path | None:
    """A second name for the file about to be displaced, to see afterwards what it was; None without hard links."""
    held = target.with_name(f".{shortened(target.name, 20)}.displaced.tmp")
    try:
        held.unlink(missing_ok=True)
        os.link(target, held)
    except OSError:
        return None
    return held


def _check_displaced(held: Path | None, target: Path, expected_digest: str) -> None:
    if held is None:
        return
    if digest_of(held) != expected_digest:
        held.replace(target)
        _sync_folder(target.parent)
        raise Changed(str(target))
    held.unlink()


def _sync_file(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    """Make the names in a folder lasting; Windows has no such call and some shares refuse it."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):
            raise
    finally:
        os.close(handle)
