"""A table of a sheet as read (CT_Table)."""

from dataclasses import dataclass

from processor.workbook.errors import Unreadable
from processor.workbook.package.markup import parse_xml, whole
from processor.workbook.sheet.a1 import Range


@dataclass(frozen=True)
class Table:
    """A table as read; `ref` includes header and totals rows, `columns` are the names in order."""

    name: str
    ref: Range
    header_row: int | None
    totals_row: int | None
    columns: tuple[str, ...]
    part: str = ""

    @property
    def data(self) -> tuple[int, int]:
        """First and last data row."""
        first = self.ref.first_row + (self.header_row is not None)
        return first, self.ref.last_row - (self.totals_row is not None)


def read_table(content: bytes, part: str) -> Table:
    """The table that a table part describes."""
    root = parse_xml(content, part)
    ref = Range.parse(root.get("ref") or "")
    if ref is None:
        raise Unreadable("damaged", f"{part} has no range")
    header = whole(root, "headerRowCount", 1)
    totals = whole(root, "totalsRowCount")
    columns = tuple(node.get("name") or "" for node in root.iterfind("{*}tableColumns/{*}tableColumn"))
    name = root.get("displayName") or root.get("name") or ""
    return Table(
        name, ref, ref.first_row if header else None, ref.last_row if totals else None, columns, part
    )
