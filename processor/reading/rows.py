"""The rows of every other sheet as values of the model."""

from datetime import date, datetime, time

from processor.model import (
    NOTICES,
    Closure,
    Comment,
    Course,
    Group,
    Kind,
    Participation,
    Presence,
    Registering,
    Registration,
    Role,
    Session,
    Status,
    Template,
    Trainer,
    Venue,
    Wording,
)
from processor.model.address import NOWHERE, Address, read_address
from processor.model.catalogue import say
from processor.model.domains import meant_domain
from processor.model.findings import Fault, Severity
from processor.reading.cells import as_datetime
from processor.reading.records import Record


def read_session(record: Record) -> Session:
    """A row of Sessions."""
    registering = record.text("registering")
    return Session(
        place=record.place,
        code=record.text("code"),
        name=record.text("name"),
        course=record.text("course"),
        description=record.text("description"),
        start=record.get("start", date),
        end=record.get("end", date),
        trainers=record.get("trainers", tuple) or (),
        places=record.get("places", int),
        registering=Registering(registering) if registering else None,
        invitation_template=record.text("invitation_template"),
        certificate_template=record.text("certificate_template"),
        invite=record.values.get("invite") is True,
        attest=record.values.get("attest") is True,
        control=record.text("control"),
        others=record.others,
    )


def read_course(record: Record) -> Course:
    """A row of Formations."""
    return Course(
        record.place,
        record.text("code"),
        record.text("title"),
        record.text("description"),
        record.text("objectives"),
        record.text("nature"),
        record.get("hours", float),
    )


def read_registration(record: Record) -> Registration:
    """A row of Inscriptions. A wrong address is told, and leaves the person registered without an address."""
    since = record.values.get("since")
    if not record.text("session") and not record.text("seance"):
        field = "session" if record.layout.has("session") else "seance"
        record.fault(field, Fault.of("inscription-sans-seance"), say("inscription-sans-seance.why"))
    return Registration(
        place=record.place,
        first_name=record.text("first_name"),
        last_name=record.text("last_name"),
        session=record.text("session"),
        seance=record.text("seance"),
        civility=record.text("civility"),
        email=_address(record),
        employer=record.text("employer"),
        role=Role(record.text("role") or Role.PARTICIPANT),
        status=Status(record.text("status") or Status.REGISTERED),
        since=as_datetime(since, time()) if isinstance(since, date) else None,
        invited_on=_moment(record, "invited_on"),
        attested_on=_moment(record, "attested_on"),
        others=record.others,
    )


def read_participation(record: Record) -> Participation:
    """A row of Participations."""
    return Participation(
        place=record.place,
        seance=record.text("seance"),
        first_name=record.text("first_name"),
        last_name=record.text("last_name"),
        email=_one_address(record),  # a slip of the domain is told where people register, once
        role=Role(record.text("role") or Role.PARTICIPANT),
        status=Status(record.text("status") or Status.REGISTERED),
        presence=Presence(record.text("presence")),
        hours=record.get("hours", float),
        invited_on=_moment(record, "invited_on"),
        attested_on=_moment(record, "attested_on"),
        attestation_number=record.text("attestation_number"),
        reissue=record.text("reissue"),
    )


def read_trainer(record: Record) -> Trainer:
    """A row of Formateurs."""
    return Trainer(
        record.place,
        record.text("first_name"),
        record.text("last_name"),
        _address(record),
        record.text("phone"),
    )


def read_venue(record: Record) -> Venue:
    """A row of Lieux."""
    return Venue(
        record.place,
        record.text("name"),
        record.text("address"),
        record.text("postcode"),
        record.text("city"),
        record.text("country"),
        record.text("phone"),
        record.get("capacity", int),
    )


def read_group(record: Record) -> Group:
    """A row of Groupes."""
    return Group(record.place, record.text("name"), record.get("limit", int))


def read_template(record: Record) -> Template | Wording | None:
    """A row of Modèles, or None when its kind is unknown. Only the rows of letters need a Word file."""
    if not record.text("kind"):
        return None
    kind = Kind.labelled(record.text("kind"))
    if kind in NOTICES:
        return Wording(record.place, kind, record.text("subject"), record.text("message"))
    header = record.layout.header("file")
    if not record.text("file") and not any(finding.header == header for finding in record.findings):
        record.fault("file", Fault.of("cellule-vide", header=header))
    return Template(
        record.place,
        record.text("name"),
        kind,
        record.text("file"),
        record.text("subject"),
        record.text("message"),
        record.text("format"),
        record.text("oversize"),
    )


def read_comment(record: Record) -> Comment:
    """A row of Commentaires. A blank Visible is yes, as in Claroline."""
    visible = record.values.get("visible")
    return Comment(
        record.place,
        record.text("seance"),
        record.text("text"),
        _moment(record, "when"),
        record.text("author"),
        visible is not False
        and not any(f.header == record.layout.header("visible") for f in record.findings),
    )


def read_closure(record: Record) -> Closure | None:
    """A row of Fermetures, or None when its first day cannot be read. A blank end is the first day itself."""
    first, last = record.get("first", date), record.get("last", date)
    if first is None:
        return None
    if last is not None and last < first:
        record.fault("last", Fault.of("fermeture-inversee", last=last), say("fermeture-inversee.why"))
        last = first
    return Closure(record.place, first, last or first, record.text("reason"))


def _moment(record: Record, field: str) -> datetime | None:
    value = record.values.get(field)
    return as_datetime(value, time()) if isinstance(value, date) else None


def _one_address(record: Record) -> Address:
    address = read_address(record.text("email"))
    if isinstance(address, Fault):
        record.fault("email", address, say("courriel-illisible.why"), Severity.NOTE)
        return NOWHERE
    return address


def _address(record: Record) -> Address:
    address = _one_address(record)
    if meant := meant_domain(address):
        slip = Fault.of(
            "domaine-a-verifier", address=address, domain=address.domain, local=address.local, meant=meant
        )
        record.fault("email", slip, say("domaine-a-verifier.why"), Severity.NOTE)
    return address
