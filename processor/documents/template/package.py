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
_WHY = "sans modèle lisible, aucun document ne peut en être tiré."


def read_file(path: Path) -> bytes:
    """The bytes of the file; BadTemplate when it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        fix = "vérifiez son nom et qu'il est bien dans le dossier des modèles"
        raise _bad(path, "n'a pas pu être ouvert", fix) from error


def check_package(path: Path, data: bytes) -> None:
    """BadTemplate when the bytes are no .docx, are damaged, hold macros, or swell beyond reason."""
    if not data:
        raise _bad(path, "est vide", "reprenez une copie du modèle, ou celui que le programme apporte")
    if data.startswith(_OLD_OFFICE):
        raise _old(path, data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            _check_sizes(path, package)
            _check_parts(path, package)
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, RuntimeError, ValueError) as error:
        raise _bad(
            path,
            "n'est pas un fichier Word, ou il est abîmé",
            "ouvrez-le dans Word et enregistrez-le de nouveau au format .docx",
        ) from error
    except zipfile.zlib.error as error:  # type: ignore[attr-defined]
        raise _bad(path, "est abîmé", "ouvrez-le dans Word et enregistrez-le de nouveau") from error


def _old(path: Path, data: bytes) -> BadTemplate:
    """What an OLE file is: Word's old format, or a .docx that a password encrypts."""
    if _ENCRYPTED in data:
        fix = "dans Word : Fichier, Informations, Protéger le document, Chiffrer avec mot de passe, puis effacez le mot de passe"
        return _bad(path, "est protégé par un mot de passe", fix)
    return _bad(
        path, "est un ancien fichier .doc", "dans Word, enregistrez-le au format « Document Word (.docx) »"
    )


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
        raise _bad(
            path,
            "est construit d'une façon qui le rend dangereux à ouvrir",
            "refaites-le dans Word à partir d'un document neuf",
        )


def _check_parts(path: Path, package: zipfile.ZipFile) -> None:
    names = set(package.namelist())
    if package.testzip() is not None:
        raise _bad(path, "est abîmé", "ouvrez-le dans Word et enregistrez-le de nouveau")
    if "[Content_Types].xml" not in names:
        raise zipfile.BadZipFile
    types = package.read("[Content_Types].xml")
    if b"macroEnabled" in types or any(name.endswith("vbaProject.bin") for name in names):
        raise _bad(
            path,
            "contient des macros (.docm)",
            "dans Word, enregistrez-le au format « Document Word (.docx) »",
        )
    if b"wordprocessingml" not in types:
        raise _bad(
            path, "n'est pas un document Word", "donnez un fichier .docx fait avec Word ou LibreOffice Writer"
        )
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
        raise _bad(
            path,
            "contient des entités XML, que Word n'écrit jamais",
            "refaites-le dans Word à partir d'un document neuf",
        )


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
        raise _bad(
            path,
            "contient une image ou un objet lié à un autre fichier",
            "dans Word, insérez l'image dans le document au lieu de la lier",
        )


def _bad(path: Path, fault: str, remedy: str) -> BadTemplate:
    return BadTemplate(
        [Problem("modele-inutilisable", f"Le modèle « {path.name} » {fault}.", _WHY, f"{remedy}.")]
    )
