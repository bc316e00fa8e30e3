"""What a sheet of the contract is: its columns, their headers, what each accepts."""

from dataclasses import dataclass
from enum import Enum, auto


class Accepts(Enum):
    """What a column's cells hold."""

    TEXT = auto()
    DATE = auto()
    DATETIME = auto()
    TIME = auto()
    WHOLE = auto()
    NUMBER = auto()
    YES = auto()
    CHOICE = auto()
    WEEKDAYS = auto()
    NAMES = auto()
    STATE = auto()


@dataclass(frozen=True)
class Column:
    """One column of the contract. `field` is its name in the code, `width` is in Excel's characters."""

    field: str
    header: str
    accepts: Accepts = Accepts.TEXT
    required: bool = False
    choices: tuple[str, ...] = ()
    help: str = ""
    spellings: tuple[str, ...] = ()
    width: int = 16
    offered: bool = True
    from_list: str = ""


@dataclass(frozen=True)
class SheetSpec:
    """One sheet of the contract. `table` names its Excel table in a new workbook; `help` opens its guide."""

    name: str
    columns: tuple[Column, ...]
    table: str
    help: str = ""
    spellings: tuple[str, ...] = ()

    def column(self, field: str) -> Column:
        """The column of that field name."""
        return next(column for column in self.columns if column.field == field)
