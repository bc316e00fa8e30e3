"""What the summary of a night is made from."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from processor.model.findings import Finding, Severity

Line = tuple[str, str | None]


@dataclass(frozen=True)
class Section:
    """One subject: its title (« Séances déplacées »), and a line for each thing, with a path or address to open, or None.

    `note` says something under the title. A section without lines is not shown, unless it has a note.
    """

    title: str
    lines: tuple[Line, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class Report:
    """The summary of one night. `workbook` is its file name, `outcome` one sentence; `sections` is what was done, `waiting`
    what is left for later, `next_steps` what the reader may do now, in imperative sentences.
    """

    now: datetime
    workbook: str
    outcome: str
    findings: tuple[Finding, ...] = ()
    sections: tuple[Section, ...] = ()
    waiting: tuple[Section, ...] = ()
    next_steps: tuple[str, ...] = ()
    organisation: str = ""


def shown(sections: tuple[Section, ...]) -> tuple[Section, ...]:
    """The sections that say something."""
    return tuple(section for section in sections if section.lines or section.note)


def by_severity(findings: tuple[Finding, ...]) -> Iterator[tuple[Severity, list[tuple[str, list[Finding]]]]]:
    """The findings, gravest first, then by sheet in the order they came, then by row.

    >>> first = Finding("b", Severity.NOTE, "", "", "", "Lieux", 3)
    >>> [(severity.label, [sheet for sheet, _ in sheets]) for severity, sheets in by_severity((first,))]
    [('À vérifier', ['Lieux'])]
    """
    sheets = list(dict.fromkeys(finding.sheet for finding in findings))
    for severity in Severity:
        chosen = [finding for finding in findings if finding.severity is severity]
        if chosen:
            chosen.sort(key=lambda finding: (sheets.index(finding.sheet), finding.row))
            yield (
                severity,
                [(sheet, list(group)) for sheet, group in groupby(chosen, key=lambda one: one.sheet)],
            )
