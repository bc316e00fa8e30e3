"""A journal of the program before slugs: its keys digested words that people see. Three nights made it, as text beside this file.

The last night found nothing to do, and sent what it had to say of that. There are invitations (one refused, one uncertain, one sent again by hand), attestations (one reissued), changes, a cancellation,
reminders, a chase, lists, summaries, and a person who was erased.
"""

import json
import os
import signal
import sqlite3
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.table import Table
from sqlalchemy import create_engine

from processor.journal import opening, slugs
from processor.journal.journal import Journal
from processor.journal.records import Bounce
from processor.model import Kind
from processor.model.address import unjudged
from processor.model.past import MailState, of_identity
from tests.books import mails, plan, run

HERE = Path(__file__).parent
NOW = "2026-12-08T02:00"
UNCERTAIN = "502392fbfbef6a878d2e"
SUMMED_UP = (
    "376f40b1febf02fea31a124dc8ae8eaf6b6f2b92d740c4ddfdcf8bd09909407a"  # what the last summary told, digested
)
KINDS = ("moves", "repeats", "registrations", "documents", "mails", "lists", "rows", "columns", "sheets")

pytestmark = pytest.mark.usefixtures("no_office")


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """The workbook, and beside it the journal of then."""
    with sqlite3.connect(tmp_path / "journal.sqlite") as database:
        database.executescript((HERE / "before_slugs.sql").read_text("utf-8"))
    database.close()
    toml = 'identite = "essai-des-noms"\n[journal]\nurl = "journal.sqlite"\n'
    (tmp_path / "seances.toml").write_text(toml, "utf-8")
    return _book(tmp_path / "classeur.xlsx", json.loads((HERE / "before_slugs.json").read_text("utf-8")))


def _book(path: Path, sheets: dict[str, Any]) -> Path:
    workbook = openpyxl.Workbook()
    workbook.remove(workbook["Sheet"])
    for name, given in sheets.items():
        sheet = workbook.create_sheet(name)
        for row in given["rows"]:
            sheet.append([_value(cell) for cell in row])
        if given["table"]:
            last = sheet.cell(sheet.max_row, sheet.max_column).coordinate
            sheet.add_table(Table(displayName=given["table"], ref=f"A1:{last}"))
    workbook.save(path)
    return path


def _value(cell: Any) -> Any:
    try:
        return datetime.fromisoformat(cell) if isinstance(cell, str) and cell[:2] == "20" else cell
    except ValueError:
        return cell


def letters(path: Path) -> list[str]:
    """The mails written, save the summary of the night, which says again what is said in other words than then."""
    return [name for name in mails(path) if Kind.SUMMARY.label not in name]


def _tables(path: Path) -> dict[str, list[Any]]:
    """Everything that a SQLite journal holds."""
    with sqlite3.connect(path) as database:
        names = [row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        found = {name: database.execute(f"SELECT * FROM {name}").fetchall() for name in names}  # noqa: S608
    database.close()
    return found


def test_a_look_at_it_plans_nothing_and_changes_nothing(old: Path) -> None:
    before = (old.parent / "journal.sqlite").read_bytes()
    found = plan(old, NOW)
    assert {name: found[name] for name in KINDS} == {name: [] for name in KINDS}
    assert not [write for write in found["writes"] if write["header"] != "Contrôle"]
    assert (old.parent / "journal.sqlite").read_bytes() == before


def test_the_next_night_sends_and_makes_nothing_and_neither_do_those_after(old: Path) -> None:
    assert run(old, now=NOW).exit_code == 0
    assert not letters(old)
    assert not [file for file in old.parent.rglob("*.docx") if "modeles" not in file.parts]
    found = plan(old, NOW)
    assert {name: found[name] for name in KINDS} == {name: [] for name in KINDS}
    assert run(old, now="2026-12-08T02:30").exit_code == 0
    assert not letters(old)


def test_every_mail_and_document_that_names_its_person_is_found_by_its_slug_and_the_others_by_their_old_key(
    old: Path,
) -> None:
    with Journal.open(old.parent / "journal.sqlite") as journal:
        view = journal.view()
    with sqlite3.connect(old.parent / "journal.sqlite") as database:
        kept = database.execute(
            "SELECT kind, person, copy_of FROM mails WHERE identity = key ORDER BY seq"
        ).fetchall()
        documents = database.execute("SELECT count(*), count(DISTINCT key) FROM documents").fetchone()
        unknown = database.execute(
            "SELECT kind FROM documents WHERE key NOT IN (SELECT identity FROM mails) AND person != ''"
        ).fetchall()
    database.close()
    erased = [kind for kind, person, copy_of in kept if person and not copy_of]
    assert sorted(erased) == ["invitation-session", "nouvelles-seances", "rappel"]
    assert {kind for kind, person, copy_of in kept if not person} == {"resume-de-la-nuit"}
    assert documents == (len(view.documents), len(view.documents))
    assert {kind for (kind,) in unknown} == {"invitation-seance", "attestation-seance"}  # Eva has no address
    zoe = of_identity(view.mails, Kind.SEANCE_INVITATION, "S-1", "dupont zoe")
    assert zoe is not None
    assert (zoe.key, zoe.state) == ("a6ec6e350b90cd49f8fc", MailState.SENT)
    noe = of_identity(view.mails, Kind.SESSION_INVITATION, "A", "blanc noe")
    assert noe is not None
    assert noe.person != "blanc noe"
    assert of_identity(view.mails, Kind.SUMMARY, "essai-des-noms", SUMMED_UP) is not None
    assert of_identity(view.documents, Kind.SEANCE_ATTESTATION, "S-2", "dupont zoe", 2) is not None
    assert {kind.slug for kind in {mail.kind for mail in view.mails.values()}} >= {
        "nouvelles-seances",
        "annulation",
    }


def test_the_register_of_attestations_still_leads_to_its_documents(old: Path) -> None:
    before = Journal.attestations(old.parent / "journal.sqlite")
    Journal.open(old.parent / "journal.sqlite").close()
    after = Journal.attestations(old.parent / "journal.sqlite")
    assert {number: one.file for number, one in before.items()} == {
        number: one.file for number, one in after.items()
    }
    assert len(after) == 5
    assert after["2026-000003"].replaced_by == "2026-000005"


def test_bytes_bounces_and_commands_know_a_mail_by_the_key_that_it_bore(old: Path) -> None:
    with Journal.open(old.parent / "journal.sqlite") as journal:
        message = journal.message(UNCERTAIN)
        assert message is not None
        assert f"<{UNCERTAIN}@".encode() in message
        bounce = Bounce("a6ec6e350b90cd49f8fc", unjudged("zoe@exemple.fr"), permanent=True)
        assert journal.note_bounces([bounce], datetime(2026, 12, 8)) == (bounce,)
        assert journal.settle(UNCERTAIN, sent=True)


def _die(*_: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.parametrize("step", ["begun", "mails", "documents", "done"])
def test_a_kill_in_the_middle_leaves_the_old_journal_whole(
    old: Path, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = old.parent / "journal.sqlite"
    before = _tables(path)
    child = os.fork()
    if child == 0:
        _dying(step, monkeypatch)
        Journal.open(path)
        os._exit(0)
    assert os.WTERMSIG(os.waitpid(child, 0)[1]) == signal.SIGKILL
    assert _tables(path) == before
    assert run(old, now=NOW).exit_code == 0
    assert not letters(old)


def _dying(step: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Makes the program kill itself within the migration: before anything, between its tables, before it commits."""
    if step == "begun":
        monkeypatch.setattr(slugs, "migrate", _die)
        return
    whole, left = slugs._set, {"mails": 1, "documents": 2}.get(step, 0)

    def counted(*given: Any) -> None:
        nonlocal left
        whole(*given)
        left -= 1
        if left == 0:
            _die()

    if left:
        monkeypatch.setattr(slugs, "_set", counted)
    else:
        migrate = slugs.migrate
        monkeypatch.setattr(slugs, "migrate", lambda connection: (migrate(connection), _die()))


def test_the_same_on_postgresql(old: Path, postgresql: str) -> None:
    with Journal.open(old.parent / "journal.sqlite") as journal:
        wanted = journal.view()
    _copy(HERE / "before_slugs.sql", postgresql)
    peeked = Journal.peek(postgresql)
    with Journal.open(postgresql) as journal:
        found = journal.view()
    assert (dict(peeked.mails), dict(peeked.documents)) == (dict(wanted.mails), dict(wanted.documents))
    assert (dict(found.mails), dict(found.documents)) == (dict(wanted.mails), dict(wanted.documents))


def _copy(dump: Path, where: str) -> None:
    """The rows of the old journal in the tables that its program made on a server."""
    with sqlite3.connect(":memory:") as database:
        database.executescript(dump.read_text("utf-8"))
        Journal.open(where).close()
        engine = create_engine(opening.location(where))
        with engine.begin() as connection:
            connection.exec_driver_sql("DROP INDEX mails_identity")
            connection.exec_driver_sql("ALTER TABLE mails DROP COLUMN identity")
            connection.exec_driver_sql("DELETE FROM meta")
            names = [
                row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            ]
            for name in names:
                rows = database.execute(f"SELECT * FROM {name}")  # noqa: S608
                columns = [column[0] for column in rows.description]
                marks = ", ".join(["%s"] * len(columns))
                into = f"INSERT INTO {name} ({', '.join(columns)}) VALUES ({marks})"  # noqa: S608
                for row in rows:
                    connection.exec_driver_sql(into, tuple(row))
        engine.dispose()
    database.close()
