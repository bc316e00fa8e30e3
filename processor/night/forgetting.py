"""What the journal forgets by itself: what is older than the settings keep.

The keys always stay. They are digests, and they are what keeps a workbook put back from a backup from writing again.
"""

from datetime import datetime, timedelta

from processor.journal.journal import Journal
from processor.settings import Settings

_YEAR = timedelta(days=365.25)


def forget_old(settings: Settings, journal: Journal, now: datetime) -> None:
    """Forgets the words of mails, and later whose they were, when the settings keep them no longer."""
    journal.purge(now - timedelta(days=settings.keep_messages))
    journal.fade(now - settings.keep_people * _YEAR)
