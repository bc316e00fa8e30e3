"""What stands between a template and what it costs: every word printed, every loop and every text joined is counted."""

from collections.abc import Callable, Sized
from dataclasses import dataclass
from functools import wraps
from typing import Any

from jinja2 import Undefined, pass_context
from jinja2.exceptions import SecurityError
from jinja2.filters import FILTERS
from jinja2.runtime import Context
from markupsafe import Markup, escape

from processor.documents.slots import high, wide

BUDGET = "\0budget"
STEP = 8
LONGEST = 200_000
_ALLOWANCE = 20_000_000
_LINE_BREAK = '</w:t><w:br/><w:t xml:space="preserve">'
_HARMLESS = """abs capitalize count d default dictsort e escape first float groupby int items join last length list lower
map max min reject rejectattr reverse round select selectattr sort string striptags sum title trim truncate unique upper
wordcount"""


class TooMuch(SecurityError):
    """A template asks for more work or text than a document may cost."""


class PictureAsText(Exception):
    """A template prints a picture where words are expected."""


@dataclass
class Budget:
    """What one filling may still cost: about one unit a character, eight a step."""

    left: int = _ALLOWANCE

    def spend(self, cost: int) -> None:
        """Take the cost off; TooMuch when nothing is left."""
        self.left -= cost
        if self.left < 0:
            raise TooMuch


@pass_context
def _text(context: Context, value: Any) -> str:
    """The value in a Word run: escaped, its line ends made line breaks."""
    shown = _plain(context, value)
    if "\n" in shown and not hasattr(value, "__html__"):
        return shown.replace("\n", _LINE_BREAK)
    return shown


@pass_context
def _plain(context: Context, value: Any) -> str:
    """The value in an attribute or between elements of the XML, escaped; what the template made itself stays."""
    shown = _said(context, value)
    if "&" in shown or "<" in shown or ">" in shown or '"' in shown or "'" in shown:
        return str(escape(shown))
    return shown


@pass_context
def _said(context: Context, value: Any) -> str:
    """The value as text, counted."""
    if isinstance(value, bytes):
        raise PictureAsText
    shown = value if isinstance(value, str) else str(value)
    budget: Budget = context.parent[BUDGET]
    budget.left -= len(shown) + STEP
    if budget.left < 0:
        raise TooMuch
    return shown


@pass_context
def _each(context: Context, values: Any) -> Any:
    """What a loop goes through, counted before it starts."""
    if isinstance(values, Undefined):
        return values
    counted = values if isinstance(values, Sized) else list(values)
    context.parent[BUDGET].spend(len(counted) * STEP)
    return counted


def _joined(parts: list[Any]) -> Any:
    """What `~` joins, up to a length."""
    shown = [part if isinstance(part, str) else str(part) for part in parts]
    if sum(map(len, shown)) > LONGEST:
        raise TooMuch
    marked = any(hasattr(part, "__html__") for part in parts)
    return Markup("").join(shown) if marked else "".join(shown)


def _replace(text: Any, old: str, new: str) -> Any:
    """The text with every `old` replaced, up to a length."""
    shown = text if isinstance(text, str) else str(text)
    if (
        not isinstance(old, str)
        or not isinstance(new, str)
        or len(shown) + (shown.count(old) + 1) * len(new) > LONGEST
    ):
        raise TooMuch
    return shown.replace(old, new)


def _bounded(known: Callable[..., Any]) -> Callable[..., Any]:
    """The filter of Jinja, its result bounded in length."""

    @wraps(known)
    def checked(*args: Any, **kwargs: Any) -> Any:
        result = known(*args, **kwargs)
        if isinstance(result, str | list) and len(result) > LONGEST:
            raise TooMuch
        return result

    return checked


PRINTING = {"_text": _text, "_plain": _plain, "_said": _said}
ALLOWED: dict[str, Callable[..., Any]] = {
    **{name: _bounded(FILTERS[name]) for name in _HARMLESS.split()},
    **PRINTING,
    "replace": _replace,
    "_each": _each,
    "_joined": _joined,
    "_wide": wide,
    "_high": high,
}
