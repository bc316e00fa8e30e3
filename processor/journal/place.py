"""Where a journal may live: a local disk, because SQLite's WAL needs memory shared by all who open the file."""

import os
import sys
from pathlib import Path, PurePath

from processor.model.catalogue import say
from processor.model.findings import Finding, Severity

# What Linux calls file systems that another machine serves (fs type of /proc/self/mountinfo, proc(5)).
NETWORK = frozenset(
    {"afs", "ceph", "cifs", "coda", "davfs", "fuse.davfs", "fuse.glusterfs", "fuse.rclone", "fuse.sshfs"}
    | {"glusterfs", "lustre", "ncpfs", "nfs", "nfs4", "smb3", "smbfs"}
)
_DRIVE_REMOTE = 4  # GetDriveTypeW, fileapi.h


def refusal(path: Path) -> Finding | None:
    """Why the journal cannot be kept at `path`, or None when it can.

    A journal on a share loses its last record when the power fails, and a lost record is a mail sent twice
    (SQLite, « Write-Ahead Logging », section 1: all processes must be on the same host).
    """
    kind = network_kind(path)
    if not kind:
        return None
    return Finding.of("journal-sur-le-reseau", Severity.STOP, folder=path.parent, kind=kind)


def network_kind(path: Path) -> str:
    """The network file system that holds `path`, or "" for a local disk or where nothing can be known."""
    if sys.platform == "win32":
        return _windows_kind(path)
    mounts = Path("/proc/self/mountinfo")
    if not mounts.exists():
        return ""
    return mounted_kind(str(path.resolve()), mounts.read_text("utf-8", "surrogateescape"))


def mounted_kind(path: str, mountinfo: str) -> str:
    r"""The network type of the deepest mount that holds `path`, read from the text of /proc/self/mountinfo.

    >>> table = "1 0 8:1 / / rw - ext4 /dev/sda rw\n2 1 0:9 / /mnt/nas rw shared:1 - cifs //nas/doc rw"
    >>> mounted_kind("/mnt/nas/suivi/journal.db", table), mounted_kind("/mnt/nas2/journal.db", table)
    ('cifs', '')
    """
    deepest, kind = "", ""
    for line in mountinfo.splitlines():
        left, _, right = line.partition(" - ")
        point = left.split(" ")[4].replace("\\040", " ")
        inside = point in ("/", path) or path.startswith(point + "/")
        if inside and len(point) >= len(deepest):
            deepest, kind = point, right.split(" ")[0]
    return kind if kind in NETWORK else ""


def _windows_kind(path: PurePath) -> str:
    if str(path).startswith(("\\\\", "//")):
        return say("journal.share")
    if sys.platform == "win32":
        import ctypes

        drive = os.path.splitdrive(path)[0] + "\\"
        if ctypes.windll.kernel32.GetDriveTypeW(drive) == _DRIVE_REMOTE:
            return say("journal.drive")
    return ""
