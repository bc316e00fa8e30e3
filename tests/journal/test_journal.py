import os
import sqlite3
from datetime import date, datetime
from pathlib import Path

import pytest

from processor.journal import opening
from processor.journal.journal import Journal
from processor.journal.records import JournalView, RunRecord, RunState
from processor.model.findings import Stopped
from processor.model.past import MailState


def test_a_new_journal_knows_nothing(journal):
    assert journal.view() == JournalView()


def test_what_a_run_stages_is_in_the_view_with_the_date_of_the_run(journal, mail, document, staged, now):
    staged(
        journal, mails=[mail()], documents=[document(number="2026-000001")],
        occurrences=[("S-0001", date(2026, 12, 8))], codes=["S-0001"],
    )  # fmt: skip
    view = journal.view()
    assert view.mails["a1"].state == "queued"
    assert view.mails["a1"].queued_on == now
    assert view.mails["a1"].sent_on is None
    assert view.documents["d1"].number == "2026-000001"
    assert view.documents["d1"].issued_on == now
    assert view.occurrences == {("S-0001", date(2026, 12, 8))}
    assert view.codes == {"S-0001"}
    assert view.workbook == "/bureau/classeur.xlsx"


def test_a_committed_run_releases_its_mails_and_only_its_own(journal, mail, staged):
    staged(journal, "r1", mails=[mail("a1")])
    journal.commit("r1")
    journal.finish("r1", "1 courriel")
    staged(journal, "r2", mails=[mail("a2")])
    assert {key: record.state for key, record in journal.view().mails.items()} == {
        "a1": "released",
        "a2": "queued",
    }


def test_an_abandoned_run_leaves_nothing_and_frees_its_keys(journal, mail, document, staged):
    staged(
        journal, mails=[mail()], documents=[document()], occurrences=[("S", date(2026, 1, 1))], codes=["S"]
    )
    journal.abandon("r1")
    assert journal.view() == JournalView()
    staged(journal, "r2", mails=[mail()])
    assert journal.view().mails["a1"].run == "r2"


def test_abandoning_does_not_take_what_an_earlier_run_knew(journal, document, staged):
    staged(
        journal,
        "r1",
        documents=[document(facts="anciens")],
        occurrences=[("S", date(2026, 1, 1))],
        codes=["S"],
    )
    journal.commit("r1")
    staged(
        journal,
        "r2",
        documents=[document(facts="nouveaux")],
        occurrences=[("S", date(2026, 1, 1))],
        codes=["S"],
    )
    assert journal.view().documents["d1"].facts == "nouveaux"
    journal.abandon("r2")
    view = journal.view()
    assert view.documents["d1"].facts == "anciens"
    assert view.occurrences == {("S", date(2026, 1, 1))}
    assert view.codes == {"S"}


def test_a_mail_is_decided_once_and_a_second_decision_undoes_the_whole_staging(
    journal, mail, document, staged
):
    staged(journal, "r1", mails=[mail()])
    journal.commit("r1")
    with pytest.raises(ValueError, match="decided before"):
        staged(journal, "r2", mails=[mail("a2"), mail()], documents=[document()])
    view = journal.view()
    assert list(view.mails) == ["a1"]
    assert not view.documents


def test_what_recovery_needs_is_in_the_unfinished_run(journal, document, staged, tmp_path):
    assert journal.unfinished() is None
    replacement, staging = tmp_path / "classeur.xlsx.tmp", tmp_path / "staging"
    staged(journal, documents=[document()], replacement=replacement, staging=staging)
    run = journal.unfinished()
    assert (run.id, run.state) == ("r1", RunState.REPLACING)
    assert (run.digest_before, run.digest_after) == ("avant", "après")
    assert (run.replacement, run.staging) == (replacement, staging)
    assert [found.file for found in run.documents] == ["a.pdf"]
    journal.commit("r1")
    assert journal.unfinished().state == "committed"
    journal.finish("r1", "fini")
    assert journal.unfinished() is None
    assert journal.view().last_run.summary == "fini"


def test_a_run_that_stages_nothing_can_be_finished(journal, now):
    journal.begin(RunRecord("r1", now, "/bureau/classeur.xlsx"))
    assert journal.unfinished() is None
    journal.finish("r1", "rien à faire")
    assert journal.view().last_run.state is RunState.FINISHED


@pytest.mark.parametrize("step", ["commit", "abandon", "finish"])
def test_steps_out_of_order_are_refused(journal, staged, step):
    staged(journal, "r1")
    journal.commit("r1")
    journal.finish("r1")
    with pytest.raises(ValueError, match="finished"):
        getattr(journal, step)("r1")


def test_an_aware_time_is_kept_as_the_clock_of_the_wall_shows_it(journal):
    journal.begin(RunRecord("r1", datetime.fromisoformat("2026-12-01T03:30:00+01:00"), "x"))
    assert journal.view().last_run.started == datetime(2026, 12, 1, 3, 30)


def test_the_journal_outlives_the_process(tmp_path, mail, released):
    with Journal.open(tmp_path / "état" / "journal.db") as journal:
        released(journal, mail())
    with Journal.open(tmp_path / "état" / "journal.db") as journal:
        assert journal.view().mails["a1"].state is MailState.RELEASED
    assert [path.name for path in (tmp_path / "état").iterdir()] == ["journal.db"]


def test_peeking_at_an_absent_journal_creates_nothing(tmp_path):
    assert Journal.peek(tmp_path / "état" / "journal.db") == JournalView()
    assert list(tmp_path.iterdir()) == []


def test_peeking_changes_no_byte_and_leaves_no_file(tmp_path, mail, released):
    path = tmp_path / "journal.db"
    with Journal.open(path) as journal:
        released(journal, mail())
    before = path.read_bytes()
    assert Journal.peek(path).mails["a1"].state == "released"
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_peeking_sees_what_an_open_journal_has_committed(tmp_path, journal, mail, released):
    released(journal, mail())
    names = {path.name for path in tmp_path.iterdir()}
    assert list(Journal.peek(tmp_path / "journal.db").mails) == ["a1"]
    assert {path.name for path in tmp_path.iterdir()} == names


def test_an_empty_file_is_an_empty_journal(tmp_path):
    path = tmp_path / "journal.db"
    path.touch()
    assert Journal.peek(path) == JournalView()
    with Journal.open(path) as journal:
        assert journal.view() == JournalView()


def test_a_journal_of_a_newer_program_is_refused_and_untouched(tmp_path):
    path = tmp_path / "journal.db"
    Journal.open(path).close()
    with sqlite3.connect(path) as raw:
        raw.execute("UPDATE meta SET value = '99' WHERE name = 'version'")
    raw.close()
    before = path.read_bytes()
    for refused in (Journal.open, Journal.peek):
        with pytest.raises(Stopped) as stopped:
            refused(path)
        assert stopped.value.findings[0].code == "journal-plus-recent"
    assert path.read_bytes() == before


def test_a_journal_of_an_earlier_program_is_read_as_it_is_and_grows_when_it_is_opened(
    tmp_path, mail, released
):
    path = tmp_path / "journal.sqlite"
    with Journal.open(path) as journal:
        released(journal, mail())
    with sqlite3.connect(path) as database:
        database.execute("DROP INDEX mails_identity")
        for column in ("told", "identity"):
            database.execute(f"ALTER TABLE mails DROP COLUMN {column}")
        database.execute("UPDATE meta SET value = '1' WHERE name = 'version'")
    assert Journal.peek(path).mails["a1"].news == ""
    with Journal.open(path) as journal:
        assert journal.view().mails["a1"].news == ""
        released(journal, mail("a2", news="x"), run_id="r2")
    assert Journal.peek(path).mails["a2"].news == "x"


@pytest.mark.parametrize("content", [b"ceci n'est pas une base" * 100, b"PK\x03\x04" + bytes(5000)])
def test_a_file_that_is_no_database_is_refused_and_untouched(tmp_path, content):
    path = tmp_path / "journal.db"
    path.write_bytes(content)
    for refused in (Journal.open, Journal.peek):
        with pytest.raises(Stopped) as stopped:
            refused(path)
        [finding] = stopped.value.findings
        assert finding.code == "journal-inutilisable"
        assert finding.problem == f"Le journal « {path} » ne peut pas être ouvert : le fichier est abîmé."
        assert "sauvegarde" in finding.fix
        assert "disque" not in finding.fix
    assert path.read_bytes() == content


def test_half_a_journal_is_told_as_damaged(tmp_path, mail, released):
    path = tmp_path / "journal.db"
    with Journal.open(path) as journal:
        released(journal, mail())
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(Stopped) as stopped:
        Journal.peek(path)
    assert "le fichier est abîmé" in stopped.value.findings[0].problem


def test_a_database_of_another_program_is_refused(tmp_path):
    path = tmp_path / "autre.db"
    with sqlite3.connect(path) as raw:
        raw.execute("CREATE TABLE mails (x)")
    raw.close()
    with pytest.raises(Stopped) as stopped:
        Journal.open(path)
    assert stopped.value.findings[0].code == "journal-illisible"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root writes everywhere")
def test_a_folder_that_refuses_writing_is_a_finding(tmp_path):
    closed = tmp_path / "fermé"
    closed.mkdir(mode=0o500)
    with pytest.raises(Stopped) as stopped:
        Journal.open(closed / "journal.db")
    assert stopped.value.findings[0].code == "journal-inutilisable"


def test_a_folder_in_place_of_the_journal_is_a_finding(tmp_path):
    for refused in (Journal.open, Journal.peek):
        with pytest.raises(Stopped) as stopped:
            refused(tmp_path)
        assert stopped.value.findings[0].code == "journal-inutilisable"


def test_the_settings_that_survive_a_power_cut_are_in_force(journal):
    asked = ("journal_mode", "synchronous", "secure_delete")
    raw = [journal._connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in asked]
    assert raw == ["wal", 2, 1]


def test_what_need_not_wait_for_the_disk_changes_the_setting_for_itself_alone(journal):
    def synchronous():
        return journal._connection.connection.driver_connection.execute("PRAGMA synchronous").fetchone()[0]

    with opening.soon(journal._connection):
        assert synchronous() == 1
    assert synchronous() == 2
    with pytest.raises(OSError, match="disque"), opening.soon(journal._connection):
        raise OSError("disque")
    assert synchronous() == 2


def test_a_journal_on_a_share_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("processor.journal.place.network_kind", lambda _: "cifs")
    with pytest.raises(Stopped) as stopped:
        Journal.open(tmp_path / "journal.db")
    assert stopped.value.findings[0].code == "journal-sur-le-reseau"
    assert list(tmp_path.iterdir()) == []


def test_what_is_purged_is_overwritten_in_the_file(tmp_path, mail, staged):
    path = tmp_path / "journal.db"
    with Journal.open(path) as journal:
        staged(journal, mails=[mail(to="canari@exemple.fr", message=b"canari " * 5000)])
        journal.abandon("r1")
    assert b"canari" not in path.read_bytes()


def test_a_url_of_sqlite_is_taken_as_it_is(tmp_path):
    Journal.open(f"sqlite:///{tmp_path}/par-url.db").close()
    assert Path(tmp_path, "par-url.db").exists()
