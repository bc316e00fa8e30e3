"""Tell a worker that is alive from one that is dead, without clocks: the system frees its lock when it dies.

A lock and not a process number, since numbers are given again; a lock of the system and not a heartbeat, since a
laptop that slept is not dead. Beware of `fork`: a forked child keeps its parent's lock, so start children by `spawn`.
"""

import hashlib
import os
import sys
from pathlib import Path
from typing import IO, Any, Protocol

from sqlalchemy import Connection, func, select
from sqlalchemy.sql.functions import Function


class Presence(Protocol):
    """The lock of one worker, and the question whether another one still holds its own."""

    def arrive(self, owner: str) -> None:
        """Take the lock named `owner`, which nobody else has."""

    def leave(self, owner: str) -> None:
        """Give it back."""

    def gone(self, owner: str) -> bool:
        """Whether nobody holds the lock named `owner` any more."""


class LockFiles:
    """One locked file a worker, beside the file of a SQLite journal."""

    def __init__(self, journal: Path) -> None:
        self._journal = journal
        self._held: dict[str, IO[bytes]] = {}

    def arrive(self, owner: str) -> None:
        """Take the lock named `owner`, which nobody else has; files that dead workers left are removed."""
        for left in self._journal.parent.glob(f"{self._journal.name}-worker-*"):
            self.gone(left.name.rpartition("-worker-")[2])
        while True:
            handle = self._file(owner).open("ab")
            if _lock(handle) and self._still(owner, handle):
                break
            handle.close()  # swept away by another worker between the creation and the lock
        self._held[owner] = handle

    def leave(self, owner: str) -> None:
        """Give it back and remove its file."""
        handle = self._held.pop(owner)
        if sys.platform == "win32":
            handle.close()  # Windows refuses to remove an open file
        self._file(owner).unlink(missing_ok=True)
        handle.close()

    def gone(self, owner: str) -> bool:
        """Whether nobody holds the lock named `owner`; the file that a dead worker left is removed."""
        if owner in self._held:
            return False
        try:
            handle = self._file(owner).open("r+b")
        except FileNotFoundError:
            return True
        with handle:
            free = _lock(handle)
            if free and sys.platform != "win32":
                self._file(owner).unlink(missing_ok=True)
        return free

    def _still(self, owner: str, handle: IO[bytes]) -> bool:
        try:
            return os.path.samestat(os.fstat(handle.fileno()), self._file(owner).stat())
        except FileNotFoundError:
            return False

    def _file(self, owner: str) -> Path:
        return self._journal.with_name(f"{self._journal.name}-worker-{owner}")


class AdvisoryLocks:
    """One PostgreSQL session lock a worker, on the connection of its journal (explicit-locking, section 13.3.5)."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._held: set[str] = set()

    def arrive(self, owner: str) -> None:
        """Take the lock named `owner`, which nobody else has."""
        self._ask(func.pg_advisory_lock(_number(owner)))
        self._held.add(owner)

    def leave(self, owner: str) -> None:
        """Give it back."""
        self._held.discard(owner)
        self._ask(func.pg_advisory_unlock(_number(owner)))

    def gone(self, owner: str) -> bool:
        """Whether nobody holds the lock named `owner`."""
        if owner in self._held:
            return False
        free = bool(self._ask(func.pg_try_advisory_lock(_number(owner))))
        if free:
            self._ask(func.pg_advisory_unlock(_number(owner)))
        return free

    def _ask(self, question: Function[Any]) -> object:
        with self._connection.begin():
            return self._connection.execute(select(question)).scalar()


def presence_of(file: Path | None, connection: Connection) -> Presence:
    """The locks that suit a journal: of files beside a SQLite one, of the server otherwise."""
    return AdvisoryLocks(connection) if file is None else LockFiles(file)


def new_owner() -> str:
    """A name that no worker had before, on any host."""
    return f"{os.getpid()}-{os.urandom(6).hex()}"


def _number(owner: str) -> int:
    return int.from_bytes(hashlib.blake2b(owner.encode(), digest_size=8).digest(), "big", signed=True)


if sys.platform == "win32":
    import msvcrt

    def _lock(handle: IO[bytes]) -> bool:
        try:
            handle.seek(0)
            msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _lock(handle: IO[bytes]) -> bool:
        try:
            fcntl.flock(handle.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
