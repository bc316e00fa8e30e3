"""The rules about people, each asked of what the ones before left standing."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from processor.model import Place
from processor.model.findings import Finding, Severity
from processor.model.snapshot import Snapshot
from processor.rules.registering.both_roles import both_roles
from processor.rules.registering.doubles import doubles
from processor.rules.registering.groups import over_limit
from processor.rules.registering.membership import outside
from processor.rules.registering.registration import register
from processor.rules.registering.unlisted import unlisted

_RULES: tuple[Callable[[Snapshot], Iterable[Finding]], ...] = (
    doubles,
    lambda snapshot: outside(snapshot, register(snapshot)),
    lambda snapshot: over_limit(snapshot, register(snapshot)),
    lambda snapshot: both_roles(snapshot, register(snapshot)),
    unlisted,
)


def people_findings(snapshot: Snapshot, before: list[Finding]) -> tuple[frozenset[Place], list[Finding]]:
    """The rows set aside, those of the findings `before` included, and the findings of all rules about people."""
    found: list[Finding] = []
    aside = set_aside(before, snapshot.set_aside)
    for rule in _RULES:
        found += rule(replace(snapshot, set_aside=aside))
        aside = set_aside(found, aside)
    return aside, found


def set_aside(findings: Iterable[Finding], already: frozenset[Place]) -> frozenset[Place]:
    """The rows that a finding sets aside, beside those that are already."""
    return already | {Place(f.sheet, f.row) for f in findings if f.severity is Severity.ROW and f.row}
