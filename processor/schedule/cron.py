"""A marked piece of a crontab; the lines of others are never touched."""

import re
import shlex

from processor.model.catalogue import say
from processor.schedule.job import Job
from processor.schedule.scheduled import Scheduled

_GIVE = (("crontab", "-"),)


def scheduled(job: Job) -> Scheduled:
    """The block for the crontab of the account."""
    explanation = say("schedule.cron", clock=job.clock, user=job.owner.user)
    return Scheduled(
        "cron", job.name, (), _GIVE, _GIVE, explanation, query=(("crontab", "-l"),), block=block(job)
    )


def block(job: Job) -> str:
    """The marked lines. In a crontab `%` is a line break unless escaped, whatever the shell's quotes."""
    words = " ".join(shlex.quote(part) for part in job.command)
    line = f"PYTHONUTF8=1 {words}".replace("%", "\\%")
    return f"{_first(job.name)}\n{job.at.minute} {job.at.hour} * * * {line}\n{_last(job.name)}\n"


def without(crontab: str, name: str) -> str:
    """The crontab without our block; every other byte stays. Without our last mark nothing is ours.

    >>> without("MAILTO=zoe\\n# >>> seances-a : écrit par Séances\\n30 3 * * * x\\n# <<< seances-a\\n5 4 * * * y\\n", "seances-a")
    'MAILTO=zoe\\n5 4 * * * y\\n'
    """
    pattern = rf"^{re.escape(_first(name))}\n(?:(?!# >>> )[^\n]*\n)*?{re.escape(_last(name))}(?:\n|\Z)"
    return re.sub(pattern, "", crontab, flags=re.MULTILINE)


def with_block(crontab: str, name: str, text: str) -> str:
    """The crontab with our block at its end, once.

    >>> with_block("5 4 * * * y", "seances-a", "# block\\n")
    '5 4 * * * y\\n# block\\n'
    """
    others = without(crontab, name)
    return others + ("\n" if others and not others.endswith("\n") else "") + text


def _first(name: str) -> str:
    return f"# >>> {name} : écrit par Séances"


def _last(name: str) -> str:
    return f"# <<< {name}"
