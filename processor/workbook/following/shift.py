"""Where the rows of a sheet stand after rows were inserted and deleted."""

from bisect import bisect_left
from dataclasses import dataclass, field

from processor.workbook.sheet.a1 import MAX_ROW, Range


@dataclass(frozen=True)
class Growth:
    """A list that was appended to: its data rows and columns as read, and its last row afterwards.

    `filled` is the last row that held something; `whole` says that references to all its rows follow
    (tables), as they do in Excel when a table grows.
    """

    columns: tuple[int, int]
    first: int
    filled: int
    last: int
    last_after: int
    whole: bool

    def extends(self, area: Range) -> bool:
        """Whether a format or validation on the area reaches the list's end, so that it grows with it."""
        left, right = self.columns
        return (
            left <= area.first_col
            and area.last_col <= right
            and area.first_row <= self.filled <= area.last_row <= self.last
        )

    def reached_by(self, area: Range) -> bool:
        """Whether a filter's or print area, which may be wider than the list, ends with it."""
        left, right = self.columns
        return (
            area.first_col <= right
            and left <= area.last_col
            and area.first_row < self.first
            and self.filled <= area.last_row <= self.last
        )

    def covers(self, area: Range) -> bool:
        """Whether a reference is to all the data rows of the table."""
        left, right = self.columns
        return (
            self.whole
            and left <= area.first_col
            and area.last_col <= right
            and (area.first_row, area.last_row) == (self.first, self.last)
        )


@dataclass(frozen=True)
class RowShift:
    """Rows inserted before rows as read, (before, how many), rows deleted, both ascending, and lists grown."""

    inserted: tuple[tuple[int, int], ...] = ()
    deleted: tuple[int, ...] = ()
    growths: tuple["Growth", ...] = ()
    _gone: frozenset[int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_gone", frozenset(self.deleted))

    def __bool__(self) -> bool:
        return bool(self.inserted or self.deleted or self.growths)

    def place(self, row: int) -> int:
        """Where the row stands afterwards; for a deleted row where the next row left stands."""
        row_after = row - bisect_left(self.deleted, row)
        for before, count in self.inserted:
            if before <= row:
                row_after += count
        return row_after

    @property
    def moves(self) -> bool:
        """Whether rows move at all (lists may grow into free rows without that)."""
        return bool(self.inserted or self.deleted)

    @property
    def first_moved(self) -> int:
        """The first row that does not stay where it is."""
        return min((*self.deleted[:1], *(before for before, _ in self.inserted[:1])), default=MAX_ROW + 1)

    def row(self, row: int) -> int | None:
        """Where the row stands afterwards, None when it was deleted.

        >>> shift = RowShift(deleted=(4, 5))
        >>> shift.row(3), shift.row(4), shift.row(9)
        (3, None, 7)
        """
        if row in self._gone:
            return None
        return min(self.place(row), MAX_ROW)

    def span(self, top: int, bottom: int) -> tuple[int, int] | None:
        """What is left of the rows from top to bottom, None when nothing is; a whole column stays whole.

        >>> shift = RowShift(deleted=(4, 5))
        >>> shift.span(2, 9), shift.span(4, 6), shift.span(4, 5), shift.span(1, 1048576)
        ((2, 7), (4, 4), None, (1, 1048576))
        """
        if top == 1 and bottom == MAX_ROW:
            return top, bottom
        gone = self._gone
        while top in gone:
            top += 1
        while bottom in gone:
            bottom -= 1
        if top > bottom:
            return None
        return min(self.place(top), MAX_ROW), min(self.place(bottom), MAX_ROW)

    def range(self, area: Range) -> Range | None:
        """What is left of a range."""
        rows = self.span(area.first_row, area.last_row)
        return None if rows is None else Range(rows[0], area.first_col, rows[1], area.last_col)

    def grown(self, area: Range) -> Range | None:
        """What is left of the range of a format or validation, extended where the list that it ends with grew."""
        moved = self.range(area)
        for growth in self.growths:
            if moved is not None and growth.extends(area) and moved.last_row < growth.last_after:
                moved = Range(moved.first_row, moved.first_col, growth.last_after, moved.last_col)
        return moved

    def lengthened(self, area: Range) -> Range | None:
        """What is left of a filter's range or a print area, longer where the list that it ends with grew."""
        moved = self.range(area)
        for growth in self.growths:
            if moved is not None and growth.reached_by(area) and moved.last_row < growth.last_after:
                moved = Range(moved.first_row, moved.first_col, growth.last_after, moved.last_col)
        return moved

    def sqref(self, text: str) -> str:
        """What is left of a list of ranges; "" when nothing is.

        >>> RowShift(deleted=(4,)).sqref("A4 B2:B9 C4:D4")
        'B2:B8'
        """
        left = []
        for item in text.split():
            area = Range.parse(item)
            moved = self.grown(area) if area else None
            if area is None or moved == area:
                left.append(item)
            elif moved is not None:
                left.append(str(moved))
        return " ".join(left)
