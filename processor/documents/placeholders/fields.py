"""What a placeholder is made of: a name under a subject, and how it is read from the facts."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

T = TypeVar("T")

_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Field(Generic[T]):
    """One placeholder under a subject: `value` reads it from the subject as a finished string, number or list.

    `aliases` are the names that Claroline gave it; `element` is what one element of a list is called in a loop.
    """

    name: str
    value: Callable[[T], Any]
    aliases: tuple[str, ...] = ()
    element: str = ""


def read(fields: tuple[Field[T], ...], subject: T) -> dict[str, Any]:
    """The fields of one subject, cleaned, under their names."""
    return {field.name: cleaned(field.value(subject)) for field in fields}


def cleaned(value: Any) -> Any:
    """The value with its line ends made alike and without the characters that no Word file may hold.

    A text is a plain one: a template must not reach the slug and the values of a sentence.

    >>> cleaned("12 rue des Lilas\\r\\n69003\\x0b Lyon"), cleaned(3)
    ('12 rue des Lilas\\n69003 Lyon', 3)
    """
    if not isinstance(value, str):
        return value
    if value.isprintable():
        return value.strip()
    return _UNPRINTABLE.sub("", value.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")).strip()


def alphabetical(text: str) -> str:
    """A key that sorts names as a French directory does, accents and capitals apart.

    >>> sorted(["Zoé", "Émile", "eve"], key=alphabetical)
    ['Émile', 'eve', 'Zoé']
    """
    folded = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in folded if not unicodedata.combining(letter))
