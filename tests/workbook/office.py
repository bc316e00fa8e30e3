"""LibreOffice as the other program: one start for many files, in a profile of its own."""

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

needs_office = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
XLSX = "xlsx:Calc MS Excel 2007 XML"


def saved_by_libreoffice(folder: Path, files: Sequence[Path], kind: str = XLSX) -> list[Path]:
    """The files as LibreOffice saves them, in that folder, in their order."""
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", kind, "--outdir", str(folder)]
    subprocess.run([*command, *map(str, files)], check=True, capture_output=True, timeout=600)
    made = [folder / f"{file.stem}.{kind.partition(':')[0]}" for file in files]
    assert all(path.exists() for path in made), "LibreOffice could not open a file"
    return made
