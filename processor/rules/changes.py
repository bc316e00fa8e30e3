"""Who is told that a séance to which they were invited has changed, is cancelled, or takes place after all; once a change."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from processor.model import Attendee, Facts, Kind, Presence, Roll, Status
from processor.reading.columns import normalised
from processor.reading.snapshot import Snapshot
from processor.rules.actions import Mail
from processor.rules.decided import Decided, plural
from processor.rules.keys import action_key
from processor.rules.mailing import mailbox
from processor.rules.told import History, Told, changed, told, when

CANCELLATION = "Annulation d'une séance"
MODIFICATION = "Modification"
_HELLO = "Bonjour {{ personne.prenom }} {{ personne.nom }},\n\n"
_SORRY = "Veuillez nous excuser de ce changement.\n\n{{ organisme.nom }}"
_CANCELLED_SUBJECT = "Annulation : {{ seance.nom }}, {{ seance.debut }}"
_CANCELLED_MESSAGE = f"{_HELLO}La séance « {{{{ seance.nom }}}} » (@@) est annulée. Vous n’avez pas à vous déplacer.\n\n{_SORRY}"
_CHANGED_SUBJECT = "Modification : {{ seance.nom }}, {{ seance.debut }}"
_CHANGED_MESSAGE = (
    f"{_HELLO}La séance « {{{{ seance.nom }}}} », à laquelle vous êtes invité(e), a changé.\n\n@@\n\n"
    "Quand : {{ seance.horaire }}\n"
    "{% if seance.lieu %}Où : {{ seance.lieu }}\n{{ seance.adresse }}\n{% endif %}"
    "{% if seance.infos %}\n{{ seance.infos }}\n{% endif %}\n"
    f"{_SORRY}"
)


def tell_changes(snapshot: Snapshot, roll: Roll, past: History) -> Decided:
    """One mail to each person who was told something else than what now holds: a Modification, or a cancellation.

    What was told is in the journal, with each mail; so a séance that was moved and moved back between two nights says
    nothing, and a copy, which nobody was told of, has no history. Who has left the séance is not bothered any more.
    """
    decided, seance = Decided(), roll.seance
    if roll.finished or not seance.code:
        return decided
    for person, address, before in _told(snapshot, roll, past):
        if seance.cancelled:
            decided.mails += _cancel(snapshot, roll, person, address, before, past)
        elif before is not None:
            decided.mails += _change(snapshot, roll, person, address, before, past)
    for kind, action in ((CANCELLATION, "Annulation"), (MODIFICATION, "Modification")):
        count = sum(mail.kind == kind for mail in decided.mails)
        if count:
            decided.did(
                seance.place, action, seance.code, plural(count, "personne prévenue", "personnes prévenues")
            )
    return decided


def _told(snapshot: Snapshot, roll: Roll, past: History) -> Iterator[tuple[Attendee, str, Told | None]]:
    """Who had been invited, where they are written to, and what they know; None where only the workbook remembers."""
    for person in roll.attendees:
        if person.status is Status.WITHDRAWN or person.presence is not Presence.UNKNOWN:
            continue
        who = _who(roll, person)
        if who not in past.last and who not in past.kinds and person.invited_on is None:
            continue
        before = past.last.get(who)
        mail = snapshot.known.mails.get(action_key(Kind.SEANCE_INVITATION, roll.seance.code, person.key))
        address = mailbox(snapshot, replace(person, email=person.email or (mail.to if mail else "")))
        if address and (before or mail or person.invited_on):
            yield person, address, before


def _cancel(
    snapshot: Snapshot, roll: Roll, person: Attendee, address: str, before: Told | None, past: History
) -> Iterator[Mail]:
    kinds = past.kinds.get(_who(roll, person), ())
    if before.cancelled if before else CANCELLATION in kinds:
        return
    # The person must recognise the séance: a date that changed together with the cancellation was never told.
    message = _CANCELLED_MESSAGE.replace(
        "@@", when(before.start, before.end) if before else "{{ seance.horaire }}"
    )
    letter = _Letter(
        CANCELLATION, _CANCELLED_SUBJECT, message, "la séance est annulée et la personne avait été invitée"
    )
    yield _mail(snapshot, roll, person, address, letter, kinds)


def _change(
    snapshot: Snapshot, roll: Roll, person: Attendee, address: str, before: Told, past: History
) -> Iterator[Mail]:
    parts = changed(before, roll.seance)
    if parts:
        message = _CHANGED_MESSAGE.replace("@@", "\n".join(plain(part) for part in parts))
        because = f"la personne avait été invitée, et la séance a changé : {' ; '.join(parts)}"
        letter = _Letter(MODIFICATION, _CHANGED_SUBJECT, message, because)
        yield _mail(snapshot, roll, person, address, letter, past.kinds.get(_who(roll, person), ()))


@dataclass(frozen=True)
class _Letter:
    kind: str
    subject: str
    message: str
    because: str


def _mail(
    snapshot: Snapshot, roll: Roll, person: Attendee, address: str, letter: _Letter, kinds: tuple[str, ...]
) -> Mail:
    """The mail. Its version counts the updates before it, so that each change is told, and told once."""
    facts = Facts(
        Kind.SEANCE_INVITATION, snapshot.parameters, snapshot.now.date(), seance=roll, person=person
    )
    version = 1 + kinds.count(CANCELLATION) + kinds.count(MODIFICATION)
    return Mail(
        action_key(letter.kind, roll.seance.code, person.key, version),
        letter.kind, facts, person.full_name, address, letter.subject, letter.message, (), roll.seance.place,
        letter.because, told([roll.seance]),
    )  # fmt: skip


def _who(roll: Roll, person: Attendee) -> tuple[str, str]:
    return normalised(roll.seance.code), person.key


def plain(text: str) -> str:
    """Words typed by staff, without what a message would take for a placeholder.

    >>> plain("Salle {{ B }}")
    'Salle (( B ))'
    """
    return text.translate(str.maketrans("{}", "()"))
