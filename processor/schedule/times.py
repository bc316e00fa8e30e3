"""At what hour a night may begin."""

import re
from datetime import time

from processor.model.findings import Fault

_FORM = re.compile(r"([01]?\d|2[0-3])[:hH]([0-5]\d)")
_FIRST, _LAST = time(1), time(3)


def check_time(at: str) -> Fault | None:
    """Why the hour cannot be taken, or None when it can.

    From 01:00 to 03:00, both included, the clock changes: on one night of spring the hour does not exist and systemd skips that night, on
    one of autumn it exists twice and some schedulers run twice.

    >>> check_time("03:30"), check_time("3h05")
    (None, None)
    >>> check_time("02:30").problem
    '« 02:30 » : entre 01:00 et 03:00, l’heure n’existe pas la nuit du passage à l’heure d’été, et existe deux fois celle du passage à l’heure d’hiver ; choisissez par exemple 03:30.'
    >>> check_time("25:00").problem
    '« 25:00 » n’est pas une heure ; écrivez-la comme 03:30.'
    """
    moment = read_time(at)
    if moment is None:
        return Fault.of("heure-refusee", "unread", at=at)
    return Fault.of("heure-refusee", at=at) if _FIRST <= moment <= _LAST else None


def read_time(at: str) -> time | None:
    """The hour, or None when the text is not one.

    >>> read_time("3:05"), read_time("midi")
    (datetime.time(3, 5), None)
    """
    found = _FORM.fullmatch(at.strip())
    return time(int(found.group(1)), int(found.group(2))) if found else None
