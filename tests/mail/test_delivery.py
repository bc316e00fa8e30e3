from collections.abc import Callable
from datetime import timedelta

import pytest

from processor.journal.journal import Journal
from processor.journal.records import Outcome, WrittenMail
from processor.mail.delivery import Delivered, Halt, deliver
from processor.mail.transports.files import Files
from processor.model.past import MailState


class Scripted:
    """A transport that answers what it is told, and remembers what crossed the dot."""

    def __init__(self, *answers: MailState | Exception | type[BaseException]) -> None:
        self.answers = list(answers)
        self.given: list[str] = []
        self.closed = 0

    def hand_over(self, mail: WrittenMail, dot: Callable[[], bool]) -> Outcome:
        answer = self.answers.pop(0) if self.answers else MailState.SENT
        if isinstance(answer, MailState):
            if dot():
                self.given.append(mail.key)
            return Outcome(answer, "réponse du serveur")
        raise answer

    def close(self) -> None:
        self.closed += 1


def states(journal: Journal) -> dict[str, str]:
    return {key: record.state.value for key, record in journal.view().mails.items()}


def test_mails_leave_in_the_order_in_which_they_were_decided(journal, mail, released, now):
    released(journal, mail("c"), mail("a"), mail("b"))
    transport = Scripted()
    assert deliver(journal, transport, now) == Delivered(sent=("c", "a", "b"))
    assert transport.given == ["c", "a", "b"]
    assert transport.closed == 1
    assert journal.view().mails["c"].sent_on == now


def test_a_mail_that_was_not_released_stays(journal, mail, staged, now):
    staged(journal, mails=[mail()])
    assert deliver(journal, Scripted(), now) == Delivered()
    assert states(journal) == {"a1": "queued"}


def test_a_second_delivery_sends_nothing(journal, mail, released, now):
    released(journal, mail())
    deliver(journal, Scripted(), now)
    transport = Scripted()
    assert deliver(journal, transport, now) == Delivered()
    assert transport.given == []


def test_the_limit_is_a_number_of_mails(journal, mail, released, now):
    released(journal, *(mail(f"a{number}") for number in range(5)))
    assert deliver(journal, Scripted(), now, limit=0) == Delivered()
    assert deliver(journal, Scripted(), now, limit=2) == Delivered(sent=("a0", "a1"))
    assert list(states(journal).values()) == ["sent", "sent", "released", "released", "released"]


def test_each_answer_is_a_state(journal, mail, released, now):
    released(journal, mail("a"), mail("b"), mail("c"), mail("d"))
    told = []
    transport = Scripted(MailState.SENT, MailState.DEFERRED, MailState.REFUSED, MailState.UNCERTAIN)
    delivered = deliver(
        journal, transport, now, progress=lambda one, outcome: told.append((one.key, outcome.state))
    )
    assert delivered == Delivered(("a",), ("b",), ("c",), ("d",))
    assert told == [("a", "sent"), ("b", "deferred"), ("c", "refused"), ("d", "uncertain")]
    assert journal.view().mails["c"].detail == "réponse du serveur"


def test_a_deferred_mail_waits_for_a_later_run(journal, mail, released, now):
    released(journal, mail())
    deliver(journal, Scripted(MailState.DEFERRED), now)
    assert deliver(journal, Scripted(), now) == Delivered()
    assert deliver(journal, Scripted(), now + timedelta(days=1)) == Delivered(sent=("a1",))
    assert journal.view().mails["a1"].attempts == 2


def test_a_mail_deferred_for_five_days_is_refused(journal, mail, released, now):
    released(journal, mail())
    for day in range(5):
        deliver(journal, Scripted(MailState.DEFERRED), now + timedelta(days=day))
    transport = Scripted()
    deliver(journal, transport, now + timedelta(days=5))
    assert transport.given == []
    record = journal.view().mails["a1"]
    assert record.state == "refused"
    assert record.detail.endswith("dernière réponse : réponse du serveur")


def test_an_uncertain_mail_is_never_sent_again_on_its_own(journal, mail, released, now):
    released(journal, mail())
    deliver(journal, Scripted(MailState.UNCERTAIN), now)
    transport = Scripted()
    deliver(journal, transport, now + timedelta(days=1))
    assert transport.given == []
    assert states(journal) == {"a1": "uncertain"}


def test_a_halt_leaves_the_rest_in_the_queue(journal, mail, released, now):
    released(journal, mail("a"), mail("b"))
    delivered = deliver(journal, Scripted(Halt("mot de passe refusé", Outcome(MailState.RELEASED))), now)
    assert delivered == Delivered(halted="mot de passe refusé", waiting=2)
    assert states(journal) == {"a": "released", "b": "released"}


@pytest.mark.parametrize("fault", [RuntimeError, KeyboardInterrupt])
def test_a_fault_before_the_dot_puts_the_mail_back(journal, mail, released, now, fault):
    released(journal, mail("a"), mail("b"))
    with pytest.raises(fault):
        deliver(journal, Scripted(MailState.SENT, fault), now)
    assert states(journal) == {"a": "sent", "b": "released"}


def test_a_fault_after_the_dot_makes_the_mail_uncertain(journal, mail, released, now):
    class Faulty(Scripted):
        def hand_over(self, _mail, dot):
            dot()
            raise RuntimeError

    released(journal, mail())
    with pytest.raises(RuntimeError):
        deliver(journal, Faulty(), now)
    assert states(journal) == {"a1": "uncertain"}


def test_a_dead_worker_is_taken_over_and_its_dot_is_uncertain(tmp_path, mail, released, now):
    path = tmp_path / "journal.db"
    with Journal.open(path) as journal:
        released(journal, mail("a"), mail("b"), mail("c"))
        dead = journal.worker()
        dead.claim(now)
        assert dead.dot("a")
        dead.claim(now)
    with Journal.open(path) as journal:
        assert states(journal) == {"a": "dot", "b": "sending", "c": "released"}
        assert deliver(journal, Scripted(), now) == Delivered(sent=("b", "c"))
        assert states(journal) == {"a": "uncertain", "b": "sent", "c": "sent"}


def test_a_living_worker_keeps_what_it_claimed(tmp_path, mail, released, now):
    path = tmp_path / "journal.db"
    with Journal.open(path) as first, Journal.open(path) as second:
        released(first, mail("a"), mail("b"))
        with first.worker() as living:
            claimed = living.claim(now)
            assert deliver(second, Scripted(), now) == Delivered(sent=("b",))
            assert states(second) == {"a": "sending", "b": "sent"}
            assert living.dot(claimed.key)


def test_a_worker_wrongly_taken_for_dead_sends_no_dot(tmp_path, mail, released, now):
    path = tmp_path / "journal.db"
    with Journal.open(path) as first, Journal.open(path) as second:
        released(first, mail())
        cut_off = first.worker()  # not entered: it holds no lock, as one cut from its database server
        claimed = cut_off.claim(now)
        assert deliver(second, Scripted(), now) == Delivered(sent=("a1",))
        assert not cut_off.dot(claimed.key)
        assert not cut_off.record(claimed.key, Outcome(MailState.REFUSED), now)
        assert states(first) == {"a1": "sent"}


def test_the_lock_of_a_worker_leaves_no_file(tmp_path, journal, mail, released, now):
    (tmp_path / "journal.db-worker-9999-mort").touch()
    released(journal, mail())
    deliver(journal, Scripted(), now)
    assert not list(tmp_path.glob("*-worker-*"))


def test_files_are_named_for_people_and_written_once(tmp_path, journal, mail, released, now):
    folder = tmp_path / "courriels"
    name = "2026-12-01 Invitation - Dupont Zoé.eml"
    released(journal, mail(file_name=name))
    assert deliver(journal, Files(folder), now).sent == ("a1",)
    assert [path.name for path in folder.iterdir()] == [name]
    assert (folder / name).read_bytes() == mail().message


def test_two_mails_with_one_name_are_two_files(tmp_path, journal, mail, released, now):
    folder = tmp_path / "courriels"
    released(journal, mail("aaaaaaaa11", file_name="Dupont.eml"), mail("bbbbbbbb22", file_name="DUPONT.eml"))
    deliver(journal, Files(folder), now)
    assert sorted(path.name for path in folder.iterdir()) == ["DUPONT (bbbbbbbb).eml", "Dupont.eml"]


def test_stopped_between_the_file_and_the_record_a_mail_still_has_one_file(
    tmp_path, journal, mail, released, now
):
    folder = tmp_path / "courriels"
    first = mail("aaaaaaaa11", file_name="Dupont.eml")
    second = mail("bbbbbbbb22", file_name="Dupont.eml")
    released(journal, first, second)

    class Stopping(Files):
        def hand_over(self, mail, dot):
            super().hand_over(mail, dot)
            if mail.key == second.key:
                raise KeyboardInterrupt
            return Outcome(MailState.SENT)

    with pytest.raises(KeyboardInterrupt):
        deliver(journal, Stopping(folder), now)
    assert deliver(journal, Files(folder), now).sent == (second.key,)
    assert sorted(path.read_bytes() for path in folder.iterdir()) == sorted([first.message, second.message])


def test_the_name_of_a_file_never_leaves_its_folder(tmp_path, journal, mail, released, now):
    folder = tmp_path / "courriels"
    released(
        journal,
        mail("a", file_name="../../dehors.eml"),
        mail("b", file_name=""),
        mail("c", file_name="é" * 300),
    )
    deliver(journal, Files(folder), now)
    assert sorted(path.name for path in folder.iterdir()) == sorted(
        ["Invitation.eml", "dehors.eml", "é" * 98 + ".eml"]
    )
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_dir()) == ["courriels"]
