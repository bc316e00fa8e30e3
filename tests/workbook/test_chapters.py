"""The chapters of the library import each other one way."""

import re
from pathlib import Path

import pytest

import processor.workbook

ROOT = Path(processor.workbook.__file__).parent
ORDER = ("package", "sheet", "following", "edits", "proving")


@pytest.mark.parametrize("chapter", ORDER)
def test_a_chapter_imports_only_those_below_it(chapter: str) -> None:
    below = ORDER[: ORDER.index(chapter) + 1]
    imported = {
        (file.name, name)
        for file in (ROOT / chapter).glob("*.py")
        for name in re.findall(r"processor\.workbook\.(\w+)", file.read_text("utf-8"))
    }
    assert {item for item in imported if item[1] not in (*below, "errors")} == set()
