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
from processor.rules.calendar import closed_days, moving
from processor.rules.decided import Decided, total
from processor.rules.letters import attestation, dates_shown, emargement, lists, numbers, reissue
from processor.rules.news import added, aftermath, changes, mailing, new_journal, notices, reminders, vanished
from processor.rules.news.told import History, history
from processor.rules.night import Night
from processor.rules.registering import capacity, corrected, participations, waiting
from processor.rules.rows import checks, clashes, codes, control, misplaced, shown

CHECKS: tuple[Callable[[Snapshot, History], Iterable[Finding]], ...] = (
    lambda snapshot, _: snapshot.findings,
    lambda snapshot, _: codes.duplicates(snapshot),
    vanished.vanished,
    lambda snapshot, _: notices.second_wordings(snapshot),
    lambda snapshot, _: checks.row_findings(snapshot),
    lambda snapshot, _: chain.from_iterable(snapshot.template_faults.values()),
    lambda snapshot, _: mailing.mail_findings(snapshot),
    lambda snapshot, _: closed_days.unknown_country(snapshot.parameters),
)

OF_SEANCE: tuple[Callable[[Night, Roll], Decided], ...] = (
    lambda night, roll: night.invitations[roll.seance.place],
    lambda night, roll: night.unasked(changes.tell_changes(night.snapshot, roll, night.past)),
    lambda night, roll: night.unasked(reminders.remind(night.snapshot, roll, night.past, night.days_off)),
    lambda night, roll: attestation.attest_seance(night.snapshot, roll),
    lambda night, roll: reissue.reissues(night.snapshot, roll, night.register),
    lambda night, roll: night.unasked(aftermath.follow_up(night.snapshot, roll, night.past)),
    lambda night, roll: emargement.emargement(night.snapshot, roll),
    lambda night, roll: capacity.crowded(night.snapshot, roll, night.register),
)

OF_SESSION: tuple[Callable[[Night, SessionRoll], Decided], ...] = (
    lambda night, roll: night.invitations[roll.session.place],
    lambda night, roll: added.tell_added(night.snapshot, roll, night.past, night.inviting),
    lambda night, roll: attestation.attest_session(night.snapshot, roll),
    lambda night, roll: capacity.crowded_session(night.snapshot, roll),
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
    # What was written first is told first: in Journal a séance has its code, moves and is copied before people are written to.
    lambda night: codes.given(night.given),
    lambda night: moving.moves(night.snapshot, night.findings),
    lambda night: night.repetition,
    # The numbers of attestations follow: those of séances come before those of sessions.
    _of_seances,
    _of_sessions,
    lambda night: _found(new_journal.new_journal(night.snapshot, night.seances, night.doubt)),
    lambda night: waiting.waiting_list(night.snapshot, night.seances, night.sessions, night.register),
    lambda night: _found(clashes.clashes(night.snapshot, night.seances, night.copies)),
    lambda night: _found(
        misplaced.misplaced(night.snapshot, night.seances, night.repetition.repeats, night.closed)
    ),
    lambda night: Decided(rows=[*participations.new_rows(night.snapshot, night.seances, night.register)]),
    lambda night: _written(participations.statuses(night.snapshot, night.rolls.seances.values())),
    lambda night: _written(dates_shown.seance_dates(night.snapshot, night.rolls.seances.values())),
    lambda night: _written(dates_shown.session_dates(night.snapshot)),
    lambda night: _written(corrected.followed(night.register.corrected, night.snapshot.participations)),
    lambda night: lists.lists(night.snapshot, night.seances, night.sessions),
)

# What shows the rest: each reads the sum of all before it, so Contrôle comes before the columns that it may need.
SHOWN: tuple[Callable[[Night, Decided], Decided], ...] = (
    lambda night, all_: _written(control.controls(night.snapshot, all_, mailing.standing(night.snapshot))),
    lambda night, all_: Decided(columns=[*shown.columns(night.snapshot, all_)]),
    lambda night, all_: Decided(sheets=[*shown.sheets(night.snapshot, all_)]),
    lambda night, all_: Decided(marks=control.marks(night.snapshot, all_.findings)),
    lambda night, all_: Decided(rows=shown.journal_rows(night.snapshot, all_.done)),
)


def plan(snapshot: Snapshot) -> Plan:
    """What the night would do now. Pure: the same snapshot gives the same plan, and nothing is done by asking."""
    past = history(snapshot.known.mails.values())
    night = Night(snapshot, past, tuple(one for check in CHECKS for one in check(snapshot, past)))
    decided = numbers.with_numbers(night.snapshot, total(step(night) for step in STEPS))
    for show in SHOWN:
        decided.add(show(night, decided))
    return night.plan(decided)
