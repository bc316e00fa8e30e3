"""Hand over what the journal released, one mail at a time, recording each step before it is taken."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from processor.mail.journal import Journal
from processor.mail.records import MailState, Outcome, ReleasedMail

PATIENCE = timedelta(minutes=10)
LIFETIME = timedelta(days=5)

Progress = Callable[[ReleasedMail, Outcome], None]


class Transport(Protocol):
    """A way out for mails."""

    def hand_over(self, mail: ReleasedMail, dot: Callable[[], bool]) -> Outcome:
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
    """The keys of the mails of one delivery by what became of them, and why it stopped early, if it did."""

    sent: tuple[str, ...] = ()
    deferred: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    uncertain: tuple[str, ...] = ()
    halted: str = ""


def deliver(
    journal: Journal,
    transport: Transport,
    now: datetime,
    limit: int | None = None,
    progress: Progress | None = None,
) -> Delivered:
    """Hand over what is released, at most `limit` mails; several may do so at once on one journal.

    First takes over from workers that died, and puts back what a server deferred in an earlier run.
    """
    fates: dict[MailState, list[str]] = defaultdict(list)
    halted = ""
    with journal.worker() as worker:
        worker.recover()
        worker.reopen(now, PATIENCE, LIFETIME)
        tried = 0
        mail = worker.claim(now) if limit is None or limit > 0 else None
        try:
            while mail is not None:
                key = mail.key
                try:
                    outcome = transport.hand_over(mail, lambda: worker.dot(key))  # noqa: B023
                except Halt as halt:
                    outcome, halted = halt.outcome, str(halt)
                tried += 1
                fates[outcome.state].append(key)
                if progress is not None:
                    progress(mail, outcome)
                if halted or tried == limit:
                    worker.record(key, outcome, now)
                    break
                mail = worker.record_and_claim(key, outcome, now)
        finally:
            transport.close()
    return Delivered(
        sent=tuple(fates[MailState.SENT]),
        deferred=tuple(fates[MailState.DEFERRED]),
        refused=tuple(fates[MailState.REFUSED]),
        uncertain=tuple(fates[MailState.UNCERTAIN]),
        halted=halted,
    )
