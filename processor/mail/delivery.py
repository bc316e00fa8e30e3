"""Hand over what the journal released, one mail at a time, recording each step before it is taken."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from processor.journal.journal import Journal
from processor.journal.records import Outcome, WrittenMail
from processor.journal.worker import Worker
from processor.model.catalogue import say
from processor.model.past import MailState

PATIENCE = timedelta(minutes=10)
LIFETIME = timedelta(days=5)
DAY = timedelta(days=1)

Progress = Callable[[WrittenMail, Outcome], None]


class Transport(Protocol):
    """A way out for mails."""

    def hand_over(self, mail: WrittenMail, dot: Callable[[], bool]) -> Outcome:
        """Try once to hand the mail over; what came of it comes back, `released` for « not tried, try again ».

        A transport that cannot take a message back calls `dot` just before the byte that gives it away, and gives it
        away only after True. One that does the same thing twice without harm need not call it.
        """

    def close(self) -> None:
        """End the connection, if any; the next `hand_over` opens another."""


class Halt(Exception):
    """Raised by a transport when no other mail should be tried now; `outcome` is that of the mail in hand."""

    def __init__(self, why: str, outcome: Outcome) -> None:
        super().__init__(why)
        self.outcome = outcome


@dataclass(frozen=True)
class Delivered:
    """The keys of the mails of one delivery by what became of them, and why it stopped early, if it did.

    `waiting` is how many are still in the queue after a delivery that stopped early.
    """

    sent: tuple[str, ...] = ()
    deferred: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    uncertain: tuple[str, ...] = ()
    halted: str = ""
    waiting: int = 0

    @property
    def news(self) -> bool:
        """Whether the journal now knows of a mail what it did not know before."""
        return bool(self.sent or self.refused or self.uncertain)


def deliver(
    journal: Journal,
    transport: Transport,
    now: datetime,
    limit: int | None = None,
    progress: Progress | None = None,
    *,
    per_day: int | None = None,
) -> Delivered:
    """Hand over what is released, at most `limit` mails; several may do so at once on one journal.

    First takes over from workers that died, and puts back what a server deferred in an earlier run. `per_day` is what the
    provider accepts in 24 hours, what was handed over before `now` included; what is above it waits for the next run.
    """
    fates: dict[MailState, list[str]] = defaultdict(list)
    with journal.worker() as worker:
        worker.recover()
        worker.reopen(now, PATIENCE, LIFETIME)
        left, capped = _allowance(limit, per_day, worker.handed_since(now - DAY) if per_day else 0)
        halted, bounced = "", worker.bounced()
        try:
            mail = worker.claim(now) if left > 0 else None
            while mail is not None:
                outcome, halted = _attempt(worker, transport, mail, bounced)
                worker.record(mail.key, outcome, now)
                fates[outcome.state].append(mail.key)
                left -= 1
                if progress is not None:
                    progress(mail, outcome)
                mail = worker.claim(now) if left > 0 and not halted else None
            if left <= 0 and capped and not halted and worker.waiting():
                halted = say("delivery.ceiling", count=per_day)
            waiting = worker.waiting() if halted else 0
        finally:
            transport.close()
    return Delivered(
        sent=tuple(fates[MailState.SENT]),
        deferred=tuple(fates[MailState.DEFERRED]),
        refused=tuple(fates[MailState.REFUSED]),
        uncertain=tuple(fates[MailState.UNCERTAIN]),
        halted=halted,
        waiting=waiting,
    )


def _attempt(
    worker: Worker, transport: Transport, mail: WrittenMail, bounced: Mapping[str, str]
) -> tuple[Outcome, str]:
    said = bounced.get(mail.to.key)
    if said is not None:
        return Outcome(MailState.REFUSED, say("delivery.bounced", said=said)), ""
    try:
        return transport.hand_over(mail, lambda: worker.dot(mail.key)), ""
    except Halt as halt:
        return halt.outcome, str(halt)


def _allowance(limit: int | None, per_day: int | None, handed: int) -> tuple[float, bool]:
    """How many mails may leave now, and whether it is the ceiling of the day that says so."""
    asked = float("inf") if limit is None else limit
    if per_day is None or asked <= per_day - handed:
        return asked, False
    return per_day - handed, True
