"""What is wrong with the names in `seances.toml`: a setting that nobody reads would be believed and not be followed."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from processor.contract import SHEETS
from processor.model.catalogue import quoted, say, verbatim
from processor.model.findings import Fault
from processor.model.names import normalised
from processor.model.nearest import nearest

FOLDERS = ("documents", "modeles", "courriels", "pages", "sauvegardes")
_PARTS = ("dossiers", "courriel", "journal", "colonnes", "classeur")
_TEXT, _SWITCH = str, bool
_BOX: Mapping[str, object] = {"hote": _TEXT, "port": 993, "securite": _TEXT, "utilisateur": _TEXT, "dossier": _TEXT,
                              "fichier_mot_de_passe": _TEXT}  # fmt: skip
# What each setting is: a text, a switch, or a number of which this one is an example.
_KEYS: Mapping[str, Mapping[str, object]] = {
    "dossiers": dict.fromkeys(FOLDERS, _TEXT),
    "journal": {"url": _TEXT, "messages_jours": 365, "personnes_annees": 10},
    "classeur": {"signature": _TEXT},
    "courriel": {
        "transport": _TEXT, "fournisseur": _TEXT, "hote": _TEXT, "port": 587, "securite": _TEXT, "utilisateur": _TEXT,
        "par_minute": 20, "par_jour": 500, "copie": _TEXT, "verp": _SWITCH, "expediteur": _TEXT, "dossier": _TEXT,
        "fichier_mot_de_passe": _TEXT,
    },
    "courriel.dkim": {"domaine": _TEXT, "selecteur": _TEXT, "cle": _TEXT},
    "courriel.retours": _BOX,
    "courriel.copies": _BOX,
}  # fmt: skip
_INNER = ("dkim", "retours", "copies")
_SECURITY = ("starttls", "tls", "aucune")
# The settings that are one of a few words.
_CHOICES: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("courriel", "transport"): ("fichiers", "maildir", "smtp"),
    ("courriel", "securite"): _SECURITY,
    ("courriel.retours", "securite"): _SECURITY,
    ("courriel.copies", "securite"): _SECURITY,
    ("classeur", "signature"): ("rompre",),
}
_WHOLE = ("port", "messages_jours", "personnes_annees", "par_jour")
_MOST = {"port": 65_535, "messages_jours": 36_500, "personnes_annees": 100}
_IDENTITY = re.compile(r"[0-9A-Za-z][0-9A-Za-z_-]{0,99}")


def wrong_names(data: Mapping[str, Any]) -> Iterator[Fault]:
    """What is wrong: unknown parts, unknown folders, columns renamed that the contract has not.

    >>> [(fault.problem, fault.fix) for fault in wrong_names({"dossier": {}})]
    [('la partie [dossier] est inconnue.', 'écrivez [dossiers], ou supprimez-la.')]
    """
    for name, value in data.items():
        if name not in _PARTS and name != "identite":
            yield _unknown("unknown-part" if isinstance(value, dict) else "unknown", name, _PARTS, "[{}]")
    yield from _wrong_identity(data.get("identite", ""))
    for part, known in _KEYS.items():
        outer, _, inner = part.partition(".")
        table = data.get(outer, {})
        table = table.get(inner, {}) if inner else table
        yield from _wrong_values(part, table if isinstance(table, dict) else {}, known)
    yield from _wrong_folders(data.get("dossiers", {}))
    yield from _no_host(data.get("courriel", {}))
    yield from _wrong_columns(data.get("colonnes", {}))


def _fault(variant: str, **values: object) -> Fault:
    return Fault.of("reglages-illisibles", variant, **values)


def _unknown(variant: str, typed: str, known: Sequence[str], form: str, part: str = "") -> Fault:
    """The fault of a name that is none of those known; `form` shows how the nearest of them is written."""
    near = nearest(typed, known)
    fix = (
        say("reglages-illisibles.near.fix", near=form.format(near))
        if near
        else say("reglages-illisibles.fix", known=quoted(known[:12]))
    )
    return Fault(
        "reglages-illisibles", say(f"reglages-illisibles.{variant}.problem", name=typed, part=part), fix
    )


def _wrong_identity(value: object) -> Iterator[Fault]:
    """The identity names a folder of the state folder, so it must be one name, and lead nowhere else."""
    if value != "" and not (isinstance(value, str) and _IDENTITY.fullmatch(value)):
        yield _fault("identity")


def _wrong_folders(folders: object) -> Iterator[Fault]:
    """Folders that are the workbook's own, one above it, or none: what is swept or written there would be staff's."""
    for name, value in folders.items() if isinstance(folders, dict) else ():
        if name in FOLDERS and isinstance(value, str):
            parts = {part.strip() for part in re.split(r"[/\\]", value)}
            if parts <= {"", ".", ".."}:
                yield _fault("folder", name=name, value=value)


def _no_host(mail: object) -> Iterator[Fault]:
    if (
        isinstance(mail, dict)
        and mail.get("transport") == "smtp"
        and not (mail.get("hote") or mail.get("fournisseur"))
    ):
        yield _fault("no-host")


def _wrong_values(part: str, table: Mapping[str, Any], known: Mapping[str, object]) -> Iterator[Fault]:
    inner = _INNER if part == "courriel" else ()
    for name, value in table.items():
        if name in inner:
            if not isinstance(value, dict):
                yield _fault(
                    "no-inner-part.copies" if name == "copies" else "no-inner-part", part=part, name=name
                )
        elif name == "mot_de_passe":
            continue  # told where the mail account is read, with what to do about the password
        elif name not in known:
            yield _unknown("unknown-in-part", name, (*known, *inner), "{}", part)
        elif wrong := _wrong_value(part, name, value, known[name]):
            yield _fault(wrong, part=part, name=name, value=value, **_remedy(part, name, known[name]))


def _wrong_value(part: str, name: str, value: object, kind: object) -> str:
    """The variant of the fault of a value, or nothing where it is as it should be."""
    choices = _CHOICES.get((part, name), ())
    if kind == _TEXT and not isinstance(value, str):
        return "no-text"
    if isinstance(value, str) and "\0" in value:
        return "nul"
    if choices and value not in choices:
        return "choice" if len(choices) > 1 else "choice.only"
    if kind == _SWITCH and not isinstance(value, bool):
        return "no-switch"
    return _wrong_number(name, value) if isinstance(kind, int) else ""


def _wrong_number(name: str, value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, int | float) or value <= 0:
        return "no-number"
    outside = value != value or value > _most(name)  # noqa: PLR0124 - not a number
    if name in _WHOLE:
        return "range.whole" if outside or value != int(value) else ""
    return "range" if outside else ""


def _most(name: str) -> int:
    return _MOST.get(name, 1_000_000)


def _remedy(part: str, name: str, example: object) -> dict[str, object]:
    """The values of a setting's remedy: its choices as they are written, its greatest number, an example."""
    choices = say("or").join(f'{name} = "{choice}"' for choice in _CHOICES.get((part, name), ()))
    return {"choices": choices, "most": _most(name), "example": example}


def _wrong_columns(columns: Mapping[str, Any]) -> Iterator[Fault]:
    sheets = {normalised(spec.name): spec for spec in SHEETS}
    for sheet, renames in columns.items():
        spec = sheets.get(normalised(sheet))
        if not isinstance(renames, dict):
            yield _fault("no-sheet", name=sheet, example=SHEETS[0].name)
        elif spec is None:
            yield _unknown("unknown-sheet", sheet, [spec.name for spec in SHEETS], '[colonnes."{}"]')
        else:
            yield from _wrong_renames(sheet, renames, [column.header for column in spec.columns])


def _wrong_renames(sheet: str, renames: Mapping[str, Any], headers: Sequence[str]) -> Iterator[Fault]:
    for ours, theirs in renames.items():
        if normalised(ours) not in {normalised(header) for header in headers}:
            yield _unknown("unknown-column", ours, headers, verbatim("settings.rename"), sheet)
        elif not isinstance(theirs, str) or not theirs.strip():
            yield _fault("no-title", part=sheet, name=ours)
