"""Judges of edited workbooks that lie beside the repository: real workbooks, a comparing tool, LibreOffice as oracle."""

import importlib.util
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest

SHARED = Path(__file__).resolve().parents[3] / "shared"
CORPUS = sorted((SHARED / "corpus" / "xlsx").glob("*.xls[xm]"))
TOOLS = SHARED / "tools"

FEW = frozenset([
    "13_hyperlinks.xlsx",
    "32readwriteComboChart1.xlsx",
    "AutoFilter.xlsx",
    "TableWithoutFilter.xlsx",
    "sampleCheckVbaCodeIsSigned.xlsm",
])  # fmt: skip

needs_corpus = pytest.mark.skipif(
    not CORPUS, reason="the corpus of real workbooks is not beside the repository"
)


def _has_oracle() -> bool:
    if not TOOLS.exists() or shutil.which("soffice") is None or not Path("/usr/bin/python3").exists():
        return False
    return (
        subprocess.run(["/usr/bin/python3", "-c", "import uno"], capture_output=True, check=False).returncode
        == 0
    )


needs_oracle = pytest.mark.skipif(
    not _has_oracle(), reason="LibreOffice with python3-uno, or the oracle beside the repository, is absent"
)


def wide(path: Path) -> list[pytest.MarkDecorator]:
    """The marks of a test on a workbook: all but a few are for the second run, `pytest -m wide`."""
    return [] if path.name in FEW else [pytest.mark.wide]


@cache
def tool(name: str) -> ModuleType:
    """A tool beside the repository, imported from its file."""
    if str(TOOLS) not in sys.path:
        sys.path.insert(0, str(TOOLS))
    spec = importlib.util.spec_from_file_location(name, TOOLS / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules.setdefault(name, module)
    spec.loader.exec_module(sys.modules[name])
    return sys.modules[name]
