"""Who is invited tonight, and by what; and the trainers who are convoked once the others are."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from processor.model import Attendee, Facts, Kind, Place, Roll, Seance, Session, SessionRoll, participants
from processor.model.about import About
from processor.model.catalogue import say
from processor.model.findings import Fault
from processor.model.keys import action_key
from processor.model.names import normalised
from processor.model.plan import Document
from processor.model.snapshot import Snapshot
from processor.rules.decided import Decided, total
from processor.rules.letters.dates_shown import noted
from processor.rules.letters.inviting import Occasion, invited, refused, version_due
from processor.rules.letters.said import said
from processor.rules.letters.templates import chosen
from processor.rules.news.mailing import mailbox
from processor.rules.news.teaching import taught, teaching
from processor.rules.news.told import History, said_by, told
from processor.rules.registering.rolls import OwnParts


def invitations(snapshot: Snapshot, seances: Sequence[Roll], sessions: Sequence[SessionRoll], past: History,
                unasked: Callable[[Decided], Decided]) -> Mapping[Place, Decided]:  # fmt: skip
    """The invitations and convocations to each séance and session, by the place of its row; `unasked` judges those that no row asks for."""
    found: dict[Place, Decided] = {}
    for roll in seances:
        sent, seance = invite_to_seance(snapshot, roll, past), roll.seance
        found[seance.place] = sent if seance.invite else unasked(sent)
    for whole in sessions:
        sent, session = invite_to_session(snapshot, whole, past), whole.session
        found[session.place] = sent if session.invite else unasked(sent)
    trainers = _Trainers(snapshot, past, found.values())
    letters = [*map(trainers.of_session, sessions), *map(trainers.of_seance, seances)]
    for place, asked, convoked in letters:
        found[place] = total([found[place], convoked if asked else unasked(convoked)])
    return found


def invite_to_seance(snapshot: Snapshot, roll: Roll, past: History) -> Decided:
    """The invitations that the row asks for, or that Paramètres ask for some days before; each person once, ever.

    Once a séance has been invited to, whoever joins it later is invited on their own: nobody asks again for one person.
    """
    seance, because = roll.seance, _reason(snapshot, roll, past)
    if not because or (roll.finished and not seance.invite):
        return Decided()
    if roll.finished:
        return refused(
            snapshot, seance.place, Fault.of("invitation-trop-tard"), say("invitation-trop-tard.why")
        )
    people, news = participants(roll.attendees), told([roll])

    def letter(person: Attendee) -> tuple[Facts, str]:
        return Facts(
            Kind.SEANCE_INVITATION, snapshot.parameters, snapshot.now.date(), seance=roll, person=person
        ), news

    known = tuple(person for person in people if person.invited_on and seance.invite)
    return invited(snapshot, past, Occasion(
        Kind.SEANCE_INVITATION, seance.place, seance.code, "seance", seance.invite, because,
        seance.invitation_template, people, people, known, letter))  # fmt: skip


def _reason(snapshot: Snapshot, roll: Roll, past: History) -> str:
    """Why invitations go out, as a slug, or nothing. Days are counted on the calendar; what has begun invites nobody by itself."""
    seance, days = roll.seance, snapshot.parameters.automatic_invitation_days
    if seance.cancelled or seance.invite:
        return "invitations.because.asked" if seance.invite and not seance.cancelled else ""
    if seance.start <= snapshot.now or roll.finished:
        return ""
    if normalised(seance.code) in past.invited or any(person.invited_on for person in roll.attendees):
        return "invitations.because.joined"
    if days is not None and seance.start.date() <= snapshot.now.date() + timedelta(days=days):
        return "invitations.because.automatic"
    return ""


def invite_to_session(snapshot: Snapshot, roll: SessionRoll, past: History) -> Decided:
    """The invitations to a whole session: one letter a person, with the séances that concern them.

    Who joins a session after its invitations is invited on their own, as long as a séance is still to come.
    """
    session, kind = roll.session, Kind.SESSION_INVITATION
    ahead = any(not held.seance.cancelled and held.seance.start > snapshot.now for held in roll.seances)
    if not session.invite and not (ahead and normalised(session.code) in past.invited_sessions):
        return Decided()
    people, before = participants(roll.attendees), noted(snapshot, session.code, "invited_on")
    parts = OwnParts(roll)

    def letter(person: Attendee) -> tuple[Facts, str]:
        mine = parts.registered(person)
        facts = Facts(kind, snapshot.parameters, snapshot.now.date(), session=mine, person=person)
        return facts, told(held for held in mine.seances if held.seance.code)

    fresh = tuple(
        p for p in people if p.key not in before or version_due(snapshot, past, kind, session.code, p) > 1
    )
    known = tuple(person for person in people if person.key in before)
    because = "invitations.because.asked" if session.invite else "invitations.because.joined"
    return invited(snapshot, past, Occasion(
        kind, session.place, session.code, "session", session.invite, because,
        session.invitation_template, people, fresh, known, letter))  # fmt: skip


class _Trainers:
    """Those who teach what others are invited to, tonight or before: a convocation each, once, where Modèles has that type.

    Who teaches in an invited session has one letter for it. A séance that this one did not name, since it was added or
    given to the trainer later, has its own; which séances a printed letter named is not known, and so it named all.
    """

    def __init__(self, snapshot: Snapshot, past: History, tonight: Iterable[Decided]) -> None:
        known, documents = snapshot.known, snapshot.known.documents.values()
        self._snapshot = snapshot
        before = [(one.seance, one.session) for one in documents if one.kind.traits.invites]
        leaving = [(one.seance, one.session) for sent in tonight for one in sent.documents]
        self._seances = past.invited | {normalised(seance) for seance, _ in (*before, *leaving)}
        self._sessions = past.invited_sessions | {normalised(session) for _, session in (*before, *leaving)}
        mails = [one for one in known.mails.values() if one.kind is Kind.CONVOCATION]
        papers = [one for one in documents if one.kind is Kind.CONVOCATION]
        self._named = {(code, one.person) for one in mails for code in said_by(one)}
        self._traced = {normalised(one.seance or one.session) for one in mails}
        self._traced |= {normalised(one.seance or one.session) for one in papers}
        self._wanted = any(template.kind is Kind.CONVOCATION for template in snapshot.templates)

    def of_session(self, whole: SessionRoll) -> tuple[Place, bool, Decided]:
        """The letters about a session, each with the séances ahead that its trainer teaches."""
        session, letters = whole.session, []
        if not self._wanted or normalised(session.code) not in self._sessions:
            return session.place, session.invite, Decided()
        held = tuple(roll for roll in whole.seances if self._awaited(roll))
        for person, part in taught(replace(whole, seances=held), self._snapshot.own_columns):
            own = {(normalised(roll.seance.code), person.key) for roll in part.seances}
            had = self._had(session, person)
            if not had and not own <= self._named:
                letters.append(self._facts(person, None, part))
            if not had or not self._mailed(session, person):
                self._named |= own
        return session.place, session.invite, self._convoked(session, letters)

    def of_seance(self, roll: Roll) -> tuple[Place, bool, Decided]:
        """The letters about one séance, to the trainers whom no letter about its session tells of it."""
        seance, code = roll.seance, normalised(roll.seance.code)
        through = bool(seance.session) and normalised(seance.session) in self._sessions
        invited = through or code in self._seances or any(person.invited_on for person in roll.attendees)
        if not self._wanted or not invited or not self._awaited(roll):
            return seance.place, seance.invite, Decided()
        people = teaching(roll, self._snapshot.own_columns)
        fresh = (one for one in people if (code, one.key) not in self._named and not self._had(seance, one))
        letters = [self._facts(person, roll, None) for person in fresh]
        return seance.place, seance.invite, self._convoked(seance, letters)

    def _convoked(self, row: Seance | Session, letters: Sequence[tuple[Attendee, Facts]]) -> Decided:
        """The letters with their mails; nothing but a finding where Modèles has no usable template."""
        if not letters:
            return Decided()
        template = chosen(self._snapshot, [Kind.CONVOCATION], "")
        if isinstance(template, Fault):
            return refused(self._snapshot, row.place, template, say("kind.convocation-formateur.why"))
        decided, names, because = Decided(), [], say("kind.convocation-formateur.because")
        for person, facts in letters:
            rolls = About.of(facts).rolls
            key, to = action_key(facts.kind, _subject(row), person.key), mailbox(self._snapshot, person)
            document = Document(key, facts.kind, facts, template, said(facts), row.place, because)
            decided.letter(document, to, told(rolls))
            name = person.full_name
            names.append(name if to else say("kind.convocation-formateur.printed", name=name))
        decided.did(row.place, Kind.CONVOCATION.label, row.code, ", ".join(names), decided.documents)
        return decided

    def _facts(self, person: Attendee, roll: Roll | None, part: SessionRoll | None) -> tuple[Attendee, Facts]:
        snapshot = self._snapshot
        return person, Facts(Kind.CONVOCATION, snapshot.parameters, snapshot.now.date(), roll, part, person)

    def _awaited(self, roll: Roll) -> bool:
        """Whether the séance is ahead, takes place, and somebody has a seat at it."""
        seance = roll.seance
        ahead = seance.start > self._snapshot.now and not (seance.cancelled or roll.finished)
        return ahead and bool(seance.code) and bool(participants(roll.attendees))

    def _had(self, row: Seance | Session, person: Attendee) -> bool:
        """Whether the trainer has a letter about it: in the journal, or, where that was lost, by what the sheet Journal says."""
        code, known = normalised(row.code), self._snapshot.known
        if code not in self._traced and (normalised(Kind.CONVOCATION.label), code) in self._snapshot.noted:
            return True
        printed = known.document(Kind.CONVOCATION, _subject(row), person.key) is not None
        return printed or self._mailed(row, person)

    def _mailed(self, row: Seance | Session, person: Attendee) -> bool:
        return self._snapshot.known.mail(Kind.CONVOCATION, _subject(row), person.key) is not None


def _subject(row: Seance | Session) -> str:
    """What a convocation is about, for its key: codes of séances and of sessions may be alike, and the kind is one."""
    return row.code if isinstance(row, Seance) else f"session {row.code}"
