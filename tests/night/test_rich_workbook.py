"""A night on a workbook that holds nearly all that Excel can put into one: everything is still there."""

import io
import re
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from tests.books import run, table
from tests.workbook.peers import CORPUS, needs_corpus, tool

pytestmark = [
    pytest.mark.usefixtures("no_office"),
    pytest.mark.filterwarnings(
        "ignore::UserWarning:openpyxl"
    ),  # the reader of the tests tells what it leaves out
]
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8cfc0000003010100"
    "18dd8db00000000049454e44ae426082"
)
HEADERS = ("Code", "Nom", "Date de début", "Date de fin", "Places")
KEPT = re.compile(r"chart|pivot|slicer|media|drawing|vbaProject|ctrlProp|printerSettings|theme|comments")


def rich(path: Path) -> Path:
    """Séances with a chart, sparklines, notes, pictures, shapes, buttons, formats; sheet « Synthèse » that sums over them."""
    book = xlsxwriter.Workbook(path)
    day = book.add_format({"num_format": "dd/mm/yyyy hh:mm"})
    from datetime import datetime

    for name, count in (("Séances ouvertes", 5), ("Séances terminées", 1)):
        sheet = book.add_worksheet(name)
        sheet.add_table(0, 0, count, 4, {"name": f"T_{count}", "columns": [{"header": h} for h in HEADERS]})
        for n in range(1, count + 1):
            month = 11 if n == 2 or count == 1 else 12
            sheet.write_row(n, 0, [f"S-{n if count > 1 else 90}", f"Yoga {n}"])
            sheet.write_datetime(n, 2, datetime(2026, month, 10 + n, 9), day)
            sheet.write_datetime(n, 3, datetime(2026, month, 10 + n, 10), day)
            sheet.write_number(n, 4, 10 + n)
    sheet = book.worksheets()[0]
    sheet.conditional_format("E2:E6", {"type": "data_bar", "data_bar_2010": True})
    sheet.add_sparkline("H3", {"range": "E2:E6"})
    sheet.write_comment("B3", "voir la mairie", {"author": "Anne"})
    sheet.insert_image("J3", "logo.png", {"image_data": io.BytesIO(PNG)})
    sheet.insert_textbox("J8", "relié", {"textlink": "=$B$4"})
    sheet.insert_button("J12", {"caption": "Go"})
    other = book.add_worksheet("Synthèse")
    other.write_formula("A1", "=SUM('Séances ouvertes'!E2:E6)", None, 65)
    other.write_formula("A2", "='Séances ouvertes'!E3", None, 12)
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": "='Séances ouvertes'!$E$2:$E$6"})
    other.insert_chart("C2", chart)
    book.close()
    return path


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def test_a_night_keeps_all_and_what_points_at_rows_follows(tmp_path: Path) -> None:
    path = rich(tmp_path / "c.xlsx")
    before = parts(path)
    result = run(path)
    assert result.exit_code in (0, 10), result.output
    after = parts(path)
    assert set(before) <= set(after) | {"xl/calcChain.xml"}
    assert [row["Code"] for row in table(path, "Séances terminées")] == ["S-90", "S-2"]
    for name in before:
        if "media" in name or "theme" in name:
            assert after[name] == before[name]
    assert b"$E$2:$E$5" in after["xl/charts/chart1.xml"]
    sheet = next(xml for name, xml in after.items() if name.endswith("sheet3.xml"))
    assert (
        b"S\xc3\xa9ances termin\xc3\xa9es&apos;!E3" in sheet
        or b"S\xc3\xa9ances termin\xc3\xa9es'!E3" in sheet
    )
    drawing = next(xml for name, xml in after.items() if name.endswith("drawing1.xml"))
    assert b'textlink="$B$3"' in drawing
    assert b"voir la mairie" in b"".join(xml for name, xml in after.items() if "comments" in name)


@needs_corpus
@pytest.mark.parametrize(
    "name", ["sampleFormattingSlicer.xlsx", "out.xlsx", "62629_target.xlsm", "issue.2396.xlsx"]
)
def test_pivots_slicers_macros_and_controls_of_real_workbooks_survive_a_night_of_edits(
    tmp_path: Path, name: str
) -> None:
    from processor.workbook import (
        AddSheet,
        AppendRows,
        MarkCell,
        SetCell,
        SheetColumn,
        open_workbook,
        write_edits,
    )

    source = next(path for path in CORPUS if path.name == name)
    book = open_workbook(source)
    sheet = next(entry.name for entry in book.entries if entry.kind == "worksheet")
    between, target = tmp_path / f"a-{name}", tmp_path / name
    new = AddSheet(
        "Séances ouvertes", tuple(SheetColumn(h, 18) for h in HEADERS), "T_seances", ({1: "S-1", 2: "Yoga"},)
    )
    write_edits(book, [new], between)
    edits = [
        SetCell(sheet, 60, 52, "vu"),
        MarkCell(sheet, 60, 52),
        AppendRows("Séances ouvertes", 1, ({1: "S-2"},)),
    ]
    write_edits(open_workbook(between), edits, target)
    before, after = parts(source), parts(target)
    assert {part for part in before if KEPT.search(part) and before[part] != after.get(part)} == set()
    pkgdiff = tool("pkgdiff")
    faults = [pkgdiff.lint(pkgdiff.Package(str(path))) for path in (source, target)]
    assert [fault for fault in faults[1] if fault not in faults[0]] == []
