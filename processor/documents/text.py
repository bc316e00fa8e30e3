"""Fill the subject or the message of a mail: plain text, the same placeholders and the same sandbox as Word files."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from processor.documents import claroline
from processor.documents.explain import Source, explained
from processor.documents.problems import TemplateProblem


def render_text(source: str, context: Mapping[str, Any]) -> str:
    """The text with its placeholders filled, nothing escaped: who shows it as HTML escapes it.

    Raises TemplateProblem when a placeholder does not exist or the text cannot be read.

    >>> render_text("Invitation : {{ seance.nom }}, pour %first_name%",
    ...     {"seance": {"nom": "R&D"}, "personne": {"prenom": "Zoé"}})
    'Invitation : R&D, pour Zoé'
    """
    from processor.documents.sandbox import BUDGET, Budget

    try:
        return str(_compiled(claroline.translated(source)).render({**context, BUDGET: Budget()}))
    except Exception as error:
        raise TemplateProblem(explained(error, Source(claroline.translated(source)), context)) from error


@lru_cache(maxsize=256)
def _compiled(source: str) -> Any:
    from processor.documents.sandbox import plain

    return plain().from_string(source)
