"""What the person who installs sets: the file `seances.toml` beside the workbook, and where everything stands."""

import codecs
import contextlib
import hashlib
import os
import tomllib
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from processor.contract import SHEETS
from processor.model.catalogue import say
from processor.model.findings import Fault, Finding, Severity, Stopped
from processor.model.names import normalised
from processor.settings_check import wrong_names

FILE = "seances.toml"
PUBLIC_KEY = "cle-publique.pem"


@dataclass(frozen=True)
class Settings:
    """The settings of one workbook. Folders are absolute; `journal` is a path of a SQLite file or a database URL."""

    workbook: Path
    identity: str = ""
    documents: Path = Path()
    templates: Path = Path()
    mails: Path = Path()
    pages: Path = Path()
    backups: Path = Path()
    state: Path = Path()
    journal: str = ""
    keep_messages: int = 365  # days
    keep_people: int = 10  # years
    columns: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    mail: Mapping[str, Any] = field(default_factory=dict)
    break_signature: bool = False
    copy_of: str = ""  # the workbook that this one is a copy of, while it still exists

    @property
    def report(self) -> Path:
        """The summary of the last night."""
        return self.workbook.parent / "rapport.html"

    @property
    def log(self) -> Path:
        """The log: what was done and when, without any name of a person."""
        return self.workbook.parent / "seances.log"

    @property
    def transport(self) -> str:
        """How mails leave: `fichiers` by default."""
        return str(self.mail.get("transport", "fichiers"))

    @property
    def journal_place(self) -> Path | str:
        """Where the journal is: the URL of the settings, else a file of the state folder."""
        if "://" in self.journal:
            return self.journal
        if self.journal:
            return self.workbook.parent / self.journal
        return self.state / "journal.sqlite"

    @property
    def private_key(self) -> Path:
        """The key that signs attestations: in the state folder, away from the workbook and whoever may read it."""
        return self.state / "cle-privee.pem"

    @property
    def public_key(self) -> Path:
        """The public keys, beside the workbook: they travel with it, and may be given to anyone."""
        return self.workbook.parent / PUBLIC_KEY


def state_root() -> Path:
    """The state folder of whoever runs the program; SEANCES_STATE names another one."""
    named = os.environ.get("SEANCES_STATE")
    if named:
        return Path(named)
    from platformdirs import user_state_path

    return user_state_path("seances", appauthor=False)


def read_settings(workbook: Path) -> Settings:
    """The settings of a workbook, defaults where no file stands beside it. Raises Stopped when the file cannot be used."""
    workbook = standing(workbook)
    file = workbook.parent / FILE
    data = _parsed(file) if file.is_file() else {}
    folders = _table(file, data, "dossiers")
    mail = _table(file, data, "courriel")
    for part in ("journal", "colonnes", "classeur"):
        _table(file, data, part)
    if wrong := [*wrong_names(data)] or _taken_by_files(file.parent, folders):
        raise Stopped(_wrong(file, fault) for fault in wrong)
    identity = str(data.get("identite", ""))
    kept = _table(file, data, "journal")
    journal = str(kept.get("url", ""))
    parent = workbook.parent

    def folder(name: str, default: str) -> Path:
        return parent / str(folders.get(name, default))

    return Settings(
        workbook=workbook,
        identity=identity,
        documents=folder("documents", "documents"),
        templates=folder("modeles", "modeles"),
        mails=folder("courriels", "courriels"),
        pages=folder("pages", "pages"),
        backups=folder("sauvegardes", "sauvegardes"),
        state=_state(parent, journal) or state_root() / (identity or _anonymous(workbook)),
        journal=journal,
        keep_messages=int(kept.get("messages_jours", 365)),
        keep_people=int(kept.get("personnes_annees", 10)),
        columns={
            _sheet_name(sheet): {str(ours): str(theirs) for ours, theirs in names.items()}
            for sheet, names in data.get("colonnes", {}).items()
        },
        mail=mail,
        break_signature=_table(file, data, "classeur").get("signature") == "rompre",
    )


def _taken_by_files(parent: Path, folders: Mapping[str, Any]) -> list[Fault]:
    """The folders of the settings whose name is a file's: nothing could be written there."""
    return [
        Fault.of("reglages-illisibles", "folder-is-file", name=name, value=value)
        for name, value in folders.items()
        if (parent / str(value)).exists() and not (parent / str(value)).is_dir()
    ]


def standing(workbook: Path) -> Path:
    """Where the workbook itself stands: a link to it leads to the same settings and the same journal, so to no second mail."""
    try:
        return workbook.resolve() if workbook.is_symlink() else workbook.absolute()
    except (OSError, RuntimeError):  # links that lead to one another; reading the workbook says so
        return workbook.absolute()


def _sheet_name(typed: str) -> str:
    """The contract's name of a sheet, however its accents and capitals were typed."""
    return next((spec.name for spec in SHEETS if normalised(spec.name) == normalised(typed)), typed)


def _state(parent: Path, journal: str) -> Path | None:
    """The folder of a journal that the settings keep in a file: what else belongs to this workbook stands beside it."""
    return (parent / journal).parent if journal and "://" not in journal else None


def _parsed(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text("utf-8-sig"))
    except UnicodeDecodeError as error:
        wide = file.read_bytes()[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
        fault = Fault.of("reglages-illisibles", "encoding.utf-16" if wide else "encoding.other")
        raise Stopped([_wrong(file, fault)]) from error
    except (tomllib.TOMLDecodeError, OSError) as error:
        raise Stopped([_wrong(file, Fault.of("reglages-illisibles", "unreadable", error=error))]) from error


def _table(file: Path, data: Mapping[str, Any], name: str) -> dict[str, Any]:
    value = data.get(name, {})
    if not isinstance(value, dict):
        raise Stopped([_wrong(file, Fault.of("reglages-illisibles", "no-part", part=name))])
    return value


def _wrong(file: Path, fault: Fault) -> Finding:
    problem = say("reglages-illisibles.in-file", file=file.name, problem=fault.problem)
    return Finding(fault.code, Severity.STOP, problem, say("reglages-illisibles.why"), fault.fix)


def _anonymous(workbook: Path) -> str:
    """A state folder for a workbook without settings: by its path, since nothing else tells it apart."""
    return "sans-identite-" + hashlib.sha256(str(workbook).encode()).hexdigest()[:16]


def give_identity(workbook: Path) -> Settings:
    """The settings of the workbook, with an identity written to `seances.toml` if it has none yet.

    The identity ties the journal to the workbook, whatever its name or folder becomes.
    """
    settings = read_settings(workbook)
    if settings.identity:
        return settings
    file = settings.workbook.parent / FILE
    before = file.read_text("utf-8-sig") if file.is_file() else ""
    line = say("settings.identity", identity=uuid.uuid4()) + "\n"
    temporary = file.with_suffix(".toml.tmp")
    try:
        temporary.write_text(line + ("\n" + before if before else ""), "utf-8")
        temporary.replace(file)
    except OSError:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise
    return read_settings(workbook)
