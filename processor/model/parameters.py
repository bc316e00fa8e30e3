"""What staff set in the sheet Paramètres."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from processor.model.address import NOWHERE, Address
from processor.model.kinds import Kind


@dataclass(frozen=True)
class Parameters:
    """The sheet Paramètres, with the value that holds where staff set none."""

    organisation: str = ""
    address: str = ""
    postcode: str = ""
    city: str = ""
    phone: str = ""
    email: Address = NOWHERE
    website: str = ""
    siret: str = ""
    declaration_number: str = ""
    signatory: str = ""
    signatory_title: str = ""
    zone: str = "Europe/Paris"
    country: str = "FR"
    alsace_moselle: bool = False
    sender: Address = NOWHERE
    reply_to: Address = NOWHERE
    report_to: Address = NOWHERE
    mails_per_night: int = 500
    keep_holidays: bool = False
    repetition_name: str = ""
    automatic_invitation_days: int | None = None
    automatic_attestation: bool = False
    reminder_days: int | None = None
    chase_days: int | None = None
    absence_follow_up: bool = False
    midday_break: int = 0
    emargement_days: int = 7
    calendar_answers: bool = False
    calendar_alarm: int | None = None
    attachments_mb: int = 10
    documents_url: str = ""
    default_templates: Mapping[Kind, str] = field(default_factory=dict)
