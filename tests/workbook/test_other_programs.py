"""Workbooks that other programs made: LibreOffice from its own format, from text and from Excel's; XlsxWriter; pandas.

One cell set, a row appended, moved, deleted: the other parts keep their bytes, and openpyxl and LibreOffice read the
same cells elsewhere. The rows named are rows of data, beside nothing merged.
"""

import zipfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import openpyxl
import pandas
import pytest
import xlsxwriter

from processor.workbook import AppendRows, DeleteRows, Edit, MoveRows, SetCell, open_workbook, write_edits
from tests.workbook.office import needs_office, saved_by_libreoffice

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")  # the judge tells what it leaves out
Cells = dict[str, dict[tuple[int, int], object]]
HEADER = ("Code", "Nom", "Début", "Places", "Reste")
MAY_CHANGE = {
    "set": "sheet1",
    "append": "sheet1 table chart",
    "move": "sheet1 sheet2 table chart comments vmlDrawing drawing",
    "delete": "sheet1 sheet2 table chart comments vmlDrawing drawing",
}
ALWAYS = "workbook.xml calcChain Content_Types styles"


def edits(sheets: list[str], header: int) -> Iterator[tuple[str, Edit]]:
    first = sheets[0]
    yield "set", SetCell(first, header + 2, 2, "tout autre")
    yield "append", AppendRows(first, header, ({1: "S-900", 2: "neuf"},))
    yield "delete", DeleteRows(first, (header + 3,))
    if len(sheets) > 1:
        yield "move", MoveRows(first, (header + 3,), sheets[1], header, {1: 1, 2: 2, 4: 4})


def rich(folder: Path) -> Path:
    """Nearly all that XlsxWriter knows, around two tables."""
    book = xlsxwriter.Workbook(folder / "xlsxwriter.xlsx")
    day, bold = book.add_format({"num_format": "dd/mm/yyyy"}), book.add_format({"bold": True})
    red = book.add_format({"bg_color": "#FFC7CE"})
    for name in ("Un", "Deux"):
        sheet = book.add_worksheet(name)
        sheet.add_table(0, 0, 8, 4, {"name": f"T_{name}", "columns": [{"header": h} for h in HEADER]})
        for row in range(1, 9):
            sheet.write_row(row, 0, [f"S-{row}", f"Yoga {row}"])
            sheet.write_datetime(row, 2, datetime(2026, 12, row), day)
            sheet.write_number(row, 3, row + 4)
            sheet.write_formula(row, 4, f"=D{row + 1}-2", None, row + 2)
        sheet.write_rich_string("B3", "gr", bold, "as")
        for rule in ({"type": "3_color_scale"}, {"type": "icon_set", "icon_style": "3_flags"}, {"type": "data_bar", "data_bar_2010": True},
                     {"type": "formula", "criteria": "=$D2>$D$9", "format": red}, {"type": "duplicate", "format": red}):  # fmt: skip
            sheet.conditional_format("D2:D9", rule)
        sheet.data_validation("B2:B9", {"validate": "list", "source": "=Deux!$B$2:$B$9"})
        sheet.add_sparkline("G2", {"range": f"{name}!D2:D9", "type": "win_loss"})
        sheet.write_comment("B6", "note")
        sheet.insert_button("I2", {"caption": "Aller"})
        sheet.insert_checkbox("G9", True)
        sheet.write_url("A7", "https://example.org/?a=1&b=2", string="S-6")
        sheet.write_dynamic_array_formula("K20:K27", "=UNIQUE(D2:D9)")
        chart = book.add_chart({"type": "line"})
        chart.add_series({"values": f"={name}!$D$2:$D$9", "trendline": {"type": "linear"}})
        chart.combine(_columns(book, name))
        sheet.insert_chart("I12", chart)
        sheet.freeze_panes(1, 1)
        sheet.protect("", {"sort": True})
        sheet.repeat_rows(0)
        sheet.set_h_pagebreaks([6])
    book.close()
    return folder / "xlsxwriter.xlsx"


def _columns(book: xlsxwriter.Workbook, name: str) -> xlsxwriter.chart.Chart:
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": f"={name}!$E$2:$E$9", "data_labels": {"value": True}})
    return chart


def frames(folder: Path, engine: str) -> Path:
    """As pandas writes two frames."""
    frame = pandas.DataFrame(
        {"Code": [f"S-{n}" for n in range(1, 7)], "Nom": "Yoga", "Début": pandas.Timestamp("2026-12-01"), "Places": range(6)}
    )  # fmt: skip
    path = folder / f"pandas-{engine}.xlsx"
    with pandas.ExcelWriter(path, engine=engine) as writer:
        for name in ("Un", "Deux"):
            frame.to_excel(writer, sheet_name=name, index=False)
    return path


def flat(folder: Path) -> Path:
    """A sheet of LibreOffice's own: title merged above, filter, conditional format, validation, note, named range, hidden column."""

    def row(number: int) -> str:
        return (
            f'<table:table-row><table:table-cell office:value-type="string"><text:p>S-{number}</text:p></table:table-cell>'
            f'<table:table-cell office:value-type="string" table:content-validation-name="v1"><text:p>Yoga {number}</text:p></table:table-cell>'
            f'<table:table-cell table:style-name="jour" office:value-type="date" office:date-value="2026-12-0{number}"/>'
            f'<table:table-cell office:value-type="float" office:value="{number + 4}"/>'
            f'<table:table-cell table:formula="of:=[.D{number + 2}]-2" office:value-type="float" office:value="{number + 2}"/></table:table-row>'
        )

    def sheet(name: str) -> str:
        heads = "".join(f'<table:table-cell office:value-type="string"><text:p>{h}</text:p></table:table-cell>' for h in HEADER)  # fmt: skip
        return (
            f'<table:table table:name="{name}"><table:table-column table:number-columns-repeated="5"/>'
            '<table:table-column table:visibility="collapse"/><table:table-row><table:table-cell table:number-columns-spanned="5" '
            'office:value-type="string"><text:p>Planning</text:p><office:annotation><text:p>à revoir</text:p></office:annotation>'
            '</table:table-cell><table:covered-table-cell table:number-columns-repeated="4"/></table:table-row>'
            f"<table:table-row>{heads}</table:table-row>{''.join(map(row, range(1, 9)))}"
            '<calcext:conditional-formats><calcext:conditional-format calcext:target-range-address="'
            f'{name}.D3:{name}.D10"><calcext:condition calcext:apply-style-name="Rouge" calcext:value="&gt;8" '
            f'calcext:base-cell-address="{name}.D3"/></calcext:conditional-format></calcext:conditional-formats></table:table>'
        )

    spaces = " ".join(f'xmlns:{key}="urn:oasis:names:tc:opendocument:xmlns:{value}:1.0"' for key, value in _SPACES.items())  # fmt: skip
    path = folder / "libreoffice.fods"
    path.write_text(
        f'<?xml version="1.0" encoding="UTF-8"?><office:document {spaces} '
        'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0" office:version="1.3" '
        'office:mimetype="application/vnd.oasis.opendocument.spreadsheet"><office:styles><number:date-style style:name="d">'
        '<number:day number:style="long"/><number:text>/</number:text><number:month number:style="long"/><number:text>/</number:text>'
        '<number:year number:style="long"/></number:date-style><style:style style:name="Rouge" style:family="table-cell">'
        '<style:table-cell-properties fo:background-color="#ffc7ce"/></style:style></office:styles><office:automatic-styles>'
        '<style:style style:name="jour" style:family="table-cell" style:data-style-name="d"/></office:automatic-styles>'
        '<office:body><office:spreadsheet><table:content-validations><table:content-validation table:name="v1" '
        'table:condition="of:cell-content-text-length()&lt;40" table:base-cell-address="Un.B3"/></table:content-validations>'
        f'{sheet("Un")}{sheet("Deux")}<table:named-expressions><table:named-range table:name="Places" '
        'table:base-cell-address="$Un.$A$1" table:cell-range-address="$Un.$D$3:.$D$10"/></table:named-expressions>'
        '<table:database-ranges><table:database-range table:name="__Anonymous_Sheet_DB__0" table:target-range-address="Un.A2:Un.E10" '
        'table:display-filter-buttons="true"/></table:database-ranges></office:spreadsheet></office:body></office:document>',
        "utf-8",
    )
    return path


_SPACES = {"office": "office", "table": "table", "text": "text", "style": "style", "fo": "xsl-fo-compatible", "number": "datastyle"}  # fmt: skip


def cells(path: Path) -> Cells:
    """What openpyxl reads, formulas and blanks left out: those change where rows do."""
    book = openpyxl.load_workbook(path)
    return {
        sheet.title: {
            (cell.row, cell.column): cell.value
            for row in sheet.iter_rows()
            for cell in row
            if cell.data_type not in ("f", "n") or isinstance(cell.value, int | float)
        }
        for sheet in book.worksheets
    }


def expected(before: Cells, kind: str, edit: Edit) -> Cells:
    """The cells afterwards, worked out by hand."""
    after = {name: dict(found) for name, found in before.items()}
    here = after[edit.sheet]
    if isinstance(edit, SetCell):
        here[edit.row, edit.column] = edit.value
    elif isinstance(edit, AppendRows):
        last = max(row for row, column in here if column == 1)
        here |= {(last + 1, column): value for column, value in edit.rows[0].items()}
    else:
        gone = edit.rows[0]
        if isinstance(edit, MoveRows):
            there = after[edit.to_sheet]
            last = max(row for row, column in there if column == 1)
            there |= {(last + 1, to): here[gone, column] for column, to in edit.columns.items()}
        after[edit.sheet] = {
            (row - (row > gone), column): value for (row, column), value in here.items() if row != gone
        }
    return after


def edited(source: Path, folder: Path, header: int) -> Iterator[tuple[str, Edit, Path]]:
    """The book after each edit; parts that cannot point at the rows keep their bytes."""
    names = [entry.name for entry in open_workbook(source).entries]
    for kind, edit in edits(names, header):
        target = folder / f"{source.stem}-{kind}.xlsx"
        write_edits(open_workbook(source), [edit], target)
        before, after = ({item.filename: archive.read(item) for item in archive.infolist()} for archive in map(zipfile.ZipFile, (source, target)))  # fmt: skip
        changed = [name for name in before if before[name] != after.get(name)]
        allowed = (ALWAYS + " " + MAY_CHANGE[kind]).split()
        assert [name for name in changed if not any(word in name for word in allowed)] == [], (
            source.name,
            kind,
        )
        assert cells(target) == expected(cells(source), kind, edit), (source.name, kind)
        yield kind, edit, target


@pytest.mark.parametrize("make", [rich, lambda f: frames(f, "openpyxl"), lambda f: frames(f, "xlsxwriter")], ids=["xlsxwriter", "pandas", "pandas-xlsxwriter"])  # fmt: skip
def test_workbooks_of_python_programs_keep_all_else(tmp_path: Path, make) -> None:
    (tmp_path / "out").mkdir()
    assert len(list(edited(make(tmp_path), tmp_path / "out", 1))) == 4


@needs_office
def test_workbooks_that_libreoffice_saved_keep_all_else_and_it_reads_them_again(tmp_path: Path) -> None:
    sources = [rich(tmp_path), flat(tmp_path), tmp_path / "texte.csv"]
    sources[2].write_text(
        "Code,Nom,Début,Places\n" + "".join(f"S-{n},Yoga {n},2026-12-0{n},{n}\n" for n in range(1, 7)),
        "utf-8",
    )
    (tmp_path / "out").mkdir()
    made = saved_by_libreoffice(tmp_path / "lo", sources)
    told = [(book, found) for book, header in zip(made, (1, 2, 1), strict=True) for found in edited(book, tmp_path / "out", header)]  # fmt: skip
    again = saved_by_libreoffice(tmp_path / "again", [*made, *(target for _, (_, _, target) in told)])
    read = {path.stem: cells(path) for path in again}
    for book, (kind, edit, target) in told:
        assert read[target.stem] == expected(read[book.stem], kind, edit), target.name
