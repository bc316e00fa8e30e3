"""The package of ISO 29500-2: parts found by relationship, whatever their names and their case."""

import errno
import hashlib
import posixpath
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from lxml import etree

from processor.workbook.errors import Unreadable
from processor.workbook.package.markup import parse_xml
from processor.workbook.package.zipfiles import CHUNK, Member, ahead, inflated, read_directory

MOST_BYTES = 2 << 30
MOST_PART = (4 << 30) - (1 << 28)
MOST_AT_ONCE = 1 << 30
_FREE, _MOST_RATIO = (
    256 << 20,
    200,
)  # packed data of real sheets unfolds 5 to 60 times, that of a bomb 1,000 times
_OLE = b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True)
class Relationship:
    """A relationship; `kind` is the last word of its type, `target` a part name or, when external, an address."""

    id: str
    kind: str
    type: str
    target: str
    external: bool


class Package:
    """The bytes of a package and its directory; nothing is inflated before it is asked for."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.members = read_directory(data)
        self._by_name = {_folded(member.name): member for member in reversed(self.members)}
        self._refuse_bombs()
        if "[content_types].xml" not in self._by_name:
            raise Unreadable("not-a-workbook", "no content types")

    def _refuse_bombs(self) -> None:
        """Raises Unreadable where members share their bytes, or unfold beyond all measure."""
        directory = sum(len(member.record) for member in self.members)
        if sum(member.packed for member in self.members) > len(self.data) - directory:
            raise Unreadable("damaged", "members overlap")
        if sum(member.size for member in self.members) > max(_FREE, _MOST_RATIO * len(self.data)):
            raise Unreadable("too-large", "packed beyond measure")

    def find(self, part: str) -> Member | None:
        """The member that holds the part, case and slashes aside (ISO 29500-2 §6.2.2.3)."""
        return self._by_name.get(_folded(part))

    def read(self, part: str) -> bytes:
        """The part's content; Unreadable("damaged") when it is absent, "too-large" beyond a gigabyte."""
        member = self.find(part)
        if member is not None and member.size > MOST_AT_ONCE:
            raise Unreadable("too-large", part)
        return b"".join(self.pieces(part))

    def pieces(self, part: str) -> Iterator[bytes]:
        """The part's content, streamed."""
        member = self.find(part)
        if member is None:
            raise Unreadable("damaged", f"{part} is missing")
        if member.size > MOST_PART:
            raise Unreadable("too-large", part)
        pieces = inflated(self.data, member)
        return ahead(pieces) if member.size > 4 * CHUNK else pieces

    def relationships(self, part: str) -> tuple[Relationship, ...]:
        """The relationships of a part ("" for the package), none when it has none."""
        name = relationships_part(part)
        if self.find(name) is None:
            return ()
        root = parse_xml(self.read(name), name)
        return tuple(_relationship(node, part) for node in root.iterchildren("{*}Relationship"))

    @property
    def signed(self) -> bool:
        """Whether the package carries digital signatures, which any change breaks."""
        return any(relation.type.endswith("digital-signature/origin") for relation in self.relationships(""))


def relationships_part(part: str) -> str:
    """The name of the part that holds a part's relationships.

    >>> relationships_part("xl/workbook.xml"), relationships_part("")
    ('xl/_rels/workbook.xml.rels', '_rels/.rels')
    """
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", name + ".rels")


def read_package(path: Path) -> tuple[Package, str]:
    """The package in a file, read once, and the SHA-256 of its bytes.

    Raises Unreadable: missing, folder, special (a pipe would keep the reader waiting), loop (of links), empty, encrypted (an OLE file that holds an encrypted package), xls, too-large,
    not-a-workbook, damaged.
    """
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            raise Unreadable("folder" if stat.S_ISDIR(found.st_mode) else "special", str(path))
        if found.st_size > MOST_BYTES:
            raise Unreadable("too-large", str(found.st_size))
        data = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError) as error:
        raise Unreadable("missing", str(path)) from error
    except OSError as error:
        if error.errno != errno.ELOOP:
            raise
        raise Unreadable("loop", str(path)) from error
    if not data:
        raise Unreadable("empty")
    if data.startswith(_OLE):
        name = "EncryptedPackage".encode("utf-16-le")
        raise Unreadable("encrypted" if name in data else "xls")
    if data[:1] == b"\x09" and data[2:4] in (b"\x04\x00", b"\x06\x00", b"\x08\x00"):
        raise Unreadable("xls")
    return Package(data), hashlib.sha256(data).hexdigest()


def _folded(name: str) -> str:
    return unquote(name.replace("\\", "/").lstrip("/")).casefold()


def _relationship(node: etree._Element, source: str) -> Relationship:
    kind = node.get("Type") or ""
    target = node.get("Target") or ""
    external = node.get("TargetMode") == "External"
    if not external and not target.startswith("#"):
        folder = posixpath.dirname(source)
        target = posixpath.normpath(posixpath.join("/", folder, target.replace("\\", "/"))).lstrip("/")
    return Relationship(node.get("Id") or "", kind.rsplit("/", 1)[-1], kind, target, external)
