"""What is forgotten, on request and with time: the person goes, the key stays, and nothing leaves again."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from processor.journal.journal import Journal
from processor.journal.records import JournalView, Outcome
from processor.model.past import MailState
from processor.settings import read_settings
from tests.books import book, mails, run, seances

pytestmark = pytest.mark.usefixtures("no_office")

SHEETS = {
    "seancesouvertes": """Code | Nom | Date de début | Date de fin | Inviter
S-0002 | Yoga | 23/12/2026 09:00 | 23/12/2026 12:30 | oui""",
    "inscriptions": """Séance | Prénom | Nom | Courriel
S-0002 | Zoé | Canari | canari@exemple.fr
S-0002 | Ali | Benali | bureau@exemple.fr
S-0002 | Luc | Martin | bureau@exemple.fr""",
    "participations": "Séance | Prénom | Nom | Courriel | Présence\n",
    "parametres": "Nom | Valeur\norganisme | Centre Ligne 9\nexpéditeur | Centre <contact@exemple.fr>",
}


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    """A workbook whose night invited three people, two of whom share an address."""
    path = book(tmp_path / "classeur.xlsx", **SHEETS)
    (tmp_path / "seances.toml").write_text(
        'identite = "essai"\n[journal]\nurl = "etat/journal.sqlite"\n', "utf-8"
    )
    assert run(path).exit_code == 0
    assert len(mails(path)) == 3
    return path


def journal_of(path: Path) -> JournalView:
    return Journal.peek(read_settings(path).journal_place)


def test_nothing_is_erased_before_it_was_shown_and_confirmed(workbook):
    shown = seances("forget", workbook, "Canari Zoé")
    assert shown.exit_code == 0
    assert "« canari zoe » : 1 courriel, 1 document." in shown.stderr
    assert "--confirm" in shown.stderr
    assert any(mail.person == "canari zoe" for mail in journal_of(workbook).mails.values())


def test_who_is_forgotten_is_nowhere_in_the_journal_and_a_restored_workbook_does_not_write_to_them(workbook):
    before = workbook.read_bytes()
    done = seances("forget", workbook, "canari@exemple.fr", "--confirm")
    assert done.exit_code == 0
    assert "Canari" in done.stderr.partition("À faire vous-même")[2], "their files are named"
    for file in read_settings(workbook).state.iterdir():
        assert b"canari" not in file.read_bytes().lower(), file
    book(workbook, **SHEETS)  # the workbook of before the night, « Inviter » and all
    run(workbook, now="2026-12-02T02:00")
    assert len(mails(workbook)) == 3, "a mail left again"
    assert before


@pytest.mark.parametrize(
    ("who", "said"),
    [
        ("bureau@exemple.fr", "désigne 2 personnes : benali ali, martin luc"),
        ("Zoé Canard", "ne connaît personne sous « Zoé Canard »"),
    ],
)
def test_who_is_not_one_person_is_asked_again(workbook, who, said):
    found = seances("forget", workbook, who, "--confirm")
    assert found.exit_code == 11
    assert said in found.stderr
    assert len([mail for mail in journal_of(workbook).mails.values() if mail.to]) == 3


def test_the_night_forgets_words_after_a_year_and_people_after_ten_and_sends_nothing_again(workbook):
    key = next(iter(journal_of(workbook).mails))

    def message() -> bytes | None:
        with Journal.open(read_settings(workbook).journal_place) as journal:
            return journal.message(key)

    run(workbook, now="2027-11-30T02:00")
    assert message()
    run(workbook, now="2027-12-02T02:00")
    assert message() is None
    assert journal_of(workbook).mails[key].to
    run(workbook, now="2036-12-02T02:00")
    kept = journal_of(workbook).mails[key]
    assert (str(kept.to), kept.person, kept.subject, kept.detail) == ("", "", "", "")
    assert (kept.state, kept.queued_on.date().isoformat()) == (MailState.SENT, "2026-12-01")
    assert len(mails(workbook)) == 3


def test_the_durations_are_those_of_the_settings(workbook):
    file = workbook.parent / "seances.toml"
    file.write_text(file.read_text("utf-8") + "messages_jours = 7\npersonnes_annees = 1\n", "utf-8")
    run(workbook, now="2026-12-09T02:00")
    with Journal.open(read_settings(workbook).journal_place) as journal:
        assert {journal.message(key) for key in journal.view().mails} == {None}
    run(workbook, now="2027-12-02T02:00")
    assert {str(mail.to) for mail in journal_of(workbook).mails.values()} == {""}


def test_a_mail_that_waits_is_kept_back_by_hand_and_one_that_left_is_not(workbook):
    key = next(iter(journal_of(workbook).mails))
    assert "n’attend plus (remis)" in seances("cancel", workbook, key[:8], "--reason", "erreur").stderr
    with Journal.open(read_settings(workbook).journal_place) as journal:
        copy = journal.resend(key, "perdu", datetime.fromisoformat("2026-12-01T09:00+01:00"))
    assert copy
    done = seances("cancel", workbook, copy[:8], "--reason", "mauvais modèle")
    assert (done.exit_code, "ne partira pas" in done.stderr) == (0, True)
    run(workbook, now="2026-12-02T02:00")
    assert journal_of(workbook).mails[copy].detail == "retenu : mauvais modèle"
    assert len(mails(workbook)) == 3
    assert seances("cancel", workbook, key[:8], "--reason", " ").exit_code == 2


def test_what_may_have_left_is_not_asked_of_who_is_forgotten(journal, mail, released, now):
    released(journal, mail())
    with journal.worker() as worker:
        worker.claim(now)
        assert worker.dot("a1")
        worker.record("a1", Outcome(MailState.UNCERTAIN), now)
    journal.purge(now + timedelta(days=4000))
    assert journal.fade(now + timedelta(days=4000)) == 0, "someone may still settle it"
    journal.erase("zoe@exemple.fr")
    assert journal.view().uncertain == ()
    assert not journal.settle("a1", sent=False)
