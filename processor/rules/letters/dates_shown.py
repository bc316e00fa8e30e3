"""The dates and numbers of letters that rows show: in Participations of séances, in Inscriptions of whole sessions.

They are evidence too: where the journal is lost, nobody whom they name is written to a second time.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime

from processor.model import Attendee, Kind, Participation, Roll
from processor.model.catalogue import say
from processor.model.names import normalised
from processor.model.plan import Write
from processor.model.snapshot import Snapshot
from processor.rules.letters.numbers import latest
from processor.rules.registering.naming import attendee_of, keys_of


def noted(snapshot: Snapshot, code: str, field: str) -> frozenset[str]:
    """The keys of the people of a session whose row shows a date in `field`: with and without their address."""
    wanted = normalised(code)
    return frozenset(
        name
        for row in snapshot.registrations
        if getattr(row, field) is not None and normalised(row.session) == wanted
        for name in keys_of(row)
    )


def session_dates(snapshot: Snapshot) -> Iterator[Write]:
    """The dates to write: of the mails about sessions that left, on rows that do not show one yet."""
    sent: dict[tuple[str, str, str], tuple[datetime, str]] = {}
    for mail in snapshot.known.mails.values():
        field = mail.kind.traits.dated_in
        if mail.session and mail.sent_on and field:
            because = say(f"kind.{mail.kind.slug}.dated")
            sent.setdefault((normalised(mail.session), mail.person, field), (mail.sent_on, because))
    for row in snapshot.registrations if sent else ():
        for field in ("invited_on", "attested_on"):
            keys = [(normalised(row.session), name, field) for name in keys_of(row)] if row.session else []
            found = next((sent[key] for key in keys if key in sent), None)
            if found is not None and getattr(row, field) is None:
                yield Write(row.place, field, *found)


def seance_dates(snapshot: Snapshot, rolls: Iterable[Roll]) -> Iterator[Write]:
    """The dates and numbers to write on rows of Participations, as the journal has them."""
    by_code = {normalised(roll.seance.code): roll for roll in rolls}
    for row in snapshot.participations:
        roll = by_code.get(normalised(row.seance))
        if roll is not None and (person := attendee_of(row, roll)) is not None:
            yield from _invited(snapshot, row, roll, person)
            yield from _attested(snapshot, row, roll, person)


def _invited(snapshot: Snapshot, row: Participation, roll: Roll, person: Attendee) -> Iterator[Write]:
    mail = snapshot.known.mail(Kind.SEANCE_INVITATION, roll.seance.code, person.key)
    if mail and mail.sent_on and row.invited_on is None:
        yield Write(row.place, "invited_on", mail.sent_on, say("dates-shown.invited"))


def _attested(snapshot: Snapshot, row: Participation, roll: Roll, person: Attendee) -> Iterator[Write]:
    """The number and the date of the attestation that holds now: the newest, which replaces the ones before."""
    kind, code, known = Kind.SEANCE_ATTESTATION, roll.seance.code, snapshot.known
    version, document = latest(known, kind, code, person.key)
    mail = known.mail(kind, code, person.key, version or 1)
    replaced = version > 1 and document is not None and row.attestation_number != document.number
    if (
        mail
        and mail.sent_on
        and (row.attested_on is None or (version > 1 and row.attested_on < mail.sent_on))
    ):
        yield Write(row.place, "attested_on", mail.sent_on, say("dates-shown.attested"))
    if document and document.number and (replaced or not row.attestation_number):
        because = say("dates-shown.replaced" if replaced else "dates-shown.number")
        yield Write(row.place, "attestation_number", document.number, because)
