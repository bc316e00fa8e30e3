"""What can stop a reading or a writing: exceptions that carry facts, no sentence for a person."""

from dataclasses import dataclass


class Unreadable(Exception):
    """The file is no workbook that can be edited; `kind` is one of the words below.

    missing, folder, special, loop, empty, encrypted, xls, not-a-workbook, damaged, too-large
    """

    def __init__(self, kind: str, detail: str = "") -> None:
        super().__init__(f"{kind}: {detail}" if detail else kind)
        self.kind = kind
        self.detail = detail


@dataclass(frozen=True)
class Reason:
    """One thing in the way of an edit: the feature of the format, the sheet (or "") and what exactly."""

    feature: str
    sheet: str
    detail: str


class Refused(Exception):
    """The edits cannot be written without risk; nothing was written."""

    def __init__(self, *reasons: Reason) -> None:
        super().__init__("; ".join(f"{r.feature} ({r.sheet}): {r.detail}" for r in reasons))
        self.reasons = reasons


class Changed(Exception):
    """The workbook on disk is not the one that was read; nothing was replaced."""


class InUse(Exception):
    """Somebody has the workbook open; `who` is empty when unknown."""

    def __init__(self, who: str = "") -> None:
        super().__init__(who or "in use")
        self.who = who
