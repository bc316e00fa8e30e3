"""Open the database of the journal so that what was committed stays committed after a power cut."""

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, exc, make_url
from sqlalchemy.pool import NullPool

from processor.journal import place
from processor.model.findings import Finding, Severity, Stopped

# WAL with synchronous FULL is the setting that kept the last commit in every power cut tried; SQLite's default does
# not (docs/design.md). secure_delete overwrites what is purged, since these pages held names and addresses.
PRAGMAS = (("journal_mode", "wal"), ("synchronous", 2), ("secure_delete", 1), ("foreign_keys", 1))
PATIENCE = 30_000  # milliseconds to wait for another process that is writing
_PAUSE = 0.0005  # seconds between two questions whether it is done


def location(where: Path | str) -> URL:
    """The URL of the database: a path is a SQLite file, a text with `://` is taken as it is."""
    if isinstance(where, str) and "://" in where:
        url = make_url(where)
        return url.set(drivername="postgresql+psycopg") if url.drivername == "postgresql" else url
    return URL.create("sqlite", database=str(Path(where).absolute()))


def is_server(where: str) -> bool:
    """Whether a journal's place is a database server, and not a file.

    >>> is_server("postgresql://h/base"), is_server("sqlite:////var/journal.sqlite"), is_server("journal.sqlite")
    (True, False, False)
    """
    return "://" in where and not where.startswith("sqlite")


def in_schema(where: str, name: str) -> str:
    """The URL of a PostgreSQL database with a schema of that name, unless it chooses one itself.

    >>> in_schema("postgresql://essai@h/base", "seances_b7")
    'postgresql://essai@h/base?options=-csearch_path%3Dseances_b7'
    """
    try:
        url = make_url(where)
    except (exc.ArgumentError, ValueError):
        return where  # opening it says what is wrong
    if not url.drivername.startswith("postgresql") or "options" in url.query:
        return where
    shortest = name[:63]  # bytes of a name in PostgreSQL; longer ones are cut, and two could become one
    return url.update_query_dict({"options": f"-csearch_path={shortest}"}).render_as_string(
        hide_password=False
    )


def file_of(url: URL) -> Path | None:
    """The file of a SQLite journal, None for a database server."""
    return Path(url.database) if url.get_backend_name() == "sqlite" and url.database else None


def durable(url: URL) -> Engine:
    """An engine whose commits are on the disk when they return.

    Raises `Stopped` when the file lies on a network share or the file system refuses the settings.
    """
    file = file_of(url)
    if file is None:
        engine = create_engine(url, poolclass=NullPool)
        if url.get_backend_name() == "postgresql":
            event.listen(engine, "connect", _wait_for_the_disk)
        return engine
    problem = place.refusal(file)
    if problem:
        raise Stopped([problem])
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    engine = create_engine(url, poolclass=NullPool)
    event.listen(engine, "connect", _settle_pragmas)
    event.listen(engine, "begin", _begin_immediate)
    return engine


@contextmanager
def reading(url: URL) -> Iterator[Connection]:
    """A connection that reads and creates nothing, not even the side files of a WAL database."""
    file = file_of(url)
    engine = create_engine(url, poolclass=NullPool) if file is None else _read_only(file)
    try:
        with engine.connect() as connection:
            if file is None:
                yield connection.execution_options(isolation_level="REPEATABLE READ")
            else:
                connection.exec_driver_sql("BEGIN")
                yield connection
    finally:
        engine.dispose()


@contextmanager
def soon(connection: Connection) -> Iterator[None]:
    """A transaction that does not wait for the disk: a power cut may take it back, until the next one that waits.

    What was committed is always the beginning of what was done: no later commit outlives an earlier one. Killing a
    process takes nothing back.
    """
    if connection.dialect.name == "sqlite":
        with _synchronous(connection, "NORMAL"), connection.begin():
            yield
        return
    with connection.begin():
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("SET LOCAL synchronous_commit = off")
        yield


@contextmanager
def _synchronous(connection: Connection, level: str) -> Iterator[None]:
    # SQLite takes this word only between transactions, and SQLAlchemy would begin one for it.
    raw: Any = connection.connection.driver_connection
    raw.execute(f"PRAGMA synchronous = {level}")
    try:
        yield
    finally:
        raw.execute("PRAGMA synchronous = FULL")


def flush(connection: Connection) -> None:
    """Wait until everything that was committed is on the disk."""
    file = file_of(connection.engine.url)
    if file is None:
        with connection.begin():
            if connection.dialect.name == "postgresql":
                connection.exec_driver_sql(
                    "SELECT txid_current()"
                )  # a transaction with a number is waited for
        return
    log = file.with_name(file.name + "-wal")
    if log.exists():
        with log.open("r+b") as handle:
            os.fsync(handle.fileno())


def _read_only(file: Path) -> Engine:
    # Nobody has the journal open when its -wal is absent: `immutable` then keeps SQLite from creating one.
    mode = "mode=ro" if file.with_name(file.name + "-wal").exists() else "mode=ro&immutable=1"
    uri = f"{file.absolute().as_uri()}?{mode}"
    return create_engine(
        "sqlite://",
        creator=lambda: sqlite3.connect(uri, uri=True, timeout=PATIENCE / 1000),
        poolclass=NullPool,
    )


def _settle_pragmas(raw: Any, _record: object) -> None:
    raw.isolation_level = None  # SQLAlchemy begins transactions itself, see _begin_immediate
    raw.execute(f"PRAGMA busy_timeout = {PATIENCE}")
    for name, wanted in PRAGMAS:
        raw.execute(f"PRAGMA {name} = {wanted}").fetchall()
        answer = raw.execute(f"PRAGMA {name}").fetchone()[0]
        if answer != wanted:
            raw.close()
            raise Stopped([_not_durable(name, answer)])
    raw.execute("PRAGMA busy_timeout = 0")  # from here on _begin_immediate waits


def _wait_for_the_disk(raw: Any, _record: object) -> None:
    # A server may be set to answer before the disk has the commit; for the dot that would be too early.
    with raw.cursor() as cursor:
        cursor.execute("SET synchronous_commit = on")
    raw.commit()


def _begin_immediate(connection: Connection) -> None:
    # A transaction that reads and then writes must be alone from its first statement, or two workers claim one mail.
    # SQLite's own waiting doubles its pauses up to 100 ms; a mail that crossed the dot should not wait that long for
    # its record, since it is uncertain until then.
    end = time.monotonic() + PATIENCE / 1000
    while True:
        try:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        except exc.OperationalError as error:
            if "locked" not in str(error.orig) or time.monotonic() > end:
                raise
            time.sleep(_PAUSE)
        else:
            return


def _not_durable(name: str, answer: object) -> Finding:
    return Finding.of("journal-non-durable", Severity.STOP, name=name, answer=answer)
