"""A new French workbook: the guide, every sheet of the contract, then the words of letters."""

from collections.abc import Sequence
from pathlib import Path

from processor.contract import SHEETS
from processor.model.catalogue import say
from processor.starting.content import Content, filled
from processor.starting.fixed import save
from processor.starting.guide import add_guide, add_words
from processor.starting.sheet import add_sheet
from processor.starting.validations import list_name, list_reference


def new_workbook(path: Path, content: Content | None, placeholders: Sequence[tuple[str, str, str]]) -> None:
    """Writes a workbook ready to be filled; the same content makes the same bytes.

    `content` is rows by header, by sheet; `placeholders` are what templates may say: what to type, its meaning, an
    example. Raises FileExistsError rather than write over anything.
    """
    from openpyxl import Workbook
    from openpyxl.workbook.defined_name import DefinedName

    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    add_guide(workbook)
    rows = filled(content)
    for spec in SHEETS:
        add_sheet(workbook, spec, rows[spec.name])
    add_words(workbook, placeholders)
    for sheet in sorted({column.from_list for spec in SHEETS for column in spec.columns if column.from_list}):
        workbook.defined_names[list_name(sheet)] = DefinedName(
            list_name(sheet), attr_text=list_reference(sheet)
        )
    workbook.calculation.fullCalcOnLoad = False
    workbook.properties.creator = "Séances"
    workbook.properties.title = say("starting.title")
    save(workbook, path)
