"""All that can be said of a template before any document is made of it."""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from processor.documents.lint.checks import problems
from processor.documents.lint.problems import Problem, TemplateProblem
from processor.documents.lint.trial import ODD_NAMES, odd_contexts
from processor.documents.lint.usage import read_tree
from processor.documents.placeholders.mentions import missing
from processor.documents.template.template import WordTemplate
from processor.model import Kind

_OWN_COLUMN = re.compile(r'\.autres(?:\.(\w+)|\["(.*)"\])')


def lint(path: Path, kind: Kind, contexts: Iterable[Mapping[str, Any]] = ()) -> tuple[Problem, ...]:
    """What is wrong with the template of a file for documents of this kind; the serious problems come first.

    The template is read, each of its names is checked, then it is filled for real: with invented facts that are long,
    empty, foreign or look like tags, and with the contexts given, those of the workbook. Missing mentions are a note.
    Never raises for a template's sake, and leaves no file.
    """
    try:
        template = WordTemplate.load(path)
    except TemplateProblem as error:
        return error.problems
    return looked_over(template, kind, contexts)


def looked_over(
    template: WordTemplate, kind: Kind, contexts: Iterable[Mapping[str, Any]] = ()
) -> tuple[Problem, ...]:
    """The same of a template that was read already."""
    given = list(contexts)
    found = list(problems(template, kind, given[0] if given else None))
    if not found:
        found += [*_oddities(template, kind), *_tried(template, given)]
    return (*dict.fromkeys(found), *missing(kind, names_of(template)))


def names_of(template: WordTemplate) -> set[str]:
    """Every name that the template uses, with those of its loops' elements."""
    return {name for tree in template.trees() for name in read_tree(tree, {}).everything}


def own_columns(template: WordTemplate) -> list[str]:
    """The columns of staff's own that the template prints, such as « Budget »."""
    found = (_OWN_COLUMN.search(name) for name in names_of(template))
    return sorted({one[1] or one[2] for one in found if one})


@lru_cache(maxsize=64)
def _oddities(template: WordTemplate, kind: Kind) -> Sequence[Problem]:
    """The problems of filling the template with invented facts, the same each time."""
    return tuple(_tried(template, odd_contexts(kind, own_columns(template))))


def _tried(template: WordTemplate, contexts: Iterable[Mapping[str, Any]]) -> Iterator[Problem]:
    """The problems of filling the template with each context in turn."""
    for context in contexts:
        try:
            filled = template.render(context)
        except TemplateProblem as error:
            yield from error.problems
        else:
            yield from _looked_at(filled, [part.name for part, _ in template.parts], context)


def _looked_at(filled: bytes, parts: Iterable[str], context: Mapping[str, Any]) -> Iterator[Problem]:
    """What is wrong with a filled document: a part that Word could not read, a placeholder left in the text."""
    from lxml import etree

    with zipfile.ZipFile(io.BytesIO(filled)) as package:
        for name in parts:
            try:
                text = "".join(str(piece) for piece in etree.fromstring(package.read(name)).itertext())
            except etree.XMLSyntaxError:
                yield Problem.of("modele-decousu", "filled")
            else:
                yield from _left(text, context)


def _left(text: str, context: Mapping[str, Any]) -> Iterator[Problem]:
    """A tag that stays in the text of a document, unless it is what someone typed in a cell."""
    if "{{" in text or "{%" in text:
        for typed in sorted({*ODD_NAMES, *_typed_tags(context)} - {""}, key=len, reverse=True):
            text = text.replace(typed, "")
    marks = [place for mark in ("{{", "{%") if (place := text.find(mark)) >= 0]
    if marks:
        start = max(0, min(marks) - 20)
        yield Problem.of("balise-restante", at=("", text[start : start + 60]))


def _typed_tags(value: Any) -> Iterator[str]:
    """The lines of the values that themselves look like tags."""
    if isinstance(value, str):
        yield from (line for line in value.split("\n") if "{{" in line or "{%" in line)
    elif isinstance(value, Mapping | list):
        for inner in value.values() if isinstance(value, Mapping) else value:
            yield from _typed_tags(inner)
