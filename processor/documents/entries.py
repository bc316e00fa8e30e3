"""The zip of a .docx, of which most entries never change: copied as they stand, only the others deflated anew."""

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_UTF8 = 0x800
_DATE = 0x21  # 1 January 1980: the same content always gives the same bytes
_LEVEL = 6


@dataclass(frozen=True)
class Entries:
    """The entries of a package that are the same in every copy, ready to be written."""

    body: bytes
    directory: bytes
    count: int

    @classmethod
    def of(cls, package: bytes, changing: frozenset[str]) -> "Entries":
        """All entries of the package but those that change, in their order."""
        body, directory, count = bytearray(), bytearray(), 0
        with zipfile.ZipFile(io.BytesIO(package)) as source:
            for name in source.namelist():
                if name not in changing:
                    _append(body, directory, name, source.read(name))
                    count += 1
        return cls(bytes(body), bytes(directory), count)

    def with_parts(self, parts: Mapping[str, bytes]) -> bytes:
        """A whole package: these entries, then the parts given."""
        body, directory = bytearray(self.body), bytearray(self.directory)
        for name, data in parts.items():
            _append(body, directory, name, data)
        count = self.count + len(parts)
        end = _END.pack(b"PK\x05\x06", 0, 0, count, count, len(directory), len(body), 0)
        return b"".join((body, directory, end))


def _append(body: bytearray, directory: bytearray, name: str, data: bytes) -> None:
    """Add one entry, deflated, to the body and to the directory."""
    deflate = zlib.compressobj(_LEVEL, zlib.DEFLATED, -15)
    packed = deflate.compress(data) + deflate.flush()
    written, checksum, offset = name.encode(), zlib.crc32(data), len(body)
    common = (20, _UTF8, zipfile.ZIP_DEFLATED, 0, _DATE, checksum, len(packed), len(data), len(written), 0)
    body += _LOCAL.pack(b"PK\x03\x04", *common) + written + packed
    directory += _CENTRAL.pack(b"PK\x01\x02", 20, *common, 0, 0, 0, 0, offset) + written
