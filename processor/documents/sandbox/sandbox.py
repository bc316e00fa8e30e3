"""The only Jinja environment of the house: templates are written by staff and may come from anywhere.

Contexts hold nothing but strings, numbers, lists and dictionaries, so a template can reach nothing else; the rest of
this module keeps it from reaching out through those: attributes, filters and calls that are not named do not exist.
"""

from functools import lru_cache
from typing import Any

from jinja2 import Environment, StrictUndefined, Undefined, nodes
from jinja2.compiler import CodeGenerator
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context, LoopContext, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import Namespace

from processor.documents.sandbox.guards import (
    ALLOWED,
    BUDGET,
    LONGEST,
    PRINTING,
    STEP,
    TESTS,
    TooMuch,
    weight,
)
from processor.documents.template.inserted import Maker

_OF_TEXT = frozenset({"capitalize", "endswith", "lower", "startswith", "strip", "title", "upper"})
_OF_DICT = frozenset({"get", "items", "keys", "values"})
_OF_LOOP = (
    """changed cycle depth depth0 first index index0 last length nextitem previtem revindex revindex0"""
)
_ATTRIBUTES = ((str, _OF_TEXT), (dict, _OF_DICT), (LoopContext, frozenset(_OF_LOOP.split())))


class _Printing(CodeGenerator):
    """Jinja's compiler, but for one thing: what the guards print is escaped already and not looked at again."""

    def _output_child_pre(self, node: nodes.Expr, frame: Any, finalize: Any) -> None:
        if isinstance(node, nodes.Filter) and node.name in PRINTING:
            self.write("(")
        else:
            super()._output_child_pre(node, frame, finalize)


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja with an allow-list: attributes, filters and calls that are not named here do not exist."""

    code_generator_class = _Printing
    intercepted_binops = frozenset(("+", "*", "**", "%"))

    def __init__(self, *, xml: bool) -> None:
        super().__init__(autoescape=xml, undefined=StrictUndefined, keep_trailing_newline=True, cache_size=0)
        self.globals = {name: self.globals[name] for name in ("range", "namespace")}
        self.filters = dict(ALLOWED)
        self.tests = {name: self.tests[name] for name in TESTS.split()}

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
        """Whether a template may call it: its own macros, loops, the files it inserts, the methods it may read."""
        if isinstance(obj, Macro | LoopContext | Maker) or obj in (self.globals["range"], Namespace):
            return True
        owner, name = getattr(obj, "__self__", None), getattr(obj, "__name__", "")
        return self.is_safe_attribute(owner, name, obj)

    def call(self, context: Context, obj: Any, *args: Any, **kwargs: Any) -> Any:
        """Call it, at a cost: a macro that calls itself twice does not run for ever."""
        context.parent[BUDGET].spend(STEP + weight(getattr(obj, "__self__", None)))
        return super().call(context, obj, *args, **kwargs)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Numbers are computed, texts and lists joined up to a length, nothing else: `'A' * 10**10` is refused, and any power."""
        numbers = isinstance(left, int | float) and isinstance(right, int | float)
        if numbers and max(abs(left), abs(right)) < 10**15 and operator != "**":
            return super().call_binop(context, operator, left, right)
        joined = operator == "+" and isinstance(left, str | list) and isinstance(right, type(left))
        if not joined or len(left) + len(right) > LONGEST:
            raise TooMuch
        context.parent[BUDGET].spend(weight(left) + weight(right))
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
def _reader() -> Environment:
    return Environment(autoescape=True)


@lru_cache(maxsize=512)
def parsed(code: str) -> nodes.Template:
    """A template as its author wrote it, to be read only: no guard is put around anything.

    It is kept, since each look at a workbook asks for each part of each template several times.
    """
    return _reader().parse(code)


class _Guard:
    """Put a guard around all that a template prints, loops over, compares or cuts, in the order of the source.

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
            node.iter = _filtered(node.iter, "_each", nodes.Const(_own_text(node.body)))
        elif isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Slice):
            node.node = _filtered(node.node, "_weighed")
        elif isinstance(node, nodes.Compare):
            node.expr = _weighed(node.expr)
            for operand in node.ops:
                operand.expr = _weighed(operand.expr)
        if isinstance(node, nodes.Macro | nodes.CallBlock) or (
            isinstance(node, nodes.For) and node.recursive
        ):
            again = _filtered(
                nodes.Const("", lineno=node.lineno), "_again", nodes.Const(_own_text(node.body))
            )
            node.body.insert(0, nodes.Output([again], lineno=node.lineno))

    def _replaced(self, child: Any) -> Any:
        if isinstance(child, nodes.Node):
            self.watch(child)
        return _filtered(nodes.List(child.nodes), "_joined") if isinstance(child, nodes.Concat) else child

    def _printed(self, child: Any) -> nodes.Expr:
        if isinstance(child, nodes.TemplateData):
            self._follow(child.data)
            return child
        return _filtered(
            self._replaced(child), ("_text" if self.in_text else "_plain") if self.xml else "_said"
        )

    def _follow(self, data: str) -> None:
        start = data.rfind("<")
        if self.xml and start >= 0:
            self.in_text = data.startswith(("<w:t>", "<w:t "), start) and ">" in data[start:]


def _own_text(body: list[nodes.Node]) -> int:
    """How much of the template's own text a body writes each time, the loops in it apart: they are counted themselves."""
    return sum(
        len(node.data) if isinstance(node, nodes.TemplateData) else _own_text(list(node.iter_child_nodes()))
        for node in body
        if not isinstance(node, nodes.For)
    )


def _weighed(child: nodes.Expr) -> nodes.Expr:
    return child if isinstance(child, nodes.Const) else _filtered(child, "_weighed")


def _filtered(child: Any, name: str, *arguments: nodes.Expr) -> nodes.Filter:
    return nodes.Filter(child, name, list(arguments), [], None, None, lineno=child.lineno)
