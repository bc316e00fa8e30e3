"""A whole night on a workbook with pivot table, slicer, chart, shapes, threaded comments, macros and form controls."""

import re
import zipfile
from pathlib import Path

import openpyxl
import pytest

from tests.books import run
from tests.night.grafts import ANNE, ANSWER, DONE, LUC, OPEN, OTHER, SUM, THREAD, grafted
from tests.workbook.office import needs_office, saved_by_libreoffice
from tests.workbook.peers import CORPUS, needs_corpus, tool

pytestmark = [
    needs_corpus,
    pytest.mark.usefixtures("no_office"),
    pytest.mark.filterwarnings("ignore::UserWarning:openpyxl"),
]
FOLLOWING = {
    "cell-added", "cell-lost", "columns:width", "value", "comment", "conditional-format", "defined-name", "drawing-anchor", "formula", "part-content",
    "sheet-added", "sheet-ext", "sheet:legacyDrawing", "sheet:mc:controls", "table-definition", "table-ref", "threaded-comment",
    "validation", "workbook:sheets",
}  # fmt: skip
UNTOUCHED = re.compile(
    r"vbaProject|media/|theme|persons|slicer|pivotTable|pivotCacheRecords|styles|sharedStrings|drawing2|docProps"
)


def macros() -> bytes:
    """The macros of a real workbook."""
    source = next(path for path in CORPUS if path.name == "62629_target.xlsm")
    with zipfile.ZipFile(source) as archive:
        return archive.read("xl/vbaProject.bin")


@pytest.fixture
def nights(tmp_path: Path) -> tuple[Path, Path]:
    """The workbook before and after a night that moves a séance, repeats another, gives a code and writes people."""
    before = grafted(tmp_path / "avant.xlsm", macros())
    after = tmp_path / "classeur.xlsm"
    after.write_bytes(before.read_bytes())
    result = run(after)
    assert result.exit_code == 0, result.output
    assert "1 séance rangée, 2 séances créées par répétition" in result.output
    return before, after


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def test_every_part_survives_and_points_at_what_it_pointed_at(nights: tuple[Path, Path]) -> None:
    before, after = map(parts, nights)
    assert set(before) <= set(after) | {"xl/calcChain.xml"}
    assert [name for name in before if UNTOUCHED.search(name) and before[name] != after[name]] == []

    def found(name: str, pattern: str) -> list[str]:
        return re.findall(pattern, after[name].decode())

    assert found("xl/pivotCache/pivotCacheDefinition1.xml", r'worksheetSource ref="([^"]+)"') == ["A1:I8"]
    assert found("xl/charts/chart1.xml", r"<c:f>[^<]*!([^<]+)<") == ["$B$2:$B$8", "$F$2:$F$8"]
    assert found("xl/ctrlProps/ctrlProp1.xml", 'fmlaLink="([^"]+)"') == ["$K$3"]
    assert found("xl/ctrlProps/ctrlProp2.xml", 'fmla\\w+="([^"]+)"') == ["$K$4", "$B$2:$B$8"]
    assert found("xl/drawings/drawing1.xml", 'textlink="([^"]+)"') == ["$B$3"]
    vml = "xl/drawings/vmlDrawing1.vml"
    assert found(vml, r"<x:Fmla(?:Link|Range)>([^<]+)<") == ["$K$3", "$K$4", "$B$2:$B$8"]
    assert found(vml, r"<x:Row>(\d+)<") == ["2", "3"]
    assert found(vml, r"<x:FmlaMacro>([^<]+)<") == ["[0]!Relancer"]
    sheet = after["xl/worksheets/sheet1.xml"].decode()
    assert re.findall(r"<xdr:row>(\d+)</xdr:row>", sheet) == ["2", "3", "3", "4"]
    assert 'sqref="F2:F8"' in sheet
    assert f"'{SUM}'!$A$2*9" in sheet.replace("&apos;", "'")


def test_threads_go_with_their_rows_and_keep_their_people(nights: tuple[Path, Path]) -> None:
    after = parts(nights[1])
    pattern = r'ref="(\w+)".*?personId="([^"]+)" id="([^"]+)"'
    here, there = (
        re.findall(pattern, after[f"xl/threadedComments/threadedComment{n}.xml"].decode()) for n in (1, 2)
    )
    assert here == [("B3", ANNE, THREAD), ("B3", LUC, ANSWER)]
    assert there == [("B3", LUC, OTHER)]
    book = openpyxl.load_workbook(nights[1])
    notes = {
        (sheet.title, cell.coordinate): cell.comment.author
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment
    }
    assert notes == {(OPEN, "B3"): f"tc={THREAD}", (OPEN, "B4"): "Anne", (DONE, "B3"): f"tc={OTHER}"}
    assert [book[SUM][f"A{row}"].value for row in (1, 2, 3)] == [
        f"=SUM('{OPEN}'!F2:F8)",
        f"='{OPEN}'!F3",
        f"='{DONE}'!F3",
    ]


def test_nothing_but_what_the_night_tells_differs_and_the_package_has_no_fault(
    nights: tuple[Path, Path],
) -> None:
    report = tool("pkgdiff").diff(str(nights[0]), str(nights[1]))
    assert report.lint == []
    assert {item["kind"] for item in report.items} <= FOLLOWING
    elsewhere = [item for item in report.items if item["where"].startswith((SUM, "Inscriptions", "Sessions"))]
    assert {item["kind"] for item in elsewhere} == {"formula"}


@needs_office
def test_libreoffice_reads_the_same_seances_pivot_and_names(
    nights: tuple[Path, Path], tmp_path: Path
) -> None:
    (read,) = saved_by_libreoffice(tmp_path / "lo", [nights[1]])
    book = openpyxl.load_workbook(read)
    codes = [cell.value for cell in book[OPEN]["A"][1:]]
    assert codes == ["S-0001", "S-0091", "S-0004", "S-0005", "S-0006", "S-0092", "S-0093"]
    pivot = {row[0].value: row[1].value for row in book[SUM]["A21:B27"]}
    assert (pivot["Yoga 4"], pivot["Yoga 3"], pivot.get("Yoga 2")) == (3 * 14, 13, None)
    assert book.defined_names["Places"].attr_text.replace("'", "") == f"{OPEN}!$F$2:$F$8"
    assert len(book[SUM]._charts) == 1
