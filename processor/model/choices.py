"""What staff choose from: the accepted values of a column, as they stand in the workbook."""

from enum import StrEnum


class Registering(StrEnum):
    """Who may be registered for a séance, and by whom (Claroline's three ways)."""

    AUTOMATIC = "Automatique"
    MANUAL = "Manuelle"
    PUBLIC = "Publique"


class State(StrEnum):
    """What staff say of a séance; blank means that nothing was said, and the séance takes place."""

    CONFIRMED = "Confirmée"
    CANCELLED = "Annulée"


class Role(StrEnum):
    """What a registered person does in the séance."""

    PARTICIPANT = "Participant"
    TRAINER = "Formateur"


class Status(StrEnum):
    """Where a registration stands; only Inscrit counts in the capacity."""

    REGISTERED = "Inscrit"
    WAITING = "En attente"
    WITHDRAWN = "Désinscrit"


class Presence(StrEnum):
    """What staff noted after the séance; blank is Claroline's « Non renseigné »."""

    UNKNOWN = ""
    PRESENT = "Présent"
    EXCUSED = "Absent justifié"
    ABSENT = "Absent non justifié"
