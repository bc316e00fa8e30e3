"""The contract with staff: the sheets, one module each, in the order of a new workbook.

The reader recognises headers by them, the new workbook is made from them, and so is the sheet « Mode d’emploi ».
"""

from processor.contract.closures import CLOSURES
from processor.contract.comments import COMMENTS
from processor.contract.courses import COURSES
from processor.contract.groups import GROUPS
from processor.contract.journal import JOURNAL
from processor.contract.parameters import PARAMETERS
from processor.contract.participations import PARTICIPATIONS
from processor.contract.registrations import REGISTRATIONS
from processor.contract.seances import FINISHED, OPEN
from processor.contract.sessions import SESSIONS
from processor.contract.templates import TEMPLATES
from processor.contract.trainers import TRAINERS
from processor.contract.venues import VENUES

SHEETS = (
    OPEN, FINISHED, SESSIONS, COURSES, REGISTRATIONS, PARTICIPATIONS, TRAINERS, VENUES, GROUPS, TEMPLATES,
    COMMENTS, CLOSURES, PARAMETERS, JOURNAL,
)  # fmt: skip

__all__ = [
    "CLOSURES",
    "COMMENTS",
    "COURSES",
    "FINISHED",
    "GROUPS",
    "JOURNAL",
    "OPEN",
    "PARAMETERS",
    "PARTICIPATIONS",
    "REGISTRATIONS",
    "SESSIONS",
    "SHEETS",
    "TEMPLATES",
    "TRAINERS",
    "VENUES",
]
