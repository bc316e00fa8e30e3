import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from sqlalchemy import create_engine, make_url
from sqlalchemy.pool import NullPool
from sqlalchemy.schema import CreateSchema, DropSchema

from tests.journals import document, journal, mail, now, released, staged
from tests.templates import text, word

# Fixtures of several rooms: journals and their mails, Word templates.
__all__ = ["document", "journal", "mail", "now", "postgresql", "released", "staged", "text", "word"]

settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")  # a slow or loaded machine sees no red: figures belong to benchmarks/


@pytest.fixture(autouse=True)
def own_state(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No test ever touches the journal of whoever runs it."""
    folder = tmp_path_factory.mktemp("state")
    monkeypatch.setenv("SEANCES_STATE", str(folder))
    return folder


@pytest.fixture
def no_office(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A machine without LibreOffice: documents are Word files, and tests are fast."""
    monkeypatch.setenv("SEANCES_SOFFICE", str(tmp_path / "absent"))


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
