"""From the snapshot to the plan: a table of checks and one of steps, each asked once. The plan is the sum of what they decide.

What is found sets rows aside before anything is decided of them (`Night.snapshot`). The order of the steps is the order of
what people read: the rows of Journal, the mails, the numbers of attestations. Only where a step reads what another decided
does a comment say so; what several of them read is made once, in :class:`processor.rules.night.Night`.
"""

from collections.abc import Callable, Iterable
from itertools import chain

from processor.model import Roll, SessionRoll
from processor.model.findings import Finding
from processor.model.plan import Plan, Write
from processor.model.snapshot import Snapshot
from processor.rules.calendar.closed_days import unknown_country
from processor.rules.calendar.moving import moves
from processor.rules.decided import Decided, total
from processor.rules.letters.attestation import attest_seance, attest_session
from processor.rules.letters.dates_shown import seance_dates, session_dates
from processor.rules.letters.emargement import emargement
from processor.rules.letters.lists import lists
from processor.rules.letters.numbers import with_numbers
from processor.rules.letters.reissue import reissues
from processor.rules.news.added import tell_added
from processor.rules.news.aftermath import follow_up
from processor.rules.news.changes import tell_changes
from processor.rules.news.mailing import mail_findings, standing
from processor.rules.news.new_journal import new_journal
from processor.rules.news.notices import second_wordings
from processor.rules.news.reminders import remind
from processor.rules.news.told import History, history
from processor.rules.news.vanished import vanished
from processor.rules.night import Night
from processor.rules.registering.capacity import crowded, crowded_session
from processor.rules.registering.corrected import followed
from processor.rules.registering.participations import new_rows, statuses
from processor.rules.registering.waiting import waiting_list
from processor.rules.rows import codes, control, shown
from processor.rules.rows.checks import row_findings
from processor.rules.rows.clashes import clashes
from processor.rules.rows.misplaced import misplaced

CHECKS: tuple[Callable[[Snapshot, History], Iterable[Finding]], ...] = (
    lambda snapshot, _: snapshot.findings,
    lambda snapshot, _: codes.duplicates(snapshot),
    vanished,
    lambda snapshot, _: second_wordings(snapshot),
    lambda snapshot, _: row_findings(snapshot),
    lambda snapshot, _: chain.from_iterable(snapshot.template_faults.values()),
    lambda snapshot, _: mail_findings(snapshot),
    lambda snapshot, _: unknown_country(snapshot.parameters),
)

OF_SEANCE: tuple[Callable[[Night, Roll], Decided], ...] = (
    lambda night, roll: night.invitations[roll.seance.place],
    lambda night, roll: night.unasked(tell_changes(night.snapshot, roll, night.past)),
    lambda night, roll: night.unasked(remind(night.snapshot, roll, night.past, night.days_off)),
    lambda night, roll: attest_seance(night.snapshot, roll),
    lambda night, roll: reissues(night.snapshot, roll, night.register),
    lambda night, roll: night.unasked(follow_up(night.snapshot, roll, night.past)),
    lambda night, roll: emargement(night.snapshot, roll),
    lambda night, roll: crowded(night.snapshot, roll, night.register),
)

OF_SESSION: tuple[Callable[[Night, SessionRoll], Decided], ...] = (
    lambda night, roll: night.invitations[roll.session.place],
    lambda night, roll: tell_added(night.snapshot, roll, night.past, night.inviting),
    lambda night, roll: attest_session(night.snapshot, roll),
    lambda night, roll: crowded_session(night.snapshot, roll),
)


def _found(findings: Iterable[Finding]) -> Decided:
    return Decided(findings=[*findings])


def _written(writes: Iterable[Write]) -> Decided:
    return Decided(writes=[*writes])


def _of_seances(night: Night) -> Decided:
    """Séance after séance, in order of time: attestations are numbered in that order."""
    in_time = sorted(night.seances, key=lambda roll: (roll.seance.start, roll.seance.code))
    return total(rule(night, roll) for roll in in_time for rule in OF_SEANCE)


def _of_sessions(night: Night) -> Decided:
    by_code = sorted(night.completed, key=lambda roll: roll.session.code)
    return total(rule(night, roll) for roll in by_code for rule in OF_SESSION)


STEPS: tuple[Callable[[Night], Decided], ...] = (
    lambda night: _found(night.findings),
    lambda night: codes.given(night.given),
    lambda night: moves(night.snapshot, night.findings),
    lambda night: night.repetition,
    _of_seances,
    _of_sessions,
    lambda night: _found(new_journal(night.snapshot, night.seances, night.doubt)),
    lambda night: waiting_list(night.snapshot, night.seances, night.sessions, night.register),
    lambda night: _found(clashes(night.snapshot, night.seances, night.copies)),
    lambda night: _found(misplaced(night.snapshot, night.seances, night.repetition.repeats, night.closed)),
    lambda night: Decided(rows=[*new_rows(night.snapshot, night.seances, night.register)]),
    lambda night: _written(statuses(night.snapshot, night.rolls.seances.values())),
    lambda night: _written(seance_dates(night.snapshot, night.rolls.seances.values())),
    lambda night: _written(session_dates(night.snapshot)),
    lambda night: _written(followed(night.register.corrected, night.snapshot.participations)),
    lambda night: lists(night.snapshot, night.seances, night.sessions),
)

# What shows the rest: each reads the sum of all before it, so Contrôle comes before the columns that it may need.
SHOWN: tuple[Callable[[Night, Decided], Decided], ...] = (
    lambda night, all_: _written(control.controls(night.snapshot, all_, standing(night.snapshot))),
    lambda night, all_: Decided(columns=[*shown.columns(night.snapshot, all_)]),
    lambda night, all_: Decided(sheets=[*shown.sheets(night.snapshot, all_)]),
    lambda night, all_: Decided(marks=control.marks(night.snapshot, all_.findings)),
    lambda night, all_: Decided(rows=shown.journal_rows(night.snapshot, all_.done)),
)


def plan(snapshot: Snapshot) -> Plan:
    """What the night would do now. Pure: the same snapshot gives the same plan, and nothing is done by asking."""
    past = history(snapshot.known.mails.values())
    night = Night(snapshot, past, tuple(one for check in CHECKS for one in check(snapshot, past)))
    decided = with_numbers(night.snapshot, total(step(night) for step in STEPS))
    for show in SHOWN:
        decided.add(show(night, decided))
    return night.plan(decided)
