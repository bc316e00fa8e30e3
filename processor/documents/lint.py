"""All that can be said of a template before any document is made of it."""

import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from processor.documents.checks import problems
from processor.documents.mentions import missing
from processor.documents.problems import Problem, TemplateProblem
from processor.documents.template import Template
from processor.documents.trial import ODD_NAMES, odd_contexts
from processor.documents.usage import read_tree
from processor.model import Kind


def lint(path: Path, kind: Kind, contexts: Iterable[Mapping[str, Any]] = ()) -> tuple[Problem, ...]:
    """What is wrong with the template of a file for documents of this kind; the serious problems come first.

    The template is read, each of its names is checked, then it is filled for real: with invented facts that are long,
    empty, foreign or look like tags, and with the contexts given. Missing mentions are notes. Never raises for a
    template's sake, and leaves no file.
    """
    try:
        template = Template.load(path)
    except TemplateProblem as error:
        return error.problems
    given = list(contexts)
    found = list(problems(template, kind, given[0] if given else None))
    if not found:
        found += _tried(template, [*odd_contexts(kind), *given])
    return (*dict.fromkeys(found), *missing(kind, names_of(template)))


def names_of(template: Template) -> set[str]:
    """Every name that the template uses, with those of its loops' elements."""
    return {name for tree in template.trees() for name in read_tree(tree, {}).everything}


def _tried(template: Template, contexts: list[Mapping[str, Any]]) -> Iterator[Problem]:
    """The problems of filling the template with each context in turn."""
    for context in contexts:
        try:
            filled = template.render(context)
        except TemplateProblem as error:
            yield from error.problems
        else:
            yield from _looked_at(filled)


def _looked_at(filled: bytes) -> Iterator[Problem]:
    """What is wrong with a filled document: a part that Word could not read, a placeholder left in the text."""
    from lxml import etree

    with zipfile.ZipFile(io.BytesIO(filled)) as package:
        for name in package.namelist():
            if name.startswith("word/") and name.endswith(".xml"):
                data = package.read(name)
                try:
                    text = "".join(str(piece) for piece in etree.fromstring(data).itertext())
                except etree.XMLSyntaxError:
                    yield _unreadable()
                else:
                    yield from _left(text)


def _left(text: str) -> Iterator[Problem]:
    for odd in ODD_NAMES:
        text = text.replace(odd, "") if odd else text
    if "{{" in text or "{%" in text:
        start = max(0, min(place for place in (text.find("{{"), text.find("{%")) if place >= 0) - 20)
        yield Problem(
            "balise-restante",
            "Une balise reste telle quelle dans le document rempli.",
            "le destinataire lirait un code au lieu d'un mot.",
            "récrivez cette balise d'un seul trait, sans mise en forme à l'intérieur.",
            text=text[start : start + 60],
        )


def _unreadable() -> Problem:
    return Problem(
        "modele-decousu",
        "Le document rempli ne pourrait pas être ouvert dans Word.",
        "une boucle ou une condition s'ouvre à un endroit et se ferme à un autre qui ne lui correspond pas.",
        "ouvrez et fermez chaque « {% %} » dans la même cellule ; pour répéter une ligne de tableau, écrivez « {%tr for … %} ».",
    )
