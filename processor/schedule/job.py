"""What every scheduler is told, and how a schedule is refused."""

from dataclasses import dataclass
from datetime import time
from pathlib import PurePath

from processor.model.findings import Code, Finding, Severity, Stopped
from processor.schedule.machine import Owner


@dataclass(frozen=True)
class Job:
    """What every scheduler is told: the command, where, when, for whom."""

    name: str
    command: tuple[str, ...]
    workbook: PurePath
    at: time
    owner: Owner

    @property
    def folder(self) -> str:
        """The folder of the workbook. The command never starts there: Python would run a `processor.py` that somebody left in it."""
        return str(self.workbook.parent)

    @property
    def title(self) -> str:
        """One line that says what this is, for lists of tasks."""
        return f"Séances : traitement de nuit de {self.workbook.name}"

    @property
    def clock(self) -> str:
        """The hour as people read it."""
        return f"{self.at:%H:%M}"


def refusal(code: Code, problem: str, fix: str) -> Stopped:
    """The reason why nothing is scheduled, to be raised."""
    why = "le traitement de chaque nuit ne serait pas sûr d’être lancé."
    return Stopped([Finding(code, Severity.STOP, problem, why, fix)])
