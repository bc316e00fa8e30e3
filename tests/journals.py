"""Journals, and what they hold. Builders whose defaults are valid: a test names only what it is about."""

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url
from sqlalchemy.pool import NullPool
from sqlalchemy.schema import CreateSchema, DropSchema

from processor.journal.journal import Journal
from processor.journal.records import IssuedDocument, QueuedMail, RunRecord
from processor.model.address import unjudged

NOW = datetime(2026, 12, 1, 3, 30)


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    with Journal.open(tmp_path / "journal.db") as opened:
        yield opened


@pytest.fixture
def mail() -> Callable[..., QueuedMail]:
    def build(key: str = "a1", to: str = "zoe@exemple.fr", **others: object) -> QueuedMail:
        valid = QueuedMail(
            key=key,
            kind="Invitation à une séance",
            seance="S-0001",
            session="",
            person="zoe@exemple.fr",
            to=unjudged(to),
            subject="Invitation",
            message=f"Message-ID: <{key}@exemple.fr>\r\nSubject: Invitation\r\n\r\nBonjour\r\n".encode(),
            file_name=f"{key}.eml",
        )
        return replace(valid, **others)  # type: ignore[arg-type]

    return build


@pytest.fixture
def document() -> Callable[..., IssuedDocument]:
    def build(key: str = "d1", **others: object) -> IssuedDocument:
        valid = IssuedDocument(
            key, "Invitation à une séance", "S-0001", "", "zoe@exemple.fr", "facts", "a.pdf", "00ff"
        )
        return replace(valid, **others)  # type: ignore[arg-type]

    return build


@pytest.fixture
def staged() -> Callable[..., str]:
    """A run brought as far as « replacing », with what is given."""

    def stage(journal: Journal, run_id: str = "r1", started: datetime = NOW, **what: object) -> str:
        journal.begin(RunRecord(run_id, started, "/bureau/classeur.xlsx"))
        journal.stage(run_id, digest_before="avant", digest_after="après", **what)  # type: ignore[arg-type]
        return run_id

    return stage


@pytest.fixture
def released(staged: Callable[..., str]) -> Callable[..., str]:
    """A run whose mails may leave."""

    def release(journal: Journal, *mails: QueuedMail, run_id: str = "r1", started: datetime = NOW) -> str:
        staged(journal, run_id, started, mails=mails)
        journal.commit(run_id)
        return run_id

    return release


@pytest.fixture
def postgresql() -> Iterator[str]:
    """The URL of an empty schema of the scratch database that SEANCES_TEST_POSTGRESQL names."""
    server = os.environ.get("SEANCES_TEST_POSTGRESQL")
    if not server:
        pytest.skip("SEANCES_TEST_POSTGRESQL names no scratch database")
    schema = f"essai_{os.urandom(6).hex()}"
    url = make_url(server).set(drivername="postgresql+psycopg")
    engine = create_engine(url, poolclass=NullPool)
    with engine.begin() as connection:
        connection.execute(CreateSchema(schema))
    yield url.update_query_dict({"options": f"-csearch_path={schema}"}).render_as_string(hide_password=False)
    with engine.begin() as connection:
        connection.execute(DropSchema(schema, cascade=True))
    engine.dispose()
