"""Where the password of the mail account is kept: anywhere but in a file that people share."""

import os
import stat
import sys
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path

from processor.model.findings import Finding, Severity, Stopped

VARIABLE = "SEANCES_SMTP_PASSWORD"
KEYRING = "seances"


def password(
    user: str, file: Path | None = None, environ: Mapping[str, str] = os.environ, protocol: str = "smtp"
) -> str:
    """The password of `user`, or "" when none is found. `protocol` is smtp or imap: credentials and variables are named by it.

    Looked for in this order: a systemd credential, the keyring of the system, the file named in seances.toml if
    nobody else can read it, the environment last, which other programs of the same user can see. Raises `Stopped` when
    the file can be read by others.
    """
    variable = VARIABLE.replace("SMTP", protocol.upper())
    return _credential(environ, protocol) or _keyring(user) or _file(file) or environ.get(variable, "")


def _credential(environ: Mapping[str, str], protocol: str) -> str:
    folder = environ.get("CREDENTIALS_DIRECTORY")
    path = Path(folder) / f"{protocol}-password" if folder else None
    return path.read_text("utf-8").strip("\r\n") if path and path.is_file() else ""


def _keyring(user: str) -> str:
    try:
        return str(import_module("keyring").get_password(KEYRING, user) or "")
    except Exception:  # a keyring that is absent or locked, as in a job of the night, is no keyring
        return ""


def _file(path: Path | None) -> str:
    if path is None or not path.is_file():
        return ""
    kept_to_oneself(path)
    return path.read_text("utf-8").strip("\r\n")


def kept_to_oneself(path: Path) -> None:
    """Raises `Stopped` when others than its owner may read a file that holds a secret."""
    if sys.platform != "win32" and path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise Stopped([_open_to_others(path)])


def _open_to_others(path: Path) -> Finding:
    return Finding.of("mot-de-passe-expose", Severity.STOP, path=path)
