"""What a sheet of the contract is: its columns, their headers, what each accepts. The catalogue explains them."""

from dataclasses import dataclass
from enum import Enum, auto

from processor.model.catalogue import explained, say


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
    """One column of the contract. `field` is its name in the code, `width` is in Excel's characters.

    `written` columns are the program's own; `offered` ones stand in a new workbook.
    """

    field: str
    header: str
    accepts: Accepts = Accepts.TEXT
    required: bool = False
    choices: tuple[str, ...] = ()
    spellings: tuple[str, ...] = ()
    width: int = 16
    offered: bool = True
    from_list: str = ""
    written: bool = False


@dataclass(frozen=True)
class SheetSpec:
    """One sheet of the contract. `table` names its Excel table in a new workbook.

    `as_in` names the table whose columns are these too, where a sheet has the same ones as another.
    """

    name: str
    columns: tuple[Column, ...]
    table: str
    spellings: tuple[str, ...] = ()
    as_in: str = ""

    def column(self, field: str) -> Column:
        """The column of that field name."""
        return next(column for column in self.columns if column.field == field)

    @property
    def help(self) -> str:
        """What the sheet is for: the slug `sheet.<table>.help`; blank where the catalogue has none."""
        return explained(f"sheet.{self.table}.help")

    def help_of(self, column: Column) -> str:
        """What a cell of the column says of itself: the slug `column.<table>.<field>.help`, or nothing."""
        return explained(f"column.{self.as_in or self.table}.{column.field}.help")

    def guide_to(self, column: Column) -> str:
        """What the guide says of the column: its help, else the slug `column.<table>.<field>.guide`, or nothing."""
        told = self.help_of(column) or explained(f"column.{self.as_in or self.table}.{column.field}.guide")
        if not column.written:
            return told
        return told.removeprefix(say("column.written")).lstrip(" .:").capitalize()
