"""Who is registered for each séance: the sheet Inscriptions read together with Sessions, Séances and Participations."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from typing import TypeVar

from processor.model import (
    Attendee,
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
from processor.model.keys import person_key
from processor.model.names import normalised
from processor.model.past import DocumentRecord, Known, MailRecord
from processor.model.snapshot import Snapshot
from processor.rules.registering.attending import attending
from processor.rules.registering.corrected import Stray, new_address, strays
from processor.rules.registering.named import resolved
from processor.rules.registering.naming import Naming, in_time, name_of, naming
from processor.rules.registering.seating import Claim, Hold, seated

_R = TypeVar("_R", Registration, Participation)
Pairs = frozenset[tuple[str, str]]


@dataclass(frozen=True)
class Register:
    """The registrations by session and by séance, and the participations by séance: built once for the night.

    `rows` are those of Inscriptions that nothing sets aside, `shown` those of Participations as they stand by the code of
    their séance, `strays` those of them whose address is in Inscriptions no more. `invited` pairs the code of a séance or
    session with the key of a person whom the journal knows to be invited, `seated_in` that of a session with the name of
    who holds a seat at one of its séances. `own` holds staff's own columns of Inscriptions, blank: what they say of someone
    whom no row of it names.
    """

    rows: tuple[Registration, ...] = ()
    sessions: Mapping[str, Session] = field(default_factory=dict)
    seances: Mapping[str, Seance] = field(default_factory=dict)
    shown: Mapping[str, list[Participation]] = field(default_factory=dict)
    strays: Mapping[Stray, list[Participation]] = field(default_factory=dict)
    trainers: Mapping[str, Trainer] = field(default_factory=dict)
    invited: Pairs = frozenset()
    seated_in: Pairs = frozenset()
    own: Mapping[str, str] = field(default_factory=dict)
    _members: dict[str, tuple[Attendee, ...]] = field(default_factory=dict, init=False)
    _session_rows: dict[str, list[Registration]] = field(default_factory=dict, init=False)

    def without(self, aside: frozenset[Place]) -> "Register":
        """The register when those rows are set aside too; this very one when none of its rows is."""
        kept = tuple(row for row in self.rows if row.place not in aside)
        return self if len(kept) == len(self.rows) else replace(self, rows=kept)

    @cached_property
    def by_session(self) -> Mapping[str, list[Registration]]:
        """The rows that name a session alone, by its normalised code."""
        return _grouped((normalised(row.session), row) for row in self.rows if not row.seance)

    @cached_property
    def by_seance(self) -> Mapping[str, list[Registration]]:
        """The rows that name a séance, by its normalised code."""
        return _grouped((normalised(row.seance), row) for row in self.rows if row.seance)

    @cached_property
    def participations(self) -> Mapping[str, list[Participation]]:
        """The rows of Participations with the addresses that they are to show, by the normalised code of their séance."""
        return {
            code: [replace(row, email=self.corrected.get(row.place, row.email)) for row in rows]
            for code, rows in self.shown.items()
        }

    @cached_property
    def corrected(self) -> Mapping[Place, Address]:
        """The addresses that rows of Participations are to show now, by place."""
        found: dict[Place, Address] = {}
        for (code, _), rows in self.strays.items():
            if code in self.seances:
                address = new_address(rows, self.shown.get(code, ()), self.registrations(self.seances[code]))
                found |= {row.place: address for row in rows if address}
        return found

    def attendees(self, seance: Seance) -> tuple[Attendee, ...]:
        """The people of a séance with their presence, each person once, by name, seated within the capacity.

        An Automatique séance takes everyone of its session, then the rows that name it; another one only these. A row
        that says Désinscrit or En attente for the séance itself overrules what the session says. Whoever teaches the
        séance is no participant of it.
        """
        rows, noted = self.registrations(seance), self.noted(seance)
        people = self._taught(seance, attending(rows, noted, self.own))
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
            for person in self._taught(seance, attending(rows, noted, self.own))
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
            people = attending(rows, [], self.own)
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


def register(snapshot: Snapshot) -> Register:
    """The register of the snapshot, without the rows that reading set aside."""
    parents = {normalised(s.code): normalised(s.session) for s in snapshot.seances if s.code and s.session}
    noted = [(normalised(row.seance), row) for row in snapshot.participations]
    return Register(
        tuple(row for row in resolved(snapshot, {}) if row.place not in snapshot.set_aside),
        {normalised(session.code): session for session in snapshot.sessions},
        {normalised(seance.code): seance for seance in snapshot.seances if seance.code},
        _grouped(noted),
        strays(snapshot),
        trainers_by_name(snapshot.trainers),
        _invited(snapshot.known),
        frozenset(
            (parents[code], name_of(row))
            for code, row in noted
            if row.status is Status.REGISTERED and code in parents
        ),
        dict.fromkeys(snapshot.own_columns, ""),
    )


def _grouped(rows: Iterable[tuple[str, _R]]) -> Mapping[str, list[_R]]:
    found: dict[str, list[_R]] = defaultdict(list)
    for key, row in rows:
        found[key].append(row)
    return dict(found)


def trainers_by_name(trainers: Iterable[Trainer]) -> Mapping[str, Trainer]:
    """The trainers by first name and last name in either order, normalised."""
    trainers = tuple(trainers)
    names = {normalised(f"{t.last_name} {t.first_name}"): t for t in trainers}
    return names | {normalised(t.full_name): t for t in trainers}


def _invited(known: Known) -> frozenset[tuple[str, str]]:
    """Whom the journal knows to be invited to what, by mail or, without an address, by a letter to print."""
    sent: list[MailRecord | DocumentRecord] = [*known.mails.values(), *known.documents.values()]
    return frozenset((normalised(s.seance or s.session), s.person) for s in sent if s.kind.traits.invites)


def registering(seance: Seance, sessions: Mapping[str, Session]) -> Registering:
    """How people come to the séance: its own word, else its session's, else Automatique."""
    if seance.registering is not None:
        return seance.registering
    session = sessions.get(normalised(seance.session))
    return (session.registering if session else None) or Registering.AUTOMATIC
