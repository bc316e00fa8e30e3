"""Check a template, or the text of a mail, against the placeholders of its kind of document, without filling it."""

from collections.abc import Iterator, Mapping
from typing import Any

from processor.documents.lint import sample
from processor.documents.lint.explain import Source, unknown_names
from processor.documents.lint.problems import Problem
from processor.documents.lint.usage import FREE
from processor.documents.placeholders import claroline
from processor.documents.placeholders.whole import KINDS
from processor.documents.sandbox.text import readable
from processor.documents.template.template import WordTemplate
from processor.model import Kind

_WITH_OWN_COLUMNS = ("personne", "seance", "session")


def problems(
    source: WordTemplate | str, kind: Kind, context: Mapping[str, Any] | None = None
) -> tuple[Problem, ...]:
    """What is wrong with a template, or with an Objet or Message, for documents of this kind; empty when nothing is.

    Every name is checked, also those of branches that no document has taken yet. With a context, the columns that
    staff added (`seance.autres`) are checked too.

    >>> [one.near for one in problems("{{ seance.nim }}", Kind.SEANCE_INVITATION)]
    ['seance.nom']
    """
    wanted = shape(kind, context)
    return tuple(found for piece in _pieces(source) for found in _of_piece(piece, wanted, kind))


def shape(kind: Kind, context: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """What a context of this kind looks like: each list has an element, staff's own columns are free or as given."""
    elsewhere = {name for name, kinds in KINDS.items() if kind not in kinds}
    wanted = {name: _freed(value) for name, value in sample.filled(kind).items() if name not in elsewhere}
    for subject in _WITH_OWN_COLUMNS:
        own = (context or {}).get(subject)
        if own and subject in wanted:
            wanted[subject]["autres"] = own["autres"]
    return wanted


def _freed(value: Any) -> Any:
    """The same, staff's own columns being free at every depth."""
    if isinstance(value, Mapping):
        return {name: FREE if name == "autres" else _freed(inner) for name, inner in value.items()}
    return [_freed(one) for one in value] if isinstance(value, list) else value


def _of_piece(piece: Source, wanted: Mapping[str, Any], kind: Kind) -> Iterator[Problem]:
    yield from unknown_names(piece, wanted, kind)
    for line, text in enumerate(piece.code.split("\n"), start=1):
        for name in claroline.unknown(text):
            yield _unknown_claroline(name, piece, line)


def _pieces(source: WordTemplate | str) -> list[Source]:
    if isinstance(source, str):
        return [Source(readable(source))]
    return [part.source for part, _ in source.parts]


def _unknown_claroline(name: str, piece: Source, line: int) -> Problem:
    from rapidfuzz import process

    found = process.extractOne(name, list(claroline.known()), score_cutoff=70)
    near = f"%{found[0]}%" if found else ""
    return Problem.of(
        "balise-claroline-inconnue", "near" if near else "",
        name=name, near=near, at=piece.at(line),
    )  # fmt: skip
