"""LibreOffice on this machine: found, started with a profile of its own and without a network, stopped in time."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from processor.model.catalogue import say

_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:/Program Files/LibreOffice/program/soffice.com",
    "C:/Program Files (x86)/LibreOffice/program/soffice.com",
    "/usr/lib/libreoffice/program/soffice",
    "/opt/libreoffice/program/soffice",
    "/snap/bin/libreoffice",
)
_ASIDE = {"HTTP_PROXY": "http://127.0.0.1:9", "HTTPS_PROXY": "http://127.0.0.1:9", "NO_PROXY": ""}
_OPTIONS = (
    "--headless",
    "--invisible",
    "--norestore",
    "--nologo",
    "--nodefault",
    "--nolockcheck",
    "--nofirststartwizard",
)
_VALUES = (
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Writer/Content/Update", "Link", "0"),
    ("Inet/Settings", "ooInetProxyType", "1"),
    ("Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPSProxyPort", "9"),
    ("Office.Linguistic/General", "DefaultLocale", "fr-FR"),
    ("Setup/L10N", "ooSetupSystemLocale", "fr-FR"),
    ("Office.Common/Misc", "FirstRun", "false"),
)
_GLANCE = 1.0  # seconds between two looks at what was made


def find_office() -> Path | None:
    """LibreOffice on this machine: the one of SEANCES_SOFFICE, else of the PATH, else of the usual places; or None."""
    named = os.environ.get("SEANCES_SOFFICE")
    if named:
        return Path(named) if Path(named).is_file() else None
    found = shutil.which("soffice") or shutil.which("libreoffice")
    if found:
        return Path(found)
    return next((Path(place) for place in _PLACES if Path(place).is_file()), None)


def run_office(
    office: Path, files: Sequence[Path], into: Path, form: str, timeout: float, progress: Callable[[], int]
) -> str:
    """Convert all files with one start of LibreOffice; the reason in French when it could not run to its end.

    `form` is LibreOffice's name of the format with its options. The profile is new each time: no macro, no recovery
    dialogue, no trace of another document. LibreOffice is stopped after `timeout` seconds in which `progress`, the
    number of files made, stayed the same.
    """
    with tempfile.TemporaryDirectory(prefix="seances-pdf-", ignore_cleanup_errors=True) as folder:
        profile = Path(folder, "profile")
        _settle(profile)
        arguments = [
            str(office),
            f"-env:UserInstallation={profile.as_uri()}",
            *_OPTIONS,
            "--convert-to",
            form,
        ]
        arguments += ["--outdir", str(into), *(str(file.resolve()) for file in files)]
        return _run(arguments, Path(folder), timeout, progress)


def _run(arguments: list[str], folder: Path, timeout: float, progress: Callable[[], int]) -> str:
    """Run in a process group of its own, so that nothing of it is left behind when it is stopped."""
    new: dict[str, Any] = {"start_new_session": sys.platform != "win32"}
    environment = os.environ | _ASIDE | {"TMPDIR": str(folder), "LC_ALL": "C.UTF-8"}
    try:
        process = subprocess.Popen(  # noqa: S603 (the program is the office that the caller found; no shell)
            arguments,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=environment,
            **new,
        )
    except OSError:
        return say("pdf.absent")
    try:
        if _ended(process, timeout, progress):
            return ""
    except BaseException:
        _stop(process)
        raise
    _stop(process)
    return say("pdf.late")


def _ended(process: "subprocess.Popen[bytes]", timeout: float, progress: Callable[[], int]) -> bool:
    """Waits for the end of the process; False when it makes nothing any more."""
    made, until = progress(), time.monotonic() + timeout
    while True:
        try:
            process.wait(min(_GLANCE, timeout))
            return True
        except subprocess.TimeoutExpired:
            now = progress()
            if now != made:
                made, until = now, time.monotonic() + timeout
            elif time.monotonic() >= until:
                return False


def _stop(process: "subprocess.Popen[bytes]") -> None:
    """End the process and all that it started."""
    if sys.platform == "win32":
        subprocess.run(["taskkill", "/F", "/T", "/PID", str(process.pid)], capture_output=True, check=False)  # noqa: S603, S607
    else:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _settle(profile: Path) -> None:
    """Write the settings of a fresh profile: no macro, no link followed, no update asked for, French."""
    user = profile / "user"
    user.mkdir(parents=True)
    (user / "registrymodifications.xcu").write_text("".join(_settings()), encoding="utf-8")


def _settings() -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<oor:items xmlns:oor="http://openoffice.org/2001/registry" '
    yield 'xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">\n'
    for path, name, value in _VALUES:
        yield f'<item oor:path="/org.openoffice.{path}"><prop oor:name="{name}" oor:op="fuse">'
        yield f"<value>{value}</value></prop></item>\n"
    yield "</oor:items>\n"
