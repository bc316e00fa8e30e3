"""What stands in the way of writing: told in French with the sheet, before anything is changed."""

import re
import zipfile
from pathlib import Path

import pytest

from processor.model.findings import Severity
from processor.night.unchangeable import refusal
from tests.books import book, run, seances

pytestmark = pytest.mark.usefixtures("no_office")
ROWS = "Code | Nom | Date de début | Date de fin\nS-1 | Yoga | 20/11/2026 09:00 | 20/11/2026 10:00\n"
LATER = "S-2 | Chant | 20/12/2026 09:00 | 20/12/2026 10:00\n"
_KIND = b"http://schemas.openxmlformats.org/package/2006/relationships/digital-signature/origin"
SIGNATURE = (
    b'<Relationship Id="rIdS" Type="' + _KIND + b'" Target="_xmlsignatures/origin.sigs"/></Relationships>'
)


def rewritten(path: Path, part: str, old: bytes, new: bytes) -> Path:
    with zipfile.ZipFile(path) as archive:
        parts = {item.filename: archive.read(item) for item in archive.infolist()}
    assert old in parts[part]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content.replace(old, new) if name == part else content)
    return path


def test_a_signed_workbook_is_told_of_and_left_alone_until_the_settings_accept_it(tmp_path: Path) -> None:
    path = rewritten(
        book(tmp_path / "c.xlsx", seancesouvertes=ROWS), "_rels/.rels", b"</Relationships>", SIGNATURE
    )
    before = path.read_bytes()
    assert "[classeur-signe]" in seances("check", path, "--now", "2026-12-01T02:00").output
    result = run(path)
    assert (result.exit_code, path.read_bytes()) == (11, before)
    assert 'signature = "rompre"' in result.output
    settings = tmp_path / "seances.toml"
    settings.write_text(settings.read_text("utf-8") + '\n[classeur]\nsignature = "rompre"\n', "utf-8")
    accepted = run(path)
    assert accepted.exit_code == 0, accepted.output
    assert "classeur-signe" not in accepted.output
    assert path.read_bytes() != before


def test_damage_among_the_rows_is_a_finding_too(tmp_path: Path) -> None:
    path = rewritten(
        book(tmp_path / "c.xlsx", seancesouvertes=ROWS), "xl/worksheets/sheet1.xml", b"</sheetData>", b""
    )
    result = seances("check", path)
    assert (result.exit_code, "[classeur-abime]" in result.output) == (11, True)
    assert "Traceback" not in result.output


def test_what_cannot_follow_moved_rows_is_named_with_its_sheet(tmp_path: Path) -> None:
    path = rewritten(
        book(tmp_path / "c.xlsx", seancesouvertes=ROWS + LATER, seancesterminees=ROWS.splitlines()[0]),
        "xl/worksheets/sheet1.xml", b"</sheetData>", b'</sheetData><scenarios><scenario name="x"><inputCells r="B2" val="1"/></scenario></scenarios>',
    )  # fmt: skip
    before = path.read_bytes()
    result = run(path)
    assert (result.exit_code, path.read_bytes()) == (11, before)
    assert "[classeur-non-modifiable]" in result.output
    assert "Séances ouvertes" in result.output
    assert "Gestionnaire de scénarios" in result.output
    assert sorted(item.name for item in tmp_path.glob(".*.tmp")) == []


def test_every_reason_of_the_engine_has_french_words() -> None:
    engine = Path(__file__).parents[2] / "processor" / "workbook"
    features = {
        feature
        for file in engine.glob("*.py")
        for feature in re.findall(r'Reason\(\s*"([^"]+)"', file.read_text("utf-8"))
    } - {"address"}
    for feature in features:
        finding = refusal(feature, "F", "x")
        assert "ne sait pas déplacer" not in finding.problem, feature
        assert finding.severity is Severity.STOP
