"""PDF by LibreOffice: many documents a call, a profile of its own, a time limit, and results that are looked at."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any

_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:/Program Files/LibreOffice/program/soffice.com",
    "C:/Program Files (x86)/LibreOffice/program/soffice.com",
    "/usr/lib/libreoffice/program/soffice",
    "/opt/libreoffice/program/soffice",
    "/snap/bin/libreoffice",
)
_TOO_LONG = "LibreOffice n'a pas répondu à temps."
_NOTHING = "LibreOffice n'a pas pu faire le PDF de ce document."
_ASIDE = {"HTTP_PROXY": "http://127.0.0.1:9", "HTTPS_PROXY": "http://127.0.0.1:9", "NO_PROXY": ""}
_FILTER = "pdf:writer_pdf_Export"
_FEWEST, _MOST = 8, 200


def find_office() -> Path | None:
    """LibreOffice on this machine: the one of SEANCES_SOFFICE, else of the PATH, else of the usual places; or None."""
    named = os.environ.get("SEANCES_SOFFICE")
    if named:
        return Path(named) if Path(named).is_file() else None
    found = shutil.which("soffice") or shutil.which("libreoffice")
    if found:
        return Path(found)
    return next((Path(place) for place in _PLACES if Path(place).is_file()), None)


def convert(
    files: Sequence[Path], into: Path, office: Path, timeout: float | None = None, workers: int | None = None
) -> dict[Path, Path | str]:
    """The PDF of each file, in the folder `into` under the same name; where one could not be made, why, in French.

    Many documents go through one call, and as many calls run at once as there are workers, by default one a processor
    core; each has a profile of its own. The documents that failed are tried once more, each alone, because one document
    can break the others. `timeout` is in seconds for a call, by default a minute and two seconds a document. Of two
    files of one name the second is refused. Raises nothing for a document's sake.
    """
    into.mkdir(parents=True, exist_ok=True)
    accepted = {file.stem.casefold(): file for file in reversed(files)}
    wanted = [file for file in files if accepted[file.stem.casefold()] is file]
    calls = list(_shared(wanted, workers or os.cpu_count() or 1))
    made = _all(calls, into, office, timeout)
    failed = [[file] for file in wanted if isinstance(made[file], str)]
    if calls != failed:
        made |= _all(failed, into, office, timeout)
    return {file: made.get(file, "un autre document porte le même nom.") for file in files}


def _shared(files: Sequence[Path], workers: int) -> Iterator[list[Path]]:
    """The files in calls: enough for each worker to have one, none so small that its start costs more than its work."""
    size = max(_FEWEST, min(_MOST, -(-len(files) // workers)))
    return (list(files[start : start + size]) for start in range(0, len(files), size))


def _all(
    calls: Sequence[Sequence[Path]], into: Path, office: Path, timeout: float | None
) -> dict[Path, Path | str]:
    """All calls made, as many at once as there are processor cores."""
    with ThreadPoolExecutor(max_workers=os.cpu_count() or 1) as pool:
        results = pool.map(lambda files: _one(files, into, office, timeout), calls)
        return {file: result for done in results for file, result in done.items()}


def _one(files: Sequence[Path], into: Path, office: Path, timeout: float | None) -> dict[Path, Path | str]:
    return _checked(files, into, _call(files, into, office, timeout or 60 + 2 * len(files)))


def _call(files: Sequence[Path], into: Path, office: Path, timeout: float) -> str:
    """Run LibreOffice once on all files; the reason in French when it was stopped, else nothing."""
    if not files:
        return ""
    for file in files:
        (into / f"{file.stem}.pdf").unlink(missing_ok=True)
    with tempfile.TemporaryDirectory(prefix="seances-pdf-", ignore_cleanup_errors=True) as folder:
        profile = Path(folder, "profile")
        _settle(profile)
        arguments = [str(office), f"-env:UserInstallation={profile.as_uri()}", *_OPTIONS]
        arguments += [
            "--convert-to",
            _FILTER,
            "--outdir",
            str(into),
            *(str(file.resolve()) for file in files),
        ]
        return _run(arguments, Path(folder), timeout)


_OPTIONS = (
    "--headless",
    "--invisible",
    "--norestore",
    "--nologo",
    "--nodefault",
    "--nolockcheck",
    "--nofirststartwizard",
)


def _run(arguments: list[str], folder: Path, timeout: float) -> str:
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
        return "LibreOffice n'a pas pu démarrer."
    try:
        process.wait(timeout)
    except subprocess.TimeoutExpired:
        return _TOO_LONG
    finally:
        _stop(process)
    return ""


def _stop(process: "subprocess.Popen[bytes]") -> None:
    """End the process and all that it started."""
    if sys.platform == "win32":
        subprocess.run(["taskkill", "/F", "/T", "/PID", str(process.pid)], capture_output=True, check=False)  # noqa: S603, S607
    else:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _checked(files: Sequence[Path], into: Path, stopped: str) -> dict[Path, Path | str]:
    """Each file with its PDF when it is there and whole, else with the reason."""
    made = {file: into / f"{file.stem}.pdf" for file in files}
    return {file: pdf if _whole(pdf) else stopped or _NOTHING for file, pdf in made.items()}


def _whole(pdf: Path) -> bool:
    """Whether the file is a PDF from its first line to its last, with at least one page."""
    try:
        data = pdf.read_bytes()
    except OSError:
        return False
    return data.startswith(b"%PDF-") and b"%%EOF" in data[-64:] and b"/Page" in data


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
