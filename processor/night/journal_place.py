"""Which journal belongs to a workbook: by its identity, and a copy is told apart from a moved or renamed one."""

import hashlib
from dataclasses import replace
from pathlib import Path

from processor.mail.journal import Journal
from processor.mail.records import JournalView
from processor.settings import Settings


def placed(settings: Settings) -> Settings:
    """The settings with the state folder that is this very workbook's.

    A journal last used by another file that still exists, and is not this one, is that file's: this workbook is a copy,
    and gets a journal of its own. What was sent from the original still shows in the copy's own columns. A journal
    whose file is gone belongs to a workbook that was moved or renamed, which this one is.
    """
    if settings.journal:
        return settings
    seen = Journal.peek(settings.journal_place).workbook
    if not seen or not _another(Path(seen), settings.workbook):
        return settings
    mark = hashlib.sha256(str(settings.workbook.resolve()).encode()).hexdigest()[:12]
    return replace(settings, state=settings.state.with_name(f"{settings.state.name}-{mark}"))


def _another(seen: Path, workbook: Path) -> bool:
    return seen.exists() and not (workbook.exists() and seen.samefile(workbook))


def past(settings: Settings) -> JournalView:
    """What the journal holds, without creating one."""
    return Journal.peek(settings.journal_place)
