"""Who is registered for each séance: the sheet Inscriptions read together with Sessions, Séances and Participations."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from processor.model import (
    Attendee,
    Kind,
    Participation,
    Place,
    Registering,
    Registration,
    Role,
    Seance,
    Session,
    Status,
    Trainer,
)
from processor.model.address import Address
from processor.model.keys import homonyms, person_key
from processor.model.names import normalised
from processor.model.past import IssuedDocument, Known, SentMail
from processor.model.snapshot import Snapshot
from processor.rules.registering.corrected import corrected
from processor.rules.registering.named import resolved
from processor.rules.registering.seating import Claim, Hold, seated

Row = Registration | Participation
Naming = Callable[[Row], str]


@dataclass
class Register:
    """The registrations by session and by séance, and the participations by séance: built once for the night.

    `invited` pairs the code of a séance or session with the key of a person whom the journal knows to be invited.
    `corrected` holds the addresses that rows of Participations are to show now, by place.
    `own` holds staff's own columns of Inscriptions, blank: what they say of someone whom no row of it names.
    """

    sessions: Mapping[str, Session]
    by_session: dict[str, list[Registration]] = field(default_factory=lambda: defaultdict(list))
    by_seance: dict[str, list[Registration]] = field(default_factory=lambda: defaultdict(list))
    participations: dict[str, list[Participation]] = field(default_factory=lambda: defaultdict(list))
    trainers: Mapping[str, Trainer] = field(default_factory=dict)
    invited: frozenset[tuple[str, str]] = frozenset()
    seated_in: frozenset[tuple[str, str]] = frozenset()
    own: Mapping[str, str] = field(default_factory=dict)
    corrected: Mapping[Place, Address] = field(default_factory=dict)
    _members: dict[str, tuple[Attendee, ...]] = field(default_factory=dict)
    _session_rows: dict[str, list[Registration]] = field(default_factory=dict)

    def attendees(self, seance: Seance) -> tuple[Attendee, ...]:
        """The people of a séance with their presence, each person once, by name, seated within the capacity.

        An Automatique séance takes everyone of its session, then the rows that name it; another one only these. A row
        that says Désinscrit or En attente for the séance itself overrules what the session says. Whoever teaches the
        séance is no participant of it.
        """
        rows, noted = self.registrations(seance), self.noted(seance)
        people = self._taught(seance, _attendees(rows, noted, self.own))
        if registering(seance, self.sessions) is Registering.AUTOMATIC:
            return people
        return seated(people, seance.places, self._claims(seance, rows, noted))

    def history(self, seance: Seance) -> tuple[Attendee, ...]:
        """The people of a séance that has gone to the finished sheet: those whom Participations holds, as they were then.

        Who joins or leaves the session afterwards changes nothing to what took place. Without any such row, the
        registrations are all that is known.
        """
        noted = self.noted(seance)
        if not noted:
            return self.attendees(seance)
        rows = self.registrations(seance)
        name = naming(rows, noted)
        then = {name(row): row.status for row in noted}
        return tuple(
            replace(person, status=then[person.key])
            for person in self._taught(seance, _attendees(rows, noted, self.own))
            if person.key in then
        )

    def noted(self, seance: Seance) -> list[Participation]:
        """The rows of Participations of the séance."""
        return self.participations.get(normalised(seance.code), []) if seance.code else []

    def registrations(self, seance: Seance) -> list[Registration]:
        """The rows of Inscriptions that concern the séance, those of its session with the status that they have there."""
        named = in_time(self.by_seance.get(normalised(seance.code), [])) if seance.code else []
        if registering(seance, self.sessions) is not Registering.AUTOMATIC or not seance.session:
            return named
        return [*self._of_session(normalised(seance.session)), *named]

    def naming(self, seance: Seance) -> Naming:
        """The keys of the people of a séance, from their rows."""
        return naming(self.registrations(seance), self.noted(seance))

    def members(self, session: Session) -> tuple[Attendee, ...]:
        """The people of a session, each once, by name; those of a Manuelle or Publique one seated within its places."""
        code = normalised(session.code)
        if code not in self._members:
            rows = in_time(self.by_session.get(code, []))
            people = _attendees(rows, [], self.own)
            chosen = session.registering not in (None, Registering.AUTOMATIC)
            self._members[code] = (
                seated(people, session.places, self._session_claims(code, rows)) if chosen else people
            )
        return self._members[code]

    def teaches(self, seance: Seance, row: Registration | Attendee) -> bool:
        """Whether the person of the row is a trainer of the séance, or a namesake of one with no other address."""
        session = self.sessions.get(normalised(seance.session))
        names = seance.trainers or (session.trainers if session else ())
        who = person_key(row.first_name, row.last_name)
        for name in names:
            trainer = self.trainers.get(normalised(name))
            key = person_key(trainer.first_name, trainer.last_name) if trainer else person_key("", name)
            address = trainer.email.key if trainer else ""
            if key == who and (not address or not row.email or address == row.email.key):
                return True
        return False

    def _of_session(self, code: str) -> list[Registration]:
        if code not in self._session_rows:
            self._session_rows[code] = self._seated_rows(code)
        return self._session_rows[code]

    def _seated_rows(self, code: str) -> list[Registration]:
        rows = in_time(self.by_session.get(code, []))
        session = self.sessions.get(code)
        if session is None:
            return rows
        status = {person.key: person.status for person in self.members(session)}
        name = naming(rows, [])
        return [
            row if row.status is Status.WITHDRAWN else replace(row, status=status[name(row)]) for row in rows
        ]

    def _taught(self, seance: Seance, people: tuple[Attendee, ...]) -> tuple[Attendee, ...]:
        return tuple(
            replace(person, role=Role.TRAINER)
            if person.role is Role.PARTICIPANT and self.teaches(seance, person)
            else person
            for person in people
        )

    def _claims(
        self, seance: Seance, rows: list[Registration], noted: list[Participation]
    ) -> dict[str, Claim]:
        name, code = naming(rows, noted), normalised(seance.code)
        claims = _asked(rows, name)
        told = {name(row): row for row in noted}
        for key in {*claims, *told}:
            claims[key] = replace(
                claims.get(key, Claim()), hold=_hold(told.get(key), (code, key) in self.invited)
            )
        return claims

    def _session_claims(self, code: str, rows: list[Registration]) -> dict[str, Claim]:
        name = naming(rows, [])
        names = {name(row): person_key(row.first_name, row.last_name) for row in rows}

        def hold(key: str) -> Hold:
            if (code, key) in self.invited:
                return Hold.INVITED
            return Hold.SEATED if (code, names[key]) in self.seated_in else Hold.ASKING

        return {key: replace(claim, hold=hold(key)) for key, claim in _asked(rows, name).items()}


def _asked(rows: Iterable[Registration], name: Naming) -> dict[str, Claim]:
    """When each person asked: their first row, after the last withdrawal if there is one."""
    claims: dict[str, Claim] = {}
    for row in rows:
        if row.status is Status.WITHDRAWN:
            claims.pop(name(row), None)
        else:
            claims.setdefault(name(row), Claim(since=row.since or datetime.max, row=row.place.row))
    return claims


def _hold(told: Participation | None, invited: bool) -> Hold:
    """What a person holds: who withdrew or waited at the last night asks again, whatever was sent before."""
    if told is not None and told.status is not Status.REGISTERED:
        return Hold.ASKING
    if invited or (told is not None and told.invited_on is not None):
        return Hold.INVITED
    return Hold.SEATED if told is not None else Hold.ASKING


def in_time(rows: Iterable[Registration]) -> list[Registration]:
    """A person's later registration speaks last; of two of one moment, Inscrit does. The order of the rows says nothing."""
    rank = {Status.WITHDRAWN: 0, Status.WAITING: 1, Status.REGISTERED: 2}
    return sorted(
        rows, key=lambda row: (row.since or datetime.min, rank[row.status], str(row.email), row.employer)
    )


def register(snapshot: Snapshot) -> Register:
    """The register of the snapshot, without the rows that reading set aside."""
    book = Register(
        {normalised(session.code): session for session in snapshot.sessions},
        trainers={
            key: t
            for t in snapshot.trainers
            for key in (normalised(f"{t.last_name} {t.first_name}"), normalised(t.full_name))
        },
        invited=_invited(snapshot.known),
        own=dict.fromkeys(snapshot.own_columns, ""),
    )
    for row in resolved(snapshot, {}):
        if row.place in snapshot.set_aside:
            continue
        if row.seance:
            book.by_seance[normalised(row.seance)].append(row)
        else:
            book.by_session[normalised(row.session)].append(row)
    parents = {normalised(s.code): normalised(s.session) for s in snapshot.seances if s.code and s.session}
    held = set()
    for participation in snapshot.participations:
        code = normalised(participation.seance)
        book.participations[code].append(participation)
        if participation.status is Status.REGISTERED and code in parents:
            held.add((parents[code], person_key(participation.first_name, participation.last_name)))
    book.seated_in = frozenset(held)
    book.corrected = corrected(snapshot, book)
    for code in {normalised(row.seance) for row in snapshot.participations if row.place in book.corrected}:
        book.participations[code] = [
            replace(row, email=book.corrected.get(row.place, row.email)) for row in book.participations[code]
        ]
    return book


def _invited(known: Known) -> frozenset[tuple[str, str]]:
    """Whom the journal knows to be invited to what, by mail or, without an address, by a letter to print."""
    kinds = (Kind.SEANCE_INVITATION, Kind.SESSION_INVITATION)
    sent: list[SentMail | IssuedDocument] = [*known.mails.values(), *known.documents.values()]
    return frozenset((normalised(s.seance or s.session), s.person) for s in sent if s.kind in kinds)


def registering(seance: Seance, sessions: Mapping[str, Session]) -> Registering:
    """How people come to the séance: its own word, else its session's, else Automatique."""
    if seance.registering is not None:
        return seance.registering
    session = sessions.get(normalised(seance.session))
    return (session.registering if session else None) or Registering.AUTOMATIC


def naming(rows: Iterable[Registration], noted: Iterable[Participation]) -> Naming:
    """The key of each row's person: the name, with the address where people of one name have several."""
    shared = homonyms((r.first_name, r.last_name, r.email.key) for group in (rows, noted) for r in group)

    def name(row: Row) -> str:
        key = person_key(row.first_name, row.last_name)
        return person_key(row.first_name, row.last_name, row.email.key) if key in shared else key

    return name


def _attendees(
    rows: list[Registration], noted: list[Participation], own: Mapping[str, str]
) -> tuple[Attendee, ...]:
    name = naming(rows, noted)
    found: dict[str, Attendee] = {}
    for row in rows:
        key = name(row)
        attendee = _registered(key, row)
        found[key] = _merged(found[key], attendee) if key in found else attendee
    for participation in noted:
        key = name(participation)
        found[key] = _present(found.get(key) or _noted(key, participation, own), participation)
    return tuple(sorted(found.values(), key=lambda person: (normalised(person.listed_name), person.key)))


def _registered(key: str, row: Registration) -> Attendee:
    return Attendee(
        key,
        row.first_name,
        row.last_name,
        row.civility,
        row.email,
        row.employer,
        row.role,
        row.status,
        others=row.others,
    )


def _merged(first: Attendee, second: Attendee) -> Attendee:
    """The same person on two rows: the later row's status, what is blank filled from the other row."""
    return replace(
        first,
        civility=first.civility or second.civility,
        email=first.email or second.email,
        employer=first.employer or second.employer,
        role=second.role if second.role is Role.TRAINER else first.role,
        status=second.status,
    )


def _noted(key: str, noted: Participation, own: Mapping[str, str]) -> Attendee:
    """Who is on no registration row any more keeps the presence history."""
    return Attendee(
        key,
        noted.first_name,
        noted.last_name,
        email=noted.email,
        role=noted.role,
        status=noted.status,
        others=own,
    )


def _present(person: Attendee, noted: Participation) -> Attendee:
    """The attendee with what staff noted."""
    return replace(
        person,
        presence=noted.presence,
        hours=noted.hours,
        invited_on=noted.invited_on,
        attested_on=noted.attested_on,
    )


def participants(people: Iterable[Attendee]) -> tuple[Attendee, ...]:
    """Those who count: participants with a seat."""
    return tuple(p for p in people if p.role is Role.PARTICIPANT and p.status is Status.REGISTERED)
