"""The exact text for each scheduler."""

import plistlib
import shutil
import subprocess
from pathlib import Path, PureWindowsPath
from xml.etree import ElementTree

import pytest

from processor.model.findings import Stopped
from processor.schedule import Scheduled, planned, schedule_name, shown

HOME = Path("/home/marie")
MARIE = (HOME, "marie", 1000)
ROOT = (Path("/root"), "root", 0)
WORKBOOK = Path("/srv/Été 2026/Centre 100% à l'heure.xlsx")
COMMAND = ("/opt/séances/bin/python", "-m", "processor", "run", str(WORKBOOK), "--wait", "120")
SPACE = "{http://schemas.microsoft.com/windows/2004/02/mit/task}"


def plan(command, workbook, at: str, system: str, owner=MARIE) -> Scheduled:
    home, user, uid = owner
    return planned(command, workbook, at, system, home, user=user, uid=uid)


def usual(system: str, owner=MARIE) -> Scheduled:
    return plan(COMMAND, WORKBOOK, "03:30", system, owner)


NAME = schedule_name(WORKBOOK)


def test_a_systemd_service_says_the_command_with_everything_escaped() -> None:
    path, text = usual("systemd").files[0]
    assert path == HOME / f".config/systemd/user/{NAME}.service"
    assert text == (
        "# Écrit par Séances ; « seances schedule remove » le retire.\n"
        "[Unit]\n"
        "Description=Séances : traitement de nuit de Centre 100%% à l'heure.xlsx\n"
        "\n"
        "[Service]\n"
        "Type=oneshot\n"
        'ExecStart="/opt/séances/bin/python" "-m" "processor" "run" "/srv/Été 2026/Centre 100%% à l\'heure.xlsx" "--wait" "120"\n'
        "TimeoutStartSec=2h\n"
        "TimeoutStopSec=11min\n"
        "SuccessExitStatus=10 75\n"
        "Nice=10\n"
        "Environment=PYTHONUTF8=1\n"
    )


def test_a_systemd_timer_catches_up_a_night_that_was_missed() -> None:
    path, text = usual("systemd").files[1]
    assert path.name == f"{NAME}.timer"
    assert text == (
        "# Écrit par Séances ; « seances schedule remove » le retire.\n"
        "[Unit]\n"
        "Description=Séances : traitement de nuit de Centre 100%% à l'heure.xlsx\n"
        "\n"
        "[Timer]\n"
        "OnCalendar=*-*-* 03:30:00\n"
        "Persistent=true\n"
        "RandomizedDelaySec=10m\n"
        "AccuracySec=1min\n"
        f"Unit={NAME}.service\n"
        "\n"
        "[Install]\n"
        "WantedBy=timers.target\n"
    )


def test_root_gets_units_of_the_machine_that_wait_for_the_share() -> None:
    scheduled = usual("systemd", ROOT)
    assert scheduled.files[0][0] == Path(f"/etc/systemd/system/{NAME}.service")
    assert 'RequiresMountsFor="/srv/Été 2026"\n' in scheduled.files[0][1]
    assert scheduled.commands[1:] == (
        ("systemctl", "enable", f"{NAME}.timer"),
        ("systemctl", "restart", f"{NAME}.timer"),
    )


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not here")
@pytest.mark.parametrize("owner", [MARIE, ROOT], ids=["account", "machine"])
def test_systemd_itself_finds_nothing_wrong(tmp_path: Path, owner) -> None:
    folder = tmp_path / 'Été 100% $HOME "b"'
    folder.mkdir()
    program = folder / "python 3%"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    command = (str(program), "-m", "processor", "run", str(folder / "a.xlsx"))
    units = []
    for path, text in plan(command, folder / "a.xlsx", "03:30", "systemd", owner).files:
        units.append(tmp_path / path.name)
        units[-1].write_text(str(text), "utf-8")
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *map(str, units)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    ours = [line for line in done.stderr.splitlines() if "seances-a" in line]
    assert (done.returncode, ours) == (0, []), done.stderr


def test_the_block_of_a_crontab_escapes_what_cron_and_the_shell_would_read() -> None:
    assert usual("cron").block == (
        f"# >>> {NAME} : écrit par Séances\n"
        "30 3 * * * PYTHONUTF8=1 '/opt/séances/bin/python' -m processor run "
        "'/srv/Été 2026/Centre 100\\% à l'\"'\"'heure.xlsx' --wait 120\n"
        f"# <<< {NAME}\n"
    )


def test_a_windows_task_sets_every_default_that_would_lose_a_night() -> None:
    workbook = PureWindowsPath(r"\\serveur\Été & hiver\Centre.xlsx")
    command = (r"C:\Program Files\Séances\python.exe", "-m", "processor", "run", str(workbook))
    scheduled = plan(command, workbook, "03:30", "windows", (Path(r"C:\Users\marie"), r"ECOLE\marie", 1))
    task = ElementTree.fromstring(scheduled.files[0][1])
    said = {
        element.tag.removeprefix(SPACE): element.text
        for element in task.iter()
        if element.text and element.text.strip()
    }
    assert said == {
        "Author": "Séances",
        "Description": "Séances : traitement de nuit de Centre.xlsx. Écrit par Séances.",
        "URI": f"\\Seances\\{scheduled.name}",
        "StartBoundary": "2026-01-01T03:30:00",
        "Enabled": "true",
        "RandomDelay": "PT10M",
        "DaysInterval": "1",
        "UserId": r"ECOLE\marie",
        "LogonType": "Password",
        "RunLevel": "LeastPrivilege",
        "MultipleInstancesPolicy": "IgnoreNew",
        "DisallowStartIfOnBatteries": "false",
        "StopIfGoingOnBatteries": "false",
        "AllowHardTerminate": "true",
        "StartWhenAvailable": "true",
        "RunOnlyIfNetworkAvailable": "true",
        "AllowStartOnDemand": "true",
        "Hidden": "false",
        "RunOnlyIfIdle": "false",
        "WakeToRun": "true",
        "ExecutionTimeLimit": "PT4H",
        "Priority": "5",
        "Command": r"C:\Program Files\Séances\python.exe",
        "Arguments": r'-m processor run "\\serveur\Été & hiver\Centre.xlsx"',
        "WorkingDirectory": r"C:\Users\marie",
    }
    assert scheduled.commands[0][:2] == ("schtasks", "/Create")
    assert scheduled.files[0][1].startswith(b"\xff\xfe")


def test_a_windows_path_that_the_scheduler_would_expand_is_refused() -> None:
    workbook = PureWindowsPath(r"C:\100%TEMP%\a.xlsx")
    with pytest.raises(Stopped, match="deux « % »"):
        plan((r"C:\python.exe", str(workbook)), workbook, "03:30", "windows", owner=MARIE)


def test_a_launchd_agent_is_a_property_list() -> None:
    scheduled = usual("launchd")
    path, text = scheduled.files[0]
    assert path == HOME / f"Library/LaunchAgents/fr.seances.{NAME}.plist"
    assert plistlib.loads(text.encode()) == {
        "Label": f"fr.seances.{NAME}",
        "ProgramArguments": list(COMMAND),
        "WorkingDirectory": "/home/marie",
        "StartCalendarInterval": {"Hour": 3, "Minute": 30},
        "EnvironmentVariables": {"PYTHONUTF8": "1"},
        "ProcessType": "Background",
        "RunAtLoad": False,
        "Umask": 0o077,
    }
    assert scheduled.commands[1][:3] == ("launchctl", "bootstrap", "gui/1000")


def test_two_workbooks_of_one_name_have_two_schedules() -> None:
    other = Path("/srv/Hiver") / WORKBOOK.name
    assert schedule_name(other) != NAME
    assert schedule_name(Path("/srv/日本.xlsx")).startswith("seances-")


@pytest.mark.parametrize("system", ["systemd", "cron", "windows", "launchd"])
@pytest.mark.parametrize(
    ("at", "code"),
    [
        ("02:30", "heure-refusee"),
        ("01:00", "heure-refusee"),
        ("03:00", "heure-refusee"),
        ("midi", "heure-refusee"),
    ],
)
def test_an_hour_that_the_change_of_clock_skips_is_refused_everywhere(
    system: str, at: str, code: str
) -> None:
    with pytest.raises(Stopped) as stopped:
        plan(COMMAND, WORKBOOK, at, system, owner=MARIE)
    assert stopped.value.findings[0].code == code


@pytest.mark.parametrize(
    ("command", "workbook", "system", "code"),
    [
        (("python",), WORKBOOK, "cron", "chemin-relatif"),
        (COMMAND, Path("centre.xlsx"), "cron", "chemin-relatif"),
        ((), WORKBOOK, "systemd", "chemin-relatif"),
        (COMMAND, Path("/srv/a\nb/centre.xlsx"), "cron", "chemin-impossible"),
        (COMMAND, WORKBOOK, "at", "planificateur-inconnu"),
    ],
)
def test_what_could_not_run_at_night_is_refused_by_day(
    command: tuple[str, ...], workbook: Path, system: str, code: str
) -> None:
    with pytest.raises(Stopped) as stopped:
        plan(command, workbook, "03:30", system, owner=MARIE)
    assert stopped.value.findings[0].code == code


@pytest.mark.parametrize("system", ["systemd", "cron", "windows", "launchd"])
def test_the_explanation_says_the_hour_and_for_whom(system: str) -> None:
    workbook = PureWindowsPath("C:\\a.xlsx") if system == "windows" else WORKBOOK
    command = ("C:\\python.exe",) if system == "windows" else COMMAND
    said = plan(command, workbook, "4:05", system, owner=MARIE).explanation
    assert "à 04:05" in said
    assert "« marie »" in said


@pytest.mark.parametrize("system", ["systemd", "cron", "launchd"])
def test_what_is_shown_holds_every_file_and_command_to_the_letter(system: str) -> None:
    scheduled = usual(system)
    said = shown(scheduled)
    assert all(str(path) in said and str(text).rstrip() in said for path, text in scheduled.files)
    if system == "cron":
        assert scheduled.block in said and "  crontab -" not in said, (
            "typed alone, it would empty the crontab"
        )
    else:
        assert all(" ".join(command) in said for command in (*scheduled.commands, *scheduled.undo))
    assert scheduled.block.rstrip() in said


def test_a_windows_task_is_shown_as_text_though_its_file_is_utf_16() -> None:
    workbook = PureWindowsPath(r"C:\Été\a b.xlsx")
    said = shown(plan((r"C:\python.exe", str(workbook)), workbook, "03:30", "windows"))
    assert '<Arguments>"C:\\Été\\a b.xlsx"</Arguments>' in said
    assert "schtasks /Create" in said


def test_the_night_never_starts_in_the_folder_of_the_workbook() -> None:
    for system in ("systemd", "cron", "launchd"):
        scheduled = usual(system)
        texts = [scheduled.block, *(str(text) for _, text in scheduled.files)]
        assert not any("cd " in text or "WorkingDirectory=" in text for text in texts)
