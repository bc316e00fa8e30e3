"""A LibreOffice that judges many workbooks one after the other, asked over a pipe (see calc_server.py)."""

import json
import re
import select
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.workbook.peers import TOOLS

LONGEST = 300  # seconds for one workbook; the slowest of the corpus takes two on a quiet machine
Step = tuple[str | int, ...]


_GONE = re.compile(r"(?i)(?:'[^']+'!|\w+!)#REF!|(?:\$?(?:'[^']+'|[\w.]+)\.)?\$?[A-Z]{0,3}\$?#REF!")
_RANGE = re.compile(
    r"(?P<sheet>\$?(?:'[^']+'|\w+)\.)?(?P<left>\$?[A-Z]{1,3})?(?P<top>\$?\d+)?"
    r":(?:\$?(?:'[^']+'|\w+)\.)?(?P<right>\$?[A-Z]{1,3})?(?P<bottom>\$?\d+)?"
)


def settled(formula: str) -> str:
    """The formula in one spelling: of what is gone LibreOffice keeps the column, or the sheet, or neither.

    It names the sheet of a range once or twice, and puts corners in order when it likes. A range down to the
    sheet's last row stays there in LibreOffice; in Excel its end goes up like any other.
    """
    text = re.sub(r"\$('[^']+'|\w+)\.", r"\1.", _GONE.sub("#REF!", formula))
    text = text.replace("#REF!:#REF!", "#REF!")
    text = re.sub(r"\b10485(?:7[0-6]|6[0-9])\b", "1048576", text)
    return _RANGE.sub(_ordered, text)


def _ordered(match: re.Match[str]) -> str:
    columns = sorted(
        (match["left"] or "", match["right"] or ""), key=lambda c: (len(c.strip("$")), c.strip("$"))
    )
    rows = sorted((match["top"] or "", match["bottom"] or ""), key=lambda row: int(row.strip("$") or 0))
    if [row.strip("$") for row in rows] == ["1", "1048576"]:
        rows = ["", ""]
    return f"{match['sheet'] or ''}{columns[0]}{rows[0]}:{columns[1]}{rows[1]}"


class Calc:
    """One process, started when first asked and ended with the tests."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[str] | None = None

    def ask(self, want: str, book: Path, steps: Sequence[Step] = ()) -> Any:
        """The answer; an office that did not open the workbook is started anew and asked once more."""
        job = json.dumps({"want": want, "book": str(book), "steps": list(steps)})
        found = self._answer(job)
        if "cannot open" in found.get("error", ""):
            self.close()
            found = self._answer(job)
        if "error" in found:
            raise RuntimeError(f"{book}: {found['error']}")
        return found["answer"]

    def _answer(self, job: str) -> dict[str, Any]:
        if self._process is None:
            server = str(Path(__file__).with_name("calc_server.py"))
            self._process = subprocess.Popen(
                ["/usr/bin/python3", server, str(TOOLS)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
            )  # fmt: skip
        assert self._process.stdin
        assert self._process.stdout
        print(job, file=self._process.stdin, flush=True)
        ready, _, _ = select.select([self._process.stdout], [], [], LONGEST)
        if not ready:
            self.close()
            raise TimeoutError(f"LibreOffice gave no answer: {job}")
        answer: dict[str, Any] = json.loads(
            self._process.stdout.readline() or '{"error": "cannot open: ended"}'
        )
        return answer

    def cells(self, book: Path, steps: Sequence[Step]) -> dict[str, dict[str, Any]]:
        """Value, or formula and value, by sheet and address, after LibreOffice carried out the steps.

        Where formulas draw lots or read the clock their values are left out, and those of all formulas with them.
        """
        found = self.ask("cells", book, steps)
        texts = [cell[0] for held in found.values() for cell in held.values() if isinstance(cell, list)]
        chance = any(re.search(r"RAND|NOW\(", text) for text in texts)
        for held in found.values():
            for at, cell in held.items():
                if isinstance(cell, list):
                    held[at] = [settled(cell[0]), None if chance else cell[1]]
        return found

    def close(self) -> None:
        if self._process is not None:
            self._process.terminate()  # its soffice ends with it
            self._process.wait(20)
            for pipe in (self._process.stdin, self._process.stdout):
                if pipe:
                    pipe.close()
            self._process = None
