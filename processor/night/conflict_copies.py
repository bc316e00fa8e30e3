"""Copies of the workbook that synchronising programs leave beside it when two people saved it at once.

Each program has its own way of naming them, told in its documentation or seen in reports of its users.
"""

import platform
import re
import unicodedata
from pathlib import Path

from processor.model.catalogue import say
from processor.model.findings import Finding, Severity

_WAYS = (
    (re.compile(r"\.sync-conflict-\d{8}-\d{6}-\w+"), "syncthing"),
    (
        re.compile(r"(?:[ _(\[-].*(?:conflicted|copie en conflit)|[ _]\(?conflict[ -]\d).*", re.IGNORECASE),
        "cloud",
    ),
    (re.compile(r" \([1-9]\d?\)"), "google"),
)
_MACHINE = re.compile(r"-([A-Z0-9][A-Z0-9-]{2,14})")
_PERSONS_OWN = re.compile(
    r"20\d\d|\b[VTS]\d|ARCHIVE|BACKUP|COPIE|FINAL|MODELE|OLD|SAUVEGARDE|TEST|VIERGE|^[\d-]+$"
)  # words that people add to a name themselves
_MOST = 3


def copies_told(workbook: Path) -> tuple[Finding, ...]:
    """A note for each such copy of the workbook, at most three; none when its folder cannot be listed."""
    workbook = workbook.resolve()
    try:
        names = sorted(item.name for item in workbook.parent.iterdir())
    except OSError:
        return ()
    found = [(name, maker) for name in names if (maker := made_by(workbook.name, name, platform.node()))]
    return tuple(_told(workbook.name, name, maker) for name, maker in found[:_MOST])


def made_by(workbook: str, other: str, machine: str = "") -> str | None:
    """The program that, by its name, left the other file as a copy of the workbook; None for any other file.

    OneDrive and SharePoint add the machine's name, which is in capitals on Windows; what people add
    themselves (a year, ARCHIVE, V2) is none.

    >>> made_by("Séances.xlsx", "Séances (Copie en conflit de Anne 2026-11-24).xlsx")
    'Dropbox, Nextcloud ou un programme semblable'
    >>> made_by("Séances.xlsx", "Séances-BUREAU-ANNE.xlsx"), made_by("Séances.xlsx", "Séances-2027.xlsx")
    ('OneDrive ou SharePoint', None)
    """
    (stem, suffix), (name, ending) = _parted(workbook), _parted(other)
    if ending.casefold() != suffix.casefold() or not name.startswith(stem) or name == stem:
        return None
    added = name[len(stem) :]
    maker = next((maker for way, maker in _WAYS if way.fullmatch(added)), None)
    if maker is None and added.casefold() == f"-{machine}".casefold():
        maker = "onedrive"
    named = _MACHINE.fullmatch(added)
    if maker is None and named and not _PERSONS_OWN.search(named[1]):
        maker = "onedrive"
    return say(f"maker.{maker}") if maker else None


def _parted(name: str) -> tuple[str, str]:
    """Stem and suffix; macOS writes accents apart from their letters."""
    whole = Path(unicodedata.normalize("NFC", name))
    return whole.stem, whole.suffix


def _told(workbook: str, copy: str, maker: str) -> Finding:
    return Finding.of("copie-en-conflit", Severity.NOTE, copy=copy, maker=maker, workbook=workbook)
