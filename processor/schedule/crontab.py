"""The crontab of the account, read and given back."""

import re

from processor.schedule.running import Run, ran, refused

_NONE = re.compile(r"no crontab for|can't open .*No such file", re.IGNORECASE)
_READ, _GIVE = ("crontab", "-l"), ("crontab", "-")


def crontab(run: Run) -> str:
    """What the account has; empty when it has none. Any other answer raises Stopped: what is not read would be overwritten."""
    answer = ran(run, _READ)
    if answer.code and not _NONE.search(answer.said):
        raise refused(_READ, answer)
    return "" if answer.code else answer.said


def give(run: Run, before: str, after: str) -> None:
    """Replaces the crontab when it changes. Raises Stopped when cron refuses it: the older one then still holds."""
    if before == after:
        return
    answer = ran(run, _GIVE, after)
    if answer.code:
        raise refused(_GIVE, answer)
