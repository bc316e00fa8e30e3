"""A .docx as it comes from anywhere: opened only when it is one, whole, of a sane size and without macros."""

import io
import re
import zipfile
from pathlib import Path

from processor.documents.lint.problems import BadTemplate, Problem

_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_LARGEST_PART, _LARGEST = 100_000_000, 200_000_000
_MOST_PARTS = 2_000
_RATIO = 200
_HARMLESS_RATIO = 1_000_000
_HARMLESS_LINKS = ("hyperlink", "attachedTemplate")  # the second is taken out when the template is read
_ENCODING = re.compile(rb"""\s*(?:\xef\xbb\xbf)?<\?xml[^>]*?encoding\s*=\s*["']([^"']*)""")
_ENCODINGS = (b"utf-8", b"utf-16", b"us-ascii", b"ascii")


def read_file(path: Path) -> bytes:
    """The bytes of the file; BadTemplate when it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise unusable(path.name, "closed") from error


def check_package(path: Path, data: bytes) -> None:
    """BadTemplate when the bytes are no .docx, are damaged, hold macros, or swell beyond reason."""
    if not data:
        raise unusable(path.name, "empty")
    if data.startswith(_OLD_OFFICE):  # OLE: Word's old format, or a .docx that a password encrypts
        raise unusable(path.name, "password" if _ENCRYPTED in data else "old")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            _check_sizes(path, package)
            _check_parts(path, package)
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, RuntimeError, ValueError) as error:
        raise unusable(path.name, "other") from error
    except zipfile.zlib.error as error:  # type: ignore[attr-defined]
        raise unusable(path.name, "damaged") from error


def _check_sizes(path: Path, package: zipfile.ZipFile) -> None:
    entries = package.infolist()
    names = [entry.filename for entry in entries]
    swollen = any(
        entry.file_size > _LARGEST_PART
        or (entry.file_size > _HARMLESS_RATIO and entry.file_size > _RATIO * max(1, entry.compress_size))
        for entry in entries
    )
    total = sum(entry.file_size for entry in entries)
    strange = len(set(names)) < len(names) or any(".." in name or name.startswith("/") for name in names)
    if swollen or strange or total > _LARGEST or len(entries) > _MOST_PARTS:
        raise unusable(path.name, "dangerous")


def _check_parts(path: Path, package: zipfile.ZipFile) -> None:
    names = set(package.namelist())
    if package.testzip() is not None:
        raise unusable(path.name, "damaged")
    if "[Content_Types].xml" not in names:
        raise zipfile.BadZipFile
    types = package.read("[Content_Types].xml")
    if b"macroEnabled" in types or any(name.endswith("vbaProject.bin") for name in names):
        raise unusable(path.name, "macros")
    if b"wordprocessingml" not in types:
        raise unusable(path.name, "program")
    for name in names:
        if name.endswith((".xml", ".rels")):
            _check_xml(path, package.read(name))
        if name.endswith(".rels"):
            _check_relations(path, package.read(name))


def _check_xml(path: Path, data: bytes) -> None:
    """No entity, and no encoding under which one could hide: Word writes UTF-8 and reads UTF-16 besides."""
    encoding = _ENCODING.match(data)
    odd = encoding is not None and encoding[1].lower() not in _ENCODINGS
    if odd or b"<!DOCTYPE" in data or b"<!ENTITY" in data or "<!DOCTYPE".encode("utf-16-le") in data:
        raise unusable(path.name, "dangerous.entities")


def _check_relations(path: Path, data: bytes) -> None:
    """Nothing is fetched from elsewhere when the document is opened; a link that one clicks may lead anywhere."""
    from lxml import etree

    try:
        relations = list(etree.fromstring(data))
    except etree.XMLSyntaxError as error:
        raise zipfile.BadZipFile from error
    external = (
        one.get("Type") or "" for one in relations if (one.get("TargetMode") or "").lower() == "external"
    )
    if any(kind.rpartition("/")[2] not in _HARMLESS_LINKS for kind in external):
        raise unusable(path.name, "linked")


def unusable(name: str, cause: str) -> BadTemplate:
    """Why the file of a template is none, to be raised: `cause` is a variant of the catalogue."""
    return BadTemplate([Problem.of("modele-inutilisable", cause, name=name)])
