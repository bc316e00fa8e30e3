"""Why a cell could not be read: the half of a finding that the cell alone knows."""

from dataclasses import dataclass

from processor.findings import Code


@dataclass(frozen=True)
class Fault:
    """A code, what is wrong with what was typed, and what to type instead; the row adds where and why it matters."""

    code: Code
    problem: str
    fix: str
