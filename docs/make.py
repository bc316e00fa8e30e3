"""Makes docs/classeur.md from the table of columns: `python docs/make.py`. A test keeps the page equal to it."""

from pathlib import Path

from processor.reading.columns import SETTINGS, SHEETS, Column, SheetSpec

PAGE = Path(__file__).parent / "classeur.md"
_INTRODUCTION = """# Le classeur

Les feuilles et les titres de colonnes que le programme reconnaît, quels que soient la casse, les accents, les apostrophes, les espaces,
l’ordre des colonnes et ce qui est écrit au-dessus des titres. Seule la feuille « Séances ouvertes » est indispensable. Les autres feuilles
et colonnes sont à vous : le programme n’y touche pas, et elles suivent leur ligne.

Les dates sont de vraies dates d’Excel, ou ce que l’on tape en français : `12/09/2026 14h30`, `12 sept. 2026 à 14:30`,
`samedi 12 septembre 2026`. Le jour vient avant le mois, l’année a quatre chiffres. Ce qui est ambigu est refusé, avec un exemple.

L’astérisque marque les colonnes indispensables. À la place des deux dates d’une séance, on peut avoir « Date », « Heure de début » et
« Heure de fin ». Un classeur qui a d’autres titres se déclare dans `seances.toml`, partie `[colonnes."Nom de la feuille"]`.
"""


def page() -> str:
    """The whole page."""
    return "\n".join((_INTRODUCTION, *(_sheet(spec) for spec in SHEETS), _settings()))


def _sheet(spec: SheetSpec) -> str:
    lines = [f"## {spec.name}", ""]
    if spec.help:
        lines += [spec.help, ""]
    lines += [
        "| colonne | autres titres reconnus | ce qu’on y met |",
        "|---|---|---|",
        *(_column(column) for column in spec.columns),
        "",
    ]
    return "\n".join(lines)


def _column(column: Column) -> str:
    choices = " · ".join(column.choices)
    what = " ".join(part for part in (column.help, f"({choices})" if choices else "") if part)
    star = "\\*" if column.required else ""
    return f"| {column.header}{star} | {', '.join(column.spellings)} | {what} |"


def _settings() -> str:
    lines = [
        "## Les paramètres",
        "",
        "| nom | ce qu’il règle |",
        "|---|---|",
        *(f"| {s.name} | {s.help} |" for s in SETTINGS),
        "",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
