"""What one night decides of each sample, against golden text. The names of copies are the rules' own affair."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.books import plan, run
from tests.golden import golden

HERE = Path(__file__).parent
SAMPLES = HERE.parent.parent / "sample_workbooks"


def told(decided: dict[str, Any]) -> Iterator[str]:
    """One line a finding, a move, a copy, a document and a mail, sorted within each."""
    yield from sorted(
        f"{f['code']} : {f['sheet']} {f['header']} {f['cell'].strip('ABCDEFGHIJKLMNOPQRSTUVWXYZ')}"
        for f in decided["findings"]
    )
    yield from sorted(f"range {move['code']} : {move['to']}" for move in decided["moves"])
    yield from sorted(f"répète {r['serie']} : {r['start']} – {r['end']}" for r in decided["repeats"])
    yield from sorted(
        f"document : {Path(document['file']).with_suffix('')}" for document in decided["documents"]
    )
    yield from sorted(f"courriel : {mail['to']} : {mail['subject']}" for mail in decided["mails"])


@pytest.fixture(params=["centre-de-formation", "minimal", "tel-quel"])
def sample(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A folder with one sample, its settings and the letters, as somebody would lay it out."""
    name = str(request.param)
    shutil.copyfile(SAMPLES / f"{name}.xlsx", tmp_path / f"{name}.xlsx")
    if (SAMPLES / f"{name}.toml").exists():
        shutil.copyfile(SAMPLES / f"{name}.toml", tmp_path / "seances.toml")
    shutil.copytree(
        SAMPLES.parent / "templates", tmp_path / "modeles", ignore=shutil.ignore_patterns("*.py", "__*")
    )
    return tmp_path / f"{name}.xlsx"


def test_a_night_on_a_sample_decides_what_it_always_decided(sample: Path) -> None:
    found = "\n".join(told(plan(sample))) + "\n"
    golden(HERE / f"{sample.stem}.txt", found)


def test_after_the_night_on_a_sample_nothing_is_left_to_decide(sample: Path, no_office: None) -> None:
    assert run(sample).exit_code in (0, 10)
    left = plan(sample)
    assert not any(
        left[kind] for kind in ("moves", "repeats", "registrations", "documents", "mails", "writes")
    )
