"""Files that are damaged, odd or meant to harm: an answer at once, no traceback, nothing written."""

import io
import random
import re
import struct
import tracemalloc
import warnings
import zipfile
import zlib
from pathlib import Path
from time import process_time

import pytest

from processor.workbook import (
    AppendRows,
    DeleteRows,
    MoveRows,
    Refused,
    SetCell,
    Unreadable,
    open_workbook,
    write_edits,
)
from processor.workbook.package.markup import parse_xml
from tests.workbook.books import DONE, OPEN, made
from tests.workbook.test_travelling import repacked

SHEET = "xl/worksheets/sheet1.xml"


def kind_of(path: Path) -> str:
    """What reading all of a workbook ends with."""
    try:
        book = open_workbook(path)
        for entry in book.entries:
            if entry.kind == "worksheet":
                list(book.sheet(entry.name).rows())
    except Unreadable as error:
        return error.kind
    return "read"


def with_part(folder: Path, part: str, change) -> Path:
    return repacked(made(folder), lambda name, content: change(content) if name == part else content)


def test_entities_that_unfold_without_end_are_refused_at_once(tmp_path):
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + b"".join(
        b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9)
    )
    for part in ("xl/workbook.xml", "xl/styles.xml", SHEET, "xl/sharedStrings.xml"):
        path = with_part(tmp_path, part, lambda xml: re.sub(rb"\?>", rb"?>" + bomb + rb"]>", xml, count=1))
        start = process_time()
        assert kind_of(path) == "damaged", part
        assert process_time() - start < 2


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be", "utf-32"])
def test_a_document_type_is_seen_in_wide_encodings_too(encoding):
    text = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE a [<!ENTITY b "c">]><a b="&b;"/>'
    with pytest.raises(Unreadable):
        parse_xml(text.encode(encoding), "x")


def test_elements_nested_without_end_are_refused(tmp_path):
    deep = b"<a>" * 200_000 + b"</a>" * 200_000
    assert kind_of(with_part(tmp_path, "xl/workbook.xml", lambda xml: xml.replace(b"<sheets>", deep + b"<sheets>"))) == "damaged"  # fmt: skip


def test_a_zip_that_unfolds_beyond_measure_is_refused_before_it_is_unfolded(tmp_path):
    path = tmp_path / "bombe.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        with archive.open("xl/worksheets/sheet1.xml", "w") as member:
            for _ in range(300):
                member.write(bytes(1 << 20))
    tracemalloc.start()
    with pytest.raises(Unreadable) as caught:
        open_workbook(path)
    assert tracemalloc.get_traced_memory()[1] < 5 << 20
    tracemalloc.stop()
    assert caught.value.kind == "too-large"


def test_members_that_share_their_bytes_are_refused(tmp_path):
    """The trick of a zip bomb whose members overlap: one block of data, told of many times in the directory."""
    deflate = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = deflate.compress(b"x" * 10_000) + deflate.flush()
    sizes = (zlib.crc32(b"x" * 10_000), len(packed), 10_000)
    local = struct.pack("<4s5H3L2H", b"PK\3\4", 20, 0, 8, 0, 0, *sizes, 1, 0) + b"a" + packed
    entry = struct.pack("<4s6H3L5H2L", b"PK\1\2", 20, 20, 0, 8, 0, 0, *sizes, 1, 0, 0, 0, 0, 0, 0) + b"a"
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 500, 500, len(entry) * 500, len(local), 0)
    path = tmp_path / "x.xlsx"
    path.write_bytes(local + entry * 500 + end)
    assert kind_of(path) == "damaged"


def test_one_far_cell_costs_nothing(tmp_path):
    cell = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    path = with_part(tmp_path, SHEET, lambda xml: xml.replace(b"</sheetData>", cell))
    start = process_time()
    assert dict(open_workbook(path).sheet(OPEN).rows())[1048576][16384].value == 1
    assert process_time() - start < 1


def mutated(data: bytes, chance: random.Random) -> bytes:
    """The package with bytes, members, XML or one attribute gone wrong."""
    way = chance.choice(["bytes", "cut", "xml", "xml", "attribute", "attribute", "member"])
    if way == "bytes":
        wrong = bytearray(data)
        for _ in range(chance.randint(1, 6)):
            wrong[chance.randrange(len(wrong))] = chance.randrange(256)
        return bytes(wrong)
    if way == "cut":
        at = chance.randrange(len(data))
        return data[:at] + data[at + chance.randint(1, 300) :]
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        items = [(item.filename, archive.read(item)) for item in archive.infolist()]
    index = chance.randrange(len(items))
    name, content = items[index]
    if way == "member":
        items[index] = chance.choice([(name.upper(), content), (name, chance.choice(items)[1]), (name, b"")])
    elif way == "xml":
        at = chance.randrange(len(content) + 1)
        odd = [b"<", b"&", b"\0", b"-1", b"&#x110000;", b"<!--", b"<![CDATA[", b"\xff", b"</row>", b"<row/>"]
        items[index] = (name, content[:at] + chance.choice(odd) + content[at + chance.randint(0, 9) :])
    else:
        found = list(re.finditer(rb'="([^"]*)"', content))
        match = chance.choice(found)
        odd = [
            b"",
            b"-1",
            b"x",
            b"99999999999999999999",
            b"A0",
            b"B2:A1",
            b"A1:XFD1048576",
            b"1048577",
            b"rId99",
        ]
        items[index] = (name, content[: match.start(1)] + chance.choice(odd) + content[match.end(1) :])
    target = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        warnings.simplefilter("ignore")
        for name, content in items:
            archive.writestr(name, content)
    return target.getvalue()


@pytest.mark.parametrize("seed", range(4))
def test_whatever_is_wrong_is_said_and_nothing_half_written_is_left(tmp_path, seed):
    chance = random.Random(seed)  # noqa: S311 - repeatable damage
    data = made(tmp_path, totals=True).read_bytes()
    path, target = tmp_path / "x.xlsx", tmp_path / "new.xlsx"
    columns = {n: n for n in range(1, 7)}
    edits = (
        SetCell(OPEN, 3, 3, "x"),
        MoveRows(OPEN, (4,), DONE, 1, columns),
        AppendRows(OPEN, 1, ({1: 9},)),
        DeleteRows(OPEN, (6,)),
    )
    ends = set()
    for _ in range(40):
        path.write_bytes(mutated(data, chance))
        try:
            book = open_workbook(path)
            for entry in book.entries:
                if entry.kind == "worksheet":
                    list(book.sheet(entry.name).rows())
            write_edits(book, edits, target)
            ends.add("written")
            assert zipfile.ZipFile(target).testzip() is None
            target.unlink()
        except (Unreadable, Refused) as error:
            ends.add(type(error).__name__)
        assert not target.exists()
    assert ends >= {"written", "Unreadable"}


def test_the_second_reader_sees_a_value_that_went_missing(tmp_path, monkeypatch):
    from processor.workbook import saving

    def spoiled(draft, target):
        write(draft, target)
        with zipfile.ZipFile(target) as archive:
            parts = {item.filename: archive.read(item) for item in archive.infolist()}
        with zipfile.ZipFile(target, "w") as archive:
            for name, content in parts.items():
                archive.writestr(name, content.replace(b"<v>9</v>", b"<v>8</v>"))

    write = saving._write
    monkeypatch.setattr(saving, "_write", spoiled)
    target = tmp_path / "new.xlsx"
    with pytest.raises(Refused) as refused:
        write_edits(open_workbook(made(tmp_path)), [SetCell(OPEN, 3, 3, "x")], target)
    assert "row 5 would not keep its values" in refused.value.reasons[0].detail
    assert not target.exists()


def test_a_full_disk_leaves_no_half_workbook(tmp_path, monkeypatch):
    from processor.workbook.package.zipfiles import ZipWriter

    def full(self):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(ZipWriter, "close", full)
    target = tmp_path / "new.xlsx"
    with pytest.raises(OSError, match="No space"):
        write_edits(open_workbook(made(tmp_path)), [SetCell(OPEN, 3, 3, "x")], target)
    assert not target.exists()
