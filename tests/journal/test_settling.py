from datetime import UTC, datetime, timedelta

import pytest

from processor.journal.records import CalendarRecord, Outcome
from processor.mail.delivery import deliver
from processor.mail.transports.files import Files
from processor.model.past import MailState


class Lost:
    """A transport that never hears of what it sent."""

    def hand_over(self, _mail, dot):
        assert dot()
        return Outcome(MailState.UNCERTAIN, "aucune réponse")

    def close(self):
        pass


@pytest.fixture
def uncertain(journal, mail, released, now):
    released(journal, mail())
    deliver(journal, Lost(), now)
    return journal


def test_uncertain_mails_are_listed_for_a_person(uncertain):
    (listed,) = uncertain.view().uncertain
    assert (listed.key, str(listed.to), listed.detail) == ("a1", "zoe@exemple.fr", "aucune réponse")


def test_a_person_can_say_that_it_arrived(uncertain, now):
    assert uncertain.settle("a1", sent=True)
    record = uncertain.view().mails["a1"]
    assert (record.state, record.sent_on) == ("sent", now)
    assert not uncertain.settle("a1", sent=True)


def test_a_person_can_have_it_sent_again_with_the_same_bytes(uncertain, mail, now, tmp_path):
    assert uncertain.settle("a1", sent=False)
    assert deliver(uncertain, Files(tmp_path / "courriels"), now).sent == ("a1",)
    assert (tmp_path / "courriels" / "a1.eml").read_bytes() == mail().message


def test_only_an_uncertain_mail_is_settled(journal, mail, released):
    released(journal, mail())
    assert not journal.settle("a1", sent=True)
    assert not journal.settle("inconnu", sent=False)
    assert journal.view().mails["a1"].state == "released"


def test_a_copy_by_hand_is_a_mail_of_its_own(journal, mail, released, now, tmp_path):
    released(journal, mail())
    deliver(journal, Files(tmp_path / "courriels"), now)
    fresh = journal.resend("a1", "boîte pleine hier", datetime(2026, 12, 2, 9, tzinfo=UTC))
    again = journal.resend("a1", "encore", datetime(2026, 12, 2, 9, tzinfo=UTC))
    assert len({"a1", fresh, again}) == 3
    deliver(journal, Files(tmp_path / "courriels"), now)
    names = sorted(path.name for path in (tmp_path / "courriels").iterdir())
    assert names == ["a1 (renvoi 1).eml", "a1 (renvoi 2).eml", "a1.eml"]
    copy = (tmp_path / "courriels" / "a1 (renvoi 1).eml").read_bytes()
    assert f"<{fresh}@exemple.fr>".encode() in copy
    assert b"<a1@" not in copy
    assert journal.view().mails[fresh].detail == "a1 (renvoi 1).eml"


def test_what_is_unknown_is_not_sent_again(journal, now):
    assert journal.resend("inconnu", "", datetime(2026, 12, 2, tzinfo=UTC)) is None


def test_a_mail_that_should_no_longer_leave_is_kept_back(journal, mail, released, now, tmp_path):
    released(journal, mail("a"), mail("b"))
    assert journal.cancel(["a", "inconnu"], "séance annulée") == 1
    assert deliver(journal, Files(tmp_path / "courriels"), now).sent == ("b",)
    assert journal.cancel(["a", "b"], "trop tard") == 0
    assert journal.view().mails["a"].detail == "séance annulée"


def test_purging_forgets_the_words_and_keeps_the_keys(journal, mail, released, now, tmp_path):
    released(journal, mail("a"), mail("b"))
    deliver(journal, Files(tmp_path / "courriels"), now, limit=1)
    assert journal.purge(now + timedelta(days=30)) == 1
    assert journal.message("a") is None
    assert journal.message("b") == mail("b").message
    assert journal.view().mails["a"].state == "sent"
    assert journal.resend("a", "", datetime(2026, 12, 2, tzinfo=UTC)) is None


def test_a_person_who_is_erased_is_nowhere_and_is_not_written_to_again(
    tmp_path, journal, mail, document, staged, now
):
    person = "canari@exemple.fr"
    theirs = mail("a", person=person, to=person, subject="Canari", message=b"canari", file_name="Canari.eml")
    staged(journal, mails=[theirs, mail("b")], documents=[document(person=person, file="Canari.pdf")])
    journal.commit("r1")
    assert journal.erase(person) == 1
    assert deliver(journal, Files(tmp_path / "courriels"), now).sent == ("b",)
    assert journal.view().mails["a"].state == "cancelled"
    journal.close()
    assert b"canari" not in (tmp_path / "journal.db").read_bytes().lower()


def test_what_calendars_were_told_is_remembered_and_forgotten_with_its_run(journal, staged):
    staged(journal, "r1", calendar=[CalendarRecord("u", 0, "lundi")])
    journal.commit("r1")
    staged(journal, "r2", calendar=[CalendarRecord("u", 1, "mardi")])
    assert journal.view().calendar["u"].sequence == 1
    journal.abandon("r2")
    assert journal.view().calendar["u"] == CalendarRecord("u", 0, "lundi")
