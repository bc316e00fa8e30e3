"""What few workbooks hold: followed where that is sure, else refused by its name and its sheet, nothing being written."""

import re
import zipfile
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from processor.workbook import DeleteRows, Refused, SetCell, open_workbook, write_edits
from tests.workbook.test_travelling import repacked

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def holding(
    folder: Path, before: str, xml: str, relation: str = "", part: tuple[str, str] = ("", "")
) -> Path:
    """A sheet of ten rows that holds the element, put before another one; and a part beside it."""
    book = xlsxwriter.Workbook(folder / "plain.xlsx")
    sheet = book.add_worksheet("F")
    for row in range(10):
        sheet.write_row(row, 0, [row + 1, f"lieu {row + 1}"])
    sheet.write_url("D1", "https://example.org")
    book.close()

    def put(name: str, content: bytes) -> bytes:
        if name == "xl/worksheets/sheet1.xml":
            return content.replace(before.encode(), xml.encode() + before.encode(), 1)
        if name.endswith("sheet1.xml.rels"):
            return content.replace(b"</Relationships>", relation.encode() + b"</Relationships>")
        return content

    source = repacked(folder / "plain.xlsx", put)
    if part[0]:
        with zipfile.ZipFile(source, "a") as archive:
            archive.writestr(*part)
    return source


def sheet_after(source: Path, *edits) -> str:
    target = source.with_name("new.xlsx")
    write_edits(open_workbook(source), edits, target)
    openpyxl.load_workbook(target).close()
    with zipfile.ZipFile(target) as archive:
        return archive.read("xl/worksheets/sheet1.xml").decode()


SCENARIOS = '<scenarios current="0" sqref="B8 B2"><scenario name="haut" count="1"><inputCells r="A6" val="9"/></scenario></scenarios>'  # fmt: skip


def test_the_cells_that_scenarios_change_and_show_follow(tmp_path: Path) -> None:
    xml = sheet_after(holding(tmp_path, "<hyperlinks>", SCENARIOS), DeleteRows("F", (2, 4)))
    assert re.findall(r'sqref="([^"]+)"><scenario', xml) == ["B6"]
    assert re.findall(r'inputCells r="(\w+)"', xml) == ["A4"]


def test_smart_tags_follow_and_go_with_their_cells(tmp_path: Path) -> None:
    tags = '<smartTags><cellSmartTags r="A2"><cellSmartTag type="0"/></cellSmartTags><cellSmartTags r="A5"><cellSmartTag type="0"/></cellSmartTags></smartTags>'  # fmt: skip
    source = holding(tmp_path, "</worksheet>", tags)
    assert re.findall(r'cellSmartTags r="(\w+)"', sheet_after(source, DeleteRows("F", (2,)))) == ["A4"]
    assert "smartTags" not in sheet_after(source, DeleteRows("F", (2, 5)))


def test_what_a_formula_had_spilled_goes_when_its_own_row_goes(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(tmp_path / "spill.xlsx")
    sheet = book.add_worksheet("F")
    sheet.write_column("A1", range(9))
    sheet.write_dynamic_array_formula("C3:C5", "=UNIQUE(A1:A3)", None, 1)
    for row in (4, 5):
        sheet.write(f"C{row}", row)
    sheet.write("D4", "reste")
    book.close()
    source = tmp_path / "spill.xlsx"
    sheet_after(source, DeleteRows("F", (3,)))
    page = openpyxl.load_workbook(tmp_path / "new.xlsx")["F"]
    assert [page[f"C{row}"].value for row in (2, 3, 4, 5)] == [None] * 4
    assert (page["D3"].value, page["A3"].value) == ("reste", 3)
    assert 'ref="C3:C4"' in sheet_after(source, DeleteRows("F", (4,)))


REFUSED = {
    "scenarios": (DeleteRows("F", (6,)), "<hyperlinks>", SCENARIOS, "", ("", "")),
    "dataConsolidate": (DeleteRows("F", (6,)), "<hyperlinks>", '<dataConsolidate><dataRefs count="1"><dataRef ref="A1:B3" sheet="F"/></dataRefs></dataConsolidate>', "", ("", "")),
    "tableSingleCells": (
        DeleteRows("F", (6,)), "</worksheet>", "",
        f'<Relationship Id="rIdX" Type="{OFFICE}/tableSingleCells" Target="../tables/tableSingleCells1.xml"/>',
        ("xl/tables/tableSingleCells1.xml", f'<singleXmlCells xmlns="{MAIN}"><singleXmlCell id="1" r="A8" connectionId="1"/></singleXmlCells>'),
    ),
    "data table": (DeleteRows("F", (2,)), "</sheetData>", '<row r="12"><c r="A12"><f t="dataTable" ref="A12:A14" r1="A1"/><v>1</v></c></row>', "", ("", "")),
    "inconnu": (DeleteRows("F", (2,)), "</worksheet>", "<inconnu/>", "", ("", "")),
}  # fmt: skip


@pytest.mark.parametrize("feature", REFUSED)
def test_what_cannot_follow_is_refused_by_name_and_sheet_and_other_edits_are_not(
    tmp_path: Path, feature: str
) -> None:
    edit, *held = REFUSED[feature]
    source = holding(tmp_path, *held)
    with pytest.raises(Refused) as refused:
        write_edits(open_workbook(source), [edit], tmp_path / "refused.xlsx")
    assert [(reason.feature, reason.sheet) for reason in refused.value.reasons] == [(feature, "F")]
    assert not (tmp_path / "refused.xlsx").exists()
    assert "vu" in sheet_after(source, SetCell("F", 2, 2, "vu"))
