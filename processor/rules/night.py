"""What the steps of a plan read: the snapshot as it stands once its rows are judged, and each thing made of it, once."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from processor.model import Place, Roll, SessionRoll
from processor.model.findings import Finding
from processor.model.plan import Mail, Plan
from processor.model.snapshot import Snapshot
from processor.rules.calendar.closed_days import ClosedDay, closed_days
from processor.rules.calendar.repetition import repetition
from processor.rules.decided import Decided
from processor.rules.letters.invitations import invitations
from processor.rules.news.new_journal import doubtful, kept_back
from processor.rules.news.told import History
from processor.rules.registering.named import resolved
from processor.rules.registering.people import Judged, judged, set_aside
from processor.rules.registering.registration import Register
from processor.rules.registering.rolls import Rolls, completed, rolls
from processor.rules.rows import codes
from processor.rules.rows.conflicts import Booked, copies


@dataclass(frozen=True)
class Night:
    """One night as the rules see it: the snapshot `read`, what was told before, and what was `found` on its rows."""

    read: Snapshot
    past: History
    found: tuple[Finding, ...]

    @cached_property
    def _codes(self) -> Iterator[str]:
        """The codes never used, in order: the séances that have none take the first ones, copies those after."""
        return codes.new_codes(self.read)

    @cached_property
    def given(self) -> Mapping[Place, str]:
        """The codes given tonight to the séances that have none."""
        aside = set_aside(self.found, self.read.set_aside)
        return codes.assigned([s for s in self.read.seances if s.place not in aside], self._codes)

    @cached_property
    def people(self) -> Judged:
        """What is found about people, once each séance has its code and each registration names one."""
        registrations = resolved(self.read, self.given)
        seances = tuple(codes.coded(seance, self.given) for seance in self.read.seances)
        return judged(replace(self.read, registrations=registrations, seances=seances), self.found)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All that is found before anything is decided."""
        return (*self.found, *self.people.findings)

    @property
    def snapshot(self) -> Snapshot:
        """The snapshot that decisions are made from: codes given, names understood, bad rows set aside."""
        return self.people.snapshot

    @property
    def register(self) -> Register:
        """Who is registered for what."""
        return self.people.register

    @cached_property
    def rolls(self) -> Rolls:
        """Each séance and session with all that belongs to it, the rows set aside included."""
        return rolls(self.snapshot, self.register)

    @cached_property
    def seances(self) -> tuple[Roll, ...]:
        """The séances for which something may be made, in the order of the sheets."""
        return tuple(roll for place, roll in self.rolls.seances.items() if self._taken(place))

    @cached_property
    def sessions(self) -> tuple[SessionRoll, ...]:
        """The sessions for which something may be made, in the order of the sheet."""
        return tuple(roll for place, roll in self.rolls.sessions.items() if self._taken(place))

    @cached_property
    def completed(self) -> tuple[SessionRoll, ...]:
        """The same with the copies that the night makes of their séances: letters name those too."""
        made = [copy.roll for copy in self.copies]
        return tuple(completed(session, made) for session in self.sessions)

    def _taken(self, place: Place) -> bool:
        return place not in self.snapshot.set_aside

    @cached_property
    def closed(self) -> ClosedDay:
        """The days on which no séance is repeated."""
        return closed_days(self.snapshot.parameters, self.snapshot.closures)

    @cached_property
    def days_off(self) -> ClosedDay:
        """The days on which nobody works: a holiday on which séances are kept is a holiday all the same."""
        if not self.snapshot.parameters.keep_holidays:
            return self.closed
        return closed_days(replace(self.snapshot.parameters, keep_holidays=False), self.snapshot.closures)

    @cached_property
    def repetition(self) -> Decided:
        """The copies that the night makes; they take their codes after the séances that had none."""
        return repetition(self.snapshot, self._codes, self.closed)

    @cached_property
    def copies(self) -> tuple[Booked, ...]:
        """Those copies as séances, with the people that they have from the start."""
        return tuple(copies(self.repetition.repeats, self.rolls.seances, self.register))

    @cached_property
    def doubt(self) -> bool:
        """Whether the journal is new though the workbook shows earlier nights."""
        return doubtful(self.snapshot)

    def unasked(self, decided: Decided) -> Decided:
        """What was decided without staff asking for it: held back where another night may have sent it."""
        return kept_back(decided) if self.doubt or self.snapshot.known.copy_of else decided

    @cached_property
    def invitations(self) -> Mapping[Place, Decided]:
        """The invitations to each séance and session, by the place of its row."""
        return invitations(self.snapshot, self.seances, self.completed, self.past, self.unasked)

    @cached_property
    def inviting(self) -> tuple[Mail, ...]:
        """The invitations that leave tonight: who has one needs no other word of the same séance."""
        return tuple(mail for decided in self.invitations.values() for mail in decided.mails)

    def plan(self, decided: Decided) -> Plan:
        """The plan of all that was decided."""
        return Plan(
            now=self.snapshot.now,
            findings=tuple(decided.findings),
            moves=tuple(decided.moves),
            repeats=tuple(decided.repeats),
            writes=tuple(decided.writes),
            rows=tuple(decided.rows),
            columns=tuple(decided.columns),
            sheets=tuple(decided.sheets),
            marks=tuple(decided.marks),
            documents=tuple(decided.documents),
            mails=tuple(decided.mails),
            lists=tuple(decided.lists),
            occurrences=frozenset(decided.occurrences),
            codes=frozenset(decided.codes),
            rolls=tuple(self.rolls.seances.values()),
            session_rolls=tuple(self.rolls.sessions.values()),
            set_aside=self.snapshot.set_aside,
        )
