"""What rows show of mails that did not arrive, or may not have: fates unknown, refusals, addresses in error."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from processor.contract import REGISTRATIONS
from processor.model import Attendee, Kind, Place
from processor.model.address import NOWHERE, Address
from processor.model.catalogue import say
from processor.model.findings import Fault, Finding, Severity, Spot
from processor.model.keys import person_key
from processor.model.names import normalised
from processor.model.past import MailRecord, MailState
from processor.model.snapshot import Snapshot


def mailbox(snapshot: Snapshot, person: Attendee) -> Address:
    """The address to write to: blank for a person without one, and for one whose mails come back.

    Their letters are then made to be printed, as for people without an address.
    """
    return NOWHERE if person.email.key in snapshot.known.bounced else person.email


def mail_findings(snapshot: Snapshot) -> Iterator[Finding]:
    """A finding for each mail that needs a person, on the row of its séance or session, and for each address in error."""
    places = _places(snapshot)
    for mail in _pending(snapshot):
        place = places.get(normalised(mail.seance or mail.session))
        yield (_uncertain if mail.state is MailState.UNCERTAIN else _refused)(mail, place or Place(""))
    layout = snapshot.layouts.get(REGISTRATIONS.name)
    for row in snapshot.registrations if layout else ():
        said = snapshot.known.bounced.get(row.email.key)
        if said is not None and layout is not None:
            fault = Fault.of("adresse-en-erreur", address=row.email, said=said)
            yield snapshot.finding(row.place, "email", fault, say("adresse-en-erreur.why"), Severity.NOTE)


def standing(snapshot: Snapshot) -> Mapping[Place, str]:
    """What Contrôle of Participations shows of the mails of each person, in a few words."""
    pending: dict[tuple[str, str], list[MailRecord]] = defaultdict(list)
    for mail in _pending(snapshot):
        pending[normalised(mail.seance), mail.person].append(mail)
    told: dict[Place, str] = {}
    for row in snapshot.participations if pending or snapshot.known.bounced else ():
        names = {
            person_key(row.first_name, row.last_name),
            person_key(row.first_name, row.last_name, row.email.key),
        }
        lines = [
            _line(mail) for name in sorted(names) for mail in pending.get((normalised(row.seance), name), ())
        ]
        if row.email.key in snapshot.known.bounced:
            lines.append(say("mailing.standing.bounced"))
        if lines:
            told[row.place] = "\n".join(
                say("control.short", severity=Severity.NOTE.label, problem=line) for line in lines
            )
    return told


def _line(mail: MailRecord) -> str:
    state = "uncertain" if mail.state is MailState.UNCERTAIN else "refused"
    return say(f"mailing.standing.{state}", kind=mail.kind.label, key=mail.key[:8])


def _places(snapshot: Snapshot) -> Mapping[str, Place]:
    rows: Iterable[tuple[str, Place]] = (
        *((session.code, session.place) for session in snapshot.sessions),
        *((seance.code, seance.place) for seance in snapshot.seances),
    )
    return {normalised(code): place for code, place in rows if code}


def _pending(snapshot: Snapshot) -> Iterator[MailRecord]:
    """The mails whose fate is unknown, and those refused that no later one of the same kind made up for."""
    known = snapshot.known.mails.values()
    latest = {_what(mail): mail for mail in known}
    for mail in known:
        refused = mail.state is MailState.REFUSED and mail.to.key not in snapshot.known.bounced
        if mail.to and (mail.state is MailState.UNCERTAIN or (refused and latest[_what(mail)] is mail)):
            yield mail


def _what(mail: MailRecord) -> tuple[Kind, str, str, str]:
    return (mail.kind, mail.seance, mail.session, mail.person)


def _uncertain(mail: MailRecord, place: Place) -> Finding:
    return Finding.of(
        "courriel-incertain",
        Severity.NOTE,
        at=Spot(place.sheet, place.row),
        kind=mail.kind.label,
        to=mail.to,
        key=mail.key[:8],
    )


def _refused(mail: MailRecord, place: Place) -> Finding:
    return Finding.of(
        "courriel-refuse", Severity.NOTE, "invitation" if mail.kind.traits.invites else "", at=Spot(place.sheet, place.row),
        kind=mail.kind.label, to=mail.to, said=mail.detail or say("mailing.no-reason"), key=mail.key[:8],
    )  # fmt: skip
