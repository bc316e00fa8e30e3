"""The journal on PostgreSQL: the same promises, kept by other means (SKIP LOCKED, advisory locks)."""

import time
from datetime import UTC, date, datetime

import pytest

from processor.journal import opening
from processor.journal.journal import Journal
from processor.journal.records import CalendarRecord, JournalView, Outcome
from processor.mail.delivery import Delivered, deliver
from processor.mail.transports.files import Files
from processor.model.findings import Stopped
from processor.model.past import MailState


@pytest.fixture
def pair(postgresql):
    with Journal.open(postgresql) as first, Journal.open(postgresql) as second:
        yield first, second


def states(journal):
    return {key: record.state.value for key, record in journal.view().mails.items()}


def test_peeking_at_an_empty_database_creates_nothing(postgresql):
    assert Journal.peek(postgresql) == JournalView()
    assert Journal.peek(postgresql) == JournalView()


def test_a_run_is_staged_abandoned_committed_and_delivered(
    postgresql, pair, mail, document, staged, now, tmp_path
):
    journal, _ = pair
    what = {
        "mails": [mail()],
        "documents": [document()],
        "occurrences": [("S", date(2026, 1, 1))],
        "codes": ["S"],
        "calendar": [CalendarRecord("u", 0, "lundi")],
    }
    staged(journal, "r1", **what)
    journal.abandon("r1")
    assert journal.view() == JournalView()
    staged(journal, "r2", **what)
    journal.commit("r2")
    with pytest.raises(ValueError, match="decided before"):
        staged(journal, "r3", mails=[mail()])
    assert deliver(journal, Files(tmp_path), now).sent == ("a1",)
    journal.finish("r2", "1 courriel")
    view = Journal.peek(postgresql)
    assert view.mails["a1"].state is MailState.SENT
    assert view.codes == {"S"}
    assert view.occurrences == {("S", date(2026, 1, 1))}
    assert view.last_run.id == "r3"


def test_what_need_not_wait_for_the_disk_changes_the_setting_for_itself_alone(pair):
    connection = pair[0]._connection
    with opening.soon(connection):
        assert connection.exec_driver_sql("SHOW synchronous_commit").scalar() == "off"
    with connection.begin():
        assert connection.exec_driver_sql("SHOW synchronous_commit").scalar() == "on"
    opening.flush(connection)


def test_a_living_worker_keeps_its_mail_and_a_dead_one_is_taken_over(pair, mail, released, now, tmp_path):
    first, second = pair
    released(first, mail("a"), mail("b"), mail("c"))
    with first.worker() as living:
        living.claim(now)
        assert deliver(second, Files(tmp_path), now, limit=1) == Delivered(sent=("b",))
        assert states(second) == {"a": "sending", "b": "sent", "c": "released"}
        assert living.dot("a")
        first._connection.close()  # the server frees the lock of a connection that ends, once it has noticed
        for _ in range(600):
            deliver(second, Files(tmp_path), now)
            if states(second)["a"] != "dot":
                break
            time.sleep(0.1)
        assert states(second) == {"a": "uncertain", "b": "sent", "c": "sent"}
        first._connection = living._connection = first._engine.connect()
        living._presence._connection = first._connection
        assert not living.record("a", Outcome(MailState.SENT), now)
    assert second.settle("a", sent=True)


def test_copies_and_erasure(pair, mail, released, now, tmp_path):
    journal, _ = pair
    released(journal, mail())
    deliver(journal, Files(tmp_path), now)
    assert journal.resend("a1", "perdu", datetime(2026, 12, 2, tzinfo=UTC))
    assert journal.erase(mail().record.person) == 2
    assert journal.purge(now) == 0
    assert set(states(journal).values()) == {"sent", "cancelled"}


def test_a_server_that_is_away_is_a_finding_without_its_password():
    with pytest.raises(Stopped) as stopped:
        Journal.open("postgresql://centre:s3same@127.0.0.1:1/journal")
    assert stopped.value.findings[0].code == "journal-inutilisable"
    assert "s3same" not in str(stopped.value)
