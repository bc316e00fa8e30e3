"""What cells and rows that come should look like: the formats, heights and formulas that their neighbours share."""

from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TypeVar

from processor.workbook.edits.edits import CellEdit, SetCell
from processor.workbook.edits.work import Placed, SheetWork
from processor.workbook.errors import Reason, Refused
from processor.workbook.sheet.a1 import MAX_COLUMN, MAX_ROW
from processor.workbook.sheet.cells import RowXml

LOOKED_AT = 5  # Excel's own rule: at least three of the last five rows
_BAND = 6  # so that each of two bands has three rows to speak for it
_MOST_BLANK = 5000
_ABSENT = -1
T = TypeVar("T", bound=Hashable)


def agreed(voices: Sequence[T]) -> T | None:
    """What more than half of the voices say, None when there is no such thing.

    >>> agreed(["a", "b", "a", "a", "c"]), agreed(["a", "b", "a", "c"])
    ('a', None)
    """
    said, times = Counter(voices).most_common(1)[0] if voices else (None, 0)
    return said if times * 2 > len(voices) else None


def alternates(voices: Sequence[Hashable]) -> bool:
    """Whether at least four voices say one thing and another by turns.

    >>> alternates("abab"), alternates("ababa"), alternates("aaaa"), alternates("aba"), alternates("ababb")
    (True, True, False, False, False)
    """
    return len(voices) >= 4 and voices[0] != voices[1] and voices[2:] == voices[:-2]


def rows_to_look_at(edit: CellEdit) -> range:
    """The rows beside its own that the edit of a cell looks at."""
    if not isinstance(edit, SetCell) or edit.like is None:
        return range(0)
    if edit.like == "above":
        return range(max(edit.row - LOOKED_AT, 1), edit.row)
    return range(edit.like[0], edit.like[0] + 1)


def borrowed_style(edit: SetCell, work: SheetWork) -> int | None:
    """The format that the cell takes from a neighbour, None when it keeps its own. Raises Refused for no address."""
    styles = work.writer.styles
    if edit.like is None:
        return None
    if edit.like == "above":
        style = _extended(edit, work)
    else:
        row, column = edit.like
        if not (1 <= row <= MAX_ROW and 1 <= column <= MAX_COLUMN):
            raise Refused(Reason("address", edit.sheet, f"row {row}, column {column}"))
        style = styles.without_mark(work.writer.style(work.found.row(row), column))
    if style is None or edit.number_format is None:
        return style
    return styles.with_number_format(style, edit.number_format)


def _extended(edit: SetCell, work: SheetWork) -> int | None:
    styles = work.writer.styles
    if styles.without_mark(work.writer.style(work.found.row(edit.row), edit.column)):
        return None
    above = [work.found.row(row) for row in rows_to_look_at(edit)]
    voices = [styles.without_mark(work.writer.style(row, edit.column)) for row in above]
    style, times = Counter(voices).most_common(1)[0] if voices else (0, 0)
    return style if style and times * 2 > LOOKED_AT else None


@dataclass(frozen=True)
class Look:
    """The rows that a new one should look like, the nearest first."""

    rows: Sequence[RowXml]
    unmarked: Callable[[int], int]
    fill: Callable[[int], int]

    @cached_property
    def styles(self) -> dict[int, int]:
        """The formats of the new cells, by the columns that should have one."""
        columns = sorted({column for row in self.rows for column in row.cells})
        voted = {column: self._style(column) for column in columns}
        return {column: style for column, style in voted.items() if style != _ABSENT}

    def _style(self, column: int) -> int:
        """What most rows have in the column; else what the nearest one has whose cell is not coloured apart from its row."""
        voices = [_style_of(row, column, self.unmarked) for row in self.rows]
        said = agreed(voices)
        if said is not None:
            return said
        usual = (
            v
            for v, colour in zip(voices, self._colours, strict=True)
            if v != _ABSENT and self.fill(v) == colour
        )
        return next(usual, voices[0])

    @cached_property
    def _colours(self) -> list[int | None]:
        """The fill that most cells of each row have."""
        rows = ([self.fill(self.unmarked(cell.style)) for cell in row.cells.values()] for row in self.rows)
        return [agreed(fills) for fills in rows]

    @cached_property
    def attributes(self) -> dict[str, str]:
        """A height set by hand, the format of a whole row, and what stands in other namespaces."""
        heights = [_some(row, "ht", "customHeight") if _by_hand(row) else () for row in self.rows]
        formats = [_some(row, "s", "customFormat") for row in self.rows]
        others = {name: value for name, value in self.rows[0].attributes.items() if ":" in name}
        return {**dict(_voted(formats)), **dict(_voted(heights)), **others}


def looks_of(work: SheetWork, placed: Placed) -> tuple[Look, ...]:
    """What the new rows of a list look like, by turns: one look, or two where its last rows alternate."""
    unmarked, fill = work.writer.styles.without_mark, cache(work.writer.styles.fill)
    rows = [work.found.row(number) for number in last_rows(work, placed, _BAND)]
    left, right = placed.data.columns
    columns = sorted(
        {c for row in rows for c in row.cells if placed.data.table is None or left <= c <= right}
    )
    banded = [alternates([_style_of(row, c, unmarked) for row in rows[:LOOKED_AT]]) for c in columns]
    if sum(banded) * 2 > len(columns):
        return Look(rows[1::2], unmarked, fill), Look(rows[::2], unmarked, fill)
    return (Look(rows[:LOOKED_AT], unmarked, fill),)


def last_rows(work: SheetWork, placed: Placed, count: int) -> list[int]:
    """The last filled rows of a list that stay, the last one first; the list's first row where none is filled."""
    data, found = placed.data, []
    for row in range(data.filled, max(data.first, data.filled - _MOST_BLANK) - 1, -1):
        if row not in work.deleted:
            found.append(row)
        if len(found) == count:
            break
    return found or [max(data.filled, data.first)]


def _style_of(row: RowXml, column: int, unmarked: Callable[[int], int]) -> int:
    """The format of the row's cell without our mark."""
    cell = row.cells.get(column)
    return _ABSENT if cell is None else unmarked(cell.style)


def _voted(voices: Sequence[T]) -> T:
    said = agreed(voices)
    return voices[0] if said is None else said


def _some(row: RowXml, *names: str) -> tuple[tuple[str, str], ...]:
    return tuple((name, row.attributes[name]) for name in names if name in row.attributes)


def _by_hand(row: RowXml) -> bool:
    return row.attributes.get("customHeight") in ("1", "true")
