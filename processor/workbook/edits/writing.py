"""Values put into cells in hand, as Excel stores them (CT_Cell)."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from processor.workbook.package.markup import integer
from processor.workbook.sheet.cells import CellXml, RowXml
from processor.workbook.sheet.decoding import Decoder
from processor.workbook.sheet.strings import inline_item
from processor.workbook.sheet.styles import Styles
from processor.workbook.sheet.values import Cell, RichText, Written, to_serial

_DATE, _MOMENT, _TIME, _SPAN = "mm-dd-yy", "m/d/yy h:mm", "h:mm", "[h]:mm:ss"


@dataclass
class CellWriter:
    """Writes values into the rows of one sheet."""

    prefix: bytes
    styles: Styles
    date_1904: bool
    column_styles: dict[int, int]

    def put(self, row: RowXml, column: int, value: Written, number_format: str | None = None) -> None:
        """Put a value into the row, in the cell's own format, or the row's or column's when it has none."""
        cell = row.cells.get(column)
        style = self.style(row, column)
        value = None if isinstance(value, str | RichText) and not str(value) else value
        if value is None:
            if cell is not None or style:
                row.cells[column] = CellXml({}).restyled(style)
            return
        if isinstance(value, date | datetime | time | timedelta) and not self.styles.is_date(style):
            style = self.styles.with_number_format(style, number_format or natural_format(value))
        row.cells[column] = self.encoded(value).restyled(style)

    def style(self, row: RowXml, column: int) -> int:
        """The format that a cell has or, when it does not exist, would have."""
        cell = row.cells.get(column)
        if cell is not None:
            return cell.style
        if row.attributes.get("customFormat") in ("1", "true"):
            return integer(row.attributes.get("s"))
        return self.column_styles.get(column, 0)

    def encoded(self, value: Written) -> CellXml:
        """The value as a cell without format."""
        if isinstance(value, bool):
            return CellXml({"t": "b"}, self._v("1" if value else "0"))
        if isinstance(value, int | float):
            return CellXml({}, self._v(repr(value)))
        if isinstance(value, date | datetime | time | timedelta):
            return CellXml({}, self._v(repr(to_serial(value, self.date_1904))))
        return CellXml({"t": "inlineStr"}, inline_item(value or "", self.prefix))

    def _v(self, text: str) -> bytes:
        return b"<" + self.prefix + b"v>" + text.encode() + b"</" + self.prefix + b"v>"


def natural_format(value: date | datetime | time | timedelta) -> str:
    """The built-in format that Excel itself gives such a value; it follows the reader's language."""
    if isinstance(value, timedelta):
        return _SPAN
    if isinstance(value, time):
        return _TIME
    return _MOMENT if isinstance(value, datetime) and value.time() != time() else _DATE


def says_the_same(cell: Cell | None, value: Written, decoder: Decoder, writer: CellWriter) -> bool:
    """Whether a cell already holds the value, so that it is left as it is."""
    blank = value is None or (isinstance(value, str | RichText) and not str(value))
    if cell is None or (cell.kind == "blank" and cell.formula is None):
        return blank
    if blank or cell.formula is not None:
        return False
    if isinstance(value, RichText):
        return cell.rich == value
    if isinstance(value, str):
        return cell.value == value  # rich text that reads the same stays rich
    if isinstance(value, bool) or isinstance(cell.value, bool):
        return isinstance(value, bool) and cell.value is value
    if isinstance(value, int | float):
        return isinstance(cell.value, int | float) and cell.value == value
    if cell.kind != "date":
        return False
    encoded = CellXml({"s": str(cell.style)}, writer.encoded(value).inner)
    return decoder.cell(encoded, 1, 1).value == cell.value
