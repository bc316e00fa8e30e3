"""A night killed at each of its steps is finished by the next one: nothing lost, nothing sent twice."""

import hashlib
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from processor.journal.journal import Journal
from processor.night.journal_place import placed
from processor.settings import read_settings
from tests.books import book, mails, plan, table

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is of POSIX systems")

OPEN = """Code | Nom | Date de début | Date de fin | Inviter | Répéter les jours | Répéter (semaines) | Série | Contrôle
S-0001 | Accueil | 30/11/2026 09:00 | 30/11/2026 12:00
S-0002 | Yoga | 03/12/2026 09:00 | 03/12/2026 12:30 | oui | jeudi | 2
"""
PEOPLE = """Séance | Prénom | Nom | Courriel
S-0001 | Ali | Benali | ali@exemple.fr
S-0002 | Zoé | Dupont | zoe@exemple.fr
S-0002 | Eva | Costa | eva@exemple.fr
"""
# Kills the process at the n-th passage before or after a named step.
DRIVER = """
import importlib, os, signal, sys
step, when, nth = sys.argv[1], sys.argv[2], int(sys.argv[3])
if step:
    owner, _, name = step.rpartition(".")
    try:
        place = importlib.import_module(owner)
    except ModuleNotFoundError:
        module, _, kind = owner.rpartition(".")
        place = getattr(importlib.import_module(module), kind)
    original, passed = getattr(place, name), [0]
    def killed(*args, **kwargs):
        passed[0] += 1
        if passed[0] == nth and when == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        result = original(*args, **kwargs)
        if passed[0] == nth and when == "after":
            os.kill(os.getpid(), signal.SIGKILL)
        return result
    setattr(place, name, killed)
from processor.cli import main
main(["run", sys.argv[4], "--now", "2026-12-01T02:00"])
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


def night(path: Path, step: str = "", when: str = "before", nth: int = 1) -> int:
    environment = os.environ | {"SEANCES_SOFFICE": str(path.parent / "absent")}
    command = [sys.executable, "-c", DRIVER, step, when, str(nth), str(path)]
    return subprocess.run(
        command, env=environment, capture_output=True, check=False, cwd=Path(__file__).parent.parent.parent
    ).returncode


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize(("step", "nth"), STEPS)
def test_a_killed_night_is_finished_by_the_next_one(tmp_path: Path, step: str, nth: int, when: str) -> None:
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
        ("processor.journal.journal.Journal.stage", "after", 1),
        ("processor.night.apply.replace_workbook", "after", 1),
        ("processor.night.apply.finish_files", "before", 1),
        ("pathlib.Path.replace", "after", 5),  # the first of the two files is in its place
    ],
)
def test_a_killed_night_gives_each_number_once_and_to_the_bytes_of_one_file(
    tmp_path: Path, step: str, when: str, nth: int
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
