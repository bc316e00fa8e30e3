"""From what Jinja says of a template to what a member of staff can mend."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from processor.documents.lint.problems import Problem
from processor.documents.lint.usage import Misuse, read_tree
from processor.documents.placeholders import placeholders
from processor.documents.template.slots import NotAPicture
from processor.model import Kind, Notice, french

_WHY = "un mot inconnu laisserait un trou dans le document envoyé."
_WHY_SYNTAX = "le modèle ne peut pas être lu, donc aucun document ne peut en être tiré."
_LONGEST_QUOTE = 90
_BLOCK = re.compile(r"{%[-+]?\s*((?:end)?(?:for|if|macro|call|filter|with))\b")
_BLOCKS = {
    "endfor": "une boucle « {% for … %} » n'est pas fermée par « {% endfor %} »",
    "endif": "une condition « {% if … %} » n'est pas fermée par « {% endif %} »",
}


@dataclass(frozen=True)
class Source:
    """A piece of a template as Jinja reads it, one paragraph a line, and what a person calls that piece."""

    code: str
    label: str = ""

    def place(self, line: int) -> str:
        """Where a line stands, in words; in a table when a table is open there."""
        before = "\n".join(self.code.split("\n")[: line - 1]) + "\n"
        table = before.count("<w:tbl>") > before.count("</w:tbl>")
        return f"{self.label}, dans un tableau" if table else self.label

    def text(self, line: int) -> str:
        """What a person sees on the line."""
        found = self.code.split("\n")
        shown = re.sub(r"<[^>]*>", "", found[line - 1]) if 0 < line <= len(found) else ""
        return shortened(shown.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"))


def shortened(text: str) -> str:
    """The text on one line, cut where a person has read enough to find it.

    >>> shortened("un\\n  texte")
    'un texte'
    """
    shown = " ".join(text.split())
    return shown if len(shown) <= _LONGEST_QUOTE else shown[: _LONGEST_QUOTE - 1].rstrip() + "…"


def explained(error: Exception, source: Source, context: Mapping[str, Any]) -> tuple[Problem, ...]:
    """Why the piece could not be read or filled: each unknown name, or the one fault that stopped it."""
    from jinja2 import TemplateSyntaxError, UndefinedError
    from jinja2.exceptions import SecurityError

    from processor.documents.sandbox.guards import PictureAsText

    if isinstance(error, TemplateSyntaxError):
        return (syntax(error, source),)
    if isinstance(error, UndefinedError):
        found = unknown_names(source, context)
        return found or (_plain_unknown(str(error), source),)
    if isinstance(error, SecurityError):
        return (_forbidden(source),)
    if isinstance(error, PictureAsText):
        return (_picture_as_text(source),)
    if isinstance(error, NotAPicture):
        return (no_picture(),)
    if isinstance(error, RecursionError | MemoryError | OverflowError):
        return (_forbidden(source),)
    return (_failed(source),)


def unknown_names(
    source: Source, shape: Mapping[str, Any], kind: Kind | Notice | None = None
) -> tuple[Problem, ...]:
    """A problem for each name of the piece that leads nowhere in a context of this shape, or why it cannot be read."""
    from jinja2 import TemplateSyntaxError

    from processor.documents.sandbox.sandbox import parsed

    try:
        tree = parsed(source.code)
    except TemplateSyntaxError as error:
        return (syntax(error, source),)
    misuses = {misuse.written: misuse for misuse in reversed(read_tree(tree, shape).misuses)}
    return tuple(_unknown(misuse, source, kind) for misuse in reversed(misuses.values()))


def _unknown(misuse: Misuse, source: Source, kind: Kind | Notice | None) -> Problem:
    place, text = source.place(misuse.line), source.text(misuse.line)
    elsewhere = next(
        (one for one in placeholders.placeholders() if one.name == misuse.written and not one.loop), None
    )
    if kind is not None and elsewhere is not None and kind not in elsewhere.kinds:
        return _wrong_kind(misuse, kind, elsewhere.kinds, place, text)
    near = nearest(misuse)
    fix = f"écrivez « {near} »." if near else "choisissez un mot de la liste de la feuille « Mode d'emploi »."
    problem = f"« {misuse.written} » n'existe pas."
    return Problem("balise-inconnue", problem, _WHY, fix, near, place, text)


def _wrong_kind(
    misuse: Misuse, kind: Kind | Notice, kinds: frozenset[Kind | Notice], place: str, text: str
) -> Problem:
    names = placeholders.kinds_in_words(kinds)
    loop = "{% for seance in seances %}{{ " + misuse.written + " }}{% endfor %}"
    fix = (
        f"écrivez une boucle : « {loop} »."
        if misuse.written.startswith("seance.")
        else "retirez ce mot du modèle."
    )
    return Problem(
        "balise-autre-type",
        f"« {misuse.written} » n'a pas de sens dans un modèle « {kind.value} ».",
        f"ce mot appartient aux modèles suivants : {names}.",
        fix,
        "",
        place,
        text,
    )


def nearest(misuse: Misuse) -> str:
    """The accepted name that people most likely meant, or nothing.

    >>> nearest(Misuse("seance.nim", "nim", 1, ("seance.nom", "seance.lieu")))
    'seance.nom'
    >>> nearest(Misuse("prenom", "prenom", 1, ("seance", "personne.prenom")))
    'personne.prenom'
    """
    from rapidfuzz import fuzz, process, utils

    same = [name for name in misuse.possible if name.rpartition(".")[2] == misuse.step]
    if same:
        return same[0]
    found = process.extractOne(
        misuse.written, misuse.possible, scorer=fuzz.ratio, processor=utils.default_process, score_cutoff=62
    )
    return str(found[0]) if found else ""


def syntax(error: Any, source: Source) -> Problem:
    """What a syntax error of Jinja means to the person who wrote the template."""
    problem, fix = _reworded(error.message or "")
    line = (_unclosed(source.code) if "Unexpected end" in (error.message or "") else 0) or error.lineno or 1
    return Problem("modele-illisible", problem, _WHY_SYNTAX, fix, "", source.place(line), source.text(line))


def _unclosed(code: str) -> int:
    """The line of the innermost loop or condition that is never closed, or 0."""
    opened: list[tuple[str, int]] = []
    for line, text in enumerate(code.split("\n"), start=1):
        for word in _BLOCK.findall(text):
            if not word.startswith("end"):
                opened.append((word, line))
            elif opened and opened[-1][0] == word.removeprefix("end"):
                opened.pop()
    return opened[-1][1] if opened else 0


def _reworded(message: str) -> tuple[str, str]:
    for word, problem in _BLOCKS.items():
        if word in message and ("Unexpected end" in message or "looking for" in message):
            return f"Dans le modèle, {problem}.", f"ajoutez « {{% {word} %}} » à l'endroit voulu."
    tag = re.search(r"unknown tag '(\w+)'", message)
    if tag and tag[1] in ("p", "tr", "tc", "r"):
        return f"« {{% {tag[1]} » est mal écrit.", f"écrivez « {{%{tag[1]} », sans espace après « % »."
    if tag:
        return (
            f"« {{% {tag[1]} %}} » n'est pas attendu ici.",
            "vérifiez que chaque « {% for %} » a son « {% endfor %} » et chaque « {% if %} » son « {% endif %} ».",
        )
    filter_name = re.search(r"No filter named '(\w+)'", message)
    if filter_name:
        return f"« | {filter_name[1]} » n'existe pas.", f"retirez « | {filter_name[1]} »."
    return (
        "Une balise est mal écrite.",
        "une balise s'écrit entre deux accolades ouvrantes et deux fermantes, par exemple « {{ seance.nom }} ».",
    )


def _plain_unknown(message: str, source: Source) -> Problem:
    name = french.listed(re.findall(r"'([^']*)'$", message)) or "ce mot"
    fix = "vérifiez le nom de la colonne ou du mot dans la feuille « Mode d'emploi »."
    return Problem("balise-inconnue", f"« {name} » n'existe pas.", _WHY, fix, "", source.label)


def _forbidden(source: Source) -> Problem:
    return Problem(
        "modele-interdit",
        "Le modèle demande ce qu'un modèle n'a pas le droit de faire, ou un document démesuré.",
        "un modèle ne fait que placer des mots ; tout le reste est refusé, par sécurité.",
        "n'employez que les mots de la feuille « Mode d'emploi », « {% if %} » et « {% for %} ».",
        "",
        source.label,
    )


def _picture_as_text(source: Source) -> Problem:
    return Problem(
        "balise-image",
        "Une image est demandée au milieu du texte.",
        "une image ne peut pas être écrite avec des lettres.",
        "insérez une image quelconque dans le modèle et donnez-lui cette balise comme texte de remplacement.",
        "",
        source.label,
    )


def no_picture(name: str = "") -> Problem:
    """A picture of the template asks for something that is no picture."""
    asked = f" (« {{{{ {name} }}}} »)" if name else ""
    return Problem(
        "balise-image",
        f"Le texte de remplacement d'une image demande ce qui n'est pas une image{asked}.",
        "l'image ne pourrait pas être montrée.",
        "écrivez le nom d'une image de la feuille « Mode d'emploi », ou un texte de remplacement sans accolades.",
    )


def _failed(source: Source) -> Problem:
    return Problem(
        "modele-incalculable",
        "Une balise du modèle ne peut pas être calculée.",
        _WHY_SYNTAX,
        "n'employez que les mots de la feuille « Mode d'emploi », « {% if %} » et « {% for %} ».",
        "",
        source.label,
    )
