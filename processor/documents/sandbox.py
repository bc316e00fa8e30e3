"""The only Jinja environment of the house: templates are written by staff and may come from anywhere.

Contexts hold nothing but strings, numbers, lists and dictionaries, so a template can reach nothing else; the rest of
this module keeps it from reaching out through those, and from costing more than a document may cost.
"""

from collections.abc import Callable, Sized
from dataclasses import dataclass
from functools import lru_cache, wraps
from typing import Any

from jinja2 import Environment, StrictUndefined, Undefined, nodes, pass_context
from jinja2.exceptions import SecurityError
from jinja2.filters import FILTERS
from jinja2.runtime import Context, LoopContext, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import Namespace
from markupsafe import Markup, escape

BUDGET = "\0budget"
_ALLOWANCE = 20_000_000
_STEP = 8
_LONGEST = 200_000
_LINE_BREAK = Markup('</w:t><w:br/><w:t xml:space="preserve">')

_FILTERS = [
    "abs",
    "capitalize",
    "count",
    "d",
    "default",
    "dictsort",
    "e",
    "escape",
    "first",
    "float",
    "groupby",
    "int",
    "items",
    "join",
    "last",
    "length",
    "list",
    "lower",
    "map",
    "max",
    "min",
    "reject",
    "rejectattr",
    "reverse",
    "round",
    "select",
    "selectattr",
    "sort",
    "string",
    "striptags",
    "sum",
    "title",
    "trim",
    "truncate",
    "unique",
    "upper",
    "wordcount",
]
_OF_DICT = frozenset(["get", "items", "keys", "values"])
_ATTRIBUTES: tuple[tuple[type, frozenset[str]], ...] = (
    (str, frozenset(["capitalize", "endswith", "lower", "startswith", "strip", "title", "upper"])),
    (dict, frozenset(["get", "items", "keys", "values"])),
    (
        LoopContext,
        frozenset(
            [
                "changed",
                "cycle",
                "depth",
                "depth0",
                "first",
                "index",
                "index0",
                "last",
                "length",
                "nextitem",
                "previtem",
                "revindex",
                "revindex0",
            ]
        ),
    ),
)


class TooMuch(SecurityError):
    """A template asks for more work or text than a document may cost."""


@dataclass
class Budget:
    """What one filling may still cost: about one unit a character, eight a step."""

    left: int = _ALLOWANCE

    def spend(self, cost: int) -> None:
        """Take the cost off; TooMuch when nothing is left."""
        self.left -= cost
        if self.left < 0:
            raise TooMuch


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja with an allow-list: attributes, filters and calls that are not named here do not exist."""

    intercepted_binops = frozenset(("+", "*", "**", "%"))

    def __init__(self, *, xml: bool) -> None:
        super().__init__(autoescape=xml, undefined=StrictUndefined, keep_trailing_newline=True, cache_size=0)
        self.globals = {name: self.globals[name] for name in ("range", "namespace")}
        self.filters = {name: _bounded(FILTERS[name]) for name in _FILTERS}
        self.filters |= {
            "replace": _replace,
            "_text": _text,
            "_plain": _plain,
            "_each": _each,
            "_joined": _joined,
        }

    def getattr(self, obj: Any, attribute: str) -> Any:
        """What follows a dot: of a dictionary the item first, because that is all that contexts are made of."""
        if type(obj) is dict and attribute in obj and attribute not in _OF_DICT:
            return obj[attribute]
        return super().getattr(obj, attribute)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:  # noqa: ARG002 (Jinja decides the form)
        """Whether a template may read the attribute: only those listed, never one with an underscore."""
        if attr.startswith("_"):
            return False
        if isinstance(obj, Namespace):
            return True
        return any(isinstance(obj, kind) and attr in names for kind, names in _ATTRIBUTES)

    def unsafe_undefined(self, obj: Any, attribute: str) -> Undefined:
        """Never something that could be passed on: reading a forbidden attribute stops the filling."""
        raise SecurityError(f"{type(obj).__name__}.{attribute}")

    def is_safe_callable(self, obj: Any) -> bool:
        """Whether a template may call it: its own macros, loops, and the methods that it may read."""
        if isinstance(obj, Macro | LoopContext) or obj in (self.globals["range"], Namespace):
            return True
        owner, name = getattr(obj, "__self__", None), getattr(obj, "__name__", "")
        return self.is_safe_attribute(owner, name, obj)

    def call(self, context: Context, obj: Any, *args: Any, **kwargs: Any) -> Any:
        """Call it, at a cost: a macro that calls itself twice does not run for ever."""
        context.parent[BUDGET].spend(_STEP)
        return super().call(context, obj, *args, **kwargs)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Numbers are computed, texts and lists joined up to a length, nothing else: `'A' * 10**10` is refused."""
        numbers = isinstance(left, int | float) and isinstance(right, int | float)
        if numbers and max(abs(left), abs(right)) < 10**15 and (operator != "**" or abs(right) < 10):
            return super().call_binop(context, operator, left, right)
        joined = operator == "+" and isinstance(left, str | list) and isinstance(right, type(left))
        if not joined or len(left) + len(right) > _LONGEST:
            raise TooMuch
        return super().call_binop(context, operator, left, right)

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        _Guard(self.autoescape is True).watch(tree)
        return tree


@lru_cache(maxsize=2)
def word(lenient: bool = False) -> Sandbox:
    """The sandbox of Word files, whose values are escaped; a lenient one prints nothing for an unknown name."""
    made = Sandbox(xml=True)
    made.undefined = Undefined if lenient else StrictUndefined
    return made


@lru_cache(maxsize=1)
def plain() -> Sandbox:
    """The sandbox of subjects and messages, whose values are printed as they are."""
    return Sandbox(xml=False)


@lru_cache(maxsize=1)
def reader() -> Environment:
    """An environment that only parses, as the author wrote it: no guard is put around anything."""
    return Environment(autoescape=True)


class _Guard:
    """Put a guard around all that a template prints or loops over, in the order of the source.

    It follows the order of the source to know whether an expression stands in the text of a Word run (`w:t`), where
    a line end must become a line break of Word, or in an attribute, where it must not.
    """

    def __init__(self, xml: bool) -> None:
        self.xml = xml
        self.in_text = False

    def watch(self, node: nodes.Node) -> None:
        if isinstance(node, nodes.Output):
            node.nodes = [self._printed(child) for child in node.nodes]
            return
        for name, value in node.iter_fields():
            if isinstance(value, list):
                setattr(node, name, [self._replaced(child) for child in value])
            elif isinstance(value, nodes.Node):
                setattr(node, name, self._replaced(value))
        if isinstance(node, nodes.For):
            node.iter = _filtered(node.iter, "_each")

    def _replaced(self, child: Any) -> Any:
        if isinstance(child, nodes.Node):
            self.watch(child)
        return _filtered(nodes.List(child.nodes), "_joined") if isinstance(child, nodes.Concat) else child

    def _printed(self, child: Any) -> nodes.Expr:
        if isinstance(child, nodes.TemplateData):
            self._follow(child.data)
            return child
        return _filtered(self._replaced(child), "_text" if self.in_text else "_plain")

    def _follow(self, data: str) -> None:
        start = data.rfind("<")
        if self.xml and start >= 0:
            self.in_text = data.startswith(("<w:t>", "<w:t "), start) and ">" in data[start:]


def _filtered(child: Any, name: str) -> nodes.Filter:
    return nodes.Filter(child, name, [], [], None, None, lineno=child.lineno)


@pass_context
def _text(context: Context, value: Any) -> Any:
    """The value in a Word run: escaped, its line ends made line breaks."""
    shown = value if isinstance(value, str) else str(value)
    context.parent[BUDGET].spend(len(shown) + _STEP)
    if "\n" in shown and not hasattr(value, "__html__"):
        return _LINE_BREAK.join(shown.split("\n"))
    return escape(shown)


@pass_context
def _plain(context: Context, value: Any) -> Any:
    """The value as text; Jinja escapes it where the template is XML."""
    shown = value if isinstance(value, str) else str(value)
    context.parent[BUDGET].spend(len(shown) + _STEP)
    return shown


@pass_context
def _each(context: Context, values: Any) -> Any:
    """What a loop goes through, counted before it starts."""
    if isinstance(values, Undefined):
        return values
    counted = values if isinstance(values, Sized) else list(values)
    context.parent[BUDGET].spend(len(counted) * _STEP)
    return counted


def _joined(parts: list[Any]) -> Any:
    """What `~` joins, up to a length."""
    shown = [part if isinstance(part, str) else str(part) for part in parts]
    if sum(map(len, shown)) > _LONGEST:
        raise TooMuch
    marked = any(hasattr(part, "__html__") for part in parts)
    return Markup("").join(shown) if marked else "".join(shown)


def _replace(text: Any, old: str, new: str) -> Any:
    """The text with every `old` replaced, up to a length."""
    shown = text if isinstance(text, str) else str(text)
    if (
        not isinstance(old, str)
        or not isinstance(new, str)
        or len(shown) + (shown.count(old) + 1) * len(new) > _LONGEST
    ):
        raise TooMuch
    return shown.replace(old, new)


def _bounded(known: Callable[..., Any]) -> Callable[..., Any]:
    """The filter of Jinja, its result bounded in length."""

    @wraps(known)
    def checked(*args: Any, **kwargs: Any) -> Any:
        result = known(*args, **kwargs)
        if isinstance(result, str | list) and len(result) > _LONGEST:
            raise TooMuch
        return result

    return checked
