"""One run at a time for a workbook: a lock that the system frees by itself when the process dies, however it dies."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO


class Busy(Exception):
    """Another run holds the lock."""


@contextmanager
def only_run(folder: Path) -> Iterator[None]:
    """Holds the lock of a state folder. Raises Busy at once when another process does."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (folder / "verrou").open("a+b") as file:
        try:
            _lock(file)
        except OSError as error:
            raise Busy(str(folder)) from error
        file.truncate(0)
        file.write(f"{os.getpid()}\n".encode())
        file.flush()
        yield


if sys.platform == "win32":
    import msvcrt

    def _lock(file: IO[bytes]) -> None:
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(file: IO[bytes]) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
