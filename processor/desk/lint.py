"""One template looked at alone, by the check that every night makes before it produces anything."""

from pathlib import Path

from processor.documents.kinds import SLUGS, kind_of_name
from processor.documents.lint.lint import lint
from processor.documents.lint.problems import Problem
from processor.model import Kind
from processor.night.observe import Clock
from processor.settings import Settings


def linted(
    path: Path, kind: Kind | None, settings: Settings | None, clock: Clock
) -> tuple[Kind, tuple[Problem, ...]]:
    """The kind that the template was checked as, and what is wrong with it.

    Without a kind, it is that of the workbook's row which names the file, else the one that the file's name begins
    with, else the one for which the fewest of the template's words are wrong. With the settings of a workbook, its
    longest and oddest rows are tried and its own columns are known. Raises Stopped when the workbook cannot be read.
    """
    snapshot = None
    if settings is not None:
        from processor.night.journal_place import past
        from processor.night.observe import observe

        snapshot = observe(settings, settings.workbook, past(settings), clock).snapshot
        named = (row.kind for row in snapshot.templates if Path(row.file).name == path.name)
        kind = kind or next(named, None)
    kind = kind or kind_of_name(path.name) or _likely(path)
    if snapshot is None:
        return kind, lint(path, kind)
    from processor.night.paper import oddest

    return kind, lint(path, kind, oddest(snapshot, kind))


def _likely(path: Path) -> Kind:
    """The kind whose words the template uses; the kinds are tried in the order of the table."""
    return min(SLUGS.values(), key=lambda kind: sum(problem.serious for problem in lint(path, kind)))
