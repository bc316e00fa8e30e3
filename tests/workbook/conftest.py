from collections.abc import Iterator

import pytest

from tests.workbook.calc import Calc

collect_ignore = ["calc_server.py"]  # run by the system's Python, which has LibreOffice's bridge


@pytest.fixture(scope="session")
def calc() -> Iterator[Calc]:
    judge = Calc()
    yield judge
    judge.close()
