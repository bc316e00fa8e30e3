"""What a written package names must be there: formats, texts, formulas shared, relationships, content types.

A workbook may have dangling names of its own; only those that were not there before are faults.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from lxml import etree

from processor.workbook.errors import Unreadable
from processor.workbook.package.markup import OFFICE, STRICT_OFFICE, integer, local, parse_xml
from processor.workbook.package.package import Package
from processor.workbook.sheet.reader import Book

_TYPES = "[Content_Types].xml"
_RELATION = (f"{{{OFFICE}}}", f"{{{STRICT_OFFICE}}}")


@dataclass(frozen=True)
class Stock:
    """What sheets may name by number: how many formats, differential formats and shared texts there are.

    `whole` says that all rows are looked at, so that shared formulas must have the one they are shared from.
    """

    formats: int
    differences: int
    texts: int
    whole: bool = True


def stock_of(book: Book, texts: int) -> Stock:
    """The stock of a workbook; its shared texts are counted by the caller, who has read them."""
    return Stock(len(book.styles), book.styles.differences, texts)


def missing(root: etree._Element, ids: Collection[str], stock: Stock | None = None) -> set[str]:
    """What a part names and is not there, each in a few words: relationships and, where it is a sheet, the rest."""
    found = set(_relationships(root, ids))
    return found if stock is None else found | set(_in_rows(root, stock)) | set(_around(root, stock))


def _relationships(root: etree._Element, ids: Collection[str]) -> Iterator[str]:
    for holder in root:
        for node in holder.iter(etree.Element) if local(holder) != "sheetData" else ():
            for name, value in node.attrib.items():
                if value and value not in ids and str(name).startswith(_RELATION):
                    yield f"relationship {str(value)!r}"


def _in_rows(root: etree._Element, stock: Stock) -> Iterator[str]:
    masters: set[str] = set()
    children: set[str] = set()
    formats = max(stock.formats, 1)
    for row in root.iterfind("{*}sheetData/{*}row"):
        for node in (row, *row):
            style = node.get("s")
            if style is not None and integer(style) >= formats:
                yield f"format {style}"
            if node.get("t") == "s" and integer(node.findtext("{*}v"), -1) >= stock.texts:
                yield f"text {node.findtext('{*}v')}"
        for formula in row.iterfind("{*}c/{*}f[@si]"):
            (masters if formula.text else children).add(formula.get("si") or "")
    if stock.whole:
        yield from (f"shared formula {index}" for index in children - masters)


def _around(root: etree._Element, stock: Stock) -> Iterator[str]:
    for column in root.iterfind("{*}cols/{*}col[@style]"):
        if integer(column.get("style")) >= max(stock.formats, 1):
            yield f"format {column.get('style')}"
    for rule in root.iterfind("{*}conditionalFormatting/{*}cfRule[@dxfId]"):
        if integer(rule.get("dxfId")) >= stock.differences:
            yield f"differential format {rule.get('dxfId')}"


def check_package(before: Package, after: Package, parts: Collection[str], typed: Collection[str]) -> None:
    """Raises Unreadable where a relationship of the written parts leads nowhere, or a part has no content type.

    New parts that are `typed` need a content type of their own, not that of their extension.
    """
    new = {*_leading_nowhere(after, parts), *_untyped(after, typed)}
    if new and (faults := new - {*_leading_nowhere(before, parts), *_untyped(before, ())}):
        raise Unreadable("damaged", min(faults))


def _leading_nowhere(package: Package, parts: Collection[str]) -> Iterator[str]:
    """The relationships of parts that lead to no part."""
    for part in parts:
        for relation in package.relationships(part):
            target = relation.target
            if not relation.external and not target.startswith("#") and package.find(target) is None:
                yield f"{part}: no part {target}"


def _untyped(package: Package, typed: Collection[str]) -> Iterator[str]:
    root = parse_xml(package.read(_TYPES), _TYPES)
    extensions = {(node.get("Extension") or "").casefold() for node in root}
    names = {(node.get("PartName") or "").lstrip("/").casefold() for node in root}
    own = {name.casefold() for name in typed}
    held = {name for member in package.members if (name := _folded(member.name)) and name[-1] != "/"}
    for name in held - names - {_TYPES.casefold()}:
        if name in own or name.rpartition(".")[2] not in extensions:
            yield f"{name}: no content type"
    yield from (f"{name}: a content type, and no part" for name in names - held if name)


def _folded(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").casefold()
