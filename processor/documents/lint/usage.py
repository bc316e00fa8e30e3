"""The names that a template uses and what they lead to, read from the template without filling it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

FREE = object()
"""What may be anything: nothing is said against a name that follows it."""

_OF_JINJA = frozenset(
    {"range", "namespace", "loop", "caller", "varargs", "kwargs", "self", "inserer", "image"}
)
_KEPT = frozenset(
    {"sort", "reverse", "list", "unique", "select", "reject", "selectattr", "rejectattr", "default", "d"}
)


@dataclass(frozen=True)
class Misuse:
    """A name that leads nowhere: as written, the last step of it, the line, and the names that would do."""

    written: str
    step: str
    line: int
    possible: tuple[str, ...]


@dataclass
class Reading:
    """What one template says: the placeholders it uses, in order, and the names that lead nowhere.

    `everything` holds also the names of the elements of loops, as written (`p.nom`).
    """

    used: dict[str, None] = field(default_factory=dict)
    everything: set[str] = field(default_factory=set)
    misuses: list[Misuse] = field(default_factory=list)


def read_tree(tree: Any, shape: Mapping[str, Any]) -> Reading:
    """All names of a parsed template, followed through loops in a context of the given shape.

    >>> from jinja2 import Environment
    >>> tree = Environment().parse("{% for p in participants %}{{ p.nim }}{% endfor %}")
    >>> read_tree(tree, {"participants": [{"nom": "Dupont"}]}).misuses
    [Misuse(written='p.nim', step='nim', line=1, possible=('p.nom',))]
    """
    walk = _Walk(shape)
    walk.nodes([tree], {})
    return walk.reading


class _Walk:
    """One passage through the tree; `scope` holds what the template's own names lead to."""

    def __init__(self, shape: Mapping[str, Any]) -> None:
        self.shape = shape
        self.reading = Reading()

    def nodes(self, children: Any, scope: dict[str, Any]) -> None:
        for child in children:
            self.value(child, scope)

    def value(self, node: Any, scope: dict[str, Any]) -> Any:
        """What the node leads to; what it holds is walked on the way."""
        special = getattr(self, f"_{type(node).__name__.lower()}", None)
        if special is not None:
            return special(node, scope)
        self.nodes(node.iter_child_nodes(), scope)
        return FREE

    def _name(self, node: Any, scope: dict[str, Any]) -> Any:
        if node.ctx != "load" or node.name in _OF_JINJA:
            return FREE
        if node.name in scope:
            return scope[node.name]
        return self._root(node, node.name, scope)

    def _root(self, node: Any, path: str, scope: dict[str, Any]) -> Any:
        """What a name of the context leads to; `path` is all that was written of it when it is unknown."""
        name = path.partition(".")[0]
        self.reading.used[name] = None
        self.reading.everything.add(name)
        if name in self.shape:
            return self.shape[name]
        self.reading.misuses.append(Misuse(path, path.rpartition(".")[2], node.lineno, self._possible(scope)))
        return FREE

    def _getattr(self, node: Any, scope: dict[str, Any]) -> Any:
        return self._step(node, node.attr, scope)

    def _getitem(self, node: Any, scope: dict[str, Any]) -> Any:
        step = getattr(node.arg, "value", None)
        if isinstance(step, str):
            return self._step(node, step, scope)
        self.value(node.arg, scope)
        return _element(self.value(node.node, scope))

    def _step(self, node: Any, step: str, scope: dict[str, Any]) -> Any:
        path = written(node)
        first = getattr(node.node, "name", "")
        unknown = first and not (first in self.shape or first in scope or first in _OF_JINJA)
        owner = self._root(node, path, scope) if unknown else self.value(node.node, scope)
        self.reading.everything.add(path)
        if path.partition(".")[0] not in scope:
            self.reading.used[path] = None
        if not isinstance(owner, Mapping):
            return FREE
        if step in owner:
            return owner[step]
        if step not in ("items", "keys", "values", "get"):
            form = '{}["{}"]' if hasattr(node, "arg") else "{}.{}"
            possible = tuple(form.format(written(node.node), name) for name in owner)
            self.reading.misuses.append(Misuse(path, step, node.lineno, possible))
        return FREE

    def _filter(self, node: Any, scope: dict[str, Any]) -> Any:
        inner = self.value(node.node, scope) if node.node is not None else FREE
        self.nodes([*node.args, *node.kwargs], scope)
        if node.name in _KEPT:
            return inner
        return _element(inner) if node.name in ("first", "last") else FREE

    def _for(self, node: Any, scope: dict[str, Any]) -> Any:
        element = _element(self.value(node.iter, scope))
        inside = scope | dict.fromkeys(_targets(node.target), FREE)
        if hasattr(node.target, "name"):
            inside[node.target.name] = element
        if node.test is not None:
            self.value(node.test, inside)
        self.nodes(node.body, inside)
        self.nodes(node.else_, scope)
        return FREE

    def _assign(self, node: Any, scope: dict[str, Any]) -> Any:
        value = self.value(node.node, scope)
        names = _targets(node.target)
        scope.update(dict.fromkeys(names, value if len(names) == 1 else FREE))
        return FREE

    def _assignblock(self, node: Any, scope: dict[str, Any]) -> Any:
        self.nodes(node.body, scope)
        scope.update(dict.fromkeys(_targets(node.target), FREE))
        return FREE

    def _with(self, node: Any, scope: dict[str, Any]) -> Any:
        inside = dict(scope)
        for target, value in zip(node.targets, node.values, strict=True):
            inside[target.name] = self.value(value, scope)
        self.nodes(node.body, inside)
        return FREE

    def _macro(self, node: Any, scope: dict[str, Any]) -> Any:
        scope[node.name] = FREE
        self.nodes(node.defaults, scope)
        self.nodes(node.body, scope | {name: FREE for arg in node.args for name in _targets(arg)})
        return FREE

    def _possible(self, scope: dict[str, Any]) -> tuple[str, ...]:
        names = list(scope) + list(self.shape)
        fields = [
            f"{name}.{step}" for name, value in {**self.shape, **scope}.items() for step in _steps(value)
        ]
        return (*names, *fields)


def written(node: Any) -> str:
    """The node as a person writes it, for what is a name followed by steps."""
    if hasattr(node, "attr"):
        return f"{written(node.node)}.{node.attr}"
    if hasattr(node, "arg"):
        return f'{written(node.node)}["{getattr(node.arg, "value", "…")}"]'
    return str(getattr(node, "name", "…"))


def _steps(value: Any) -> list[str]:
    return list(value) if isinstance(value, Mapping) else []


def _element(value: Any) -> Any:
    return value[0] if isinstance(value, list | tuple) and value else FREE


def _targets(target: Any) -> list[str]:
    if hasattr(target, "items"):
        return [name for item in target.items for name in _targets(item)]
    return [target.name] if hasattr(target, "name") else []
