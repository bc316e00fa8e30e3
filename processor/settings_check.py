"""What is wrong with the names in `seances.toml`: a setting that nobody reads would be believed and not be followed."""

from collections.abc import Iterator, Mapping
from typing import Any

from processor.reading.columns import SHEETS, normalised
from processor.reading.nearest import nearest

FOLDERS = ("documents", "modeles", "courriels", "pages", "sauvegardes")
_PARTS = ("dossiers", "courriel", "journal", "colonnes", "classeur")
_KEYS = {"dossiers": FOLDERS, "journal": ("url",), "classeur": ("signature",)}


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
    for part, known in _KEYS.items():
        for name, value in data.get(part, {}).items():
            if name not in known:
                yield f"[{part}] : le réglage « {name} » est inconnu.", _instead(name, known, "{}")
            elif not isinstance(value, str):
                yield (f"[{part}] : la valeur de « {name} » n’est pas un texte.",
                       f'mettez-la entre guillemets, par exemple {name} = "{name}".')  # fmt: skip
    yield from _wrong_columns(data.get("colonnes", {}))


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
