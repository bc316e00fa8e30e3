"""What Word does to a tag while it is typed in French, undone: « quotes », “quotes”, spaces that do not break."""

import re

_TAG = re.compile(r"{[{%#].*?[}%#]}")
_WHOLE = re.compile(r"\{\{[^{}]*\}\}|\{%[^{}]*%\}|\{#[^{}]*#\}")
_OPEN_ONLY = re.compile(r"\{\{[^{}]*\}(?!\})")
_HALF = re.compile(r"\{\{([^{}]*)\}(?!\})|\{%([^{}%]*)\}|(?<!\{)\{(?![{%#])([^{}]*)\}\}(?!\})")
_QUOTES = re.compile("«[\\s\xa0\u202f]*|[\\s\xa0\u202f]*»|[“”„]")
_APOSTROPHES = re.compile("[‘’‚]")
_SPACES = re.compile("[\xa0\u202f\u2007]")


def edits(text: str) -> list[tuple[int, int, str]]:
    """The tags of a paragraph that Word's corrections made unreadable, and what was meant.

    >>> edits("Budget : {{ seance.autres[« Budget »] }} « tel quel »")
    [(9, 40, '{{ seance.autres["Budget"] }}')]
    """
    found = ((one, meant(one[0])) for one in _TAG.finditer(text))
    return [(one.start(), one.end(), tag) for one, tag in found if tag != one[0]]


def whole(text: str) -> list[tuple[int, int, str]]:
    """The tags of a paragraph as they are, so that each is written again in one piece.

    >>> whole("a {{ b }}")
    [(2, 9, '{{ b }}')]
    """
    return [(one.start(), one.end(), one[0]) for one in _TAG.finditer(text)]


def meant(tag: str) -> str:
    """The tag as it was typed, before Word corrected it.

    >>> meant("{%p\xa0if seance.etat == ‘Annulée’ %}")
    "{%p if seance.etat == 'Annulée' %}"
    """
    return _SPACES.sub(" ", _APOSTROPHES.sub("'", _QUOTES.sub('"', tag)))


def half_closed(text: str) -> tuple[str, str] | None:
    """The first tag of a paragraph that has one brace where two are meant, with what was meant; None where there is none.

    >>> half_closed("de {{ seance.horaire } à {{ seance.nom }}")
    ('{{ seance.horaire }', '{{ seance.horaire }}')
    >>> half_closed("de { seance.horaire }} à"), half_closed("{% if x }"), half_closed("{{ seance.")
    (('{ seance.horaire }}', '{{ seance.horaire }}'), ('{% if x }', '{% if x %}'), None)
    """
    found = _HALF.search(_WHOLE.sub(" ", text))
    if found is None:
        return None
    words = next(filter(None, found.groups()), "").strip()
    return found[0], f"{{% {words} %}}" if found[0].startswith("{%") else f"{{{{ {words} }}}}"


def torn(text: str) -> bool:
    """Whether a tag opens in the paragraph and does not close in it, or the reverse.

    >>> torn("{{ seance.nom"), torn("{{ seance.nom }} {% if x %}"), torn("un ensemble {a}")
    (True, False, False)
    """
    rest = _TAG.sub("", text)
    return (
        any(mark in rest for mark in ("{{", "}}", "{%", "%}"))
        or _OPEN_ONLY.search(_WHOLE.sub(" ", text)) is not None
    )
