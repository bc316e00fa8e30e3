"""The transport `fichiers`: each mail becomes a ready .eml file that any mail program opens."""

import hashlib
import os
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path

from processor.journal.records import Outcome, WrittenMail
from processor.model.past import MailState

LONGEST = 200  # bytes of a file name in UTF-8; file systems allow 255, and sync programs add their own


class Files:
    """Writes mails into a folder. A mail has one file, however often it is written."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._taken: dict[str, Path] | None = None

    def hand_over(self, mail: WrittenMail, dot: Callable[[], bool]) -> Outcome:  # noqa: ARG002
        """Write the file, whole or not at all; the answer is always `sent`, with the name of the file.

        Needs no `dot`: stopped between the file and the record, the next attempt finds its own bytes there.
        """
        path = self._path(mail)
        if not _holds(path, mail.message):
            mark = hashlib.sha256(mail.key.encode()).hexdigest()[:16]
            write_whole(path, path.with_name(f".{mark}.tmp"), mail.message)
        self._names()[_folded(path.name)] = path
        return Outcome(MailState.SENT, path.name)

    def close(self) -> None:
        """Forget the names of the folder; people move files about between two runs."""
        self._taken = None

    def _path(self, mail: WrittenMail) -> Path:
        plain = readable_name(mail.file_name or f"{mail.record.subject}.eml")
        there = self._names().get(_folded(plain))
        if there is None:
            return self._folder / plain
        if _holds(there, mail.message):
            return there
        return self._folder / readable_name(plain, mail.key[:8])

    def _names(self) -> dict[str, Path]:
        # Compared without case: the folder may be copied to Windows, where Dupont.eml and DUPONT.eml are one file.
        if self._taken is None:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._taken = {_folded(path.name): path for path in self._folder.iterdir()}
        return self._taken


def readable_name(wanted: str, mark: str = "") -> str:
    """A file name that every system accepts and that reads like `wanted`, ending in .eml, with `mark` if two are alike.

    >>> readable_name("2026-12-01 Invitation - Dupont Zoé.eml")
    '2026-12-01 Invitation - Dupont Zoé.eml'
    >>> readable_name("../Séance 1 : « L'accueil » ?", "3f2a91bc")
    "Séance 1 - « L'accueil » (3f2a91bc).eml"
    """
    text = unicodedata.normalize("NFC", wanted.removesuffix(".eml"))
    text = "".join(
        "-" if mark_ in '<>:"/\\|?*' else mark_ for mark_ in text if unicodedata.category(mark_)[0] != "C"
    )
    text = " ".join(text.split()).strip(" .-~") or "courriel"
    ending = f" ({mark}).eml" if mark else ".eml"
    while len((text + ending).encode()) > LONGEST:
        text = text[:-1].rstrip()
    return text + ending


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def _holds(path: Path, message: bytes) -> bool:
    try:
        return path.stat().st_size == len(message) and path.read_bytes() == message
    except FileNotFoundError:
        return False


def write_whole(path: Path, temporary: Path, content: bytes) -> None:
    """Make a file that is there whole or not at all, whatever stops the program or the machine."""
    try:
        with temporary.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make a renaming in `folder` survive a power cut, where the system has a way to say so."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError:
        pass  # some network file systems cannot, and then the server decides
    finally:
        os.close(handle)
