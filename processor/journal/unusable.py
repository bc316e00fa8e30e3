"""What a database says when the journal cannot be used, as the cause and the way out for a person."""

import errno
import sqlite3
from typing import Any

from processor.model.findings import Finding, Severity

_WHY = "sans journal, rien ne dit quels courriels sont déjà partis ; rien n’a été fait."
_ROOM = "libérez de la place sur ce disque, puis relancez."
_RIGHTS = "donnez à ce compte le droit d’écrire dans ce dossier et dans ce fichier, puis relancez."
_AGAIN = "vérifiez que ce dossier existe, qu’il est accessible en écriture et que le disque n’est pas plein, puis relancez."
_RESTORE = (
    "remettez à cette place la dernière sauvegarde du dossier où il se trouve. À défaut, renommez ce fichier et relancez : "
    "un journal neuf commence, et ce que « Participations » montre comme envoyé n’est pas renvoyé ; mais les courriels qui "
    "attendaient, ceux dont la remise n’est pas sûre et le registre des attestations sont perdus."
)
# Primary result codes, https://www.sqlite.org/rescode.html
_CAUSES = {
    sqlite3.SQLITE_FULL: ("le disque est plein", _ROOM),
    sqlite3.SQLITE_READONLY: ("l’écriture y est refusée", _RIGHTS),
    sqlite3.SQLITE_PERM: ("l’accès est refusé", _RIGHTS),
    sqlite3.SQLITE_CORRUPT: ("le fichier est abîmé", _RESTORE),
    sqlite3.SQLITE_NOTADB: ("le fichier est abîmé", _RESTORE),
    sqlite3.SQLITE_CANTOPEN: ("le fichier ne peut pas être ouvert", _AGAIN),
    sqlite3.SQLITE_IOERR: ("le disque ne répond pas ou est plein", _AGAIN),
    sqlite3.SQLITE_BUSY: ("un autre programme l’occupe", "attendez qu’il finisse, puis relancez."),
    sqlite3.SQLITE_LOCKED: ("un autre programme l’occupe", "attendez qu’il finisse, puis relancez."),
}
_SYSTEM = {
    errno.ENOSPC: ("le disque est plein", _ROOM),
    errno.EDQUOT: ("l’espace disque accordé est épuisé", _ROOM),
    errno.EACCES: ("l’accès est refusé", _RIGHTS),
    errno.EPERM: ("l’accès est refusé", _RIGHTS),
    errno.EROFS: ("l’écriture y est refusée", _RIGHTS),
    errno.EEXIST: ("un fichier porte le nom d’un dossier nécessaire", _AGAIN),
    errno.ENOTDIR: ("un fichier porte le nom d’un dossier nécessaire", _AGAIN),
}


def told(error: BaseException) -> tuple[str, str] | None:
    """The cause and the remedy of what SQLite refused, directly or through SQLAlchemy; None for any other error.

    >>> told(ValueError()) is None
    True
    """
    raw: Any = getattr(error, "orig", None) or error
    if not isinstance(raw, sqlite3.Error):
        return None
    code = getattr(raw, "sqlite_errorcode", None)
    # An extended code keeps the primary one in its last byte.
    return _CAUSES.get(code & 0xFF) if isinstance(code, int) else None


def unusable(where: str, error: Exception) -> Finding:
    """The finding of a journal that cannot be opened or read. `where` holds no password."""
    raw = getattr(error, "orig", None) or error
    said = str(raw).splitlines()[0] if str(raw) else type(raw).__name__
    number = raw.errno if isinstance(raw, OSError) else None
    cause, fix = told(error) or _SYSTEM.get(number or 0) or (f"la réponse est « {said} »", _AGAIN)
    return Finding("journal-inutilisable", Severity.STOP,
                   f"Le journal « {where} » ne peut pas être ouvert : {cause}.", _WHY, fix)  # fmt: skip


def unknown_address(scheme: str) -> Finding:
    """The finding of an address that leads nowhere. The address itself stays unsaid: it may hold a password."""
    begins = f", qui commence par « {scheme} »," if scheme else ""
    return Finding(
        "journal-inutilisable",
        Severity.STOP,
        f"L’adresse du journal{begins} ne mène à aucune base connue.",
        _WHY,
        'dans seances.toml, partie [journal], écrivez url = "postgresql://…", ou supprimez la ligne pour le journal habituel.',
    )
