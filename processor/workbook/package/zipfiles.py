"""The zip container: its directory read, members copied as their stored bytes, new members written.

The standard library's zipfile recompresses, resets attributes and drops the extra fields that Office
leaves in local headers (293 of 345 real workbooks have them), so the records are read here (APPNOTE 6.3).
"""

import struct
import zlib
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import BinaryIO

from processor.workbook.errors import Unreadable

_END = struct.Struct("<4s4H2LH")
_END64 = struct.Struct("<4sQ2H2L4Q")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_LOCAL = struct.Struct("<4s5H3L2H")
_FULL16, _FULL32 = 0xFFFF, 0xFFFFFFFF
_DESCRIPTOR = 8
CHUNK = 1 << 20
LEVEL = 4  # near Excel's own: twice as fast as the usual 6 for files 8 % larger


@dataclass(frozen=True)
class Member:
    """One entry of the directory; `record` is its central directory record as stored."""

    name: str
    method: int
    flags: int
    crc: int
    packed: int
    size: int
    offset: int
    record: bytes


def read_directory(data: bytes) -> list[Member]:
    """The members in the order of the directory.

    Raises Unreadable("not-a-workbook") where there is no directory, "damaged" where it does not hold.
    """
    at = data.rfind(b"PK\5\6", max(0, len(data) - 65_557))
    if at < 0:
        raise Unreadable("not-a-workbook", "no zip directory")
    try:
        return list(_records(data, at))
    except (struct.error, IndexError, UnicodeDecodeError) as error:
        raise Unreadable("damaged", f"zip directory: {error}") from error


def _records(data: bytes, at: int) -> Iterator[Member]:
    _, _, _, _, entries, length, start, _ = _END.unpack_from(data, at)
    before = at - length - start
    locator = at - 20
    if locator >= 0 and data[locator : locator + 4] == b"PK\6\7":
        end64 = data.rfind(b"PK\6\6", 0, locator)
        if end64 < 0:
            raise Unreadable("damaged", "zip64 directory missing")
        *_, entries, length, start = _END64.unpack_from(data, end64)
        before = end64 - length - start
    position = start + before
    for _ in range(entries):
        fields = _CENTRAL.unpack_from(data, position)
        if fields[0] != b"PK\1\2":
            raise Unreadable("damaged", "zip directory entry")
        after = position + _CENTRAL.size
        stop = after + fields[10] + fields[11] + fields[12]
        raw_name = data[after : after + fields[10]]
        extra = data[after + fields[10] : after + fields[10] + fields[11]]
        size, packed, offset = _wide(extra, fields[9], fields[8], fields[16])
        name = raw_name.decode("utf-8" if fields[3] & 0x800 else "cp437")
        record = data[position:stop]
        yield Member(name, fields[4], fields[3], fields[7], packed, size, offset + before, record)
        position = stop


def _wide(extra: bytes, size: int, packed: int, offset: int) -> tuple[int, int, int]:
    """Sizes and offset from the zip64 extra field, where the record says to look there."""
    at = 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<2H", extra, at)
        if kind == 1:
            values = [size, packed, offset]
            position = at + 4
            for index, value in enumerate(values):
                if value == _FULL32:
                    (values[index],) = struct.unpack_from("<Q", extra, position)
                    position += 8
            return values[0], values[1], values[2]
        at += 4 + length
    return size, packed, offset


def _content_start(data: bytes, member: Member) -> int:
    try:
        header = _LOCAL.unpack_from(data, member.offset)
    except struct.error as error:
        raise Unreadable("damaged", member.name) from error
    if header[0] != b"PK\3\4":
        raise Unreadable("damaged", f"local header of {member.name}")
    return member.offset + _LOCAL.size + int(header[9]) + int(header[10])


def inflated(data: bytes, member: Member) -> Iterator[bytes]:
    """The member's content in pieces of about a megabyte, its checksum proved at the end."""
    if member.flags & 1:
        raise Unreadable("encrypted", member.name)
    start = _content_start(data, member)
    stored = memoryview(data)[start : start + member.packed]
    if len(stored) != member.packed or member.method not in (0, 8):
        raise Unreadable("damaged", member.name)
    crc = 0
    for piece in _pieces(stored, member):
        crc = zlib.crc32(piece, crc)
        yield piece
    if crc != member.crc:
        raise Unreadable("damaged", f"checksum of {member.name}")


def ahead(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """The same pieces, the next one inflated beside the work on the last."""
    with ThreadPoolExecutor(1) as beside:
        coming = beside.submit(next, pieces, b"")
        while piece := coming.result():
            coming = beside.submit(next, pieces, b"")
            yield piece


def _pieces(stored: memoryview, member: Member) -> Iterator[bytes]:
    if member.method == 0:
        for at in range(0, len(stored), CHUNK):
            yield bytes(stored[at : at + CHUNK])
        return
    inflate = zlib.decompressobj(-15)
    total = 0
    try:
        for at in range(0, len(stored), CHUNK // 4):
            pending: bytes | memoryview = stored[at : at + CHUNK // 4]
            while pending:
                piece = inflate.decompress(pending, CHUNK)
                total += len(piece)
                if total > member.size:
                    raise Unreadable("damaged", f"{member.name} is larger than the directory says")
                if piece:
                    yield piece
                pending = inflate.unconsumed_tail
        last = inflate.flush()
    except zlib.error as error:
        raise Unreadable("damaged", f"{member.name}: {error}") from error
    if last:
        yield last
    if not inflate.eof:
        raise Unreadable("damaged", f"{member.name} is cut short")


class ZipWriter:
    """Writes an archive member by member to a seekable file; `close` writes the directory."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._records: list[bytes] = []

    def copy(self, data: bytes, member: Member) -> None:
        """Copy a member as its stored bytes: local header with all its fields, content, data descriptor."""
        stop = _content_start(data, member) + member.packed
        if member.flags & _DESCRIPTOR:
            stop += _descriptor_length(data, stop, member)
        offset = self._file.tell()
        self._file.write(memoryview(data)[member.offset : stop])
        self._records.append(_placed(member.record, offset))

    def write(self, name: str, content: Iterable[bytes], like: Member | None = None) -> None:
        """Deflate a member from its pieces; its date and attributes are those of the member it replaces."""
        raw_name, utf8 = _encoded(name)
        stamp = _CENTRAL.unpack_from(like.record)[5:7] if like else (0, 0x21)
        flags = 0x800 if utf8 else 0
        offset = self._file.tell()
        header = (b"PK\3\4", 20, flags, 8, *stamp)
        self._file.write(_LOCAL.pack(*header, 0, 0, 0, len(raw_name), 0) + raw_name)
        crc, packed, size = self._deflate(content)
        end = self._file.tell()
        self._file.seek(offset)
        self._file.write(_LOCAL.pack(*header, crc, packed, size, len(raw_name), 0))
        self._file.seek(end)
        made, attributes = (20, 0)
        if like:
            fields = _CENTRAL.unpack_from(like.record)
            made, attributes = fields[1], fields[15]
        self._records.append(
            _CENTRAL.pack(
                b"PK\1\2",
                made,
                20,
                flags,
                8,
                *stamp,
                crc,
                packed,
                size,
                len(raw_name),
                0,
                0,
                0,
                0,
                attributes,
                offset,
            )
            + raw_name
        )

    def _deflate(self, content: Iterable[bytes]) -> tuple[int, int, int]:
        """Checksum, packed size and size. Pieces are deflated beside the making of the next ones."""
        deflate = zlib.compressobj(LEVEL, zlib.DEFLATED, -15)
        crc = packed = size = 0
        with ThreadPoolExecutor(1) as beside:
            pending: deque[Future[bytes]] = deque()
            for piece in content:
                crc = zlib.crc32(piece, crc)
                size += len(piece)
                pending.append(beside.submit(deflate.compress, piece))
                if len(pending) > 4:
                    packed += self._file.write(pending.popleft().result())
            for done in pending:
                packed += self._file.write(done.result())
        packed += self._file.write(deflate.flush())
        return crc, packed, size

    def close(self) -> None:
        """Write the directory."""
        start = self._file.tell()
        length = sum(self._file.write(record) for record in self._records)
        count = len(self._records)
        self._file.write(_END.pack(b"PK\5\6", 0, 0, count, count, length, start, 0))


def _descriptor_length(data: bytes, at: int, member: Member) -> int:
    """The data descriptor behind a member: with or without signature, with sizes of 4 or 8 bytes."""
    mark = 4 if data[at : at + 4] == b"PK\7\10" else 0
    wide = struct.pack("<2Q", member.packed, member.size)
    return mark + (20 if data[at + mark + 4 : at + mark + 20] == wide else 12)


def _placed(record: bytes, offset: int) -> bytes:
    return record[:42] + struct.pack("<L", offset) + record[46:]


def _encoded(name: str) -> tuple[bytes, bool]:
    try:
        return name.encode("ascii"), False
    except UnicodeEncodeError:
        return name.encode("utf-8"), True
