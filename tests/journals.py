"""Journals, and what they hold. Builders whose defaults are valid: a test names only what it is about."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from processor.journal.journal import Journal
from processor.journal.records import RunRecord, WrittenMail
from processor.model import Kind
from processor.model.address import unjudged
from processor.model.past import DocumentRecord, MailRecord

NOW = datetime(2026, 12, 1, 3, 30)


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    with Journal.open(tmp_path / "journal.db") as opened:
        yield opened


@pytest.fixture
def mail() -> Callable[..., WrittenMail]:
    def build(
        key: str = "a1", message: bytes = b"", file_name: str | None = None, **others: object
    ) -> WrittenMail:
        valid = MailRecord(
            key=key,
            kind=Kind.SEANCE_INVITATION,
            seance="S-0001",
            session="",
            person="zoe@exemple.fr",
            to=unjudged("zoe@exemple.fr"),
            subject="Invitation",
        )
        plain = f"Message-ID: <{key}@exemple.fr>\r\nSubject: Invitation\r\n\r\nBonjour\r\n".encode()
        if isinstance(others.get("to"), str):
            others["to"] = unjudged(others["to"])
        return WrittenMail(
            replace(valid, **others), message or plain, f"{key}.eml" if file_name is None else file_name
        )  # type: ignore[arg-type]

    return build


@pytest.fixture
def document() -> Callable[..., DocumentRecord]:
    def build(key: str = "d1", **others: object) -> DocumentRecord:
        valid = DocumentRecord(
            key, Kind.SEANCE_INVITATION, "S-0001", "", "zoe@exemple.fr", "facts", "a.pdf", "00ff"
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

    def release(journal: Journal, *mails: WrittenMail, run_id: str = "r1", started: datetime = NOW) -> str:
        staged(journal, run_id, started, mails=mails)
        journal.commit(run_id)
        return run_id

    return release
