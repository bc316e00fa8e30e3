"""What rows show of mails that did not arrive, or may not have: fates unknown, refusals, addresses in error."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from processor.contract import REGISTRATIONS
from processor.model import Attendee, Kind, Place
from processor.model.address import NOWHERE, Address
from processor.model.findings import Fault, Finding, Severity
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
            yield snapshot.finding(row.place, "email", _in_error(row.email, said), _WHY_ERROR, Severity.NOTE)


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
            lines.append("adresse en erreur, plus aucun courriel n’y part.")
        if lines:
            told[row.place] = "\n".join(f"{Severity.NOTE.label} : {line}" for line in lines)
    return told


def _line(mail: MailRecord) -> str:
    if mail.state is MailState.UNCERTAIN:
        return f"« {mail.kind.label} » a peut-être été reçu, peut-être pas (courriel {mail.key[:8]}). Que faire : demandez-le à la personne."
    return f"« {mail.kind.label} » a été refusé par le serveur (courriel {mail.key[:8]}). Que faire : vérifiez l’adresse dans « Inscriptions »."


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
    return Finding(
        "courriel-incertain", Severity.NOTE,
        f"le courriel « {mail.kind.label} » à {mail.to} a peut-être été reçu, peut-être pas.",
        "la liaison avec le serveur a été coupée pendant la remise ; il n’est pas renvoyé sans vous, pour ne pas arriver deux fois.",
        f"demandez à la personne, puis tapez « seances settle CLASSEUR {mail.key[:8]} --sent » si elle l’a reçu, "
        "ou la même commande avec --resend sinon.",
        place.sheet, place.row,
    )  # fmt: skip


def _refused(mail: MailRecord, place: Place) -> Finding:
    return Finding(
        "courriel-refuse", Severity.NOTE,
        f"le courriel « {mail.kind.label} » à {mail.to} a été refusé ({mail.detail or 'sans raison donnée'}).",
        "il n’est pas arrivé, et n’est pas réessayé.",
        "corrigez l’adresse dans la feuille « Inscriptions » : l’invitation repartira d’elle-même, une fois, vers la nouvelle."
        if mail.kind.traits.invites
        else f"corrigez l’adresse si elle est fausse, puis tapez « seances resend CLASSEUR {mail.key[:8]} --reason \"adresse corrigée\" --to ADRESSE ».",
        place.sheet, place.row,
    )  # fmt: skip


_WHY_ERROR = (
    "un courriel en est revenu : plus aucun n’y part, et les lettres sont faites pour être imprimées."
)


def _in_error(address: Address, said: str) -> Fault:
    return Fault(
        "adresse-en-erreur",
        f"adresse en erreur : « {address} » ne reçoit pas nos courriels ({said}).",
        f"corrigez l’adresse ; si elle est juste, tapez « seances bounces CLASSEUR --trust {address} ».",
    )
