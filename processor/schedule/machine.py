"""The machine and the person for whom something is scheduled."""

import getpass
import os
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

_RUN = Path("/run")


@dataclass(frozen=True)
class Owner:
    """Who will run the night: the home folder, the account name, and its number (0 is root; Windows has none: 1)."""

    home: Path
    user: str
    uid: int = 1


def owner_of(home: Path, user: str = "", uid: int | None = None) -> Owner:
    """The account with this home; its name and number, when they are not given, are those of who runs this program."""
    if not user:
        domain = os.environ.get("USERDOMAIN", "") if sys.platform == "win32" else ""
        user = f"{domain}\\{_login()}" if domain else _login()
    return Owner(home, user, _uid() if uid is None else uid)


def detect() -> str:
    """The scheduler of this machine: `windows`, `launchd`, `systemd` where it runs for this account, else `cron`.

    An account without a running user manager (no session open, no lingering) cannot install user units: it gets cron.
    """
    if sys.platform == "win32":
        return "windows"
    if sys.platform == "darwin":
        return "launchd"
    number = _uid()
    running = _RUN / "systemd/system" if number == 0 else _RUN / f"user/{number}/systemd"
    return "systemd" if running.is_dir() and shutil.which("systemctl") else "cron"


def _login() -> str:
    """The name of the account, or its number: an account of a container may have no name."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return str(_uid())


def _uid() -> int:
    return os.getuid() if hasattr(os, "getuid") else 1
