"""What moving and deleting rows does to the references in formulas."""

from collections.abc import Mapping

from processor.workbook.following.shift import RowShift
from processor.workbook.sheet.a1 import Range, column_number
from processor.workbook.sheet.formulas import corner_of, rewrite


def shifted(formula: str, own_sheet: str, shifts: Mapping[str, RowShift]) -> str:
    """The formula after rows of some sheets were inserted and deleted; sheets are keyed in lower case.

    A reference wholly deleted becomes #REF! behind its sheet's name, as Excel writes it; an end of a
    range that was deleted moves to the next row that is left; whole columns stay.

    >>> shifted("SUM(E2:E9)+Feuil2!E4+E4", "Feuil1", {"feuil1": RowShift(deleted=(4,))})
    'SUM(E2:E8)+Feuil2!E4+#REF!'
    """

    def change(sheet: str, reference: str) -> str:
        shift = shifts.get(sheet.casefold())
        return reference if shift is None else shifted_reference(reference, shift)

    return rewrite(formula, own_sheet, change)


def shifted_reference(reference: str, shift: RowShift) -> str:
    """One reference after the shift, its dollar signs kept."""
    first, _, last = reference.partition(":")
    start = corner_of(first)
    if not start[3]:
        return reference
    if not last:
        row = shift.row(int(start[3]))
        return "#REF!" if row is None else f"{start[0]}{start[1]}{start[2]}{row}"
    end = corner_of(last)
    top, bottom = int(start[3]), int(end[3])
    if top > bottom:
        top, bottom, start, end = bottom, top, (*start[:2], *end[2:]), (*end[:2], *start[2:])
    rows = shift.span(top, bottom)
    if rows is None:
        return "#REF!"
    if shift.growths and start[1] and end[1]:
        area = Range(top, column_number(start[1]), bottom, column_number(end[1]))
        rows = rows[0], max(rows[1], *(g.last_after for g in shift.growths if g.covers(area)), 0)
    return f"{''.join(start[:3])}{rows[0]}:{''.join(end[:3])}{rows[1]}"
