"""What is wrong, where, why and what to do: errors are values in a list, worded where they are found."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple, TypeAlias

from processor.model.catalogue import known, say

Code: TypeAlias = str
"""What a finding is about: a stable French slug, such as `date-illisible`.

The catalogue is the closed list: a code has its words there (`code.problem`, `code.fix`), and its example in
`docs/catalogue.py`; tests say which one lacks what.
"""

MOMENT_UNSURE: frozenset[Code] = frozenset(
    {"code-en-double", "fin-avant-debut", "date-illisible", "date-ambigue", "heure-illisible"}
)
"""The codes after which nobody knows which séance is meant, or when it ends: its row changes sheet for none of them."""


class Severity(StrEnum):
    """What the program does about a finding. The value is the word of the JSON."""

    STOP = "stop"
    ROW = "row"
    NOTE = "note"

    @property
    def label(self) -> str:
        """The words that a person reads.

        >>> Severity.ROW.label
        'Ligne laissée de côté'
        """
        return say(f"severity.{self.value}")


class Spot(NamedTuple):
    """Where a finding stands: sheet, row from 1 (0: the sheet), cell as A1, header. What is not known is blank."""

    sheet: str = ""
    row: int = 0
    cell: str = ""
    header: str = ""


NOWHERE = Spot()


def sentence(code: str, variant: str, part: str, values: Mapping[str, object]) -> str:
    """One sentence of a finding: that of the variant where the catalogue has one, else that of the code.

    A variant may have variants of its own: `inserted.picture` says what it does not say as `inserted` does.
    """
    path = [code, *variant.split(".")]
    while len(path) > 1 and not known(".".join((*path, part))):
        path.pop()
    return say(".".join((*path, part)), **values)


@dataclass(frozen=True)
class Finding:
    """One cause, told once: a stable French slug, a place, and three sentences for the person who mends it."""

    code: Code
    severity: Severity
    problem: str
    why: str
    fix: str
    sheet: str = ""
    row: int = 0
    cell: str = ""
    header: str = ""

    @classmethod
    def of(
        cls, code: Code, severity: "Severity", variant: str = "", /, at: Spot = NOWHERE, **values: object
    ) -> "Finding":
        """The finding of a code in the words of the catalogue: `code.problem`, `code.why` and `code.fix`, or those of its variant."""
        problem, why, fix = (sentence(code, variant, part, values) for part in ("problem", "why", "fix"))
        return cls(code, severity, problem, why, fix, *at)

    def as_json(self) -> dict[str, str]:
        """The form printed by `seances check --format json`."""
        return {
            "code": self.code,
            "severity": self.severity.value,
            "sheet": self.sheet,
            "cell": self.cell,
            "header": self.header,
            "problem": self.problem,
            "why": self.why,
            "fix": self.fix,
        }


@dataclass(frozen=True)
class Fault:
    """A code, what is wrong with what was typed, and what to type instead; the row adds where and why it matters."""

    code: Code
    problem: str
    fix: str

    @classmethod
    def of(cls, code: Code, variant: str = "", /, **values: object) -> "Fault":
        """The fault of a code in the words of the catalogue: its slugs are `code.problem` and `code.fix`.

        Where one code has several causes, `variant` names the cause: `code.variant.problem`; what a variant does not
        say is said by the code.
        """
        return cls(code, sentence(code, variant, "problem", values), sentence(code, variant, "fix", values))


class Stopped(Exception):
    """The run cannot go on and has changed nothing; raised by the shell alone."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("; ".join(finding.problem for finding in self.findings))


def where(finding: Finding) -> str:
    """The place in words, or nothing when the finding is about no sheet.

    >>> where(Finding("date-illisible", Severity.ROW, "", "", "", "Séances ouvertes", 14, "D14", "Date de début"))
    'feuille « Séances ouvertes », cellule D14 (Date de début)'
    """
    parts = [say("sheet", sheet=finding.sheet)] if finding.sheet else []
    if finding.cell:
        parts.append(
            say("cell.header" if finding.header else "cell", cell=finding.cell, header=finding.header)
        )
    elif finding.row:
        parts.append(say("row", row=finding.row))
    return ", ".join(parts)


def finding_text(finding: Finding) -> str:
    """The finding laid out for a person, on four lines.

    >>> print(finding_text(Finding("fin-avant-debut", Severity.NOTE, "La fin précède le début.", "c'est impossible.",
    ...     "corrigez la date.", "Séances ouvertes", 3)))
    À vérifier — feuille « Séances ouvertes », ligne 3
      Problème : La fin précède le début.
      Pourquoi : c'est impossible.
      Que faire : corrigez la date.  [fin-avant-debut]
    """
    place = where(finding)
    head = finding.severity.label + (f" — {place}" if place else "")
    return say(
        "finding", head=head, problem=finding.problem, why=finding.why, fix=finding.fix, code=finding.code
    )
