"""What is to be done to one sheet: changes by row as read, rows that go, rows that come, the shift of it all."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from processor.workbook.edits.edits import Values
from processor.workbook.edits.writing import CellWriter
from processor.workbook.errors import Reason, Refused
from processor.workbook.following.shift import Growth, RowShift
from processor.workbook.sheet.a1 import Range, cell_address
from processor.workbook.sheet.cells import CellXml, RowXml
from processor.workbook.sheet.decoding import Decoder
from processor.workbook.sheet.lists import DataList, Extent
from processor.workbook.sheet.marks import Cells, marked_cells
from processor.workbook.sheet.reader import Sheet, merged_in
from processor.workbook.sheet.survey import Survey

Change = Callable[[RowXml], None]


@dataclass(frozen=True)
class Incoming:
    """A row to come: like the list's last one, or a copy of `copied`, or carrying cells `moved` from elsewhere."""

    values: Values = field(default_factory=dict)
    copied: int | None = None
    moved: Mapping[int, CellXml] | None = None
    height: Mapping[str, str] | None = None
    origin: tuple[str, int] | None = None
    columns: Mapping[int, int] = field(default_factory=dict)


@dataclass
class Placed:
    """Where a list's incoming rows go: rows as read that they fill, and new rows behind the list's last one."""

    data: DataList
    hosts: list[int]
    inserted: int
    incoming: list[Incoming]


@dataclass
class SheetWork:
    """The work on one sheet; rows `cleared` should go, but a table keeps one."""

    sheet: Sheet
    found: Survey
    decoder: Decoder
    writer: CellWriter
    changes: dict[int, list[Change]] = field(default_factory=dict)
    deleted: set[int] = field(default_factory=set)
    cleared: set[int] = field(default_factory=set)
    marks: dict[tuple[int, int], bool] = field(default_factory=dict)
    incoming: dict[Extent, list[Incoming]] = field(default_factory=dict)
    placed: list[Placed] = field(default_factory=list)
    fresh: dict[int, list[RowXml]] = field(default_factory=dict)
    formula_lost: bool = False
    written: set[tuple[int, int]] = field(default_factory=set)
    shift: RowShift = field(default_factory=RowShift)
    inserting: RowShift = field(default_factory=RowShift)
    deleting: RowShift = field(default_factory=RowShift)

    @cached_property
    def merged(self) -> tuple[Range, ...]:
        """The merged ranges of the sheet as read."""
        return merged_in(self.found.root(self.sheet.part))

    def marked(self) -> Cells:
        """The cells as read that carry the mark once edits are applied; those of rows that go too."""
        asked = {True: set[tuple[int, int]](), False: set[tuple[int, int]]()}
        for place, mark in self.marks.items():
            asked[mark].add(place)
        root = self.found.root(self.sheet.part)
        return marked_cells(root, self.found.last_row) - asked[False] | asked[True]

    def check_seen(self, row: int, column: int) -> None:
        """Raises Refused where a cell is hidden under a merged one: a value there would never be seen."""
        for area in self.merged:
            if area.holds(row, column) and (row, column) != (area.first_row, area.first_col):
                cell = cell_address(row, column)
                raise Refused(Reason("merged cells", self.sheet.name, f"{cell} is hidden under {area}"))

    def change(self, row: int, change: Change) -> None:
        """Remember a change of a row as read."""
        self.changes.setdefault(row, []).append(change)

    def written_in(self, row: int) -> bool:
        """Whether a row as read goes, or edits write in it."""
        return row in self.deleted or row in self.changes

    def enter(self, extent: Extent, rows: list[Incoming]) -> None:
        """Remember rows to come into a list; a plain one is the same list whether or not its header was named."""
        for known in list(self.incoming):
            if known != extent and known.table is None is extent.table and known.bottom == extent.bottom:
                rows = [*self.incoming.pop(known), *rows]
                extent = max(known, extent, key=lambda item: item.header_row)
        self.incoming.setdefault(extent, []).extend(rows)

    def edited(self, number: int) -> RowXml:
        """The row as read with its changes, a copy of its own."""
        row = self.found.row(number)
        for change in self.changes.get(number, ()):
            change(row)
        return row

    def settle(self) -> None:
        """Work out the shift, once all rows that go and come are known."""
        counts: dict[int, int] = {}
        for placed in self.placed:
            if placed.inserted:
                before = placed.data.last + 1
                counts[before] = counts.get(before, 0) + placed.inserted
        inserted = tuple(sorted(counts.items()))
        deleted = tuple(sorted(self.deleted))
        self.inserting = RowShift(inserted)
        self.deleting = RowShift(deleted=tuple(self.inserting.place(row) for row in deleted))
        self.shift = RowShift(inserted, deleted, tuple(self._growth(placed) for placed in self.placed))

    def _growth(self, placed: Placed) -> Growth:
        data = placed.data
        last = self.last_after(placed)
        return Growth(
            data.columns, data.first, max(data.filled, data.first), data.last, last, data.table is not None
        )

    def last_after(self, placed: Placed) -> int:
        """The last data row of the list afterwards."""
        bottom = self.inserting.place(max([placed.data.last, *placed.hosts])) + placed.inserted
        return bottom - sum(1 for row in self.deleting.deleted if row <= bottom)
