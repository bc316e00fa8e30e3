"""Claim mails, record each step of their way, and take over what a dead worker left.

Every change is one committed transaction, and every change names the owner it expects: a worker that was wrongly
taken for dead finds nothing to change, and sends no final dot. Only the dot waits for the disk: a claim that a power cut
takes back was a mail in the queue, and an answer that it takes back is an uncertain mail.
"""

from datetime import datetime, timedelta
from types import TracebackType
from typing import Any, Self

from sqlalchemy import Connection, func, select, update

from processor.journal import opening, schema
from processor.journal.presence import Presence, new_owner
from processor.journal.records import Outcome, WrittenMail
from processor.journal.statements import CLAIM, CONTENT, DOT, RECORD, in_state
from processor.journal.view import mail
from processor.model.address import unjudged
from processor.model.catalogue import say
from processor.model.past import MailState


class Worker:
    """One who delivers, from `with` to the end of it. What it claims is its own until it records an outcome."""

    def __init__(self, connection: Connection, presence: Presence) -> None:
        self._connection = connection
        self._presence = presence
        self.owner = new_owner()

    def __enter__(self) -> Self:
        self._presence.arrive(self.owner)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self._take_over(self.owner)
            opening.flush(self._connection)
        finally:
            self._presence.leave(self.owner)

    def recover(self) -> None:
        """Take over from dead workers: what had no final dot goes back to the queue, what may have had one is uncertain."""
        mails = schema.mails
        underway = (
            select(mails.c.owner).where(in_state(MailState.SENDING) | in_state(MailState.DOT)).distinct()
        )
        with self._connection.begin():
            owners = [owner for owner in self._connection.execute(underway).scalars() if owner]
        for owner in owners:
            if owner != self.owner and self._presence.gone(owner):
                self._take_over(owner)

    def reopen(self, now: datetime, patience: timedelta, lifetime: timedelta) -> int:
        """Put back what a server deferred at least `patience` ago; the number of mails refused for their age comes back.

        After `lifetime` in the queue a mail is refused: RFC 5321, section 4.5.4.1, says 4 to 5 days.
        """
        mails = schema.mails
        deferred = in_state(MailState.DEFERRED)
        old = deferred & (mails.c.queued_on <= _wall(now - lifetime))
        rested = deferred & (mails.c.tried_on <= _wall(now - patience))
        with self._connection.begin():
            values: dict[str, Any] = {
                "state": MailState.REFUSED,
                "detail": say("worker.given-up") + mails.c.detail,
            }
            count = self._connection.execute(update(mails).where(old).values(**values)).rowcount
            self._connection.execute(update(mails).where(rested).values(state=MailState.RELEASED))
        return count

    def handed_since(self, moment: datetime) -> int:
        """How many mails crossed the dot after `moment`, certainly or perhaps: what a provider counts."""
        mails = schema.mails
        crossed = mails.c.state.in_((MailState.SENT, MailState.UNCERTAIN)) & (
            mails.c.tried_on > _wall(moment)
        )
        with self._connection.begin():
            return self._connection.execute(select(func.count()).where(crossed)).scalar_one()

    def waiting(self) -> int:
        """How many mails are in the queue."""
        with self._connection.begin():
            return self._connection.execute(
                select(func.count()).where(in_state(MailState.RELEASED))
            ).scalar_one()

    def bounced(self) -> dict[str, str]:
        """The keys of the addresses in error, each with what its server said."""
        with self._connection.begin():
            rows = self._connection.execute(select(schema.bounces))
            return {unjudged(row.address).key: row.detail or row.status for row in rows}

    def claim(self, now: datetime) -> WrittenMail | None:
        """The next mail of the queue, now this worker's own, this attempt counted, or None when there is none."""
        with opening.soon(self._connection):
            found = self._connection.execute(CLAIM, {"me": self.owner, "at": _wall(now)}).first()
            if found is None:
                return None
            content = self._connection.execute(CONTENT, {"wanted": found.key}).scalar_one()
        return WrittenMail(mail(found), content, found.file_name)

    def dot(self, key: str) -> bool:
        """Record that the final dot is about to be sent; only after True may it be.

        False means that another worker has taken the mail over: close the connection, send no dot.
        """
        with self._connection.begin():
            return self._connection.execute(DOT, {"wanted": key, "me": self.owner}).rowcount == 1

    def record(self, key: str, outcome: Outcome, now: datetime) -> bool:
        """Record what became of the attempt; False when the mail is no longer this worker's.

        At once and alone: until the record is there, the death of the worker leaves the mail uncertain.
        """
        sent_on = _wall(now) if outcome.state is MailState.SENT else None
        values = {
            "wanted": key,
            "me": self.owner,
            "became": outcome.state,
            "said": outcome.detail,
            "on": sent_on,
        }
        with opening.soon(self._connection):
            return self._connection.execute(RECORD, values).rowcount == 1

    def _take_over(self, owner: str) -> None:
        theirs = schema.mails.c.owner == owner
        with self._connection.begin():
            for state, values in (
                (MailState.SENDING, {"state": MailState.RELEASED, "owner": None}),
                (
                    MailState.DOT,
                    {"state": MailState.UNCERTAIN, "owner": None, "detail": say("worker.unknown-fate")},
                ),
            ):
                self._connection.execute(
                    update(schema.mails).where(theirs & in_state(state)).values(**values)
                )


def _wall(moment: datetime) -> str:
    return moment.replace(tzinfo=None).isoformat()
