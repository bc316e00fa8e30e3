"""The documents that someone asks for by hand, for a séance or a session: the same facts as in the night, and no mail."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace

from processor.model import (
    Attendee,
    Facts,
    Kind,
    Presence,
    Roll,
    SessionRoll,
    Template,
    Whom,
    participants,
    unnoted,
)
from processor.model.catalogue import say
from processor.model.keys import action_key
from processor.model.names import normalised
from processor.model.past import DocumentRecord
from processor.model.plan import Document
from processor.model.snapshot import Snapshot
from processor.rules.calendar.hours import timed
from processor.rules.letters.attestation import session_facts
from processor.rules.letters.numbers import latest
from processor.rules.letters.said import said
from processor.rules.news.teaching import taught, teaching
from processor.rules.registering.rolls import OwnParts

Subject = Roll | SessionRoll


@dataclass(frozen=True)
class DocumentRequest:
    """What is asked for: of which kind, about what, for whom (everyone when blank), why again, with the presences or to sign."""

    kind: Kind
    subject: Subject
    people: tuple[str, ...] = ()
    reason: str = ""
    presences: bool = False

    @property
    def code(self) -> str:
        """The code of the séance or session."""
        return self.subject.seance.code if isinstance(self.subject, Roll) else self.subject.session.code


@dataclass(frozen=True)
class Answer:
    """The documents to make, those that were issued before and stay as they are, and the names that nobody bears."""

    documents: tuple[Document, ...] = ()
    issued: tuple[DocumentRecord, ...] = ()
    attested_elsewhere: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


def answer(snapshot: Snapshot, asked: DocumentRequest, template: Template) -> Answer:
    """The documents asked for. An attestation that was issued is not made anew, unless there is a reason to replace it."""
    people = _people(snapshot, asked)
    nobody = tuple(name for name in asked.people if not any(_is(person, name) for person in people))
    if asked.kind.traits.whom is Whom.EVERYONE:
        return Answer((_document(asked, template, _sheet(snapshot, asked)),))
    chosen = [p for p in people if not asked.people or any(_is(p, name) for name in asked.people)]
    facts = _facts(snapshot, asked, chosen)
    if not asked.kind.traits.attests:
        return Answer(tuple(_document(asked, template, one) for one in facts), unknown=nobody)
    return replace(_attestations(snapshot, asked, template, facts), unknown=nobody)


def _people(snapshot: Snapshot, asked: DocumentRequest) -> tuple[Attendee, ...]:
    """Whom the document may be for, by name."""
    trainers = asked.kind.traits.whom is Whom.TRAINER
    found = _trainers(snapshot, asked.subject) if trainers else participants(asked.subject.attendees)
    return tuple(
        sorted(found, key=lambda person: (normalised(person.last_name), normalised(person.first_name)))
    )


def _trainers(snapshot: Snapshot, subject: Subject) -> Iterable[Attendee]:
    if isinstance(subject, Roll):
        return teaching(subject, snapshot.own_columns)
    return (person for person, _ in taught(subject, snapshot.own_columns))


def _is(person: Attendee, name: str) -> bool:
    wanted = normalised(name)
    return wanted in {normalised(person.full_name), normalised(person.listed_name), normalised(person.last_name),
                      normalised(str(person.email))} - {""}  # fmt: skip


def _facts(snapshot: Snapshot, asked: DocumentRequest, people: Collection[Attendee]) -> list[Facts]:
    """What the documents of the people say, in their order; nothing of whom there is nothing to attest, or not yet."""
    if not asked.kind.traits.attests:
        return _letters(snapshot, asked, people)
    attested = _attested(snapshot, asked)
    return [attested[person.key] for person in people if person.key in attested]


def _letters(snapshot: Snapshot, asked: DocumentRequest, people: Iterable[Attendee]) -> list[Facts]:
    """A letter of each person, about the séance or about those of the session that they have a seat at."""
    today, subject, parameters = snapshot.now.date(), asked.subject, snapshot.parameters
    if isinstance(subject, Roll):
        return [Facts(asked.kind, parameters, today, seance=subject, person=p) for p in people]
    if asked.kind.traits.whom is Whom.TRAINER:
        own = {person.key: part for person, part in taught(subject, snapshot.own_columns)}
        return [Facts(asked.kind, parameters, today, session=own[p.key], person=p) for p in people]
    parts = OwnParts(subject)
    return [Facts(asked.kind, parameters, today, session=parts.registered(p), person=p) for p in people]


def _attested(snapshot: Snapshot, asked: DocumentRequest) -> dict[str, Facts]:
    """What can be attested now, by the key of the person: presences noted, hours known, all of it over."""
    subject = asked.subject
    found = (
        _of_seance(snapshot, asked, subject)
        if isinstance(subject, Roll)
        else _of_session(snapshot, asked, subject)
    )
    return {facts.person.key: facts for facts in found if facts.person and facts.hours is not None}


def _of_seance(snapshot: Snapshot, asked: DocumentRequest, roll: Roll) -> Iterator[Facts]:
    held, today = timed(roll, snapshot.parameters), snapshot.now.date()
    for person in held.attendees if roll.finished else ():
        if person.presence is Presence.PRESENT:
            yield Facts(
                asked.kind, snapshot.parameters, today, seance=held, person=person, hours=person.hours
            )


def _of_session(snapshot: Snapshot, asked: DocumentRequest, whole: SessionRoll) -> Iterator[Facts]:
    if not _over(whole):
        return iter(())
    rolls = [timed(roll, snapshot.parameters) for roll in whole.seances if not roll.seance.cancelled]
    missing = {name for roll in rolls for name in unnoted(roll)}
    return session_facts(snapshot, replace(whole, seances=tuple(rolls)), asked.kind, missing)


def _over(session: SessionRoll) -> bool:
    """Whether all séances of the session are over and none is left aside: what is attested earlier could never be completed."""
    return not session.aside and all(roll.finished or roll.seance.cancelled for roll in session.seances)


def _sheet(snapshot: Snapshot, asked: DocumentRequest) -> Facts:
    """The feuille d'émargement of a séance, or of all the séances of a session that take place."""
    today, subject = snapshot.now.date(), asked.subject
    if isinstance(subject, Roll):
        roll = timed(subject, snapshot.parameters) if asked.presences else subject
        return Facts(asked.kind, snapshot.parameters, today, seance=roll, presences=asked.presences)
    rolls = [roll for roll in subject.seances if not roll.seance.cancelled]
    if asked.presences:
        rolls = [timed(roll, snapshot.parameters) for roll in rolls]
    held = replace(subject, seances=tuple(rolls))
    return Facts(asked.kind, snapshot.parameters, today, session=held, presences=asked.presences)


def _document(
    asked: DocumentRequest, template: Template, facts: Facts, key: str = "", reason: str = ""
) -> Document:
    place = asked.subject.seance.place if isinstance(asked.subject, Roll) else asked.subject.session.place
    # No journal ever hears of this key; it is not that of the letter which a night makes.
    key = key or action_key(asked.kind, f"by hand {asked.code}", facts.person.key if facts.person else "")
    return Document(key, asked.kind, facts, template, said(facts), place, say("by-hand.because"), reason)


def _attestations(
    snapshot: Snapshot, asked: DocumentRequest, template: Template, facts: Iterable[Facts]
) -> Answer:
    """A number for who has none yet; who has one keeps it, or gets another that replaces it when a reason is given."""
    documents, issued, elsewhere = [], [], []
    for one, person in _with_people(facts):
        version, before = latest(snapshot.known, asked.kind, asked.code, person.key)
        shown = _shown(snapshot, asked, person)
        if before is None and not shown and not _sent(asked, person):
            key = action_key(asked.kind, asked.code, person.key)
            documents.append(_document(asked, template, one, key))
        elif asked.reason and (number := before.number if before else shown):
            key = action_key(asked.kind, asked.code, person.key, max(version, 1) + 1)
            documents.append(_document(asked, template, replace(one, replaces=number), key, asked.reason))
        elif before is not None:
            issued.append(before)
        else:
            elsewhere.append(person.full_name)
    return Answer(tuple(documents), tuple(issued), tuple(elsewhere))


def _with_people(facts: Iterable[Facts]) -> Iterator[tuple[Facts, Attendee]]:
    return ((one, one.person) for one in facts if one.person is not None)


def _shown(snapshot: Snapshot, asked: DocumentRequest, person: Attendee) -> str:
    """The number that the workbook shows for the person, when the journal that gave it was lost."""
    if not isinstance(asked.subject, Roll):
        return ""
    names = {normalised(person.full_name)}
    rows = (row for row in snapshot.participations if normalised(row.seance) == normalised(asked.code))
    return next(
        (row.attestation_number for row in rows if normalised(f"{row.first_name} {row.last_name}") in names),
        "",
    )


def _sent(asked: DocumentRequest, person: Attendee) -> bool:
    return isinstance(asked.subject, Roll) and person.attested_on is not None
