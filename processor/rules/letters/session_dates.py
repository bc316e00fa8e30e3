"""The dates that Inscriptions shows of letters about whole sessions, which no row of Participations is about.

They are evidence too: where the journal is lost, nobody whom they name is written to a second time.
"""

from collections.abc import Iterator
from datetime import datetime

from processor.model import Kind, Registration
from processor.model.keys import person_key
from processor.model.names import normalised
from processor.model.plan import Write
from processor.model.snapshot import Snapshot

_SHOWN = {
    Kind.SESSION_INVITATION: ("invited_on", "l’invitation à la session est partie"),
    Kind.SESSION_ATTESTATION: ("attested_on", "l’attestation de la session est partie"),
    Kind.CERTIFICATE: ("attested_on", "le certificat de la session est parti"),
}


def noted(snapshot: Snapshot, code: str, field: str) -> frozenset[str]:
    """The keys of the people of a session whose row shows a date in `field`: with and without their address."""
    wanted = normalised(code)
    return frozenset(
        name
        for row in snapshot.registrations
        if getattr(row, field) is not None and normalised(row.session) == wanted
        for name in _names(row)
    )


def session_dates(snapshot: Snapshot) -> Iterator[Write]:
    """The dates to write: of the mails about sessions that left, on rows that do not show one yet."""
    sent: dict[tuple[str, str, str], tuple[datetime, str]] = {}
    for mail in snapshot.known.mails.values():
        if mail.session and mail.sent_on and mail.kind in _SHOWN:
            field, because = _SHOWN[Kind(mail.kind)]
            sent.setdefault((normalised(mail.session), mail.person, field), (mail.sent_on, because))
    for row in snapshot.registrations if sent else ():
        for field in ("invited_on", "attested_on"):
            keys = [(normalised(row.session), name, field) for name in _names(row)] if row.session else []
            found = next((sent[key] for key in keys if key in sent), None)
            if found is not None and getattr(row, field) is None:
                yield Write(row.place, field, *found)


def _names(row: Registration) -> tuple[str, ...]:
    plain = person_key(row.first_name, row.last_name)
    return (plain, person_key(row.first_name, row.last_name, row.email.key)) if row.email else (plain,)
