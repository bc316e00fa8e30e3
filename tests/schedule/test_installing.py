"""Installing, showing and removing, on a real folder and a scheduler that only listens."""

from collections.abc import Sequence
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from processor.model.findings import Stopped
from processor.schedule import Scheduled, detect, install, installed, planned, remove

OTHERS = "MAILTO=zoe\n# >>> seances-other : écrit par Séances\n5 4 * * * x\n# <<< seances-other\n0 5 * * * y"


class Machine:
    """A scheduler that keeps a crontab, remembers what it was told, and refuses one word."""

    def __init__(self, crontab: str | None = None, refuses: str = "", linger: bool = False) -> None:
        self.crontab, self.refuses, self.linger = crontab, refuses, linger
        self.told: list[str] = []

    def __call__(self, command: Sequence[str], **given: object) -> CompletedProcess[bytes]:
        code, said = self.answer(command, given["input"])
        said_bytes = said.encode("utf-8", "surrogateescape")
        return CompletedProcess(command, code, b"" if code else said_bytes, said_bytes if code else b"")

    def answer(self, command: Sequence[str], given: object) -> tuple[int, str]:
        self.told.append(" ".join(command))
        if self.refuses and self.refuses in command:
            return (1, "Access denied")
        if command[0] == "loginctl":
            return (0, f"Linger={'yes' if self.linger else 'no'}\n")
        if command[0] == "crontab" and given is not None:
            self.crontab = bytes(given).decode("utf-8", "surrogateescape")  # type: ignore[call-overload]
        elif command[0] == "crontab":
            return (1, "no crontab for marie") if self.crontab is None else (0, self.crontab)
        return (0, "")


def scheduled(home: Path, system: str, workbook: str = "/srv/Centre.xlsx", at: str = "03:30") -> Scheduled:
    command = ("/usr/bin/python3", "-m", "processor", "run", workbook)
    return planned(command, Path(workbook), at, system, home, user="marie", uid=1000)


def files(folder: Path) -> dict[str, bytes]:
    return {
        str(file.relative_to(folder)): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


@pytest.mark.parametrize("system", ["systemd", "launchd"])
def test_installing_twice_is_installing_once_and_removing_leaves_the_files_of_others(
    tmp_path: Path, system: str
) -> None:
    one, machine = scheduled(tmp_path, system), Machine()
    other = one.files[0][0].parent / "backup.service"
    other.parent.mkdir(parents=True)
    other.write_text("theirs")
    install(one, machine)
    first = files(tmp_path)
    install(one, machine)
    assert files(tmp_path) == first
    assert len(first) == len(one.files) + 1
    assert "Retiré" in remove(one, machine)
    assert list(files(tmp_path).values()) == [b"theirs"]
    assert "Rien n’est installé" in remove(one, machine)


def test_a_file_of_ours_that_someone_rewrote_is_theirs_now(tmp_path: Path) -> None:
    one, machine = scheduled(tmp_path, "launchd"), Machine()
    install(one, machine)
    one.files[0][0].write_text("theirs")
    assert "Rien n’est installé" in remove(one, machine)
    assert one.files[0][0].read_text() == "theirs"


@pytest.mark.parametrize("crontab", [None, "", "0 5 * * * y\n", OTHERS])
def test_only_our_marked_lines_of_the_crontab_change(tmp_path: Path, crontab: str | None) -> None:
    one, machine = scheduled(tmp_path, "cron"), Machine(crontab)
    install(one, machine)
    now = machine.crontab
    install(one, machine)
    assert machine.crontab == now
    assert now is not None
    assert now.count(one.block) == 1
    assert one.block in installed(one, machine)
    remove(one, machine)
    expected = crontab or ""
    assert machine.crontab == (expected + "\n" if expected and not expected.endswith("\n") else expected)


def test_another_hour_replaces_the_first_one(tmp_path: Path) -> None:
    machine = Machine(OTHERS)
    install(scheduled(tmp_path, "cron"), machine)
    install(scheduled(tmp_path, "cron", at="04:45"), machine)
    assert machine.crontab is not None
    assert [line[:8] for line in machine.crontab.splitlines() if "Centre.xlsx" in line] == ["45 4 * *"]


def test_two_workbooks_stand_side_by_side(tmp_path: Path) -> None:
    machine = Machine()
    one, two = scheduled(tmp_path, "cron"), scheduled(tmp_path, "cron", "/srv/Autre.xlsx")
    install(one, machine)
    install(two, machine)
    remove(one, machine)
    assert machine.crontab == two.block


def test_a_crontab_that_cannot_be_read_is_not_replaced(tmp_path: Path) -> None:
    machine = Machine(OTHERS, refuses="-l")
    with pytest.raises(Stopped, match="Access denied"):
        install(scheduled(tmp_path, "cron"), machine)
    assert machine.crontab == OTHERS


@pytest.mark.parametrize("refused", ["daemon-reload", "enable", "restart"])
def test_a_refusal_leaves_nothing_behind(tmp_path: Path, refused: str) -> None:
    with pytest.raises(Stopped) as stopped:
        install(scheduled(tmp_path, "systemd"), Machine(refuses=refused))
    assert stopped.value.findings[0].code == "planification-impossible"
    assert files(tmp_path) == {}


def test_a_refused_change_of_hour_leaves_the_older_schedule(tmp_path: Path) -> None:
    install(scheduled(tmp_path, "systemd"), Machine())
    before = files(tmp_path)
    with pytest.raises(Stopped):
        install(scheduled(tmp_path, "systemd", at="05:00"), Machine(refuses="enable"))
    assert files(tmp_path) == before


@pytest.mark.parametrize(
    ("linger", "said"), [(True, "rien d’autre n’est à faire"), (False, "ne peut pas encore agir")]
)
def test_an_account_that_does_not_linger_is_told(tmp_path: Path, linger: bool, said: str) -> None:
    assert said in install(scheduled(tmp_path, "systemd"), Machine(linger=linger))


def test_showing_gives_the_exact_text_that_is_installed(tmp_path: Path) -> None:
    one, machine = scheduled(tmp_path, "systemd"), Machine()
    assert installed(one, machine) == f"Rien n’est installé sous le nom « {one.name} »."
    install(one, machine)
    assert all(str(text) in installed(one, machine) for _, text in one.files)


def test_a_windows_task_is_written_in_utf_16_and_read_back(tmp_path: Path) -> None:
    from pathlib import PureWindowsPath

    workbook = PureWindowsPath(r"C:\Été\a.xlsx")
    one = planned((r"C:\python.exe", "run"), workbook, "03:30", "windows", tmp_path, user="marie")  # type: ignore[arg-type]
    machine = Machine()
    assert "Windows n’a pas retenu : DisallowStartIfOnBatteries" in install(one, machine)
    assert one.files[0][0].read_bytes().startswith((b"\xff\xfe", b"\xfe\xff"))
    assert "traitement de nuit" in installed(one, machine)
    assert "Retiré" in remove(one, machine)


def test_a_command_that_is_not_there_is_a_refusal_not_a_bug(tmp_path: Path) -> None:
    def absent(command: Sequence[str], **_: object) -> CompletedProcess[bytes]:
        raise FileNotFoundError(command[0])

    for system in ("cron", "systemd", "launchd"):
        with pytest.raises(Stopped, match=r"« (crontab|systemctl|launchctl) » n’est pas installé"):
            install(scheduled(tmp_path, system), absent)
    assert files(tmp_path) == {}


def test_bytes_of_the_crontab_that_are_not_utf_8_stay_as_they_were(tmp_path: Path) -> None:
    theirs = "# caf\udce9\r\n0 5 * * * y\n"
    one, machine = scheduled(tmp_path, "cron"), Machine(theirs)
    install(one, machine)
    remove(one, machine)
    assert machine.crontab == theirs


def test_a_line_that_somebody_added_inside_our_block_does_not_hide_it(tmp_path: Path) -> None:
    one = scheduled(tmp_path, "cron")
    machine = Machine(OTHERS + "\n" + one.block.replace("30 3", "# moved by Zoé\n45 3"))
    install(one, machine)
    assert machine.crontab == OTHERS + "\n" + one.block


def test_the_real_runner_is_subprocess_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A crontab program that is a shell script over one file, run for real."""
    program, kept = tmp_path / "bin/crontab", tmp_path / "kept"
    program.parent.mkdir()
    program.write_text(
        f'#!/bin/sh\nif [ "$1" = -l ]; then [ -f {kept} ] || {{ echo "no crontab for me" >&2; exit 1; }}; cat {kept}\n'
        f"else cat > {kept}; fi\n"
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(program.parent), prepend=":")
    one = scheduled(tmp_path, "cron", "/srv/Été 100%.xlsx")
    install(one)
    assert kept.read_text("utf-8") == one.block
    assert "Installé" in installed(one)
    remove(one)
    assert kept.read_bytes() == b""


@pytest.mark.parametrize(
    ("uid", "there", "expected"),
    [
        (0, "systemd/system", "systemd"),
        (1000, "user/1000/systemd", "systemd"),
        (1000, "systemd/system", "cron"),
        (0, "", "cron"),
    ],
)
def test_systemd_is_chosen_only_where_it_runs_for_the_account(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, uid: int, there: str, expected: str
) -> None:
    (tmp_path / there).mkdir(parents=True, exist_ok=True)
    monkeypatch.setattr("processor.schedule.machine._RUN", tmp_path)
    monkeypatch.setattr("os.getuid", lambda: uid)
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setattr("shutil.which", lambda name: f"/usr/bin/{name}")
    assert detect() == expected


@pytest.mark.parametrize(("platform", "expected"), [("win32", "windows"), ("darwin", "launchd")])
def test_each_platform_has_its_scheduler(
    monkeypatch: pytest.MonkeyPatch, platform: str, expected: str
) -> None:
    monkeypatch.setattr("sys.platform", platform)
    assert detect() == expected
