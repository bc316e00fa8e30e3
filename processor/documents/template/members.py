"""The zip of a .docx, of which most members never change: copied as they stand, only the others deflated anew."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass

_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_UTF8 = 0x800
_DATE = 0x21  # 1 January 1980: the same content always gives the same bytes
LEVEL = 3  # a third of the time of 6, for 10 % more of a part that is a tenth of the file
_SMALL = 1_000  # to deflate so little costs more than it saves


@dataclass(frozen=True)
class Member:
    """One member, deflated: what stands in the body of the zip, and what its directory says of it."""

    name: bytes
    common: tuple[int, ...]
    written: bytes

    @classmethod
    def of(cls, name: str, data: bytes) -> "Member":
        """The member of a name and its data."""
        if len(data) < _SMALL:
            return cls.stored(name, data)
        return cls._made(name, data, _deflated(data), zipfile.ZIP_DEFLATED)

    @classmethod
    def stored(cls, name: str, data: bytes) -> "Member":
        """The member of data that deflating would not make smaller, such as a picture."""
        return cls._made(name, data, data, zipfile.ZIP_STORED)

    @classmethod
    def _made(cls, name: str, data: bytes, packed: bytes, method: int) -> "Member":
        known = name.encode()
        sizes = (zlib.crc32(data), len(packed), len(data), len(known), 0)
        common = (20, _UTF8, method, 0, _DATE, *sizes)
        return cls(known, common, _LOCAL.pack(b"PK\x03\x04", *common) + known + packed)

    def listed(self, offset: int) -> bytes:
        """The line of the directory for an member that stands at this offset."""
        return _CENTRAL.pack(b"PK\x01\x02", 20, *self.common, 0, 0, 0, 0, offset) + self.name


def _deflated(data: bytes) -> bytes:
    deflate = zlib.compressobj(LEVEL, zlib.DEFLATED, -15)
    return deflate.compress(data) + deflate.flush()


@dataclass(frozen=True)
class Members:
    """The members of a package that are the same in every copy, ready to be written."""

    body: bytes
    directory: bytes
    count: int

    @classmethod
    def of(cls, package: bytes, changing: frozenset[str]) -> "Members":
        """All members of the package but those that change, in their order."""
        body, directory, count = bytearray(), bytearray(), 0
        with zipfile.ZipFile(io.BytesIO(package)) as source:
            for name in source.namelist():
                if name not in changing:
                    member = Member.of(name, source.read(name))
                    directory += member.listed(len(body))
                    body += member.written
                    count += 1
        return cls(bytes(body), bytes(directory), count)

    def with_members(self, others: Iterable[Member]) -> bytes:
        """A whole package: these members, then the others."""
        bodies, lines, offset = [self.body], [self.directory], len(self.body)
        for member in others:
            lines.append(member.listed(offset))
            bodies.append(member.written)
            offset += len(member.written)
        directory, count = b"".join(lines), self.count + len(lines) - 1
        end = _END.pack(b"PK\x05\x06", 0, 0, count, count, len(directory), offset, 0)
        return b"".join((*bodies, directory, end))
