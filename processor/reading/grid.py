"""A sheet as reading sees it: sparse cells, whatever read them, and where the recognised columns stand."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

Value = str | int | float | bool | datetime | time | timedelta | None


INVISIBLE = dict.fromkeys((0x00AD, 0x200B, 0x2060, 0xFEFF))
"""Characters that pasting from the web or a mail brings along and nobody sees: soft hyphen, spaces without width, byte
order mark. Joiners and marks of direction stay, since they change how a name looks.
"""


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell holds. `shows_time` says whether its number format displays an hour; `error` is such as #REF!."""

    value: Value = None
    error: str = ""
    formula: bool = False
    shows_time: bool = False

    @property
    def blank(self) -> bool:
        """Whether a person sees nothing there."""
        return (
            not self.formula
            and not self.error
            and (
                self.value is None
                or (isinstance(self.value, str) and not self.value.translate(INVISIBLE).strip())
            )
        )


BLANK = Cell()


@dataclass(frozen=True)
class Grid:
    """The cells of one sheet: row number → column number → cell, both from 1. `marked` carries our fill.

    `merged` leads from each row that shares a merged cell with another row to that range, such as `E2:E4`.
    """

    name: str
    rows: Mapping[int, Mapping[int, Cell]]
    marked: frozenset[tuple[int, int]] = frozenset()
    date_1904: bool = False
    merged: Mapping[int, str] = field(default_factory=dict)
