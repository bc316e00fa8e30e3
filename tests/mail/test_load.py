"""Workers killed at random while they deliver: the benchmark, small, with what must hold.

SEANCES_WIDE=1 is the full size: 8,000 mails, 4 workers, one killed every quarter of a second.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
WIDE = bool(os.environ.get("SEANCES_WIDE"))


def measured(*options: str) -> dict[str, int]:
    if not hasattr(os, "fork") or not Path("/proc/self/statm").exists():
        pytest.skip("the benchmark forks its workers and reads /proc")
    done = subprocess.run(
        [sys.executable, "-W", "error", str(ROOT / "benchmarks" / "mail.py"), *options],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)  # type: ignore[no-any-return]


def assert_never_twice_and_none_lost(figures: dict[str, int]) -> None:
    assert figures["killed"] > 0
    assert figures["doubles"] == 0
    assert figures["lost"] == 0
    assert figures["left"] == 0
    assert figures["uncertain"] <= figures["killed"]


LOAD = (
    ["--mails", "8000", "--workers", "4"] if WIDE else ["--mails", "500", "--workers", "2", "--size", "400"]
)


def test_workers_killed_on_sqlite():
    assert_never_twice_and_none_lost(measured(*LOAD, "--kill-every", "0.25" if WIDE else "0.1"))


def test_workers_killed_on_postgresql(postgresql):
    figures = measured(*LOAD, "--kill-every", "0.25" if WIDE else "0.1", "--journal", postgresql)
    assert_never_twice_and_none_lost(figures)
