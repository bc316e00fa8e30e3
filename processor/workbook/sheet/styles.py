"""The styles part: number formats and fills of cell formats, and formats derived from others."""

from collections.abc import Callable
from copy import deepcopy

from lxml import etree

from processor.workbook.errors import Reason, Refused
from processor.workbook.package.markup import child, local, parse_xml, serialised, whole
from processor.workbook.sheet.additions import placed_child
from processor.workbook.sheet.facts import attributes, fill_facts, format_facts, seen_facts
from processor.workbook.sheet.formats import BUILTIN, builtin_format, shows_date, shows_elapsed

HATCH = "lightUp"
HATCH_COLOUR = "FFF4B084"
_ORDER = (
    "numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs", "tableStyles", "colors", "extLst",
)  # fmt: skip
_LEAST = {  # what index 0 of each list means; fills 0 and 1 are Excel's own, whatever stands there
    "fonts": '<font><sz val="11"/><name val="Calibri"/><family val="2"/></font>',
    "fills": '<fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>',
    "borders": "<border><left/><right/><top/><bottom/><diagonal/></border>",
    "cellStyleXfs": '<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>',
    "cellXfs": '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>',
    "cellStyles": '<cellStyle name="Normal" xfId="0" builtinId="0"/>',
}


class Styles:
    """The cell formats (cellXfs) by index; derived ones are appended, none is ever changed or renumbered.

    `highest` tells the highest index that cells name from a given one on: where cells name formats that are not there,
    new ones stand behind those indexes.
    """

    def __init__(self, content: bytes, highest: Callable[[int], int] = lambda first: first - 1) -> None:
        self._content = content
        self._highest = highest
        self._root = parse_xml(content, "styles")
        self.changed = self._ready = self._roomy = self._sealed = False
        self._derived: dict[tuple[object, ...], int] = {}
        self._unmarked: dict[int, int] = {}
        self._formats = self._holder("cellXfs")
        self._codes = {
            whole(node, "numFmtId"): node.get("formatCode") or "General"
            for node in self._root.iterfind("{*}numFmts/{*}numFmt")
        }
        self._number_formats = [self._code(node) for node in self._list()]
        self._dates = [shows_date(code) for code in self._number_formats]
        self._elapsed = [shows_elapsed(code) for code in self._number_formats]

    def _list(self) -> list[etree._Element]:
        return _items(self._formats, "xf")

    def _name(self, name: str) -> str:
        return f"{{{etree.QName(self._root).namespace or ''}}}{name}"

    def _code(self, node: etree._Element) -> str:
        number = whole(node, "numFmtId")
        return self._codes.get(number) or builtin_format(number)

    def __len__(self) -> int:
        return len(self._number_formats)

    @property
    def differences(self) -> int:
        """How many differential formats there are, which conditional formats name."""
        holder = child(self._root, "dxfs")
        return len(_items(holder, "dxf")) if holder is not None else 0

    def number_format(self, style: int) -> str:
        """The code of the number format, General for an index that does not exist."""
        return self._number_formats[style] if 0 <= style < len(self._number_formats) else "General"

    def is_date(self, style: int) -> bool:
        """Whether a number in that format is shown as a moment."""
        return 0 <= style < len(self._dates) and self._dates[style]

    def is_elapsed(self, style: int) -> bool:
        """Whether the format counts hours beyond a day."""
        return 0 <= style < len(self._elapsed) and self._elapsed[style]

    @property
    def marked(self) -> frozenset[int]:
        """The formats whose fill is the mark of earlier versions, a hatch."""
        fills = [index for index, node in enumerate(self._fills()) if _is_mark(node)]
        return frozenset(index for index, node in enumerate(self._list()) if whole(node, "fillId") in fills)

    def fill(self, style: int) -> int:
        """The index of the format's fill."""
        formats = self._list()
        return whole(formats[style], "fillId") if 0 <= style < len(formats) else 0

    def with_number_format(self, style: int, code: str) -> int:
        """A format like `style` that shows numbers by `code`."""
        key = ("number", style, code)
        if key not in self._derived:
            self._derived[key] = self._derive(
                style, {"numFmtId": str(self._format_id(code)), "applyNumberFormat": "1"}
            )
        return self._derived[key]

    def difference(self, colour: str) -> int:
        """The index of the differential format that fills cells with a colour: one that exists, or a new one."""
        self._prepare()
        node = etree.fromstring(
            f'<dxf xmlns="{etree.QName(self._root).namespace}"><fill><patternFill patternType="solid">'
            f'<fgColor rgb="{colour}"/><bgColor rgb="{colour}"/></patternFill></fill></dxf>'
        )
        wanted = format_facts(node)
        for index, other in enumerate(_items(self._holder("dxfs"), "dxf")):
            if format_facts(other) == wanted:
                return index
        return self._appended("dxfs", node)

    def without_mark(self, style: int) -> int:
        """The format with the fill that the hatch's background remembers; itself when it has none."""
        if style not in self._unmarked:
            self._unmarked[style] = self._without_mark(style)
        return self._unmarked[style]

    def _without_mark(self, style: int) -> int:
        pattern = self._pattern(style)
        if pattern is None or not _is_mark_pattern(pattern):
            return style
        colour = child(pattern, "bgColor")
        fill = etree.Element(self._name("fill"), nsmap=None)
        kept = colour is not None and colour.get("auto") is None and colour.get("indexed") != "65"
        plain = etree.SubElement(
            fill, self._name("patternFill"), {"patternType": "solid" if kept else "none"}
        )
        if kept and colour is not None:
            etree.SubElement(plain, self._name("fgColor"), attributes(colour))
            etree.SubElement(plain, self._name("bgColor"), {"indexed": "64"})
        return self._with_fill(style, fill)

    def written(self) -> bytes | None:
        """The part, None when nothing was added; nothing can be added afterwards."""
        self._sealed = True
        return serialised(self._root, self._content) if self.changed else None

    def _fills(self) -> list[etree._Element]:
        fills = child(self._root, "fills")
        return _items(fills, "fill") if fills is not None else []

    def _pattern(self, style: int) -> etree._Element | None:
        """The pattern fill of a format; an empty one where there is no fill; None for a gradient."""
        formats, fills = self._list(), self._fills()
        number = whole(formats[style], "fillId") if 0 <= style < len(formats) else 0
        if not 0 <= number < len(fills):
            return etree.Element("patternFill")
        if not len(fills[number]):
            return etree.Element("patternFill")
        return child(fills[number], "patternFill")

    def _with_fill(self, style: int, fill: etree._Element) -> int:
        key = ("fill", style, etree.tostring(fill))
        if key not in self._derived:
            index = self._fill_index(fill)
            self._derived[key] = self._derive(
                style, {"fillId": str(index), "applyFill": self._applies(style, fill)}
            )
        return self._derived[key]

    def _applies(self, style: int, fill: etree._Element) -> str:
        """Formats of the style Normal without a fill say nothing of fills: so that unmarking finds the old one."""
        pattern = child(fill, "patternFill")
        formats = self._list()
        normal = not 0 <= style < len(formats) or formats[style].get("xfId", "0") == "0"
        return "" if normal and pattern is not None and pattern.get("patternType") == "none" else "1"

    def _fill_index(self, fill: etree._Element) -> int:
        self._prepare()
        wanted = fill_facts(fill)
        for index, node in enumerate(self._fills()):
            if fill_facts(node) == wanted:
                return index
        return self._appended("fills", fill)

    def _appended(self, holder: str, node: etree._Element) -> int:
        """The index of a new item at the end of a list."""
        items = self._holder(holder)
        items.append(node)
        items.set("count", str(len(items)))
        self.changed = True
        return len(items) - 1

    def _holder(self, name: str) -> etree._Element:
        """A list of the part, made in its place of the schema's order when it is not there."""
        return placed_child(self._root, name, _ORDER)

    def _prepare(self) -> None:
        """Before anything is derived: every list that formats point into has its first items, as Excel means them.

        Raises Refused where a list holds alternatives: programs count its items differently.
        """
        if self._sealed:
            raise RuntimeError("the styles part is written already")
        if self._ready:
            return
        self._ready = True
        if any(local(node) == "AlternateContent" for items in self._root for node in items):
            raise Refused(Reason("styles", "", "alternatives stand among the formats"))
        space = etree.QName(self._root).namespace or ""
        for name, least in _LEAST.items():
            holder = self._holder(name)
            if not len(holder):
                holder.extend(etree.fromstring(f'<{name} xmlns="{space}">{least}</{name}>'))
                holder.set("count", str(len(holder)))
        for node in self._list()[len(self) :]:
            self._note(node)

    def _note(self, node: etree._Element) -> None:
        code = self._code(node)
        self._number_formats.append(code)
        self._dates.append(shows_date(code))
        self._elapsed.append(shows_elapsed(code))

    def _derive(self, style: int, values: dict[str, str]) -> int:
        """The index of the format like `style` with other attributes: one that exists, or a new one."""
        self._prepare()
        formats = self._list()
        node = deepcopy(formats[style if 0 <= style < len(formats) else 0])
        node.tail = None
        for name, value in values.items():
            node.set(name, value)
            if not value:
                del node.attrib[name]
        for facts in (format_facts, seen_facts):
            wanted = facts(node)
            for index, other in enumerate(formats):
                if facts(other) == wanted:
                    return index
        self._leave_room()
        self._note(node)
        return self._appended("cellXfs", node)

    def _leave_room(self) -> None:
        """Cells may name formats that are not there and look like the first one: they go on looking so."""
        if self._roomy:
            return
        self._roomy = True
        for _ in range(len(self._list()), self._highest(len(self._list())) + 1):
            plain = deepcopy(self._list()[0])
            self._note(plain)
            self._appended("cellXfs", plain)

    def _format_id(self, code: str) -> int:
        for number, known in (*self._codes.items(), *BUILTIN.items()):
            if known == code and (number in self._codes or number in BUILTIN):
                return number
        self._prepare()
        number = max(163, *self._codes, 163) + 1
        values = {"numFmtId": str(number), "formatCode": code}
        self._appended("numFmts", etree.Element(self._name("numFmt"), values))
        self._codes[number] = code
        return number


def _items(holder: etree._Element, name: str) -> list[etree._Element]:
    """The items of a list; of alternatives what a program takes that knows none of them (ISO 29500-3 §9)."""
    items: list[etree._Element] = []
    for node in holder:
        if local(node) == name:
            items.append(node)
        elif local(node) == "AlternateContent":
            chosen = child(node, "Fallback")
            items += _items(chosen, name) if chosen is not None else []
    return items


def _is_mark(fill: etree._Element) -> bool:
    pattern = child(fill, "patternFill")
    return pattern is not None and _is_mark_pattern(pattern)


def _is_mark_pattern(pattern: etree._Element) -> bool:
    colour = child(pattern, "fgColor")
    return (
        pattern.get("patternType") == HATCH
        and colour is not None
        and (colour.get("rgb") or "").upper() == HATCH_COLOUR
    )
