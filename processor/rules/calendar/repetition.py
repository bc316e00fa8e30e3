"""The copies that repeat requests make tonight, and what is said of the days left out."""

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from processor.contract import OPEN
from processor.model import Parameters, Seance
from processor.model.catalogue import say
from processor.model.findings import Fault, Finding, Severity
from processor.model.names import normalised
from processor.model.plan import Repeat, Write
from processor.model.snapshot import Snapshot
from processor.rules.calendar.closed_days import ClosedDay
from processor.rules.calendar.recurrence import LONGEST, last_day, occurrence, skipped, wanted_days
from processor.rules.decided import Decided

_REQUESTS = ("weekdays", "until", "weeks")


def repetition(snapshot: Snapshot, codes: Iterator[str], closed: ClosedDay) -> Decided:
    """The copies for each request of an open séance, in date order, without the dates that the série has or ever had.

    A copy that staff moved to another day or deleted is not made again: its first date is in the journal.
    """
    result, made = Decided(), _made(snapshot)
    asking = (s for s in snapshot.seances if s.repeat is not None and s.place not in snapshot.set_aside)
    for seance in sorted(
        (s for s in asking if snapshot.stands(s.place, OPEN)), key=lambda s: (s.start, s.code)
    ):
        if seance.cancelled:
            result.findings.append(_cancelled(snapshot, seance))
        elif seance.repeat is not None:
            _repeat(result, snapshot, seance, made, codes, closed)
    return result


def _made(snapshot: Snapshot) -> dict[str, set[date]]:
    made: dict[str, set[date]] = defaultdict(set)
    for series, day in snapshot.known.occurrences:
        made[normalised(series)].add(day)
    for seance in snapshot.seances:
        for series in {normalised(seance.series), normalised(seance.code)} - {""}:
            made[series].add(seance.start.date())
    return made


def _repeat(
    result: Decided,
    snapshot: Snapshot,
    seance: Seance,
    made: dict[str, set[date]],
    codes: Iterator[str],
    closed: ClosedDay,
) -> None:
    if seance.repeat is None:
        return
    series = seance.series or seance.code
    if last_day(seance.repeat, seance.start.date()) > seance.start.date() + LONGEST:
        result.findings.append(_too_long(snapshot, seance))
        return
    days, left = skipped(wanted_days(seance.repeat, seance.start.date()), closed)
    known = made[normalised(series)] | {seance.start.date()}
    fresh = [day for day in days if day not in known]
    made[normalised(series)] = known | set(fresh)
    for number, day in enumerate(fresh, len(known) + 1):
        result.repeats.append(_copy(snapshot, seance, series, day, number, next(codes)))
    result.codes += [repeat.code for repeat in result.repeats[-len(fresh) :]] if fresh else []
    result.occurrences += [(series, day) for day in fresh]
    result.writes += [Write(seance.place, name, None, say("repetition.because.made")) for name in _REQUESTS]
    if not seance.series:
        result.writes.append(Write(seance.place, "series", series, say("repetition.because.original")))
    told = detail(len(fresh), len(days) - len(fresh), left)
    result.did(seance.place, say("repetition.done"), seance.code, told)


def _copy(snapshot: Snapshot, seance: Seance, series: str, day: date, number: int, code: str) -> Repeat:
    copy, name = occurrence(seance, day), copy_name(snapshot.parameters, seance, day, number)
    because = say("repetition.because", code=seance.code)
    return Repeat(seance.place, code, series, copy.start, copy.end, name, because)


def detail(made: int, already: int, left: list[tuple[date, str]]) -> str:
    """What was made and what was left out, in words.

    >>> detail(3, 0, [(date(2026, 12, 25), "jour férié : Noël")])
    '3 séances créées ; 1 jour sauté : 25/12/2026 (jour férié : Noël)'
    """
    parts = [say("repetition.done.made", count=made) if made else say("repetition.done.none")]
    if already:
        parts.append(say("repetition.done.already", count=already))
    if left:
        days = ", ".join(f"{day:%d/%m/%Y} ({why})" for day, why in left[:12])
        parts.append(say("repetition.done.left", count=len(left), days=days + " …" * (len(left) > 12)))
    return " ; ".join(parts)


def copy_name(parameters: Parameters, seance: Seance, day: date, number: int) -> str:
    """The name of a copy: the original's, or what « nom des répétitions » makes of {{ nom }}, {{ numero }} and {{ date }}.

    >>> from datetime import datetime
    >>> from processor.model import Place
    >>> seance = Seance(Place("", 1), "S-1", "Yoga", datetime(2026, 12, 1, 9), datetime(2026, 12, 1, 10))
    >>> copy_name(Parameters(repetition_name="{{ nom }} ({{numero}})"), seance, date(2026, 12, 8), 2)
    'Yoga (2)'
    """
    words = {"nom": seance.name, "numero": str(number), "date": f"{day:%d/%m/%Y}"}
    pattern = parameters.repetition_name or "{{ nom }}"
    return re.sub(r"\{\{\s*(\w+)\s*\}\}", lambda match: words.get(normalised(match[1]), match[0]), pattern)


def _cancelled(snapshot: Snapshot, seance: Seance) -> Finding:
    fault, why = Fault.of("repetition-annulee"), say("repetition-annulee.why")
    return snapshot.finding(seance.place, "weekdays", fault, why, Severity.NOTE)


def _too_long(snapshot: Snapshot, seance: Seance) -> Finding:
    fault, why = Fault.of("repetition-trop-longue"), say("repetition-trop-longue.why")
    asked = "until" if seance.repeat is not None and seance.repeat.until else "weeks"
    return snapshot.finding(seance.place, asked, fault, why, Severity.ROW)
