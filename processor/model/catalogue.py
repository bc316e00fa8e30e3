"""Every sentence of the product, by its slug: the code says what and of whom, the catalogue says it in French.

The catalogue is `processor/locale/fr/LC_MESSAGES/`, one .po a room, compiled into `seances.mo` by `python docs/sentences.py`
(GNU gettext: a slug is the msgid). A sentence names its values in braces, as `str.format` reads them.
"""

from collections.abc import Iterable
from functools import cache
from gettext import GNUTranslations, translation
from pathlib import Path

LOCALE = Path(__file__).parent.parent / "locale"
DOMAIN = "seances"
_LANGUAGE = "fr"


class Text(str):
    """A sentence that still knows of what it is made: its slug and its values."""

    slug: str
    values: dict[str, object]


def say(slug: str, /, **values: object) -> str:
    """The sentence of a slug with its values, as a `Text`; where it counts something, the value `count` chooses the form.

    A slug that the catalogue lacks, or a value that it wants and is not given, is a bug: KeyError.

    >>> say("row", row=14), say("seats", count=1), say("seats", count=3)
    ('ligne 14', '1 place', '3 places')
    >>> getattr(say("row", row=14), "slug")
    'row'
    """
    count = values.get("count")
    pattern = slug if count is None else _catalogue().ngettext(slug, slug, _whole(count))
    if pattern == slug:  # nothing is counted, or this sentence is the same for any number
        pattern = verbatim(slug)
    text = Text(pattern.format_map(values))
    text.slug, text.values = slug, values
    return text


def verbatim(slug: str) -> str:
    """The text of a slug as it stands, for those whose double braces are placeholders that staff may change.

    A slug that the catalogue lacks is a bug: KeyError.
    """
    found = _catalogue().gettext(slug)
    if found == slug:
        raise KeyError(slug)
    return found


def explained(slug: str) -> str:
    """The text of a slug as it stands, or nothing where the catalogue has none."""
    return verbatim(slug) if known(slug) else ""


def quoted(texts: Iterable[str]) -> str:
    """The texts as they were typed, each in quotation marks, separated by commas.

    >>> quoted(["Confirmée", "Annulée"])
    '« Confirmée », « Annulée »'
    """
    return ", ".join(say("quoted", text=text) for text in texts)


def known(slug: str) -> bool:
    """Whether the catalogue has the slug."""
    return _catalogue().gettext(slug) != slug


def read_file(name: str) -> str:
    """A whole text of the language's folder, such as the guide of a new workbook."""
    return (LOCALE / _LANGUAGE / name).read_text("utf-8")


@cache
def _catalogue() -> GNUTranslations:
    found = translation(DOMAIN, LOCALE, [_LANGUAGE])
    assert isinstance(found, GNUTranslations)  # noqa: S101 - gettext says NullTranslations only with fallback=True
    return found


def _whole(count: object) -> int:
    if not isinstance(count, int):
        raise TypeError(count)
    return count
