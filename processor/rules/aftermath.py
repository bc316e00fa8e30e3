"""What follows a séance, if Paramètres ask for it: the trainer is asked for missing presences, absent people for a reason."""

from collections.abc import Iterator
from datetime import timedelta

from processor.model import Attendee, Facts, Kind, Presence, Role, Roll
from processor.reading.snapshot import Snapshot
from processor.rules.actions import Mail
from processor.rules.attestation import RECENT, unknown
from processor.rules.decided import Decided, plural
from processor.rules.keys import action_key, person_key
from processor.rules.mailing import mailbox
from processor.rules.registration import participants
from processor.rules.told import History, forgotten

CHASE = "Relance des présences"
ABSENCE = "Suivi d'absence"
_CHASE_SUBJECT = "Présences à noter : {{ seance.nom }}, {{ seance.debut }}"
_CHASE_MESSAGE = (
    "Bonjour {{ personne.prenom }} {{ personne.nom }},\n\n"
    "La séance « {{ seance.nom }} » ({{ seance.horaire }}) est finie, et la présence n’est pas encore notée pour @@.\n\n"
    "Pourriez-vous nous transmettre la feuille d’émargement, ou nous dire qui était là ? "
    "Sans cela, aucune attestation ne peut partir.\n\nMerci,\n{{ organisme.nom }}"
)
_ABSENCE_SUBJECT = "Votre absence : {{ seance.nom }}, {{ seance.debut }}"
_ABSENCE_MESSAGE = (
    "Bonjour {{ personne.prenom }} {{ personne.nom }},\n\n"
    "Vous étiez attendu(e) à la séance « {{ seance.nom }} » ({{ seance.horaire }}), et votre absence n’est pas justifiée "
    "à ce jour.\n\n"
    "Si vous avez un justificatif, merci de nous l’envoyer en réponse à ce message. "
    "Si c’est une erreur, dites-le-nous : nous la corrigerons.\n\nBien cordialement,\n{{ organisme.nom }}"
)


def follow_up(snapshot: Snapshot, roll: Roll, past: History) -> Decided:
    """The mails about a séance that is over: at most one to each trainer and one to each person, ever.

    Like automatic attestations they look back a month only, so that an old workbook adopted today writes to nobody.
    """
    decided, seance = Decided(), roll.seance
    if not roll.finished or seance.cancelled or not seance.code or seance.end <= snapshot.now - RECENT:
        return decided
    people = [person.key for person in (*roll.attendees, *teaching(roll))]
    chased, absent = (
        [] if forgotten(snapshot, past, kind, seance.code, people) else list(asked(snapshot, roll))
        for kind, asked in ((CHASE, _chase), (ABSENCE, _absences))
    )
    decided.mails += [*chased, *absent]
    if chased:
        decided.did(seance.place, CHASE, seance.code, ", ".join(mail.to_name for mail in chased))
    if absent:
        decided.did(seance.place, ABSENCE, seance.code, plural(len(absent), "personne"))
    return decided


def _chase(snapshot: Snapshot, roll: Roll) -> Iterator[Mail]:
    days, missing = snapshot.parameters.chase_days, unknown(roll)
    if days is None or not missing or snapshot.now.date() < roll.seance.end.date() + timedelta(days=days):
        return
    names = ", ".join(missing[:10]) + (f" et {len(missing) - 10} autres" if len(missing) > 10 else "")
    message = _CHASE_MESSAGE.replace("@@", names.translate(str.maketrans("{}", "()")))
    because = f"{plural(len(missing), 'présence manque', 'présences manquent')} {plural(days, 'jour')} après la séance"
    for trainer in teaching(roll):
        yield from _mail(snapshot, roll, trainer, (CHASE, _CHASE_SUBJECT, message, because))


def teaching(roll: Roll) -> list[Attendee]:
    """The trainers of a séance as people to write to, each once: those of the row, and those whom Inscriptions call Formateur."""
    named = [
        Attendee(
            person_key(t.first_name, t.last_name), t.first_name, t.last_name, email=t.email, role=Role.TRAINER
        )
        for t in roll.trainers
    ]
    registered = [person for person in roll.attendees if person.role is Role.TRAINER]
    return list({person.key: person for person in (*registered, *named)}.values())


def _absences(snapshot: Snapshot, roll: Roll) -> Iterator[Mail]:
    if not snapshot.parameters.absence_follow_up:
        return
    for person in participants(roll.attendees):
        if person.presence is Presence.ABSENT:
            because = "absence non justifiée à une séance finie"
            yield from _mail(snapshot, roll, person, (ABSENCE, _ABSENCE_SUBJECT, _ABSENCE_MESSAGE, because))


def _mail(
    snapshot: Snapshot, roll: Roll, person: Attendee, letter: tuple[str, str, str, str]
) -> Iterator[Mail]:
    kind, subject, message, because = letter
    key = action_key(kind, roll.seance.code, person.key)
    to = mailbox(snapshot, person)
    if to and key not in snapshot.known.mails:
        facts = Facts(
            Kind.SEANCE_ATTESTATION, snapshot.parameters, snapshot.now.date(), seance=roll, person=person
        )
        yield Mail(key, kind, facts, person.full_name, to, subject, message, (), roll.seance.place, because)
