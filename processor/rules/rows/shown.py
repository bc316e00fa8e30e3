"""What the night leaves to be seen of itself: the rows of Journal, the columns and sheets that what it writes needs."""

from collections.abc import Iterable, Iterator

from processor.contract import FINISHED, JOURNAL, OPEN, PARTICIPATIONS, REGISTRATIONS
from processor.model import OPEN_SHEET
from processor.model.catalogue import say
from processor.model.layout import Layout
from processor.model.plan import NewColumn, NewRow, NewSheet
from processor.model.sheets import SheetSpec
from processor.model.snapshot import Snapshot
from processor.rules.decided import Decided, Done

_OURS = ("code", "series", "control")


def journal_rows(snapshot: Snapshot, done: Iterable[Done]) -> list[NewRow]:
    """A row of Journal for each thing done; none in a workbook without that sheet."""
    if not snapshot.has(JOURNAL):
        return []
    return [
        NewRow(
            JOURNAL.name,
            {"when": snapshot.now, "action": one.action, "seance": one.code or None, "detail": one.detail},
            one.place,
            one.detail,
            one.tells,
        )
        for one in done
    ]


def columns(snapshot: Snapshot, decided: Decided) -> Iterator[NewColumn]:
    """Our own columns that a sheet lacks and that something is to be written in."""
    for spec in (OPEN, FINISHED, PARTICIPATIONS, REGISTRATIONS):
        layout = snapshot.layouts.get(spec.name)
        if layout is not None:
            written = (w for w in decided.writes if w.source.sheet == layout.sheet and w.value is not None)
            of_copies = {"code", "series"} if spec is OPEN and decided.repeats else set()
            yield from _lacking(spec, layout, {write.field for write in written} | of_copies)


def _lacking(spec: SheetSpec, layout: Layout, needed: set[str]) -> Iterator[NewColumn]:
    dates = ("invited_on", "attested_on") if spec is REGISTRATIONS else ()
    for name in (*_OURS, *dates):
        if name in needed and not layout.has(name) and name in {column.field for column in spec.columns}:
            header = spec.column(name).header
            yield NewColumn(spec.name, name, header, say("shown.column", header=header))


def sheets(snapshot: Snapshot, decided: Decided) -> Iterator[NewSheet]:
    """The sheets that rows go to and that the workbook lacks: without Participations, no presence could be noted."""
    if any(move.to != OPEN_SHEET for move in decided.moves) and not snapshot.has(FINISHED):
        yield NewSheet(FINISHED.name, say("shown.finished"))
    noted = any(row.sheet == PARTICIPATIONS.name for row in decided.rows)
    if noted and not snapshot.has(PARTICIPATIONS):
        yield NewSheet(PARTICIPATIONS.name, say("shown.participations"))
