"""Which journal is a workbook's: renamed, copied, on a server shared by many."""

import shutil
import uuid
from pathlib import Path

import pytest
from sqlalchemy import make_url

from processor.journal.journal import Journal
from processor.night.journal_place import placed
from processor.settings import read_settings
from tests.books import book, mails, run

pytestmark = pytest.mark.usefixtures("no_office")

SHEETS = {
    "seancesouvertes": "Code | Nom | Date de début | Date de fin | Session | Inviter\n"
    "S-0002 | Yoga | 23/12/2026 09:00 | 23/12/2026 12:30 | P1 | oui",
    "sessions": "Code | Nom\nP1 | Printemps",
    "inscriptions": "Session | Prénom | Nom | Courriel\nP1 | Zoé | Dupont | zoe@exemple.fr",
    "parametres": "Nom | Valeur\nexpéditeur | contact@exemple.fr",
}


def office(folder: Path, *lines: str) -> Path:
    folder.mkdir()
    (folder / "seances.toml").write_text("\n".join(lines) + "\n", "utf-8")
    return book(folder / "classeur.xlsx", **SHEETS)


def known(path: Path) -> int:
    return len(Journal.peek(placed(read_settings(path)).journal_place).mails)


@pytest.fixture(params=["state", "file", "server"])
def lines(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[str, ...]:
    """The settings of an office whose journal is in the state folder, in a file far away, or on a server."""
    identity = f'identite = "{uuid.uuid4()}"'
    if request.param == "state":
        return (identity,)
    if request.param == "file":
        return (identity, "[journal]", f'url = "{(tmp_path / "journal.sqlite").as_posix()}"')
    url = make_url(request.getfixturevalue("postgresql")).difference_update_query(["options"])
    return (identity, "[journal]", f'url = "{url.render_as_string(hide_password=False)}"')


def test_a_renamed_workbook_keeps_its_journal_and_a_copy_gets_its_own(
    tmp_path: Path, lines: tuple[str, ...]
) -> None:
    path = office(tmp_path / "bureau", *lines)
    run(path)
    assert known(path) == 1
    renamed = path.rename(path.with_name("2027.xlsx"))
    run(renamed, now="2026-12-02T02:00")
    assert (known(renamed), len(mails(renamed))) == (1, 1)
    shutil.copytree(tmp_path / "bureau", tmp_path / "copie", ignore=shutil.ignore_patterns("courriels"))
    copy = tmp_path / "copie" / "2027.xlsx"
    assert known(copy) == 0
    run(copy, now="2026-12-03T02:00")
    assert mails(copy) == []
    assert (known(renamed), known(copy)) == (1, 0)


def test_two_offices_on_one_server_do_not_know_each_other(tmp_path: Path, postgresql: str) -> None:
    url = make_url(postgresql).difference_update_query(["options"]).render_as_string(hide_password=False)
    first, second = (
        office(tmp_path / name, f'identite = "{name}-{uuid.uuid4()}"', "[journal]", f'url = "{url}"')
        for name in ("un", "deux")
    )
    run(first)
    run(second)
    assert len(mails(first)) == len(mails(second)) == 1
    assert known(first) == known(second) == 1


def test_a_journal_beside_the_workbook_travels_with_its_copy(tmp_path: Path) -> None:
    path = office(tmp_path / "bureau", 'identite = "b"', "[journal]", 'url = "journal.sqlite"')
    run(path)
    shutil.copytree(tmp_path / "bureau", tmp_path / "copie")
    assert known(tmp_path / "copie" / "classeur.xlsx") == 1
