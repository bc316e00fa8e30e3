"""Makes what is made from the code: docs/classeur.md from the table of columns, docs/messages.md from the examples of the catalogue, and the
parts of docs/modeles.md that give the placeholders and the words of the mails without a document.

`python docs/make.py`. Tests keep both pages equal to what is made.
"""

import sys
from pathlib import Path

from processor.contract import SHEETS
from processor.contract.parameters import SETTINGS
from processor.documents.placeholders.guide import updated
from processor.model import NOTICES
from processor.model.findings import Severity, finding_text
from processor.model.sheets import Column, SheetSpec

sys.path.insert(0, str(Path(__file__).parent))

import catalogue

PAGE = Path(__file__).parent / "classeur.md"
MESSAGES = Path(__file__).parent / "messages.md"
TEMPLATES = Path(__file__).parent / "modeles.md"
_START, _END = "<!-- mots des messages : début -->", "<!-- mots des messages : fin -->"
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
        *(_column(spec, column) for column in spec.columns),
        "",
    ]
    return "\n".join(lines)


def _column(spec: SheetSpec, column: Column) -> str:
    choices = " · ".join(column.choices)
    what = " ".join(part for part in (spec.help_of(column), f"({choices})" if choices else "") if part)
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


_MESSAGES = """# Les messages

Ce que le programme dit quand quelque chose ne va pas : où, quoi, pourquoi, que faire. Le mot entre crochets à la fin d’un message est son
code ; cherchez-le dans cette page. Chaque exemple est ce que le programme répond vraiment, à un classeur fait pour cela.

* **Traitement arrêté** : rien n’est fait ni changé tant que ce n’est pas corrigé.
* **Ligne laissée de côté** : rien n’est produit pour cette ligne ; toutes les autres sont traitées.
* **À vérifier** : la ligne est traitée ; le message dit comment.

Corrigez la cellule, enregistrez : la nuit suivante, la marque orange et le texte de « Contrôle » disparaissent d’eux-mêmes.
"""
_PARTS = (
    (Severity.ROW, "Des lignes laissées de côté"),
    (Severity.NOTE, "Des points à vérifier"),
    (Severity.STOP, "Un traitement arrêté"),
)


def messages() -> str:
    """The page of all findings, each with its example."""
    examples = [found for code in catalogue.CODES if (found := catalogue.example(code))]
    parts = [_MESSAGES]
    for severity, title in _PARTS:
        parts += [f"## {title}", ""]
        for found in examples:
            if found.severity is severity:
                parts += [f"### {found.code}", "", "```", finding_text(found), "```", ""]
    return "\n".join(parts)


def with_words(page: str) -> str:
    """The page of templates with the program's own words made again between its two marks."""
    before, _, rest = page.partition(_START)
    _, _, after = rest.partition(_END)
    parts = [
        f"**{notice.label}**, objet : `{notice.subject}`\n\n```\n{notice.message}\n```\n"
        for notice in NOTICES
    ]
    return "\n".join([before + _START, *parts, _END + after])


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
    MESSAGES.write_text(messages(), "utf-8")
    TEMPLATES.write_text(updated(with_words(TEMPLATES.read_text("utf-8"))), "utf-8")
