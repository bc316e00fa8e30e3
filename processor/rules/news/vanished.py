"""Séances to which people were invited and whose code stands in the workbook no more: deleted, or given another code."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from processor.contract import OPEN
from processor.model import Seance
from processor.model.catalogue import say
from processor.model.findings import Fault, Finding, Severity, Spot
from processor.model.names import normalised
from processor.model.snapshot import Snapshot
from processor.rules.calendar.expiry import expired
from processor.rules.news.told import History, Told, when


def vanished(snapshot: Snapshot, past: History) -> Iterator[Finding]:
    """A finding for each announced séance still to come that no row bears the code of, until its end is past.

    One that stands there under a code that nobody was told of, or without a code, is set aside until its code is put back.
    Nothing is ever sent for it: the journal knows that people were invited, not why the row is gone.
    """
    codes = {normalised(code) for code in snapshot.codes}
    gone: dict[str, dict[str, Told]] = defaultdict(dict)
    for (code, person), state in past.last.items():
        if code not in codes and not expired(state.end, snapshot.now, snapshot.parameters.zone):
            gone[code][person] = state
    if not gone:
        return
    typed, announced = _typed(snapshot), {code for code, _ in past.last}
    fresh = [seance for seance in snapshot.seances if normalised(seance.code) not in announced]
    for code, people in sorted(gone.items()):
        invited = {p: state for p, state in people.items() if not state.cancelled and p not in state.trainers}
        if not invited:
            continue
        again = next((s for s in fresh if any(_same(state, s) for state in invited.values())), None)
        shown = typed.get(code, code)
        yield _recoded(snapshot, shown, again, len(invited)) if again else _gone(snapshot, shown, invited)


def _typed(snapshot: Snapshot) -> Mapping[str, str]:
    """The codes as staff knew them, by their normalised form."""
    codes = (mail.seance for mail in snapshot.known.mails.values() if mail.seance)
    return {normalised(code): code for code in (*snapshot.known.codes, *codes)}


def _same(before: Told, seance: Seance) -> bool:
    """Whether the row is that of the announced séance: same dates, place and name; earlier journals hold no name."""
    alike = (before.start, before.end) == (seance.start, seance.end) and normalised(
        before.venue
    ) == normalised(seance.venue)
    return alike and (
        normalised(before.name) == normalised(seance.name) if before.name else bool(before.venue)
    )


def _gone(snapshot: Snapshot, code: str, invited: Mapping[str, Told]) -> Finding:
    *_, told = invited.values()
    return Finding.of(
        "seance-disparue", Severity.NOTE, "named" if told.name else "", at=Spot(snapshot.layouts[OPEN.name].sheet),
        name=told.name, code=code, when=when(told.start, told.end), count=len(invited),
    )  # fmt: skip


def _recoded(snapshot: Snapshot, code: str, seance: Seance, count: int) -> Finding:
    fault = Fault.of("code-change", "" if seance.code else "none", code=code, count=count, now=seance.code)
    return snapshot.finding(seance.place, "code", fault, say("code-change.why"), Severity.ROW)
