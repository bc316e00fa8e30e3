"""Thousands of mails by several workers, one of which is killed each time that some were taken: the benchmark, with what must hold."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LOAD = ("--mails", "8000", "--workers", "4", "--kill-each", "100")


def measured(*options: str) -> dict[str, int]:
    if not hasattr(os, "fork") or not Path("/proc/self/statm").exists():
        pytest.skip("the benchmark forks its workers and reads /proc")
    done = subprocess.run(
        [sys.executable, str(ROOT / "benchmarks" / "mail.py"), *options],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)  # type: ignore[no-any-return]


def assert_never_twice_and_none_lost(figures: dict[str, int]) -> None:
    assert figures["killed"] >= 10
    assert figures["doubles"] == 0
    assert figures["lost"] == 0
    assert figures["left"] == 0
    assert figures["uncertain"] <= figures["killed"]


def test_two_workers_killed_on_sqlite():
    few = ("--mails", "400", "--workers", "2", "--kill-each", "20")
    assert_never_twice_and_none_lost(measured(*few))


@pytest.mark.long
def test_workers_killed_on_sqlite():
    assert_never_twice_and_none_lost(measured(*LOAD))


@pytest.mark.long
def test_workers_killed_on_postgresql(postgresql):
    assert_never_twice_and_none_lost(measured(*LOAD, "--journal", postgresql))
