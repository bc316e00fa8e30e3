"""What is wrong, where, why and what to do: errors are values in a list, worded where they are found."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


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
        return _LABELS[self]


_LABELS = {
    Severity.STOP: "Traitement arrêté",
    Severity.ROW: "Ligne laissée de côté",
    Severity.NOTE: "À vérifier",
}


@dataclass(frozen=True)
class Finding:
    """One cause, told once: a stable French slug, a place, and three sentences for the person who mends it."""

    code: str
    severity: Severity
    problem: str
    why: str
    fix: str
    sheet: str = ""
    row: int = 0
    cell: str = ""
    header: str = ""

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


class Stopped(Exception):
    """The run cannot go on and has changed nothing; raised by the shell alone."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("; ".join(finding.problem for finding in self.findings))


def where(finding: Finding) -> str:
    """The place in words, or nothing when the finding is about no sheet.

    >>> where(Finding("x", Severity.ROW, "", "", "", "Séances ouvertes", 14, "D14", "Date de début"))
    'feuille « Séances ouvertes », cellule D14 (Date de début)'
    """
    parts = [f"feuille « {finding.sheet} »"] if finding.sheet else []
    if finding.cell:
        parts.append(f"cellule {finding.cell}" + (f" ({finding.header})" if finding.header else ""))
    elif finding.row:
        parts.append(f"ligne {finding.row}")
    return ", ".join(parts)


def told(finding: Finding) -> str:
    """The finding laid out for a person, on four lines.

    >>> print(told(Finding("fin-avant-debut", Severity.NOTE, "La fin précède le début.", "c'est impossible.",
    ...     "corrigez la date.", "Séances ouvertes", 3)))
    À vérifier — feuille « Séances ouvertes », ligne 3
      Problème : La fin précède le début.
      Pourquoi : c'est impossible.
      Que faire : corrigez la date.  [fin-avant-debut]
    """
    place = where(finding)
    head = finding.severity.label + (f" — {place}" if place else "")
    return "\n".join(
        (
            head,
            f"  Problème : {finding.problem}",
            f"  Pourquoi : {finding.why}",
            f"  Que faire : {finding.fix}  [{finding.code}]",
        )
    )
