"""One night: lock, recover, plan, refuse or apply, until there is nothing left to do; then deliver and report."""

import os
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from processor.contract import PARAMETERS
from processor.journal.journal import Journal
from processor.journal.records import NEW, RENEWING
from processor.mail.delivery import Delivered, deliver
from processor.model import Parameters
from processor.model.catalogue import say
from processor.model.findings import Finding, Severity, Stopped
from processor.model.past import DocumentRecord
from processor.model.plan import Plan
from processor.night import apply
from processor.night.backups import prune
from processor.night.forgetting import forget_old
from processor.night.lock import Busy, only_run
from processor.night.observe import Clock, Observation, observe
from processor.night.paper import Shelf
from processor.night.posting import sender_of
from processor.night.returns import at_night
from processor.night.signing_key import key_of
from processor.night.unchangeable import protected
from processor.rules.news.new_journal import doubtful
from processor.rules.plan import plan as planned
from processor.rules.safety import refusals
from processor.settings import Settings
from processor.workbook import in_use

if TYPE_CHECKING:
    from processor.mail.outgoing import Outgoing

MOST_PASSES = 4
Progress = Callable[[str, int, int], None]


class WorkbookOpen(Exception):
    """Someone has the workbook open; trying later is all there is to do."""


@dataclass
class Passes:
    """What the night did, gathered over its passes. `observation` is the last state seen, `last` what is left to do then."""

    now: datetime
    observation: Observation
    last: Plan
    findings: tuple[Finding, ...] = ()
    plans: list[Plan] = field(default_factory=list)
    issued: list[DocumentRecord] = field(default_factory=list)
    delivered: Delivered = field(default_factory=Delivered)
    recovered: str | None = None


def look(settings: Settings, clock: Clock, shelf: Shelf | None = None) -> tuple[Observation, Plan]:
    """The plan for the workbook as it is now; nothing is changed by looking. The `shelf` is that of the night, if it has one."""
    from processor.night.journal_place import past

    observation = observe(settings, settings.workbook, past(settings), clock)
    observation = replace(observation, snapshot=(shelf or Shelf(settings)).checked(observation.snapshot))
    return observation, planned(observation.snapshot)


def refused(observation: Observation, plan: Plan) -> tuple[Finding, ...]:
    """Why the plan is out of proportion, if it is."""
    snapshot = observation.snapshot
    rows = Counter([*(s.place.sheet for s in snapshot.seances), *(u.place.sheet for u in snapshot.unread)])
    return refusals(plan, rows.total(), snapshot.parameters.mails_per_night, snapshot.known.returned, rows)


def run(settings: Settings, clock: Clock, progress: Progress, *, accept_large_plan: bool = False) -> Passes:
    """The nightly job. Raises Stopped (nothing changed), WorkbookOpen, or Busy."""
    settings.state.mkdir(mode=0o700, parents=True, exist_ok=True)
    with only_run(settings.state), Journal.open(settings.journal_place) as journal:
        journal.keeps(settings.workbook)
        recovered = apply.recover(settings, journal)
        check_free(settings.workbook)
        returned = at_night(settings, journal, clock("Europe/Paris"))
        if not settings.private_key.exists():
            key_of(settings)
        night = _passes(settings, clock, progress, journal, accept_large_plan)
        night.recovered = recovered
        prune(settings.backups, settings.workbook)
        forget_old(settings, journal, night.now)
        night.findings = (*night.findings, *returned)
        return night


def check_free(workbook: Path) -> None:
    """Raises WorkbookOpen with who has it, when the workbook is open somewhere, and Stopped when nobody may write it."""
    check_writable(workbook)
    if workbook.exists() and (who := in_use(workbook)) is not None:
        raise WorkbookOpen(who)


def check_writable(workbook: Path) -> None:
    """Raises Stopped when nobody may write the workbook, or the disk that it is on."""
    if workbook.exists() and not os.access(workbook, os.W_OK):
        raise Stopped([protected(workbook.name)])


def _passes(settings: Settings, clock: Clock, progress: Progress, journal: Journal, accept: bool) -> Passes:
    """Plan and apply until nothing is left: a copy made tonight may be over already, a mail that left has a date to show.

    A workbook that asks for nothing is looked at once, unless a mail of an earlier night left meanwhile.
    """
    shelf = Shelf(settings)
    observation, plan = look(settings, clock, shelf)
    _allowed(settings, observation, plan, accept)
    snapshot = observation.snapshot
    night = Passes(snapshot.now, observation, plan, plan.findings)
    doubt = doubtful(snapshot)
    if snapshot.known.fresh:
        journal.opens(RENEWING if doubt else NEW)
    if accept or not snapshot.known.returned:
        night.delivered = send(settings, journal, snapshot.parameters, night.now, progress)
        if plan.empty and night.delivered.news:
            _look_again(night, settings, clock, shelf)
    for _ in range(MOST_PASSES):
        if night.last.empty:
            break
        done = apply.apply_plan(settings, shelf, night.observation, night.last, journal, progress)
        night.plans.append(done.plan)
        night.issued += done.issued
        parameters = night.observation.snapshot.parameters
        night.delivered = joined(night.delivered, send(settings, journal, parameters, night.now, progress))
        _look_again(night, settings, clock, shelf)
        night.findings = (*night.findings, *done.findings)
        if done.findings:
            return night
    if doubt:
        journal.opens(night.now.isoformat())
    return night


def _allowed(settings: Settings, observation: Observation, plan: Plan, accept: bool) -> None:
    """Raises Refused when the plan is out of proportion, and Stopped when its mails would have no way out."""
    reasons = () if accept else refused(observation, plan)
    if reasons:
        raise Refused(observation, plan, reasons)
    try:
        way_out(settings, observation.snapshot.parameters)
    except Stopped as stopped:
        typed = [f for f in plan.findings if f.sheet == _sheet_of_parameters(observation)]
        raise Stopped([*stopped.findings, *typed]) from stopped


def _look_again(night: Passes, settings: Settings, clock: Clock, shelf: Shelf) -> None:
    night.observation, night.last = look(settings, clock, shelf)
    night.findings = night.last.findings


def _sheet_of_parameters(observation: Observation) -> str | None:
    layout = observation.snapshot.layouts.get(PARAMETERS.name)
    return layout.sheet if layout else None


class Refused(Stopped):
    """The plan is out of proportion; it is shown before the refusal."""

    def __init__(self, observation: Observation, plan: Plan, reasons: tuple[Finding, ...]) -> None:
        super().__init__(reasons)
        self.observation, self.plan = observation, plan


def send(
    settings: Settings,
    journal: Journal,
    parameters: Parameters,
    now: datetime,
    progress: Progress,
    limit: int | None = None,
) -> Delivered:
    """Delivers what the journal has released, by the transport of the settings."""
    way = way_out(settings, parameters)
    return deliver(
        journal,
        way.transport,
        now,
        limit,
        lambda mail, _: progress(say("night.progress", key=mail.key[:6]), 0, 0),
        per_day=way.per_day,
    )


def way_out(settings: Settings, parameters: Parameters) -> "Outgoing":
    """The way out for mails. Raises Stopped where it cannot be used, before any mail is written for good.

    What is written as files may have a sender that stands for one; what leaves by a server never does.
    """
    from processor.mail.outgoing import outgoing

    sender = parameters.sender or parameters.email if settings.transport == "smtp" else sender_of(parameters)
    return outgoing(settings.mail, settings.mails, sender, settings.workbook.parent)


def joined(first: Delivered, second: Delivered) -> Delivered:
    """Two deliveries of one night as one."""
    return Delivered(
        first.sent + second.sent,
        first.deferred + second.deferred,
        first.refused + second.refused,
        first.uncertain + second.uncertain,
        second.halted or first.halted,
        second.waiting if second.halted else first.waiting,
    )


def exit_code(findings: tuple[Finding, ...]) -> int:
    """0 when all is in order, 10 when rows were set aside.

    >>> exit_code(())
    0
    """
    return 10 if any(finding.severity is Severity.ROW for finding in findings) else 0


__all__ = ["Busy", "Passes", "Refused", "WorkbookOpen", "exit_code", "look", "refused", "run", "send"]
