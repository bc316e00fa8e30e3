"""Golden texts: files beside a test that say what is made. `SEANCES_GOLDEN=1 pytest PATH` writes them anew, to be read as a change."""

import os
from pathlib import Path


def golden(path: Path, found: str) -> None:
    """That what is made is what the file says; written into it first where that is asked for."""
    if os.environ.get("SEANCES_GOLDEN"):
        path.write_text(found, "utf-8", newline="\n")
    assert found == path.read_text("utf-8")
