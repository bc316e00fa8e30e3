"""What every scheduler is told, and how a schedule is refused."""

from dataclasses import dataclass
from datetime import time
from pathlib import PurePath

from processor.model.catalogue import say
from processor.model.findings import Fault, Finding, Severity, Stopped
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
        return say("schedule.title", workbook=self.workbook.name)

    @property
    def clock(self) -> str:
        """The hour as people read it."""
        return f"{self.at:%H:%M}"


def refusal(fault: Fault) -> Stopped:
    """The reason why nothing is scheduled, to be raised."""
    return Stopped([Finding(fault.code, Severity.STOP, fault.problem, say("schedule.refused"), fault.fix)])
