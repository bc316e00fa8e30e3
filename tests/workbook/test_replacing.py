import os
import time
from pathlib import Path

import pytest

from processor.workbook import Changed, InUse, in_use, replace_workbook
from processor.workbook.package.replace import digest_of


@pytest.fixture
def files(tmp_path):
    target, new = tmp_path / "classeur.xlsx", tmp_path / "neuf.tmp"
    target.write_bytes(b"ancien")
    new.write_bytes(b"neuf")
    return target, new, tmp_path / "sauvegardes"


def test_the_old_workbook_is_kept_and_the_new_one_takes_its_mode(files):
    target, new, backups = files
    target.chmod(0o640)
    os.utime(target, (1, 1))
    before = time.time()
    kept = replace_workbook(target, new, digest_of(target), backups, "2026-12-01")
    assert kept == backups / "classeur 2026-12-01.xlsx"
    assert (kept.read_bytes(), target.read_bytes(), new.exists()) == (b"ancien", b"neuf", False)
    assert target.stat().st_mode & 0o777 == 0o640
    assert target.stat().st_mtime > before - 60  # clocks of disks are coarse
    assert sorted(p.name for p in target.parent.iterdir()) == ["classeur.xlsx", "sauvegardes"]


def test_a_workbook_that_somebody_saved_meanwhile_is_not_replaced(files):
    target, new, backups = files
    with pytest.raises(Changed):
        replace_workbook(target, new, "0" * 64, backups, "x")
    assert (target.read_bytes(), new.exists()) == (b"ancien", True)


def test_a_save_in_the_last_instant_is_put_back(files, monkeypatch):
    target, new, backups = files
    expected = digest_of(target)
    original = Path.replace

    def late(self, other):
        if self == new:
            target.write_bytes(b"de quelqu'un")
        return original(self, other)

    monkeypatch.setattr(Path, "replace", late)
    with pytest.raises(Changed):
        replace_workbook(target, new, expected, backups, "x")
    assert target.read_bytes() == b"de quelqu'un"


def test_the_same_bytes_touch_nothing(files):
    target, new, backups = files
    new.write_bytes(b"ancien")
    os.utime(target, (5, 5))
    assert replace_workbook(target, new, digest_of(target), backups, "x") is None
    assert (target.stat().st_mtime, new.exists(), backups.exists()) == (5, False, False)


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_a_link_stays_a_link(files):
    target, new, backups = files
    link = target.with_name("lien.xlsx")
    link.symlink_to(target)
    replace_workbook(link, new, digest_of(target), backups, "x")
    assert (link.is_symlink(), target.read_bytes()) == (True, b"neuf")


def owner_file(name: str) -> bytes:
    ansi = bytes([len(name)]) + name.encode("cp1252").ljust(54)
    return (ansi + len(name).to_bytes(2, "little") + name.encode("utf-16-le")).ljust(165, b" ")


def test_who_has_the_workbook_open_is_read_from_the_owner_file(files):
    target, *_ = files
    assert in_use(target) is None
    owner = target.with_name("~$classeur.xlsx")
    owner.write_bytes(owner_file("Zoé Müller"))
    assert in_use(target) == "Zoé Müller"
    owner.write_bytes(b"")
    assert in_use(target) == ""
    os.utime(owner, (time.time() - 90000,) * 2)
    assert in_use(target) is None
    target.with_name(".~lock.classeur.xlsx#").write_text("Anne\\, RH,anne,poste,24.11.2026 04:08,file:///x;")
    assert in_use(target) == "Anne, RH"


def test_a_backup_cut_short_by_a_full_disk_leaves_nothing_that_looks_like_one(files, monkeypatch):
    target, new, backups = files

    def full(source, copy):
        Path(copy).write_bytes(b"anc")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("shutil.copy2", full)
    with pytest.raises(OSError, match="No space"):
        replace_workbook(target, new, digest_of(target), backups, "x")
    assert (target.read_bytes(), list(backups.iterdir())) == (b"ancien", [])


def test_a_workbook_that_the_system_holds_open_is_left_for_later(files, monkeypatch):
    target, new, backups = files
    expected, original = digest_of(target), Path.replace

    def held(self, other):
        if self == new:
            raise PermissionError(13, "sharing violation")
        return original(self, other)

    monkeypatch.setattr(Path, "replace", held)
    with pytest.raises(InUse):
        replace_workbook(target, new, expected, backups, "x")
    assert (target.read_bytes(), new.exists()) == (b"ancien", True)
    assert sorted(item.name for item in target.parent.iterdir()) == [
        "classeur.xlsx",
        "neuf.tmp",
        "sauvegardes",
    ]
