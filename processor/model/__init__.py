"""The ground floor: what a workbook says, what the night knows, what it has decided. It imports nothing of ours.

Everything here is an inert value: frozen, without a handle on any file. Times are wall-clock times in the one
time zone named in the sheet Paramètres, without an offset, because that is what people type and read.
"""

from processor.model.choices import Presence, Registering, Role, State, Status
from processor.model.facts import Facts
from processor.model.kinds import ATTESTATIONS, DOCUMENTS, INVITATIONS, NOTICES, Kind, Scope, Whom
from processor.model.parameters import Parameters
from processor.model.roll import Assiduity, Attendee, Roll, SessionRoll, participants, unnoted
from processor.model.rows import (
    FINISHED_SHEET,
    OPEN_SHEET,
    REGISTRATIONS_SHEET,
    Closure,
    Comment,
    Course,
    Group,
    Participation,
    Place,
    Registration,
    RepeatRequest,
    Seance,
    Session,
    Template,
    Trainer,
    Unread,
    Venue,
    Wording,
)

__all__ = [
    "ATTESTATIONS",
    "DOCUMENTS",
    "FINISHED_SHEET",
    "INVITATIONS",
    "NOTICES",
    "OPEN_SHEET",
    "REGISTRATIONS_SHEET",
    "Assiduity",
    "Attendee",
    "Closure",
    "Comment",
    "Course",
    "Facts",
    "Group",
    "Kind",
    "Parameters",
    "Participation",
    "Place",
    "Presence",
    "Registering",
    "Registration",
    "RepeatRequest",
    "Role",
    "Roll",
    "Scope",
    "Seance",
    "Session",
    "SessionRoll",
    "State",
    "Status",
    "Template",
    "Trainer",
    "Unread",
    "Venue",
    "Whom",
    "Wording",
    "participants",
    "unnoted",
]
