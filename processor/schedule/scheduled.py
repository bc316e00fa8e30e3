"""What a schedule is made of, before anything is installed."""

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

MARK = "Écrit par Séances"
Command = tuple[str, ...]


@dataclass(frozen=True)
class Scheduled:
    """One schedule, whole: the files to write, the commands to run after, those that undo it, what to say of it.

    Files are written exactly as given, bytes where a scheduler wants another encoding than UTF-8. `undo` runs before the files
    are deleted, `settle` after. For cron alone, `block` is the marked piece that `crontab -` is given among the other lines.
    """

    system: str
    name: str
    files: tuple[tuple[Path, str | bytes], ...]
    commands: tuple[Command, ...]
    undo: tuple[Command, ...]
    explanation: str
    settle: tuple[Command, ...] = ()
    query: tuple[Command, ...] = ()
    block: str = ""


def content(text: str | bytes) -> bytes:
    """What the file holds, to the byte."""
    return text.encode("utf-8") if isinstance(text, str) else text


def legible(held: bytes) -> str:
    """The text of a file of ours, whatever its encoding: UTF-16 when it begins with its mark, else UTF-8.

    >>> legible("été".encode("utf-16")), legible("été".encode("utf-8"))
    ('été', 'été')
    """
    wide = held.startswith((b"\xff\xfe", b"\xfe\xff"))
    return held.decode("utf-16" if wide else "utf-8", errors="replace")


def schedule_name(workbook: Path) -> str:
    """A name for the schedule of one workbook: the same each time, another for a file of the same name elsewhere.

    >>> schedule_name(Path("/srv/Été 2026/Centre de formation.xlsx"))
    'seances-centre-de-formation-5eb67d47'
    """
    slug = slugged(workbook.stem)
    mark = hashlib.sha256(
        unicodedata.normalize("NFC", str(workbook)).encode("utf-8", "surrogateescape")
    ).hexdigest()[:8]
    return f"seances-{slug}-{mark}" if slug else f"seances-{mark}"


def slugged(text: str) -> str:
    """The text in small letters, figures and hyphens, at most 40 of them.

    >>> slugged("Élan d’été (v2)")
    'elan-d-ete-v2'
    """
    letters = unicodedata.normalize("NFKD", text)
    plain = "".join(one for one in letters if not unicodedata.combining(one)).casefold()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:40].strip("-")
