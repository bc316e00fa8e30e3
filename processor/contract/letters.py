"""The letters of a new workbook: what the sheet Modèles holds at first, and what holds where there is no such sheet.

Their places name no sheet, since they stand in none.
"""

from processor.model import DOCUMENTS, Place, Template

LETTERS = tuple(
    Template(Place("", number), kind.label, kind, kind.traits.template, kind.subject, kind.message)
    for number, kind in enumerate(DOCUMENTS, 1)
)
