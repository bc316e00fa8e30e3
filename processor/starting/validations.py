"""The drop-downs and prompts of a new workbook. They help and hardly ever forbid: the night explains what is wrong."""

from typing import TYPE_CHECKING

from processor.contract import SHEETS, TEMPLATES
from processor.contract.parameters import Setting
from processor.model.catalogue import say
from processor.model.sheets import Accepts, Column, SheetSpec
from processor.model.typography import typeset

if TYPE_CHECKING:
    from openpyxl.worksheet.datavalidation import DataValidation

LAST_ROW = 5000
_LEAST = {"weeks": 1}
_TITLE = 32
_PROMPT = 255
_ERROR = 225


def list_name(sheet: str) -> str:
    """The defined name of a sheet's first column, which drop-downs of other sheets show.

    >>> list_name("Modèles")
    'Liste_Modeles'
    """
    return f"Liste_{_spec(sheet).table}"


def list_reference(sheet: str) -> str:
    """What that name refers to: the first column of the table, however long it grows.

    >>> list_reference("Modèles")
    'Modeles[Nom]'
    """
    spec = _spec(sheet)
    return f"{spec.table}[{spec.columns[0].header}]"


def _spec(sheet: str) -> SheetSpec:
    return next(spec for spec in SHEETS if spec.name == sheet)


def validation(spec: SheetSpec, column: Column) -> "DataValidation | None":
    """The validation of a column's cells; none where there is nothing to say.

    Only a word outside a closed choice and a number that is none are refused at once. A name that its list does not
    have yet, « x » for « oui » and dates in words may be typed.
    """
    from openpyxl.worksheet.datavalidation import DataValidation

    made: DataValidation
    told = spec.help_of(column)
    if column.from_list:
        made = DataValidation("list", list_name(column.from_list), showErrorMessage=False)
    elif column.choices:
        made = DataValidation("list", '"' + ",".join(column.choices) + '"')
        made.showErrorMessage = column.accepts is Accepts.CHOICE or column.choices == ("oui", "non")
        words = say("validation.choice", choices=", ".join(column.choices).rstrip("."))
        made.error = words if len(words) <= _ERROR else say("validation.choice.long")
    elif column.accepts in (Accepts.WHOLE, Accepts.NUMBER):
        least = _LEAST.get(column.field, 0)
        whole = column.accepts is Accepts.WHOLE
        made = DataValidation("whole" if whole else "decimal", str(least), operator="greaterThanOrEqual")
        made.showErrorMessage = True
        made.error = say("validation.number", least=least)
    elif told:
        made = DataValidation(showErrorMessage=False)
    else:
        return None
    made.allow_blank = True
    if made.showErrorMessage:
        made.errorTitle = column.header[:_TITLE]
    if told:
        made.showInputMessage, made.promptTitle, made.prompt = (
            True,
            column.header[:_TITLE],
            typeset(told)[:_PROMPT],
        )
    return made


def setting_validation(setting: Setting) -> "DataValidation | None":
    """A drop-down for the value of a setting, where the accepted words are few; it forbids nothing."""
    from openpyxl.worksheet.datavalidation import DataValidation

    if setting.field.startswith("default:"):
        formula = list_name(TEMPLATES.name)
    elif setting.field == "keep_holidays":
        formula = '"sauter,garder"'
    elif setting.accepts is Accepts.YES:
        formula = '"oui,non"'
    else:
        return None
    return DataValidation("list", formula, showErrorMessage=False, allow_blank=True)
