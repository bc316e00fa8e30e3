"""Codes of séances: assigned once, never reused, unique over both sheets."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from processor.model import Place, Seance
from processor.model.catalogue import say
from processor.model.findings import Fault, Finding, Severity
from processor.model.layout import cell_finding
from processor.model.names import normalised
from processor.model.plan import Write
from processor.model.snapshot import Snapshot
from processor.rules.decided import Decided

_NUMBERED = re.compile(r"[Ss]-(\d{1,9})")


def new_codes(snapshot: Snapshot) -> Iterator[str]:
    """The codes to give, in order: one above the highest that any sheet or the journal has ever held.

    A code that a deleted séance had is still named by mails and documents, so it never comes back.
    """
    highest = max((_number(code) for code in _seen(snapshot)), default=0)
    while True:
        highest += 1
        yield f"S-{highest:04}"


def _seen(snapshot: Snapshot) -> Iterator[str]:
    yield from snapshot.known.codes
    yield from (row.code for row in snapshot.seances)
    yield from (row.series for row in snapshot.seances)
    yield from (row.code for row in snapshot.unread)
    yield from (row.seance for row in snapshot.registrations)
    yield from (row.seance for row in snapshot.participations)
    yield from (row.seance for row in snapshot.comments)


def _number(code: str) -> int:
    match = _NUMBERED.fullmatch(code.strip())
    return int(match[1]) if match else 0


def assigned(seances: Iterable[Seance], codes: Iterator[str]) -> Mapping[Place, str]:
    """A code for each of the séances that has none, in order of time, so that sorting the sheet changes nothing."""
    blank = sorted(
        (s for s in seances if not s.code), key=lambda s: (s.start, s.end, s.name, s.place.sheet, s.place.row)
    )
    return {seance.place: next(codes) for seance in blank}


def given(codes: Mapping[Place, str]) -> Decided:
    """The codes of tonight, as cells to write."""
    because = say("codes.because")
    return Decided(
        writes=[Write(place, "code", code, because) for place, code in codes.items()], codes=[*codes.values()]
    )


def coded(seance: Seance, codes: Mapping[Place, str]) -> Seance:
    """The séance with the code that it is given tonight, if it is."""
    return replace(seance, code=codes[seance.place]) if seance.place in codes else seance


def duplicates(snapshot: Snapshot) -> list[Finding]:
    """A finding on each row that shares its code with another: nobody can tell which of them the code means."""
    typed = {s.place: s.code for s in snapshot.seances} | {u.place: u.code for u in snapshot.unread}
    rows: dict[str, list[Place]] = defaultdict(list)
    for place, code in typed.items():
        if code:
            rows[normalised(code)].append(place)
    return [
        _duplicate(snapshot, place, typed[place], [other for other in places if other != place])
        for places in rows.values()
        if len(places) > 1
        for place in places
    ]


def _duplicate(snapshot: Snapshot, place: Place, code: str, others: list[Place]) -> Finding:
    layout = next(layout for layout in snapshot.layouts.values() if layout.sheet == place.sheet)
    rows = [
        say("row" if other.sheet == place.sheet else "rows.elsewhere", row=other.row, sheet=other.sheet)
        for other in others
    ]
    fault = Fault.of("code-en-double", code=code, rows=", ".join(rows))
    return cell_finding(layout, place.row, "code", fault, say("code-en-double.why"), Severity.ROW)
