"""All that one document says."""

from dataclasses import dataclass
from datetime import date, datetime

from processor.model.kinds import Kind
from processor.model.parameters import Parameters
from processor.model.roll import Attendee, Roll, SessionRoll


@dataclass(frozen=True)
class Facts:
    """All that one document says: of what kind, about which séance or session, for whom, issued when.

    `number` is borne by attestations alone; `replaces` is the number that this one cancels. `seal` is the signed
    statement of an attestation (`proof.statement`), blank until the document is made.
    `presences` asks a feuille d'émargement to show what staff noted. A mail without a document says in `changes` what is
    new, in `announced` the dates that the person knows, in `missing` whose presence is not noted.
    """

    kind: Kind
    parameters: Parameters
    issued_on: date
    seance: Roll | None = None
    session: SessionRoll | None = None
    person: Attendee | None = None
    hours: float | None = None
    number: str = ""
    replaces: str = ""
    seal: str = ""
    presences: bool = False
    changes: tuple[str, ...] = ()
    announced: tuple[datetime, datetime] | None = None
    missing: tuple[str, ...] = ()
