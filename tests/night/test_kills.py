"""A night killed at each of its steps is finished by the next one: nothing lost, nothing sent twice."""

import hashlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from processor.journal.journal import Journal
from processor.night.journal_place import placed
from processor.settings import read_settings
from tests.books import book, mails, plan, table

pytestmark = [
    pytest.mark.skipif(not hasattr(os, "fork"), reason="nights are forked, and this system cannot"),
    pytest.mark.usefixtures("no_office"),
]
NURSERY = Path(__file__).with_name("nursery.py")
ROOT = NURSERY.parents[2]

OPEN = """Code | Nom | Date de début | Date de fin | Inviter | Répéter les jours | Répéter (semaines) | Série | Contrôle
S-0001 | Accueil | 30/11/2026 09:00 | 30/11/2026 12:00
S-0002 | Yoga | 03/12/2026 09:00 | 03/12/2026 12:30 | oui | jeudi | 2
"""
PEOPLE = """Séance | Prénom | Nom | Courriel
S-0001 | Ali | Benali | ali@exemple.fr
S-0002 | Zoé | Dupont | zoe@exemple.fr
S-0002 | Eva | Costa | eva@exemple.fr
"""
STEPS = [
    ("processor.night.apply.make_documents", 1),
    ("processor.night.apply.write_edits", 1),
    ("processor.journal.journal.Journal.stage", 1),
    ("processor.night.apply.replace_workbook", 1),
    ("processor.journal.journal.Journal.commit", 1),
    ("processor.night.apply.finish_files", 1),
    ("processor.journal.journal.Journal.finish", 1),
    ("processor.mail.transports.files.Files.hand_over", 1),
    ("processor.mail.transports.files.Files.hand_over", 2),
    ("processor.night.apply.replace_workbook", 2),
    ("processor.journal.journal.Journal.finish", 2),
    ("processor.night.report.after", 1),
]


# Before it nothing counts, after it all does: the workbook in its place is the one that says so.
TURN = "processor.night.apply.replace_workbook"
CASES = [
    pytest.param(step, nth, when, marks=() if (step, nth) == (TURN, 1) else pytest.mark.long)
    for step, nth in STEPS
    for when in ("before", "after")
]
Night = Callable[..., int]


@pytest.fixture(scope="module")
def nursery(tmp_path_factory: pytest.TempPathFactory) -> Iterator[subprocess.Popen[str]]:
    folder = tmp_path_factory.mktemp("nourrice")
    path = book(folder / "classeur.xlsx", seancesouvertes=OPEN, inscriptions=PEOPLE)
    environ = {
        "SEANCES_STATE": str(folder / "etat"),
        "SEANCES_SOFFICE": str(folder / "absent"),
        "PYTHONPATH": str(ROOT),
    }
    with subprocess.Popen(
        [sys.executable, str(NURSERY), str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL, text=True, cwd=ROOT, env=os.environ | environ,
    ) as running:  # fmt: skip
        yield running


@pytest.fixture
def night(nursery: subprocess.Popen[str], own_state: Path) -> Night:
    """Run a night in a process of its own, forked from a warm one; its exit status comes back."""

    def run(path: Path, step: str = "", when: str = "before", nth: int = 1) -> int:
        assert nursery.stdin
        assert nursery.stdout
        line = {
            "path": str(path),
            "step": step,
            "nth": nth,
            "when": when,
            "environ": {"SEANCES_STATE": str(own_state)},
        }
        print(json.dumps(line), file=nursery.stdin, flush=True)
        return int(nursery.stdout.readline())

    return run


@pytest.mark.parametrize(("step", "nth", "when"), CASES)
def test_a_killed_night_is_finished_by_the_next_one(
    night: Night, tmp_path: Path, step: str, nth: int, when: str
) -> None:
    path = book(
        tmp_path / "classeur.xlsx",
        seancesouvertes=OPEN,
        seancesterminees=OPEN.splitlines()[0],
        inscriptions=PEOPLE,
    )
    assert night(path, step, when, nth) == -signal.SIGKILL
    table(path, "Séances ouvertes")
    assert night(path) == 0
    assert mails(path) == [
        "2026-12-01 Invitation à une séance - Costa Eva.eml",
        "2026-12-01 Invitation à une séance - Dupont Zoé.eml",
    ]
    assert [(row["Code"], row["Nom"]) for row in table(path, "Séances ouvertes")] == [
        ("S-0002", "Yoga"), ("S-0003", "Yoga"), ("S-0004", "Yoga"),
    ]  # fmt: skip
    assert [row["Code"] for row in table(path, "Séances terminées")] == ["S-0001"]
    invited = {row["Prénom"] for row in table(path, "Participations") if "Invitation envoyée le" in row}
    assert invited == {"Zoé", "Eva"}
    left = plan(path)
    assert not any(
        left[name] for name in ("moves", "repeats", "documents", "mails", "writes", "rows", "registrations")
    )
    assert not list(tmp_path.glob(".*.tmp"))
    assert not (tmp_path / "documents" / ".en-cours").exists()


ATTESTED = "Code | Nom | Date de début | Date de fin | Attester\nS-0001 | Accueil | 30/11/2026 09:00 | 30/11/2026 12:00 | oui"
PRESENT = """Séance | Prénom | Nom | Présence | Attestation n°
S-0001 | Ali | Benali | Présent
S-0001 | Eva | Costa | Présent
"""


@pytest.mark.parametrize(
    ("step", "when", "nth"),
    [
        pytest.param("processor.journal.journal.Journal.stage", "after", 1, marks=pytest.mark.long),
        pytest.param(TURN, "after", 1, marks=pytest.mark.long),
        pytest.param("processor.night.apply.finish_files", "before", 1, marks=pytest.mark.long),
        ("pathlib.Path.replace", "after", 5),  # the first of the two files is in its place
    ],
)
def test_a_killed_night_gives_each_number_once_and_to_the_bytes_of_one_file(
    night: Night, tmp_path: Path, step: str, when: str, nth: int
) -> None:
    sheets = {
        "seancesouvertes": ATTESTED,
        "seancesterminees": ATTESTED.splitlines()[0],
        "participations": PRESENT,
    }
    path = book(
        tmp_path / "classeur.xlsx",
        inscriptions=PRESENT.replace("Présence | Attestation n°", "Employeur"),
        **sheets,
    )
    assert night(path, step, when, nth) == -signal.SIGKILL
    assert night(path) == 0
    found = Journal.attestations(placed(read_settings(path)).journal_place)
    assert list(found) == ["2026-000001", "2026-000002"]
    made = {
        file.relative_to(tmp_path / "documents").as_posix(): file
        for file in tmp_path.rglob("Attestation*.docx")
    }
    assert {record.file: record.sha256 for record in found.values()} == {
        name: hashlib.sha256(file.read_bytes()).hexdigest() for name, file in made.items()
    }
    assert [row["Attestation n°"] for row in table(path, "Participations")] == list(found)
    assert not plan(path)["documents"]
