"""The rules about people, each asked of what the ones before left standing."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from processor.model import Place
from processor.model.findings import Finding, Severity
from processor.model.snapshot import Snapshot
from processor.rules.registering.both_roles import both_roles
from processor.rules.registering.doubles import doubles
from processor.rules.registering.groups import over_limit
from processor.rules.registering.membership import outside
from processor.rules.registering.registration import Register, register
from processor.rules.registering.unlisted import unlisted

_RULES: tuple[Callable[[Snapshot, Register], Iterable[Finding]], ...] = (
    lambda snapshot, _: doubles(snapshot),
    outside,
    over_limit,
    both_roles,
    lambda snapshot, _: unlisted(snapshot),
)


@dataclass(frozen=True)
class Judged:
    """What the rules about people leave standing: the snapshot with what is set aside, their findings, who is registered."""

    snapshot: Snapshot
    findings: tuple[Finding, ...]
    register: Register


def judged(snapshot: Snapshot, before: Iterable[Finding] = ()) -> Judged:
    """What is found about people, where the findings `before` set rows aside already; the register is built once for all."""
    found: list[Finding] = []
    aside = set_aside(before, snapshot.set_aside)
    book = register(replace(snapshot, set_aside=aside))
    for rule in _RULES:
        found += rule(replace(snapshot, set_aside=aside), book)
        aside = set_aside(found, aside)
        book = book.without(aside)
    return Judged(replace(snapshot, set_aside=aside), tuple(found), book)


def set_aside(findings: Iterable[Finding], already: frozenset[Place]) -> frozenset[Place]:
    """The rows that a finding sets aside, beside those that are already."""
    return already | {Place(f.sheet, f.row) for f in findings if f.severity is Severity.ROW and f.row}
