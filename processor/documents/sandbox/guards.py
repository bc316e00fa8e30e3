"""What stands between a template and what it costs: every word printed, every loop and every text made is counted."""

from collections.abc import Callable, Iterable, Sized
from dataclasses import dataclass
from functools import wraps
from typing import Any

from jinja2 import Undefined, pass_context
from jinja2.exceptions import SecurityError
from jinja2.filters import FILTERS
from jinja2.runtime import Context
from markupsafe import Markup, escape

from processor.documents.template.slots import high, wide

BUDGET = "\0budget"
STEP = 8
LONGEST = 200_000
_ALLOWANCE = 20_000_000
_OWN_TEXT = 4  # letters of the template itself that cost one unit
_LINE_BREAK = '</w:t><w:br/><w:t xml:space="preserve">'
_HARMLESS = """abs capitalize count d default dictsort e escape first float groupby int items last length list lower
map max min reject rejectattr reverse select selectattr sort string striptags title trim truncate unique upper
wordcount"""
TESTS = """boolean defined divisibleby eq equalto even false float ge greaterthan gt integer iterable le lessthan lower
lt mapping ne none number odd sameas sequence string true undefined upper == != < <= > >="""


class TooMuch(SecurityError):
    """A template asks for more work or text than a document may cost."""


class PictureAsText(Exception):
    """A template prints a picture where words are expected."""


@dataclass
class Budget:
    """What one filling may still cost: about one unit a letter made, eight a step or an element."""

    left: int = _ALLOWANCE

    def spend(self, cost: int) -> None:
        """Take the cost off; TooMuch when nothing is left."""
        self.left -= cost
        if self.left < 0:
            raise TooMuch


def weight(value: Any) -> int:
    """What it costs to look at a value or to copy it.

    >>> weight("Zoé"), weight([1, 2]), weight(12)
    (3, 16, 0)
    """
    if isinstance(value, str):
        return len(value)
    return len(value) * STEP if isinstance(value, Sized) else 0


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
    budget: Budget = context.parent[BUDGET]
    shown = value if isinstance(value, str) else _shown(budget, value)
    budget.left -= len(shown) + STEP
    if budget.left < 0:
        raise TooMuch
    return shown


def _shown(budget: Budget, value: Any) -> str:
    """A number, a truth or a list as text; a list is weighed with all that it holds before it is written out."""
    if isinstance(value, bytes):
        raise PictureAsText
    _weigh_all(budget, value)
    return str(value)


def _weigh_all(budget: Budget, value: Any) -> None:
    budget.spend(STEP + weight(value))
    if isinstance(value, dict):
        _weigh_all(budget, list(value.values()))
    elif isinstance(value, list | tuple):
        for inner in value:
            _weigh_all(budget, inner)


@pass_context
def _each(context: Context, values: Any, own_text: int) -> Any:
    """What a loop goes through, counted before it starts, with the template's own text that it repeats."""
    if isinstance(values, Undefined):
        return values
    counted = values if isinstance(values, Sized) else list(values)
    context.parent[BUDGET].spend(len(counted) * (STEP + own_text // _OWN_TEXT))
    return counted


@pass_context
def _again(context: Context, nothing: str, own_text: int) -> str:
    """Counts the template's own text each time a macro, or a loop that calls itself, writes it."""
    context.parent[BUDGET].spend(STEP + own_text // _OWN_TEXT)
    return nothing


@pass_context
def _weighed(context: Context, value: Any) -> Any:
    """A value that is compared or sliced, counted."""
    context.parent[BUDGET].spend(STEP + weight(value))
    return value


@pass_context
def _joined(context: Context, parts: list[Any]) -> Any:
    """What `~` joins, up to a length."""
    budget: Budget = context.parent[BUDGET]
    shown = [part if isinstance(part, str) else _shown(budget, part) for part in parts]
    if sum(map(len, shown)) > LONGEST:
        raise TooMuch
    budget.spend(sum(map(len, shown)))
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


@pass_context
def _join(context: Context, values: Iterable[Any], between: str = "", attribute: Any = None) -> Any:
    """The elements as one text, weighed before it is made."""
    elements, budget = list(values), context.parent[BUDGET]
    for element in elements:
        _weigh_all(budget, element)
    budget.spend(len(elements) * weight(between))
    return FILTERS["join"](context.eval_ctx, elements, between, attribute)


def _round(value: Any, precision: int = 0, method: str = "common") -> Any:
    """The number rounded to at most fifteen places: `10 ** precision` is computed on the way."""
    if not isinstance(precision, int) or abs(precision) > 15:
        raise TooMuch
    return FILTERS["round"](value, precision, method)


@pass_context
def _sum(context: Context, values: Iterable[Any], attribute: Any = None, start: Any = 0) -> Any:
    """The sum of numbers; lists are not added up."""
    if not isinstance(start, int | float):
        raise TooMuch
    return FILTERS["sum"](context.environment, values, attribute, start)


def _counted(known: Callable[..., Any]) -> Callable[..., Any]:
    """The filter of Jinja: what it takes and what it makes are counted, what it makes is bounded in length."""
    passed = getattr(getattr(known, "jinja_pass_arg", None), "name", "")

    @pass_context
    @wraps(known)
    def checked(context: Context, value: Any, *args: Any, **kwargs: Any) -> Any:
        budget: Budget = context.parent[BUDGET]
        if not isinstance(value, Undefined):
            budget.spend(STEP + weight(value))
        asked = {"context": context, "eval_context": context.eval_ctx, "environment": context.environment}
        first = (asked[passed],) if passed else ()
        result = known(*first, value, *args, **kwargs)
        if isinstance(result, str | list):
            if len(result) > LONGEST:
                raise TooMuch
            budget.spend(weight(result))
        return result

    return checked


PRINTING: dict[str, Callable[..., Any]] = {"_text": _text, "_plain": _plain, "_said": _said, "_again": _again}
ALLOWED: dict[str, Callable[..., Any]] = {
    **{name: _counted(FILTERS[name]) for name in _HARMLESS.split()},
    **PRINTING,
    "replace": _counted(_replace),
    "join": _counted(_join),
    "round": _counted(_round),
    "sum": _counted(_sum),
    "_each": _each,
    "_joined": _joined,
    "_weighed": _weighed,
    "_wide": wide,
    "_high": high,
}
