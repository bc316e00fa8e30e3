"""Which journal belongs to a workbook: by its identity, and a copy is told apart from a moved or renamed one."""

import hashlib
import re
from dataclasses import replace
from pathlib import Path

from processor.journal.journal import Journal
from processor.journal.opening import in_schema, is_server
from processor.journal.records import JournalView
from processor.settings import Settings


def placed(settings: Settings) -> Settings:
    """The settings with the journal that is this very workbook's.

    A journal last used by another file that still exists, and is not this one, is that file's: this workbook is a copy,
    and gets a journal of its own. What was sent from the original still shows in the copy's own columns. A journal
    whose file is gone belongs to a workbook that was moved or renamed, which this one is. Several workbooks may name one
    PostgreSQL database: each has a schema of its own in it. A journal that the settings place beside the workbook is
    copied with it, and knows all that was sent: it is the copy's own.
    """
    own = _in_own_schema(settings, settings.state.name)
    beside = own.journal and "://" not in own.journal and not Path(own.journal).is_absolute()
    seen = "" if beside else Journal.peek(own.journal_place).workbook
    if not seen or not _another(Path(seen), own.workbook):
        return own
    mark = hashlib.sha256(str(own.workbook.resolve()).encode()).hexdigest()[:12]
    state = own.state.with_name(f"{own.state.name}-{mark}")
    if not own.journal:
        return replace(own, state=state, copy_of=seen)
    if is_server(own.journal):
        return replace(_in_own_schema(settings, state.name), state=state, copy_of=seen)
    kept = Path(own.journal)
    return replace(
        own, state=state, copy_of=seen, journal=str(kept.with_name(f"{kept.stem}-{mark}{kept.suffix}"))
    )


def _in_own_schema(settings: Settings, name: str) -> Settings:
    if not is_server(settings.journal):
        return settings
    return replace(
        settings, journal=in_schema(settings.journal, "seances_" + re.sub(r"\W", "_", name.lower()))
    )


def _another(seen: Path, workbook: Path) -> bool:
    return seen.exists() and not (workbook.exists() and seen.samefile(workbook))


def past(settings: Settings) -> JournalView:
    """What the journal holds, without creating one."""
    return Journal.peek(settings.journal_place)
