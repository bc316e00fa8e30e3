"""The rows of the two sheets of séances as séances, or as rows whose dates could not be read."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from processor.model import Registering, RepeatRequest, Seance, Unread
from processor.model.catalogue import say
from processor.model.details import DETAILS
from processor.model.findings import Fault
from processor.model.names import normalised
from processor.reading.cells import as_datetime
from processor.reading.records import Record
from processor.reading.state import Declared

_LAST_MOMENT = time(23, 59, 59)


def read_seance(record: Record) -> Seance | Unread:
    """The séance of a row; its findings are added to the record.

    A row whose dates or name cannot be read is Unread. A row with another fault is a séance all the same: it can still
    be moved when it is over, but nothing is made for it (the record's findings set it aside).
    """
    start = _start(record)
    end = _end(record, start) if start else None
    if start is None or end is None or not record.text("name"):
        return Unread(record.place, record.text("code"), _seance(record, datetime.min, datetime.min))
    if end <= start:
        split = record.values.get("end") is None and record.layout.has("end_time")
        fault = Fault.of("fin-avant-debut", "hours" if split else "", start=start, end=end)
        record.fault("end_time" if split else "end", fault, say("fin-avant-debut.why"))
    return _seance(record, start, end)


def _seance(record: Record, start: datetime, end: datetime) -> Seance:
    declared = record.get("state", Declared) or Declared()
    return Seance(
        place=record.place,
        code=record.text("code"),
        name=record.text("name"),
        start=start,
        end=end,
        session=record.text("session"),
        description=record.text("description"),
        registering=_registering(record),
        group=record.text("group"),
        venue=record.text("venue"),
        extra=record.text("extra"),
        trainers=record.get("trainers", tuple) or (),
        places=record.get("places", int),
        invitation_template=record.text("invitation_template"),
        attestation_template=record.text("attestation_template"),
        invite=record.values.get("invite") is True,
        attest=record.values.get("attest") is True,
        repeat=_repeat(record),
        state=declared.state,
        accepted=_accepted(record) or declared.accepted,
        series=record.text("series"),
        control=record.text("control"),
        details={one.field: text for one in DETAILS if (text := record.text(one.field))},
        others=record.others,
    )


def _registering(record: Record) -> Registering | None:
    value = record.text("registering")
    return Registering(value) if value else None


def _accepted(record: Record) -> str:
    """The reason in a column of its own; « non » there says that nothing is accepted."""
    typed = record.text("accepted")
    return "" if normalised(typed) in {"non", "n", "-"} else typed


def _faulty(record: Record, fields: Iterable[str]) -> bool:
    wrong = {finding.cell for finding in record.findings}
    return any(
        record.layout.address(record.place.row, field) in wrong
        for field in fields
        if record.layout.has(field)
    )


def _start(record: Record) -> datetime | None:
    day = record.values.get("start") or record.values.get("day")
    hour = record.values.get("start_time")
    if isinstance(day, date):
        return as_datetime(day, hour if isinstance(hour, time) else time())
    if not _faulty(record, ("start", "day")):
        field = "start" if record.layout.has("start") else "day"
        record.fault(field, Fault.of("cellule-vide", "moment", header=record.layout.header(field)))
    return None


def _end(record: Record, start: datetime) -> datetime | None:
    end, hour = record.values.get("end"), record.values.get("end_time")
    if isinstance(end, datetime) and not (end.time() == time() and end <= start):
        return end
    if isinstance(end, date):
        return datetime.combine(end, hour if isinstance(hour, time) else _LAST_MOMENT)
    if isinstance(hour, time):
        return datetime.combine(start.date() + timedelta(days=hour == time() and start.time() > time()), hour)
    if not _faulty(record, ("end", "end_time")):
        field, lacking = ("end", "moment") if record.layout.has("end") else ("end_time", "hour")
        record.fault(field, Fault.of("cellule-vide", lacking, header=record.layout.header(field)))
    return None


def _repeat(record: Record) -> RepeatRequest | None:
    weekdays = record.get("weekdays", frozenset)
    until, weeks = record.get("until", date), record.get("weeks", int)
    if weekdays is None:
        if (until or weeks) and not _faulty(record, ("weekdays",)):
            field = "weekdays" if record.layout.has("weekdays") else "until"
            record.fault(field, Fault.of("repetition-sans-jours"))
        return None
    if until is None and not weeks:
        if not _faulty(record, ("until", "weeks")):
            record.fault("weekdays", Fault.of("repetition-sans-fin"), say("repetition-sans-fin.why"))
        return None
    return RepeatRequest(weekdays, until, weeks or None)
