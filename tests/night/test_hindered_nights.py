"""What a folder, a disk or a person can put in the way of a night, by the command line: the message and the exit code.

Disks are made small or read-only in a mount namespace of the test's own, so that root is hindered as anyone.
"""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from processor.night import apply
from tests.books import NOW, book, run

pytestmark = pytest.mark.usefixtures("no_office")
ROWS = "Code | Nom | Date de début | Date de fin\nS-1 | Yoga | 20/11/2026 09:00 | 20/11/2026 10:00\n"
NAMESPACE = ["unshare", "--map-root-user", "--mount", "sh", "-ec"]


def _has_namespaces() -> bool:
    if shutil.which("unshare") is None:
        return False
    return subprocess.run([*NAMESPACE, "true"], capture_output=True, check=False).returncode == 0


needs_namespaces = pytest.mark.skipif(not _has_namespaces(), reason="this system gives no namespaces")


def night_behind(mounts: str, folder: Path, then: str = "exit $code") -> subprocess.CompletedProcess[str]:
    """A night on c.xlsx in the folder, after these commands; `then` is what comes after it."""
    script = f'{mounts}\nset +e\n"$2" -m processor run "$1/c.xlsx" --now {NOW}\ncode=$?\n{then}'
    return subprocess.run(
        [*NAMESPACE, script, "sh", str(folder), sys.executable],
        capture_output=True, text=True, check=False,
    )  # fmt: skip


@needs_namespaces
def test_a_workbook_that_is_read_only_stops_the_night_before_it_begins(tmp_path):
    path = book(tmp_path / "c.xlsx", seancesouvertes=ROWS)
    before = path.read_bytes()
    found = night_behind(
        'mount --bind "$1/c.xlsx" "$1/c.xlsx"; mount -o remount,ro,bind "$1/c.xlsx"', tmp_path
    )
    assert found.returncode == 11, found.stderr
    assert "« c.xlsx » est protégé en écriture" in found.stderr
    assert path.read_bytes() == before


@needs_namespaces
def test_a_folder_that_is_read_only_stops_the_night_before_it_begins(tmp_path):
    folder = tmp_path / "partage"
    folder.mkdir()
    before = book(folder / "c.xlsx", seancesouvertes=ROWS).read_bytes()
    found = night_behind('mount --bind "$1" "$1"; mount -o remount,ro,bind "$1"', folder)
    assert found.returncode == 11, found.stderr
    assert "protégé en écriture" in found.stderr
    assert [item.name for item in folder.iterdir()] == ["c.xlsx"]
    assert (folder / "c.xlsx").read_bytes() == before


@needs_namespaces
def test_a_full_disk_stops_the_night_and_the_next_one_does_the_work(tmp_path):
    folder, kept = tmp_path / "disque", tmp_path / "c.xlsx"
    folder.mkdir()
    book(kept, seancesouvertes=ROWS)
    mounts = f'mount -t tmpfs -o size=1m none "$1"; cp "{kept}" "$1"; '
    mounts += 'dd if=/dev/zero of="$1/plein" bs=1k 2>/dev/null || true'
    then = (
        f'cmp "$1/c.xlsx" "{kept}" && ls -A "$1"; rm "$1/plein"; "$2" -m processor run "$1/c.xlsx" --now {NOW}\n'
        f'again=$?; cp "$1/c.xlsx" "{tmp_path}/after.xlsx"; echo "$code $again"'
    )
    found = night_behind(mounts, folder, then)
    assert "le disque est plein" in found.stderr
    assert "Traceback" not in found.stderr
    listed, codes = found.stdout.split("\n")[:-2], found.stdout.split("\n")[-2]
    assert codes == "12 0", found.stderr
    assert [name for name in listed if name.endswith(".tmp")] == []
    assert (tmp_path / "after.xlsx").read_bytes() != kept.read_bytes()


@needs_namespaces
@pytest.mark.parametrize("kilobytes", [4, 150])
def test_a_full_disk_of_the_journal_is_told_as_such_and_the_next_night_does_the_work(tmp_path, kilobytes):
    folder = tmp_path / "travail"
    (folder / "etat").mkdir(parents=True)
    path = book(folder / "c.xlsx", seancesouvertes=ROWS)
    before = path.read_bytes()
    mounts = f'mount -t tmpfs -o size={kilobytes}k none "$1/etat"; export SEANCES_STATE="$1/etat"'
    then = (
        f'cp "$1/c.xlsx" "{tmp_path}/after.xlsx"; mount -o remount,size=20m "$1/etat"\n'
        f'"$2" -m processor run "$1/c.xlsx" --now {NOW} >/dev/null 2>&1\necho "$code $?"'
    )
    found = night_behind(mounts, folder, then)
    assert "le disque est plein" in found.stderr
    assert found.stdout.split("\n")[-2] in ("11 0", "12 0"), found.stderr
    assert (tmp_path / "after.xlsx").read_bytes() == before
    assert path.read_bytes() != before


def test_a_workbook_open_in_excel_is_left_for_later_with_the_name_of_who_has_it(tmp_path):
    path = book(tmp_path / "c.xlsx", seancesouvertes=ROWS)
    before = path.read_bytes()
    owner = b"\3Zoe" + b" " * 51 + b"\3\0" + "Zoé".encode("utf-16-le") + b" \0" * 51
    (tmp_path / "~$c.xlsx").write_bytes(owner)
    result = run(path)
    assert result.exit_code == 75
    assert "« c.xlsx » est ouvert par Zoé : rien n’a été changé." in result.output
    assert path.read_bytes() == before
    (tmp_path / "~$c.xlsx").unlink()
    assert run(path).exit_code == 0


def test_what_a_person_saves_during_the_night_is_kept_and_the_next_night_goes_on(tmp_path, monkeypatch):
    path = book(tmp_path / "c.xlsx", seancesouvertes=ROWS)
    saved = book(tmp_path / "saved.xlsx", seancesouvertes=ROWS.replace("Yoga", "Chant")).read_bytes()
    stage = apply._stage

    def saving(*arguments):
        stage(*arguments)
        path.write_bytes(saved)

    monkeypatch.setattr(apply, "_stage", saving)
    result = run(path)
    assert (result.exit_code, path.read_bytes()) == (11, saved)
    assert "[classeur-modifie]" in result.output
    assert "enregistré par quelqu’un pendant le traitement" in result.output
    assert list(tmp_path.glob(".*.tmp")) == []
    monkeypatch.undo()
