import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processor.workbook.following.formulas import shifted
from processor.workbook.following.frame import Moves
from processor.workbook.following.rows import RowShifter
from processor.workbook.following.shift import RowShift
from processor.workbook.package.markup import text_of
from processor.workbook.sheet.a1 import MAX_ROW, Range
from processor.workbook.sheet.cells import parse_row
from processor.workbook.sheet.decoding import Decoder
from processor.workbook.sheet.formulas import references, rewrite, translated
from processor.workbook.sheet.styles import Styles
from processor.workbook.sheet.survey import Group, Survey

GONE_4 = {"f": RowShift(deleted=(4,))}


@pytest.mark.parametrize(
    ("formula", "found"),
    [
        ("LOG10(A1)", ["A1"]),
        ("TAX2024+1", ["TAX2024"]),
        ("s6a1+\\A1+_A1+x.A1", []),
        ("[1]F!A1+[1]!name", []),
        ("'O''Brien A1'!B2", ["B2"]),
        ("Table[A1]+Table[[#This Row],[A1]:[B2]]+T['[A1]", []),
        ('"A1 ""B2"" "&C3', ["C3"]),
        ("A1#+@B2", ["A1", "B2"]),
        ("A1:INDEX(B:B,3)", ["A1", "B:B"]),
        ("$L$6:INDEX(C1:C9,2)", ["$L$6", "C1:C9"]),
        ("SUM(A:A,$3:$4,D1:D1048576)", ["A:A", "$3:$4", "D1:D1048576"]),
        ("#REF!+F!#REF!+A1", ["A1"]),
        ("1E5+2.5E-3+.5", []),
        ("'A:B'!C1+A:B!C1", []),
    ],
)
def test_the_scanner_finds_references_and_nothing_else(formula, found):
    assert [reference for _, reference in references(formula, "F")] == found


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("A4", "#REF!"),
        ("F!A4+G!A4", "F!#REF!+G!A4"),
        ("SUM(A4:B4)", "SUM(#REF!)"),
        ("SUM(A2:A4)", "SUM(A2:A3)"),
        ("SUM(A4:A9)", "SUM(A4:A8)"),
        ("SUM(4:4)+SUM(3:5)", "SUM(#REF!)+SUM(3:4)"),
        ("SUM(A:A)+SUM(A1:A1048576)", "SUM(A:A)+SUM(A1:A1048576)"),
        ("SUM(A2:A1048576)", "SUM(A2:A1048575)"),
        ("$A$9 & A9  +A$9", "$A$8 & A8  +A$8"),
        ('INDIRECT("A4")', 'INDIRECT("A4")'),
        ("A1048576", "A1048575"),
        ("'A:F'!A9", "'A:F'!A9"),
    ],
)
def test_a_deleted_row_moves_references_as_excel_does(before, after):
    assert shifted(before, "F", GONE_4) == after


def test_filling_down_moves_relative_parts_only():
    assert translated("A1+$A1+A$1+$A$1+G!B2+SUM(2:3)", 3) == "A4+$A4+A$1+$A$1+G!B5+SUM(5:6)"


ROWS = st.integers(1, 30)
GONE = st.sets(ROWS, min_size=1, max_size=12).map(lambda rows: RowShift(deleted=tuple(sorted(rows))))
INSERTED = st.lists(st.tuples(ROWS, st.integers(1, 3)), max_size=2, unique_by=lambda item: item[0]).map(
    lambda items: tuple(sorted(items))
)


@given(GONE, INSERTED, ROWS, ROWS)
def test_a_range_covers_exactly_the_rows_that_are_left_of_it(gone, inserted, a, b):
    shift = RowShift(inserted, gone.deleted)
    top, bottom = min(a, b), max(a, b)
    left = [row for row in range(top, bottom + 1) if row not in gone.deleted]
    span = shift.span(top, bottom)
    assert span == ((shift.row(left[0]), shift.row(left[-1])) if left else None)
    assert [shift.row(row) for row in left] == sorted({shift.row(row) for row in left})


PIECES = st.sampled_from(["A", "B$", "$C", "AB", "$XFD$"])
CELL = st.builds(lambda column, row: f"{column}{row}", PIECES, ROWS | st.just(40))
AREA = st.builds(lambda a, b: f"{a}:{b}", CELL, CELL)
OTHERS = st.sampled_from(
    [
        "A:C",
        "$2:5",
        "7:7",
        "LOG10(2)",
        "1E5",
        "D1:D1048576",
        "3.5",
        "40",
        "$40:40",
        "LOG40(40)",
        "TAUX40",
        "XFE40",
        "AB2000000",
        "A40%",
        "SUM(B3)",
        '"B4"',
        "G!B4",
    ]
)
FORMULA = st.lists(st.one_of(CELL, AREA, OTHERS), min_size=1, max_size=4).map("+".join)


@given(GONE, FORMULA)
def test_the_quick_way_through_a_row_gives_what_the_scanner_gives(gone, formula):
    raw = f'<row r="40"><c r="A40"><f>{formula.replace(chr(34), "&quot;")}</f><v>1</v></c></row>'.encode()
    found = Survey()
    row = RowShifter("f", found, Moves({"f": gone})).row(40, raw)
    text = re.search(rb"<f>(.*)</f>", row)[1].decode().replace("&quot;", '"')
    assert text == shifted(formula, "f", {"f": gone})


@given(st.text("AB12$:!'\"[]#()+, é_.{}", max_size=30))
def test_scanning_never_loses_a_character(formula):
    assert rewrite(formula, "F", lambda _sheet, reference: reference) == formula


def test_rows_never_leave_the_sheet():
    assert RowShift(inserted=((5, 3),)).span(2, MAX_ROW) == (2, MAX_ROW)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("TAUX40*A40", "TAUX40*A38"),
        ("XFE40+XFD40", "XFE40+XFD38"),
        ("TAUX41*A41+A40", "TAUX41*A39+A38"),
        ("LOG10(A40)*40", "LOG10(A38)*40"),
        ("A40*4040", "A38*4040"),
        ("XFE41+B41", "XFE41+B39"),
    ],
)
def test_a_name_that_ends_with_a_number_of_a_row_is_not_a_cell(before, after):
    gone = RowShift(deleted=(4, 5))
    found = Survey(prefix=b"", formulas=True)
    raw = f'<row r="40"><c r="A40"><f>{before}</f><v>40</v></c></row>'.encode()
    row = RowShifter("f", found, Moves({"f": gone})).row(40, raw)
    assert row == f'<row r="38"><c r="A38"><f>{after}</f><v>40</v></c></row>'.encode()


ODD_CELLS = st.lists(
    st.sampled_from(
        [
            'r="A40" s="40"><v>40</v>',
            's="40" r="B40"><v>1</v>',
            's="40"><v>2</v>',
            'r="D40" t="s"><v>40</v>',
            'r="E40" t="inlineStr"><is><t>dit "40" et #40"</t></is>',
            'r="F40" t="e"><v>#N/A</v>',
            'r="G40"><f>A40+B40</f><v>40</v>',
            'r="H40"><f ca="1">A40+B41</f><v>40</v>',
            'r="I40"><f t="array" ref="I40:I40">A40*2</f><v>4</v>',
        ]
    ),
    max_size=6,
    unique=True,
)


@given(GONE, ODD_CELLS, st.sampled_from(['r="40"', 'spans="1:40" r="40"', 'r="40" s="40" customFormat="1"']))
def test_a_row_that_moves_keeps_all_but_its_number(gone, cells, start):
    raw = f"<row {start}>{''.join(f'<c {cell}</c>' for cell in cells)}</row>".encode()
    moved = RowShifter("f", Survey(), Moves({"f": gone})).row(40, raw)
    before, after = parse_row(40, raw, b""), parse_row(gone.place(40), moved, b"")
    assert re.search(rb'\br="([0-9]+)"', moved)[1] == b"%d" % gone.place(40)
    assert after.attributes == before.attributes
    assert {c: cell.attributes for c, cell in after.cells.items()} == {
        c: cell.attributes for c, cell in before.cells.items()
    }
    for column, cell in before.cells.items():
        old, new = (re.sub(rb"<f.*</f>", b"", item.inner) for item in (cell, after.cells[column]))
        assert new == old
        formula = re.search(rb"<f[^>]*>(.*)</f>", cell.inner)
        if formula:
            text = re.search(rb"<f[^>]*>(.*)</f>", after.cells[column].inner)[1].decode()
            assert text == shifted(formula[1].decode(), "f", {"f": gone})
    addresses = {int(number) for number in re.findall(rb'<c [^>]*?\br="[A-Z]+([0-9]+)"', moved)}
    assert addresses <= {gone.place(40)}


def as_filled_down(pieces: list[tuple[str, int, str]], row: int) -> str:
    """A formula of that row: columns, rows beside its own (or a fixed one), and what stands between."""
    return "".join(
        f"{column}{row + beside if beside < 9 else beside}{after}" for column, beside, after in pieces
    )


PIECE = st.tuples(
    st.sampled_from(["A", "$B", "C$", "$XFD$", "G!A", "F!B", "[1]S!A", "SUM(A$3:B", "SUM(A1:$C", "XFE"]),
    st.sampled_from([-2, -1, 0, 0, 0, 1, 30, 41, 50]),
    st.sampled_from(["+", "*3+", '&"a5"&T[[#This Row],[a 5]]+', ":D7+", "/LOG10(40)-", "+'G'!$B$40-"]),
)


@given(GONE, st.lists(PIECE, min_size=1, max_size=4), st.booleans())
def test_what_is_worked_out_for_one_row_holds_for_all(gone, pieces, other):
    shifts = {"f": gone, "g": RowShift(deleted=(7, 40))} if other else {"f": gone}
    shifter = RowShifter("F", Survey(), Moves(shifts))
    for row in (row for row in range(3, 60) if gone.row(row) is not None):
        text = as_filled_down(pieces, row).replace("SUM(", "(").replace('"', "&quot;").replace("&", "&amp;")
        text = text.replace("&amp;quot;", "&quot;")
        raw = f'<row r="{row}"><c r="A{row}"><f>{text}</f><v>{row}</v></c></row>'.encode()
        moved = re.search(rb"<f>(.*)</f>", shifter.row(row, raw))[1].decode()
        expected = shifted(text_of(text.encode()), "F", shifts)
        assert in_order(text_of(moved.encode())) == in_order(expected), (row, text)


def in_order(formula: str) -> str:
    """The formula with the corners of its ranges from top to bottom: either order means the same."""

    def ordered(_sheet: str, reference: str) -> str:
        parts = [re.fullmatch(r"([$A-Z]*?)(\$?[0-9]*)", corner).groups() for corner in reference.split(":")]
        rows = sorted((row for _, row in parts), key=lambda row: int(row.strip("$") or 0))
        return ":".join(column + row for (column, _), row in zip(parts, rows, strict=True))

    return rewrite(formula, "F", ordered)


def group(text: str, area: str = "B2:B9") -> tuple[Survey, dict[int, bytes]]:
    """A column B whose formulas are shared from B2."""
    rows = {
        row: f'<row r="{row}"><c r="A{row}"><v>{row}</v></c><c r="B{row}"><f t="shared" si="0"/><v>1</v></c></row>'.encode()
        for row in range(3, 10)
    }
    head = f'<f t="shared" ref="{area}" si="0">{text}</f>'
    rows[2] = f'<row r="2"><c r="B2">{head}<v>1</v></c></row>'.encode()
    return Survey(groups={"0": Group(2, 2, text, Range.parse(area))}), dict(sorted(rows.items()))


@pytest.mark.parametrize("gone", [(5,), (2,), (2, 3), (3, 7, 8)], ids=str)
@pytest.mark.parametrize(
    ("text", "stays"),
    [("A2*2", True), ("A2+$C$9*3", True), ("T[[#This Row],[a]]", True), ("A1+A2", False), ("G!A2", False), ("A12", False)],
)  # fmt: skip
def test_formulas_shared_down_a_column_read_the_same_afterwards_and_stay_shared_where_they_can(
    text, stays, gone
):
    found, rows = group(text)
    shift = RowShift(deleted=gone)
    sharers = lambda _index: ((row, 2) for row in rows if row > 2)  # noqa: E731
    shifter = RowShifter("F", found, Moves({"f": shift}), gone.__contains__, sharers)
    after = {shift.place(row): shifter.row(row, raw) for row, raw in rows.items() if row not in gone}
    reader = Decoder(b"", [], Styles(b"<styleSheet/>"), False)
    read = {row: reader.row(parse_row(row, raw, b""))[2].formula for row, raw in after.items()}
    assert read == {
        shift.place(row): shifted(translated(text, row - 2), "F", {"f": shift})
        for row in rows
        if row not in gone
    }
    assert all(b"shared" in raw for raw in after.values()) == stays
    assert sum(b" ref=" in raw for raw in after.values()) == stays
