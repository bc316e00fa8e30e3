"""Lines of the mail tables of seances.toml that cannot be used: what is wrong with them, in one wording."""

from collections.abc import Mapping
from typing import Any

from processor.model.findings import Finding, Severity, Stopped


def number(table: Mapping[str, Any], name: str, default: float | None) -> float | None:
    """A number of the table, more than zero, or the default. Raises `Stopped`."""
    value = table.get(name, default)
    if value is None or (isinstance(value, (int, float)) and not isinstance(value, bool) and value > 0):
        return value
    raise Stopped([wrong(name, str(value), "number")])


def wrong(name: str, value: str, variant: str, where: str = "[courriel]", known: str = "") -> Finding:
    """A line of seances.toml whose value is not possible; `variant` is what may stand there, `known` the names that may."""
    variant = f"wrong.{variant}"
    return Finding.of(
        "reglage-courriel", Severity.STOP, variant, where=where, name=name, value=value, known=known
    )


def missing(name: str, example: str, where: str = "[courriel]") -> Finding:
    """A line that seances.toml lacks."""
    variant = "missing.server" if where == "[courriel]" else "missing"
    return Finding.of("reglage-courriel", Severity.STOP, variant, where=where, name=name, example=example)
