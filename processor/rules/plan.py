"""From the snapshot to the plan: every rule asked once, in one place, in one order."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from processor.contract import FINISHED, JOURNAL, OPEN, PARTICIPATIONS, REGISTRATIONS, SESSIONS
from processor.model import OPEN_SHEET, Place, Roll, SessionRoll
from processor.model.findings import Finding
from processor.model.keys import action_key
from processor.model.layout import Layout
from processor.model.names import normalised
from processor.model.plan import ListExport, Move, NewColumn, NewRow, NewSheet, Plan, Write
from processor.model.sheets import SheetSpec
from processor.model.snapshot import Snapshot
from processor.rules.calendar.clashes import clashes
from processor.rules.calendar.closed_days import ClosedDay, closed_days, unknown_country
from processor.rules.calendar.conflicts import copies
from processor.rules.calendar.expiry import move_of
from processor.rules.calendar.misplaced import misplaced
from processor.rules.calendar.repetition import Repeated, repetition
from processor.rules.decided import Decided
from processor.rules.letters import attestation, invitations
from processor.rules.letters.emargement import emargement
from processor.rules.letters.numbers import numbered
from processor.rules.letters.reissue import reissues
from processor.rules.letters.said import listed
from processor.rules.letters.session_dates import session_dates
from processor.rules.news import mailing
from processor.rules.news.added import tell_added
from processor.rules.news.aftermath import follow_up
from processor.rules.news.changes import tell_changes
from processor.rules.news.new_journal import kept_back, new_journal
from processor.rules.news.notices import second_wordings
from processor.rules.news.reminders import remind
from processor.rules.news.told import History, history
from processor.rules.news.vanished import vanished
from processor.rules.registering import participations
from processor.rules.registering.capacity import crowded, crowded_session
from processor.rules.registering.corrected import followed
from processor.rules.registering.named import resolved
from processor.rules.registering.people import people_findings, set_aside
from processor.rules.registering.registration import Register, register
from processor.rules.registering.waiting import waiting_list
from processor.rules.rows import checks, codes, control
from processor.rules.rows.merged import merged_over, tied
from processor.rules.rows.rolls import Rolls, coded, rolls

LIST = "Liste"
_KEEPS_ROW = {"code-en-double", "fin-avant-debut", "date-illisible", "date-ambigue", "heure-illisible"}
_WALL = ("code", "start", "end", "day", "start_time", "end_time")


def plan(snapshot: Snapshot) -> Plan:
    """What the night would do now. Pure: the same snapshot gives the same plan, and nothing is done by asking."""
    past = history(snapshot.known.mails.values())
    findings = [*snapshot.findings, *_checked(snapshot, past)]
    aside = set_aside(findings, snapshot.set_aside)
    fresh = codes.new_codes(snapshot)
    given = codes.assigned([s for s in snapshot.seances if s.place not in aside], fresh)
    snapshot = replace(snapshot, registrations=resolved(snapshot, given))
    judged = replace(snapshot, seances=tuple(coded(seance, given) for seance in snapshot.seances))
    aside, of_people = people_findings(judged, findings)
    return _Night(replace(snapshot, set_aside=aside), past, [*findings, *of_people], given, fresh).plan()


def _checked(snapshot: Snapshot, past: History) -> Iterator[Finding]:
    known = checks.names(snapshot)
    yield from codes.duplicates(snapshot)
    yield from vanished(snapshot, past)
    yield from second_wordings(snapshot)
    for seance in (*snapshot.seances, *(unread.rest for unread in snapshot.unread)):
        yield from checks.seance_findings(snapshot, seance, known)
    for session in snapshot.sessions:
        yield from checks.session_findings(snapshot, session, known)
    yield from checks.registration_findings(snapshot, known)
    yield from checks.comment_findings(snapshot, known)
    for faults in snapshot.template_faults.values():
        yield from faults
    yield from mailing.mail_findings(snapshot)
    country = unknown_country(snapshot.parameters)
    if country is not None:
        yield country


@dataclass
class _Night:
    """The making of one plan, with what the rules have found so far; `given` and `fresh` are the codes of tonight."""

    snapshot: Snapshot
    past: History
    findings: list[Finding]
    given: Mapping[Place, str]
    fresh: Iterator[str]
    decided: Decided = field(default_factory=Decided)

    def plan(self) -> Plan:
        snapshot = self.snapshot
        given, fresh = self.given, self.fresh
        moves = self._moves(given)
        repeated = self._repeated(given, fresh)
        book = register(snapshot)
        found = rolls(snapshot, book, given)
        taken = [roll for place, roll in found.seances.items() if self._taken(place)]
        sessions = self._completed(found, repeated, book)
        self._letters(taken, sessions, book)
        self.findings += new_journal(self.snapshot, taken)
        self.decided.add(waiting_list(snapshot, taken, sessions, book))
        self.findings += clashes(snapshot, taken, repeated.repeats, book)
        self.findings += misplaced(snapshot, taken, repeated.repeats, self._closed)
        rows = participations.new_rows([roll for roll in taken if self._expected(roll)], book)
        writes = [
            *(Write(place, "code", code, "la séance n’avait pas de code") for place, code in given.items()),
            *repeated.writes,
            *self.decided.writes,
            *participations.projections(snapshot, found.seances.values()),
            *session_dates(snapshot),
            *followed(book.corrected, snapshot.participations),
        ]
        done = [*self._moved(moves), *repeated.done, *self.decided.done]
        self.findings += [*repeated.findings, *self.decided.findings]
        writes += self._controls([*repeated.done, *self.decided.done])
        documents = numbered(snapshot, self.decided.documents)
        by_key = {document.key: document.facts for document in documents}
        return Plan(
            now=snapshot.now,
            findings=tuple(self.findings),
            moves=tuple(moves),
            repeats=tuple(repeated.repeats),
            writes=tuple(writes),
            rows=(*rows, *self._journal(done)),
            columns=tuple(self._columns(writes, repeated)),
            sheets=tuple(self._sheets(rows, moves)),
            marks=tuple(control.marks(snapshot, self.findings)),
            documents=tuple(documents),
            mails=tuple(replace(mail, facts=by_key.get(mail.key, mail.facts)) for mail in self.decided.mails),
            lists=tuple(self._lists(found)),
            occurrences=frozenset((repeat.serie, repeat.start.date()) for repeat in repeated.repeats),
            codes=frozenset((*given.values(), *(repeat.code for repeat in repeated.repeats))),
            rolls=tuple(found.seances.values()),
            session_rolls=tuple(found.sessions.values()),
            set_aside=snapshot.set_aside,
        )

    def _completed(self, found: Rolls, repeated: Repeated, book: Register) -> list[SessionRoll]:
        """The sessions as they stand after the night, with the copies that it makes: a letter lists them too."""
        made: dict[str, list[Roll]] = {}
        for copy in copies(repeated.repeats, found.seances, book):
            made.setdefault(normalised(copy.seance.session), []).append(copy.roll)
        sessions = []
        for place, session in found.sessions.items():
            fresh = made.get(normalised(session.session.code), [])
            held = sorted((*session.seances, *fresh), key=lambda roll: (roll.seance.start, roll.seance.code))
            if self._taken(place):
                sessions.append(replace(session, seances=tuple(held)) if fresh else session)
        return sessions

    def _taken(self, place: Place) -> bool:
        return place not in self.snapshot.set_aside

    def _in(self, place: Place, spec: SheetSpec) -> bool:
        layout = self.snapshot.layouts.get(spec.name)
        return layout is not None and layout.sheet == place.sheet

    def _expected(self, roll: Roll) -> bool:
        return self._in(roll.seance.place, OPEN) or not roll.finished

    def _moves(self, given: Mapping[Place, str]) -> list[Move]:
        kept = {
            Place(f.sheet, f.row) for f in self.findings if f.code in _KEEPS_ROW and self._concerns_wall(f)
        }
        found = [
            move_of(
                coded(s, given), self._in(s.place, OPEN), self.snapshot.now, self.snapshot.parameters.zone
            )
            for s in self.snapshot.seances
            if s.place not in kept
        ]
        moves = [move for move in found if move is not None]
        self.findings += tied(self.snapshot, moves)
        return [move for move in moves if not merged_over(self.snapshot, move)]

    def _concerns_wall(self, finding: Finding) -> bool:
        layout = next((one for one in self.snapshot.layouts.values() if one.sheet == finding.sheet), None)
        return layout is not None and finding.cell in {layout.address(finding.row, name) for name in _WALL}

    def _repeated(self, given: Mapping[Place, str], fresh: Iterator[str]) -> Repeated:
        asking = [
            coded(s, given)
            for s in self.snapshot.seances
            if s.repeat is not None and self._taken(s.place) and self._in(s.place, OPEN)
        ]
        return repetition(self.snapshot, asking, fresh, self._closed)

    @cached_property
    def _closed(self) -> ClosedDay:
        return closed_days(self.snapshot.parameters, self.snapshot.closures)

    @cached_property
    def _days_off(self) -> ClosedDay:
        """The days on which nobody works: a holiday on which séances are kept is a holiday all the same."""
        return closed_days(replace(self.snapshot.parameters, keep_holidays=False), self.snapshot.closures)

    def _letters(self, seances: list[Roll], sessions: list[SessionRoll], book: Register) -> None:
        past = self.past
        for roll in sorted(seances, key=lambda roll: (roll.seance.start, roll.seance.code)):
            invited = invitations.invite_to_seance(self.snapshot, roll, past)
            self.decided.add(invited if roll.seance.invite else self._unasked(invited))
            self.decided.add(self._unasked(tell_changes(self.snapshot, roll, past)))
            self.decided.add(self._unasked(remind(self.snapshot, roll, past, self._days_off)))
            self.decided.add(attestation.attest_seance(self.snapshot, roll))
            self.decided.add(reissues(self.snapshot, roll, book))
            self.decided.add(self._unasked(follow_up(self.snapshot, roll, past)))
            self.decided.add(emargement(self.snapshot, roll))
            self.decided.add(crowded(self.snapshot, roll, book))
        for session in sorted(sessions, key=lambda roll: roll.session.code):
            invited = invitations.invite_to_session(self.snapshot, session, past)
            self.decided.add(invited if session.session.invite else self._unasked(invited))
            self.decided.add(tell_added(self.snapshot, session, past, self.decided.mails))
            self.decided.add(attestation.attest_session(self.snapshot, session))
            self.decided.add(crowded_session(self.snapshot, session))

    def _unasked(self, decided: Decided) -> Decided:
        return kept_back(self.snapshot, decided)

    def _moved(self, moves: list[Move]) -> list[tuple[Place, str, str, str]]:
        return [(move.source, f"Vers « {move.to} »", move.code, move.because) for move in moves]

    def _journal(self, done: list[tuple[Place, str, str, str]]) -> list[NewRow]:
        if not self.snapshot.has(JOURNAL):
            return []
        return [
            NewRow(
                JOURNAL.name,
                {"when": self.snapshot.now, "action": action, "seance": code or None, "detail": detail},
                place,
                detail,
            )
            for place, action, code, detail in done
        ]

    def _controls(self, done: list[tuple[Place, str, str, str]]) -> list[Write]:
        """The text of Contrôle of each row whose text changes: findings first, else what was done, else nothing told before."""
        told = control.by_row(self.findings)
        parts: dict[Place, list[tuple[str, str]]] = {}
        for place, action, _, detail in done:
            parts.setdefault(place, []).append((action, detail))
        standing = mailing.standing(self.snapshot)
        places = {Place(sheet, row) for sheet, row in told} | {*parts, *standing, *self.snapshot.controls}
        writes = []
        for place in sorted(places, key=lambda place: (place.sheet, place.row)):
            if not self._shows_control(place) or self._in_header(place):
                continue
            now = self.snapshot.controls.get(place, "")
            wanted = standing.get(place) or self._control(
                told.get((place.sheet, place.row), []), parts.get(place, []), now
            )
            if wanted != now:
                writes.append(Write(place, "control", wanted or None, "ce que la ligne doit montrer"))
        return writes

    def _control(self, found: list[Finding], parts: list[tuple[str, str]], now: str) -> str:
        if found:
            return control.control_text(found)
        if parts:
            return control.done_text(self.snapshot.now, parts)
        return "" if control.told_before(now) else now

    def _shows_control(self, place: Place) -> bool:
        if self._in(place, OPEN) or self._in(place, FINISHED):
            return True
        if self.snapshot.has(PARTICIPATIONS) and self._in(place, PARTICIPATIONS):
            return True
        shown = [self.snapshot.layouts.get(spec.name) for spec in (SESSIONS, REGISTRATIONS)]
        return any(
            layout is not None and layout.sheet == place.sheet and layout.has("control") for layout in shown
        )

    def _in_header(self, place: Place) -> bool:
        """Whether the place is the header row itself: what is wrong there is told, but never over a header."""
        return any(
            layout.sheet == place.sheet and place.row <= layout.header_row
            for layout in self.snapshot.layouts.values()
        )

    def _columns(self, writes: list[Write], repeated: Repeated) -> Iterator[NewColumn]:
        """Our own columns that a sheet lacks and that something is to be written in."""
        for spec in (OPEN, FINISHED, PARTICIPATIONS, REGISTRATIONS):
            layout = self.snapshot.layouts.get(spec.name)
            if layout is None:
                continue
            needed = {
                write.field
                for write in writes
                if write.source.sheet == layout.sheet and write.value is not None
            }
            if spec is OPEN and repeated.repeats:
                needed |= {"code", "series"}
            yield from self._lacking(spec, layout, needed)

    def _lacking(self, spec: SheetSpec, layout: Layout, needed: set[str]) -> Iterator[NewColumn]:
        dates = ("invited_on", "attested_on") if spec is REGISTRATIONS else ()
        for name in ("code", "series", "control", *dates):
            if name in needed and not layout.has(name) and name in {column.field for column in spec.columns}:
                header = spec.column(name).header
                yield NewColumn(spec.name, name, header, f"le programme écrit dans la colonne « {header} »")

    def _sheets(self, rows: list[NewRow], moves: list[Move]) -> Iterator[NewSheet]:
        if any(move.to != OPEN_SHEET for move in moves) and not self.snapshot.has(FINISHED):
            yield NewSheet(FINISHED.name, "des séances sont finies et n’ont pas de feuille où aller")
        yield from participations.new_sheet(self.snapshot, rows)

    def _lists(self, found: Rolls) -> Iterator[ListExport]:
        """The lists that would say something else than last time; an old finished séance that never had one gets none."""
        for place, roll in found.seances.items():
            key = action_key(LIST, roll.seance.code)
            if (
                self._taken(place)
                and roll.attendees
                and (self._expected(roll) or key in self.snapshot.known.documents)
            ):
                yield from self._list(key, roll)
        for place, session in found.sessions.items():
            if self._taken(place) and session.attendees:
                yield from self._list(action_key(LIST, f"session {session.session.code}"), session)

    def _list(self, key: str, roll: Roll | SessionRoll) -> Iterator[ListExport]:
        earlier = self.snapshot.known.documents.get(key)
        if earlier is None or earlier.facts != listed(roll):
            yield ListExport(
                key, roll, listed(roll), "la liste est nouvelle" if earlier is None else "la liste a changé"
            )
