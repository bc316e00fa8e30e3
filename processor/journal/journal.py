"""The journal: the truth about what was decided, issued and sent, whatever people do to the workbook.

A run is staged in one transaction before the workbook is replaced, and committed in one after. Between the two, the
file system says on which side of the replacement the run stopped; see `Journal.unfinished`.
"""

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import Connection, Engine, exc, inspect, select, update

from processor.journal import opening, preparing, schema, settling
from processor.journal.attestations import read_register
from processor.journal.presence import presence_of
from processor.journal.records import (
    AttestationRecord,
    Bounce,
    CalendarRecord,
    JournalView,
    RunRecord,
    RunState,
    WrittenMail,
)
from processor.journal.staging import Staging, forget
from processor.journal.unusable import unknown_address, unusable
from processor.journal.view import read_view, unfinished_run
from processor.journal.worker import Worker
from processor.model.address import NOWHERE, Address
from processor.model.findings import Stopped
from processor.model.past import DocumentRecord, MailState


class Journal:
    """An open journal. One process, one thread; several processes may have the same journal open.

    Times are on the clock of the wall, as everywhere in the model: an aware time loses its offset.
    """

    def __init__(self, engine: Engine, connection: Connection) -> None:
        self._engine = engine
        self._connection = connection

    @classmethod
    def open(cls, where: Path | str) -> Self:
        """Open, and create where absent, the journal at a path of a SQLite file or at a SQLAlchemy URL.

        Raises `Stopped` when a power cut could make it forget (a network share, a file system that refuses WAL), when
        a newer program wrote it, or when the database is no journal.
        """
        with _told_as_findings(where):
            url = opening.location(where)
            engine = opening.durable(url)
            try:
                connection = engine.connect()
            except BaseException:
                engine.dispose()
                raise
            journal = cls(engine, connection)
            try:
                with connection.begin():
                    preparing.prepare(connection)
            except BaseException:
                journal.close()
                raise
        return journal

    @staticmethod
    def peek(where: Path | str) -> JournalView:
        """The view of a journal without creating or changing anything; that of an absent one is empty."""
        with _told_as_findings(where):
            url = opening.location(where)
        file = opening.file_of(url)
        if file is not None and not file.exists():
            return JournalView()
        with _told_as_findings(where), opening.reading(url) as connection:
            if not inspect(connection).has_table("meta"):
                return JournalView()
            schema.check_version(connection)
            return read_view(connection)

    @staticmethod
    def attestations(where: Path | str) -> dict[str, AttestationRecord]:
        """The register of attestations by number, without creating or changing anything."""
        with _told_as_findings(where):
            url = opening.location(where)
        file = opening.file_of(url)
        if file is not None and not file.exists():
            return {}
        with _told_as_findings(where), opening.reading(url) as connection:
            return read_register(connection)

    def close(self) -> None:
        """Close every handle; the side files of SQLite go with the last one."""
        self._connection.close()
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def view(self) -> JournalView:
        """Everything a plan needs of the past, read once."""
        with self._connection.begin():
            return read_view(self._connection)

    def keeps(self, workbook: Path) -> None:
        """Record whose journal this is: a night that has nothing to do must know it again after a renaming as well."""
        self._note("workbook", str(workbook))

    def opens(self, how: str) -> None:
        """Record what the first night is: `NEW`, `RENEWING`, and the date of one that was `RENEWING` when it is done."""
        self._note("opening", how)

    def _note(self, name: str, said: str) -> None:
        with self._connection.begin():
            meta = schema.meta
            known = self._connection.execute(select(meta.c.value).where(meta.c.name == name)).scalar()
            if known is None:
                self._connection.execute(meta.insert().values(name=name, value=said))
            elif known != said:
                self._connection.execute(update(meta).where(meta.c.name == name).values(value=said))

    def begin(self, run: RunRecord) -> RunRecord:
        """Record that a run starts; the run comes back as recorded. A run that stages nothing leaves no more than this."""
        row = {
            "id": run.id,
            "started": _wall(run.started),
            "workbook": str(run.workbook),
            "state": RunState.BEGUN,
        }
        with self._connection.begin():
            self._connection.execute(schema.runs.insert().values(**row))
        return run

    def stage(  # noqa: PLR0913 - one transaction, all that it says
        self,
        run_id: str,
        *,
        digest_before: str,
        digest_after: str,
        replacement: Path | None = None,
        staging: Path | None = None,
        mails: Sequence[WrittenMail] = (),
        documents: Sequence[DocumentRecord] = (),
        occurrences: Iterable[tuple[str, date]] = (),
        codes: Iterable[str] = (),
        calendar: Sequence[CalendarRecord] = (),
    ) -> None:
        """Record, in one transaction, all that the run is about to do: the last step before the workbook is replaced.

        The bytes of each mail are frozen here: whatever is retried later, in whatever night, is the same message.
        Raises `ValueError` for a mail whose key the journal has: that mail was decided before, and the whole
        transaction is undone.
        """
        with self._connection.begin():
            started = self._started(run_id, RunState.BEGUN)
            what = Staging(self._connection, run_id, started)
            what.mails(mails)
            what.documents(documents)
            what.calendar(calendar)
            what.occurrences(occurrences)
            what.codes(codes)
            self._set_run(
                run_id,
                state=RunState.REPLACING,
                digest_before=digest_before,
                digest_after=digest_after,
                replacement=str(replacement) if replacement else None,
                staging=str(staging) if staging else None,
            )

    def commit(self, run_id: str) -> None:
        """Record, in one transaction, that the workbook was replaced; the mails of the run may now leave."""
        with self._connection.begin():
            self._started(run_id, RunState.REPLACING)
            mails = schema.mails
            own = (mails.c.run == run_id) & (mails.c.state == MailState.QUEUED)
            self._connection.execute(update(mails).where(own).values(state=MailState.RELEASED))
            self._set_run(run_id, state=RunState.COMMITTED)

    def abandon(self, run_id: str) -> None:
        """Record that the workbook was never replaced: what the run staged vanishes and its keys are free again."""
        with self._connection.begin():
            self._started(run_id, RunState.BEGUN, RunState.REPLACING)
            forget(self._connection, run_id)
            self._set_run(run_id, state=RunState.ABANDONED)

    def unfinished(self) -> RunRecord | None:
        """The run that was cut short, or None.

        In `replacing`: if its `replacement` still exists, or the workbook's digest is not `digest_after`, the workbook was
        not replaced: `abandon`. Else it was: `commit`. In `committed`: move its `documents` out of `staging` if they
        are still there, deliver, then `finish`.
        """
        with self._connection.begin():
            return unfinished_run(self._connection)

    def finish(self, run_id: str, summary: str = "") -> None:
        """Record that nothing of the run is left to do, and what it did in one French sentence."""
        with self._connection.begin():
            self._started(run_id, RunState.BEGUN, RunState.COMMITTED)
            self._set_run(run_id, state=RunState.FINISHED, summary=summary)

    def worker(self) -> Worker:
        """One who delivers: a context manager that owns what it claims. See `processor.journal.worker`."""
        return Worker(self._connection, presence_of(opening.file_of(self._engine.url), self._connection))

    def message(self, key: str) -> bytes | None:
        """The frozen bytes of a mail, or None when it is unknown or its words were purged."""
        with self._connection.begin():
            content = schema.messages.c.content
            return self._connection.execute(select(content).where(schema.messages.c.key == key)).scalar()

    def settle(self, key: str, *, sent: bool) -> bool:
        """Record what a person knows of an uncertain mail: it arrived, or it is to be sent again. See `settling`."""
        with self._connection.begin():
            return settling.settle(self._connection, key, sent=sent)

    def cancel(self, keys: Collection[str], why: str) -> int:
        """Keep mails from leaving that have not left; how many were kept back comes back."""
        with self._connection.begin():
            return settling.cancel(self._connection, keys, why)

    def resend(self, key: str, reason: str, now: datetime, to: Address = NOWHERE) -> str | None:
        """Queue another copy of a mail, with its own key; None when it is unknown or purged. `now` must be aware."""
        with self._connection.begin():
            return settling.resend(self._connection, key, reason, now, to)

    def note_bounces(self, found: Iterable[Bounce], now: datetime) -> tuple[Bounce, ...]:
        """Record addresses that will not be reached; those not known before come back. Nothing more goes to them."""
        with self._connection.begin():
            return settling.note(self._connection, found, now)

    def trust(self, address: Address) -> bool:
        """Write to an address in error again; False when it was not in error."""
        with self._connection.begin():
            return settling.trust(self._connection, address)

    def purge(self, before: datetime) -> int:
        """Forget the words of what was done with before that day; how many messages comes back."""
        with self._connection.begin():
            return settling.purge(self._connection, before)

    def fade(self, before: datetime) -> int:
        """Forget whose the mails and documents were that were done with before that day; how many mails comes back."""
        with self._connection.begin():
            return settling.fade(self._connection, before)

    def erase(self, person: str) -> int:
        """Forget a person, their keys excepted; how many mails were theirs comes back."""
        with self._connection.begin():
            return settling.erase(self._connection, person)

    def _started(self, run_id: str, *states: RunState) -> str:
        row = self._connection.execute(select(schema.runs).where(schema.runs.c.id == run_id)).first()
        if row is None or row.state not in states:
            known = "unknown" if row is None else row.state
            raise ValueError(f"run {run_id} is {known}, expected {' or '.join(states)}")
        return str(row.started)

    def _set_run(self, run_id: str, **values: str | None) -> None:
        self._connection.execute(update(schema.runs).where(schema.runs.c.id == run_id).values(**values))


def _wall(moment: datetime) -> str:
    return moment.replace(tzinfo=None).isoformat()


@contextmanager
def _told_as_findings(where: Path | str) -> Iterator[None]:
    """Turn what a database driver says about an unusable journal into a sentence for a person."""
    try:
        yield
    except (exc.ArgumentError, ImportError, ValueError) as error:
        raise Stopped([unknown_address(str(where).partition(":")[0])]) from error
    except (exc.DBAPIError, sqlite3.Error, OSError) as error:
        shown = (
            opening.location(where).render_as_string(hide_password=True)
            if "://" in str(where)
            else str(where)
        )
        raise Stopped([unusable(shown, error)]) from error
