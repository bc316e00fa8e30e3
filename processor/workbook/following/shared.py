"""Shared formulas (CT_CellFormula t="shared"): which groups stay shared when rows move, and who holds the text."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from processor.workbook.following.moves import Moves
from processor.workbook.following.templates import Template, Templates
from processor.workbook.sheet.formulas import references, translated
from processor.workbook.sheet.survey import Group, Survey

_LOOKED_AT = 10_000  # rows of a group whose formulas are tried one by one


@dataclass(frozen=True)
class Heir:
    """A cell that takes over the text of its group, because the cell that held it goes or is written by an edit."""

    row: int
    column: int


@dataclass(frozen=True)
class Sharing:
    """By group: those that stay shared, with what becomes of their text; those written out cell by cell; the heirs."""

    kept: Mapping[str, Template]
    written_out: frozenset[str]
    heirs: Mapping[str, Heir]

    def rows(self, found: Survey) -> set[int]:
        """The rows that hold the text of a group, before or afterwards."""
        masters = {found.groups[index].row for index in (*self.kept, *self.written_out, *self.heirs)}
        return masters | {heir.row for heir in self.heirs.values()}


def sharing(
    found: Survey,
    sheet: str,
    moves: Moves,
    templates: Templates,
    leaves: Callable[[int], bool],
    sharers: Callable[[str], Iterator[tuple[int, int]]],
) -> Sharing:
    """What becomes of the groups. `leaves` tells of a row that it is deleted or that edits write in it.

    `sharers` gives the cells that share the formula of a group, from top to bottom.
    """
    kept: dict[str, Template] = {}
    written_out: set[str] = set()
    heirs: dict[str, Heir] = {}
    first = moves.of(sheet).first_moved
    for index, group in found.groups.items():
        if group.area.last_row < first and not leaves(group.row) and _stands(group, sheet, moves):
            continue
        template = templates.of_group(group.text, group.row, 0)
        if template is None or not template.plain:
            written_out.add(index)
            continue
        kept[index] = template
        if leaves(group.row):
            heir = next((Heir(*place) for place in sharers(index) if not leaves(place[0])), None)
            if heir is not None:
                heirs[index] = heir
    return Sharing(kept, frozenset(written_out), heirs)


def _stands(group: Group, sheet: str, moves: Moves) -> bool:
    """Whether every formula of the group reads the same after the moves."""
    pointed = {name.casefold() for name, _ in references(group.text, sheet)}
    if not pointed & (moves.shifts.keys() | moves.carried.keys()):
        return True
    if group.area.last_row - group.area.first_row > _LOOKED_AT:
        return False
    texts = (
        translated(group.text, row - group.row)
        for row in range(group.area.first_row, group.area.last_row + 1)
    )
    return all(moves.formula(text, sheet) == text for text in texts)
