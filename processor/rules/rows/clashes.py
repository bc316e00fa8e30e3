"""What staff are told of conflicts: the words for a pair of séances, on the later row."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from processor.contract import OPEN
from processor.model import Place, Roll, Seance
from processor.model.catalogue import say
from processor.model.findings import Fault, Finding, Severity
from processor.model.snapshot import Snapshot
from processor.reading.state import ACCEPTED
from processor.rules.rows.conflicts import Booked, Pair, conflicts

_SHOWN = 3


def clashes(snapshot: Snapshot, rolls: Iterable[Roll], copies: Iterable[Booked]) -> Iterator[Finding]:
    """A finding for each pair of séances that share a room or somebody; those of a repetition's copies in one finding.

    Copies are looked at before they are made, and told on the row that asks for them. A note, not an error: two
    groups in one large hall are staff's own business, and a séance is never held back for it.
    """
    by_place = {roll.seance.place: roll for roll in rolls}
    open_sheet = snapshot.layouts[OPEN.name].sheet
    held = [Booked(roll, place, int(place.sheet == open_sheet)) for place, roll in by_place.items()]
    of_copies: dict[Place, list[Pair]] = defaultdict(list)
    for pair in conflicts([*held, *copies], snapshot.parameters.zone):
        if pair.second.copy:
            of_copies[pair.second.place].append(pair)
        else:
            yield _finding(snapshot, pair.second.place, _field(pair), _pair_fault(snapshot, pair))
    for place, pairs in of_copies.items():
        yield _finding(snapshot, place, "weekdays", _copies_fault(pairs))


def _finding(snapshot: Snapshot, place: Place, field: str, fault: Fault) -> Finding:
    layout = snapshot.layout_at(place)
    shown = field if layout.has(field) else "start" if layout.has("start") else "day"
    return snapshot.finding(place, shown, fault, say("conflit-horaire.why"), Severity.NOTE)


def _field(pair: Pair) -> str:
    return "venue" if pair.venues else "trainers" if pair.trainers else "start"


def _pair_fault(snapshot: Snapshot, pair: Pair) -> Fault:
    first = pair.first
    slug = "row" if first.place.sheet == pair.second.place.sheet else "rows.elsewhere"
    return Fault.of(
        "conflit-horaire", "pair", name=named(first.seance), row=say(slug, row=first.place.row, sheet=first.place.sheet),
        when=times(first.seance), shared=shared(pair), accepted=ACCEPTED, where=accept_where(snapshot),
    )  # fmt: skip


def accept_where(snapshot: Snapshot) -> str:
    """Where in this workbook a conflict is accepted."""
    layout = snapshot.layouts[OPEN.name]
    if layout.has("accepted") or not layout.has("state"):
        return say("clashes.accept.column", header=ACCEPTED)
    return say("clashes.accept.state", header=layout.header("state"))


def _copies_fault(pairs: list[Pair]) -> Fault:
    count = len({pair.second.seance.code for pair in pairs})
    lines = [
        say("clashes.copy", day=pair.second.seance.start, name=named(pair.first.seance), shared=shared(pair))
        for pair in pairs[:_SHOWN]
    ]
    lines += [say("clashes.more", count=len(pairs) - _SHOWN)] if pairs[_SHOWN:] else []
    return Fault.of("conflit-horaire", "copies", count=count, conflicts=" ; ".join(lines))


def shared(pair: Pair) -> str:
    """What the two séances share, in words.

    >>> from datetime import datetime
    >>> held = Booked(Roll(Seance(Place(""), "S-1", "", datetime(2026, 12, 1, 9), datetime(2026, 12, 1, 10))), Place(""))
    >>> shared(Pair(held, held, ("Salle Vosges",), ("Paul Roux",), ("Zoé Dupont", "Ali Benali", "Eva Costa", "Luc Petit")))
    'même lieu (Salle Vosges), même formateur (Paul Roux), 4 mêmes participants (Zoé Dupont, Ali Benali, Eva Costa…)'
    """
    parts = [say("clashes.venue", names=", ".join(pair.venues))] if pair.venues else []
    for slug, names in (("clashes.trainers", pair.trainers), ("clashes.people", pair.people)):
        parts += [say(slug, count=len(names), names=_names(names))] if names else []
    return ", ".join(parts)


def _names(names: tuple[str, ...]) -> str:
    return ", ".join(names[:_SHOWN]) + ("…" if names[_SHOWN:] else "")


def named(seance: Seance) -> str:
    """Code and name, as staff know a séance."""
    return f"{seance.code} {seance.name}".strip()


def times(seance: Seance) -> str:
    """When a séance is held, short enough for a finding.

    >>> from datetime import datetime
    >>> times(Seance(Place(""), "", "", datetime(2026, 12, 1, 9), datetime(2026, 12, 1, 12, 30)))
    'le 01/12/2026 de 09:00 à 12:30'
    """
    slug = "clashes.times.day" if seance.start.date() == seance.end.date() else "clashes.times.days"
    return say(slug, start=seance.start, end=seance.end)
