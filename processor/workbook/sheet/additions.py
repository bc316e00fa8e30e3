"""Elements and parts that edits add: children of a sheet in their place, links, relationships, content types."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from lxml import etree

from processor.workbook.package.markup import (
    DECLARATION,
    OFFICE,
    STRICT_MAIN,
    STRICT_OFFICE,
    local,
    parse_xml,
    serialised,
)
from processor.workbook.package.package import Package, relationships_part
from processor.workbook.sheet.a1 import cell_address
from processor.workbook.sheet.values import escape

ORDER = [
    "sheetPr",
    "dimension",
    "sheetViews",
    "sheetFormatPr",
    "cols",
    "sheetData",
    "sheetCalcPr",
    "sheetProtection",
    "protectedRanges",
    "scenarios",
    "autoFilter",
    "sortState",
    "dataConsolidate",
    "customSheetViews",
    "mergeCells",
    "phoneticPr",
    "conditionalFormatting",
    "dataValidations",
    "hyperlinks",
    "printOptions",
    "pageMargins",
    "pageSetup",
    "headerFooter",
    "rowBreaks",
    "colBreaks",
    "customProperties",
    "cellWatches",
    "ignoredErrors",
    "smartTags",
    "drawing",
    "legacyDrawing",
    "legacyDrawingHF",
    "drawingHF",
    "picture",
    "oleObjects",
    "controls",
    "webPublishItems",
    "tableParts",
    "extLst",
]
RELATIONSHIPS_TYPE = "application/vnd.openxmlformats-package.relationships+xml"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"


@dataclass(frozen=True)
class Link:
    """A hyperlink to be; `target` is an address or #place."""

    row: int
    column: int
    target: str
    tooltip: str | None = None
    display: str | None = None


@dataclass
class Relations:
    """The relationships of one part, added to and taken from."""

    package: Package
    part: str
    content: bytes | None = field(init=False)
    changed: bool = False

    def __post_init__(self) -> None:
        name = relationships_part(self.part)
        self.content = self.package.read(name) if self.package.find(name) else None
        empty = f'<Relationships xmlns="{_RELATIONS}"/>'.encode()
        self._root = parse_xml(self.content or empty, name)

    def add(self, kind: str, target: str, external: bool = False) -> str:
        """The id of a new relationship of that type."""
        taken = {node.get("Id") for node in self._root}
        number = len(taken) + 1
        while f"rId{number}" in taken:
            number += 1
        values = {"Id": f"rId{number}", "Type": kind, "Target": target}
        if external:
            values["TargetMode"] = "External"
        etree.SubElement(self._root, f"{{{_RELATIONS}}}Relationship", values)
        self.changed = True
        return f"rId{number}"

    def remove(self, kind: str) -> None:
        """Take away the relationships whose type ends with the word."""
        for node in [item for item in self._root if (item.get("Type") or "").endswith("/" + kind)]:
            self._root.remove(node)
            self.changed = True

    def written(self) -> bytes:
        """The part of the relationships."""
        if self.content is not None:
            return serialised(self._root, self.content)
        return DECLARATION + etree.tostring(self._root)


def placed_child(root: etree._Element, name: str, order: Sequence[str] = ORDER) -> etree._Element:
    """The root's child of that name, made in its place of the schema's order when it is not there."""
    for node in root:
        if local(node) == name:
            return node
    made = etree.Element(f"{{{etree.QName(root).namespace}}}{name}")
    later = set(order[order.index(name) + 1 :])
    following = next((node for node in root if local(node) in later), None)
    if following is None:
        root.append(made)
    else:
        following.addprevious(made)
    return made


def add_links(root: etree._Element, links: Iterable[Link], relations: Relations) -> None:
    """Put links on cells; one that is already on the same cell gives way."""
    holder = placed_child(root, "hyperlinks")
    strict = etree.QName(root).namespace == STRICT_MAIN
    office = STRICT_OFFICE if strict else OFFICE
    for link in links:
        address = cell_address(link.row, link.column)
        for node in [item for item in holder if item.get("ref") == address]:
            holder.remove(node)
        node = etree.SubElement(holder, f"{{{etree.QName(root).namespace}}}hyperlink", {"ref": address})
        if link.target.startswith("#"):
            node.set("location", link.target[1:])
        else:
            base, _, place = link.target.partition("#") if "#" in link.target else (link.target, "", "")
            node.set(f"{{{office}}}id", relations.add(f"{office}/hyperlink", base, external=True))
            if place:
                node.set("location", place)
        if link.tooltip:
            node.set("tooltip", link.tooltip)
        if link.display:
            node.set("display", link.display)


def column_name(header: str) -> str:
    """A header as the name of a table's column: line breaks as _x000a_."""
    return escape(header).replace("\n", "_x000a_")


def content_types(
    content: bytes, added: dict[str, str], removed: Sequence[str], extensions: dict[str, str]
) -> bytes:
    """The content types with overrides for new parts and without those of removed ones."""
    root = parse_xml(content, "[Content_Types].xml")
    space = etree.QName(root).namespace
    gone = {("/" + part).casefold() for part in removed}
    for node in [item for item in root if (item.get("PartName") or "").casefold() in gone]:
        root.remove(node)
    known = {(item.get("Extension") or "").casefold() for item in root}
    for extension, kind in extensions.items():
        if extension not in known:
            root.insert(
                0, etree.Element(f"{{{space}}}Default", {"Extension": extension, "ContentType": kind})
            )
    for part, kind in added.items():
        etree.SubElement(root, f"{{{space}}}Override", {"PartName": "/" + part, "ContentType": kind})
    return serialised(root, content)


def new_part(package: Package, pattern: str, taken: Iterable[str]) -> tuple[str, int]:
    """A part name such as xl/tables/table{}.xml that is free, and its number."""
    number = 1
    while package.find(pattern.format(number)) or pattern.format(number) in taken:
        number += 1
    return pattern.format(number), number
