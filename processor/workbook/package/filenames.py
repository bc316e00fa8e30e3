"""Names of the files that stand beside a workbook for a moment, or keep a copy of it."""

import hashlib

_LONGEST = 255  # bytes of one name, on every file system in use; Windows counts characters, which are fewer


def shortened(stem: str, room: int) -> str:
    """The name of a workbook, cut where `room` bytes more would exceed what a file system takes.

    A cut name ends with a piece of the whole one's digest: two long names that begin alike stay two names.

    >>> shortened("seances", 40)
    'seances'
    >>> len((shortened("é" * 120, 40) + "x" * 40).encode()) <= 255, shortened("é" * 120, 40) == shortened("é" * 119, 40)
    (True, False)
    """
    whole = stem.encode()
    if len(whole) + room <= _LONGEST:
        return stem
    mark = f"-{hashlib.sha256(whole).hexdigest()[:8]}"
    return whole[: _LONGEST - room - len(mark)].decode(errors="ignore") + mark
