"""Fill the subject or the message of a mail: plain text, the same placeholders and the same sandbox as Word files."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from processor.documents.lint.explain import Source, explained
from processor.documents.lint.problems import TemplateProblem
from processor.documents.placeholders import claroline
from processor.documents.sandbox import autocorrect


def render_text(source: str, context: Mapping[str, Any]) -> str:
    """The text with its placeholders filled, nothing escaped: who shows it as HTML escapes it.

    Raises TemplateProblem when a placeholder does not exist or the text cannot be read.

    >>> render_text("Invitation : {{ seance.nom }}, pour %first_name%",
    ...     {"seance": {"nom": "R&D"}, "personne": {"prenom": "Zoé"}})
    'Invitation : R&D, pour Zoé'
    """
    from processor.documents.sandbox.guards import BUDGET, Budget

    try:
        return str(_compiled(readable(source)).render({**context, BUDGET: Budget()}))
    except Exception as error:
        raise TemplateProblem(explained(error, Source(readable(source)), context)) from error


def readable(source: str) -> str:
    """The text with its tags as Jinja reads them: Claroline's names and corrected quotes are translated.

    >>> readable("%event_name% {{ seance.autres[« Budget »] }}")
    '{{ seance.nom }} {{ seance.autres["Budget"] }}'
    """
    for start, end, tag in sorted(autocorrect.edits(source), reverse=True):
        source = source[:start] + tag + source[end:]
    return claroline.translated(source)


@lru_cache(maxsize=256)
def _compiled(source: str) -> Any:
    from processor.documents.sandbox.sandbox import plain

    return plain().from_string(source)
