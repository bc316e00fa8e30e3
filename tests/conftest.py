from pathlib import Path

import pytest
from hypothesis import settings

from tests.journals import document, journal, mail, now, postgresql, released, staged
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
