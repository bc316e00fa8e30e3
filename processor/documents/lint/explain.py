"""From what Jinja says of a template to what a member of staff can mend."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from processor.documents.lint.problems import Problem
from processor.documents.lint.usage import Misuse, read_tree
from processor.documents.placeholders import placeholders
from processor.documents.template.slots import NotAPicture
from processor.model import Kind
from processor.model.catalogue import say

_LONGEST_QUOTE = 90
_BLOCK = re.compile(r"{%[-+]?\s*((?:end)?(?:for|if|macro|call|filter|with))\b")


@dataclass(frozen=True)
class Source:
    """A piece of a template as Jinja reads it, one paragraph a line, and what a person calls that piece."""

    code: str
    label: str = ""

    def at(self, line: int) -> tuple[str, str]:
        """Where a line stands, in words, and what a person sees on it."""
        return self.place(line), self.text(line)

    def place(self, line: int) -> str:
        """Where a line stands, in words; in a table when a table is open there."""
        before = "\n".join(self.code.split("\n")[: line - 1]) + "\n"
        table = before.count("<w:tbl>") > before.count("</w:tbl>")
        return say("template.table", part=self.label) if table else self.label

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
        return unknown_names(source, context) or (_unknown_value(str(error), source),)
    if isinstance(error, SecurityError | RecursionError | MemoryError | OverflowError):
        return (Problem.of("modele-interdit", at=(source.label, "")),)
    if isinstance(error, PictureAsText):
        return (Problem.of("balise-image", "text", at=(source.label, "")),)
    if isinstance(error, NotAPicture):
        return (Problem.of("balise-image"),)
    return (Problem.of("modele-incalculable", at=(source.label, "")),)


def unknown_names(source: Source, shape: Mapping[str, Any], kind: Kind | None = None) -> tuple[Problem, ...]:
    """A problem for each name of the piece that leads nowhere in a context of this shape, or why it cannot be read."""
    from jinja2 import TemplateSyntaxError

    from processor.documents.sandbox.sandbox import parsed

    try:
        tree = parsed(source.code)
    except TemplateSyntaxError as error:
        return (syntax(error, source),)
    misuses = {misuse.written: misuse for misuse in reversed(read_tree(tree, shape).misuses)}
    return tuple(_unknown(misuse, source, kind) for misuse in reversed(misuses.values()))


def _unknown(misuse: Misuse, source: Source, kind: Kind | None) -> Problem:
    at, written = source.at(misuse.line), misuse.written
    elsewhere = next(
        (one for one in placeholders.placeholders() if one.name == written and not one.loop), None
    )
    if kind is not None and elsewhere is not None and kind not in elsewhere.kinds:
        variant = "loop" if written.startswith("seance.") else ""
        kinds = placeholders.kinds_in_words(elsewhere.kinds)
        return Problem.of("balise-autre-type", variant, written=written, kind=kind.label, kinds=kinds, at=at)
    near = nearest(misuse)
    return Problem.of("balise-inconnue", "near" if near else "", written=written, near=near, at=at)


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
    message = error.message or ""
    line = (_unclosed(source.code) if "Unexpected end" in message else 0) or error.lineno or 1
    variant, word = _cause(message)
    return Problem.of("modele-illisible", variant, word=word, at=source.at(line))


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


def _cause(message: str) -> tuple[str, str]:
    """What Jinja's message is about, as a variant of the catalogue, and the word of the template that it names."""
    for word in ("endfor", "endif"):
        if word in message and ("Unexpected end" in message or "looking for" in message):
            return word, word
    if tag := re.search(r"unknown tag '(\w+)'", message):
        return "space" if tag[1] in ("p", "tr", "tc", "r") else "tag", tag[1]
    missing = re.search(r"No filter named '(\w+)'", message)
    return ("filter", missing[1]) if missing else ("", "")


def _unknown_value(message: str, source: Source) -> Problem:
    """A name that only the values of one document show to lead nowhere: Jinja quotes it at the end of its message."""
    found = re.search(r"'([^']+)'$", message)
    written = found[1] if found else say("balise-inconnue.unnamed")
    return Problem.of("balise-inconnue", "filled", written=written, at=(source.label, ""))
