"""What is wrong with the names in `seances.toml`: a setting that nobody reads would be believed and not be followed."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from processor.contract import SHEETS
from processor.model.names import normalised
from processor.model.nearest import nearest

FOLDERS = ("documents", "modeles", "courriels", "pages", "sauvegardes")
_PARTS = ("dossiers", "courriel", "journal", "colonnes", "classeur")
_TEXT, _SWITCH = "un texte", "ni true ni false"
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


def wrong_names(data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Pairs of problem and remedy: unknown parts, unknown folders, columns renamed that the contract has not.

    >>> list(wrong_names({"dossier": {}}))
    [('la partie [dossier] est inconnue.', 'écrivez [dossiers], ou supprimez-la.')]
    """
    for name, value in data.items():
        if name not in _PARTS and name != "identite":
            what = f"la partie [{name}]" if isinstance(value, dict) else f"le réglage « {name} »"
            yield (
                f"{what} est inconnue.".replace("» est inconnue", "» est inconnu"),
                _instead(name, _PARTS, "[{}]"),
            )
    yield from _wrong_identity(data.get("identite", ""))
    for part, known in _KEYS.items():
        outer, _, inner = part.partition(".")
        table = data.get(outer, {})
        table = table.get(inner, {}) if inner else table
        yield from _wrong_values(part, table if isinstance(table, dict) else {}, known)
    yield from _wrong_folders(data.get("dossiers", {}))
    yield from _no_host(data.get("courriel", {}))
    yield from _wrong_columns(data.get("colonnes", {}))


def _wrong_identity(value: object) -> Iterator[tuple[str, str]]:
    """The identity names a folder of the state folder, so it must be one name, and lead nowhere else."""
    if value != "" and not (isinstance(value, str) and _IDENTITY.fullmatch(value)):
        yield ("« identite » n’est pas une suite de lettres, de chiffres et de tirets.",
               "remettez celle d’une sauvegarde de ce fichier (elle relie le classeur à son journal d’envois), ou supprimez la ligne si le classeur n’a jamais servi.")  # fmt: skip


def _wrong_folders(folders: object) -> Iterator[tuple[str, str]]:
    """Folders that are the workbook's own, one above it, or none: what is swept or written there would be staff's."""
    for name, value in folders.items() if isinstance(folders, dict) else ():
        if name in FOLDERS and isinstance(value, str):
            parts = {part.strip() for part in re.split(r"[/\\]", value)}
            if parts <= {"", ".", ".."}:
                yield (f"[dossiers] : « {value} » ne peut pas être le dossier « {name} ».",
                       f'écrivez le nom d’un dossier à côté du classeur, par exemple {name} = "{name}", ou un chemin entier.')  # fmt: skip


def _no_host(mail: object) -> Iterator[tuple[str, str]]:
    if (
        isinstance(mail, dict)
        and mail.get("transport") == "smtp"
        and not (mail.get("hote") or mail.get("fournisseur"))
    ):
        yield ("[courriel] : il manque « hote », le serveur qui envoie les courriels.",
               'ajoutez hote = "smtp.exemple.fr", ou fournisseur = "ovh" (ou gmail, microsoft365, brevo).')  # fmt: skip


def _wrong_values(
    part: str, table: Mapping[str, Any], known: Mapping[str, object]
) -> Iterator[tuple[str, str]]:
    inner = _INNER if part == "courriel" else ()
    for name, value in table.items():
        if name in inner:
            if not isinstance(value, dict):
                yield (f"[{part}] : « {name} » devrait être une partie [{part}.{name}].",
                       f"écrivez [{part}.{name}] au-dessus de ses réglages"
                       + (" (une adresse à qui tout est copié s’écrit copie = …)." if name == "copies" else "."))  # fmt: skip
        elif name == "mot_de_passe":
            continue  # told where the mail account is read, with what to do about the password
        elif name not in known:
            yield f"[{part}] : le réglage « {name} » est inconnu.", _instead(name, (*known, *inner), "{}")
        else:
            yield from _wrong_value(part, name, value, known[name])


def _wrong_value(part: str, name: str, value: object, kind: object) -> Iterator[tuple[str, str]]:
    wrong = f"[{part}] : la valeur de « {name} » n’est "
    if kind == _TEXT and not isinstance(value, str):
        yield f"{wrong}pas un texte.", f'mettez-la entre guillemets, par exemple {name} = "{name}".'
    elif isinstance(value, str) and "\0" in value:
        yield (
            f"{wrong}pas un texte que l’on puisse lire.",
            f'écrivez-la de nouveau, par exemple {name} = "{name}".',
        )
    elif (part, name) in _CHOICES and value not in _CHOICES[part, name]:
        known = _CHOICES[part, name]
        yield (f"[{part}] : {name} = « {value} » n’est pas possible.",
               "écrivez " + " ou ".join(f'{name} = "{choice}"' for choice in known)
               + (", ou supprimez la ligne." if len(known) == 1 else "."))  # fmt: skip
    elif kind == _SWITCH and not isinstance(value, bool):
        yield f"{wrong}{_SWITCH}.", f"écrivez {name} = true, ou supprimez la ligne."
    elif isinstance(kind, int) and (
        isinstance(value, bool) or not isinstance(value, int | float) or value <= 0
    ):
        yield (
            f"{wrong}pas un nombre plus grand que zéro.",
            f"écrivez un nombre sans guillemets, par exemple {name} = {kind}.",
        )
    elif isinstance(kind, int) and isinstance(value, int | float):
        most = _MOST.get(name, 1_000_000)
        if value != value or value > most or (name in _WHOLE and value != int(value)):  # noqa: PLR0124 - not a number
            whole = "entier " if name in _WHOLE else ""
            yield (f"{wrong}pas un nombre {whole}de 1 à {most}.",
                   f"écrivez par exemple {name} = {kind}.")  # fmt: skip


def _wrong_columns(columns: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    sheets = {normalised(spec.name): spec for spec in SHEETS}
    for sheet, renames in columns.items():
        if not isinstance(renames, dict):
            yield (f"[colonnes] : « {sheet} » n’est dans la partie d’aucune feuille.",
                   f'écrivez au-dessus le nom de la feuille, par exemple [colonnes."{SHEETS[0].name}"].')  # fmt: skip
            continue
        spec = sheets.get(normalised(sheet))
        if spec is None:
            names = [spec.name for spec in SHEETS]
            yield (
                f"[colonnes] : la feuille « {sheet} » est inconnue.",
                _instead(sheet, names, '[colonnes."{}"]'),
            )
            continue
        headers = {normalised(column.header): column.header for column in spec.columns}
        for ours, theirs in renames.items():
            if normalised(ours) not in headers:
                yield (f"[colonnes.\"{sheet}\"] : « {ours} » n’est pas une colonne du programme.",
                       _instead(ours, list(headers.values()), '"{}" = …'))  # fmt: skip
            elif not isinstance(theirs, str) or not theirs.strip():
                yield (f"[colonnes.\"{sheet}\"] : le titre donné à « {ours} » n’est pas un texte.",
                       f'écrivez-le entre guillemets, par exemple "{ours}" = "Intitulé".')  # fmt: skip


def _instead(typed: str, known: tuple[str, ...] | list[str], form: str) -> str:
    near = nearest(typed, known)
    names = ", ".join(f"« {name} »" for name in known[:12])
    return (
        f"écrivez {form.format(near)}, ou supprimez-la."
        if near
        else f"supprimez-la, ou choisissez parmi {names}."
    )
