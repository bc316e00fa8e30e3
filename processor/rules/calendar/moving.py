"""The rows that change sheet tonight, and those that should and cannot."""

from collections.abc import Iterable

from processor.contract import OPEN
from processor.model import Place
from processor.model.catalogue import say
from processor.model.findings import MOMENT_UNSURE, Finding, Severity, Spot
from processor.model.plan import Move
from processor.model.snapshot import Snapshot
from processor.rules.calendar.expiry import move_of
from processor.rules.decided import Decided, Done

_MOMENT = ("code", "start", "end", "day", "start_time", "end_time")


def moves(snapshot: Snapshot, findings: Iterable[Finding]) -> Decided:
    """The moves that the end dates ask for, where the `findings` leave no doubt about the séance or its moment.

    A row that a merged cell ties to its neighbours stays, and says so: taking it away would cut the cell.
    """
    unsure = {
        Place(f.sheet, f.row) for f in findings if f.code in MOMENT_UNSURE and _about_moment(snapshot, f)
    }
    decided, now, zone = Decided(), snapshot.now, snapshot.parameters.zone
    for seance in snapshot.seances:
        move = move_of(seance, snapshot.stands(seance.place, OPEN), now, zone)
        if move is None or seance.place in unsure:
            continue
        if area := _merged_over(snapshot, move):
            decided.findings.append(_tied(move, area))
        else:
            decided.moves.append(move)
            # Where the row stands tells its move: Contrôle keeps its words for the rest.
            decided.done.append(
                Done(move.source, say("moving.done", sheet=move.to), move.code, move.because, told=False)
            )
    return decided


def _about_moment(snapshot: Snapshot, finding: Finding) -> bool:
    layout = next((one for one in snapshot.layouts.values() if one.sheet == finding.sheet), None)
    return layout is not None and finding.cell in {layout.address(finding.row, name) for name in _MOMENT}


def _merged_over(snapshot: Snapshot, move: Move) -> str:
    """The range that ties the row of the move to other rows, or nothing."""
    return snapshot.layout_at(move.source).merged.get(move.source.row, "")


def _tied(move: Move, area: str) -> Finding:
    at = Spot(move.source.sheet, move.source.row, area.split(":", maxsplit=1)[0])
    return Finding.of(
        "cellules-fusionnees", Severity.NOTE, at=at, because=move.because, area=area, sheet=move.to
    )
