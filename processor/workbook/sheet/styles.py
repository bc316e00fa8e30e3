"""The styles part: number formats and fills of cell formats, and formats derived from others."""

from copy import deepcopy

from lxml import etree

from processor.workbook.package.markup import child, local, parse_xml, serialised, whole
from processor.workbook.sheet.formats import BUILTIN, builtin_format, shows_date, shows_elapsed

HATCH = "lightUp"
HATCH_COLOUR = "FFF4B084"


class Styles:
    """The cell formats (cellXfs) by index; derived ones are appended, none is ever changed or renumbered."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._root = parse_xml(content, "styles")
        self._changed = False
        self._derived: dict[tuple[object, ...], int] = {}
        self._unmarked: dict[int, int] = {}
        formats = child(self._root, "cellXfs")
        self._formats = (
            formats if formats is not None else etree.SubElement(self._root, self._name("cellXfs"))
        )
        self._codes = {
            whole(node, "numFmtId"): node.get("formatCode") or "General"
            for node in self._root.iterfind("{*}numFmts/{*}numFmt")
        }
        self._number_formats = [self._code(node) for node in self._list()]
        self._dates = [shows_date(code) for code in self._number_formats]
        self._elapsed = [shows_elapsed(code) for code in self._number_formats]

    def _list(self) -> list[etree._Element]:
        return [node for node in self._formats if local(node) == "xf"]

    def _name(self, name: str) -> str:
        return f"{{{etree.QName(self._root).namespace or ''}}}{name}"

    def _code(self, node: etree._Element) -> str:
        number = whole(node, "numFmtId")
        return self._codes.get(number) or builtin_format(number)

    def __len__(self) -> int:
        return len(self._number_formats)

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
        """The formats whose fill is our mark."""
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

    def with_mark(self, style: int) -> int:
        """The format with our hatch over its fill; itself when it has a pattern or gradient, or the mark."""
        pattern = self._pattern(style)
        kind = pattern.get("patternType") or "none" if pattern is not None else None
        if kind not in ("none", "solid"):
            return style
        fill = etree.Element(self._name("fill"), nsmap=None)
        hatch = etree.SubElement(fill, self._name("patternFill"), {"patternType": HATCH})
        etree.SubElement(hatch, self._name("fgColor"), {"rgb": HATCH_COLOUR})
        colour = child(pattern, "fgColor") if kind == "solid" and pattern is not None else None
        if colour is not None:
            etree.SubElement(hatch, self._name("bgColor"), _values(colour))
        return self._with_fill(style, fill)

    def without_mark(self, style: int) -> int:
        """The format with the fill that the mark's background remembers; itself when it is not marked."""
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
            etree.SubElement(plain, self._name("fgColor"), _values(colour))
            etree.SubElement(plain, self._name("bgColor"), {"indexed": "64"})
        return self._with_fill(style, fill)

    def written(self) -> bytes | None:
        """The part, None when no format was derived."""
        return serialised(self._root, self._content) if self._changed else None

    def _fills(self) -> list[etree._Element]:
        fills = child(self._root, "fills")
        return [node for node in fills if local(node) == "fill"] if fills is not None else []

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
        wanted = _fill_facts(fill)
        for index, node in enumerate(self._fills()):
            if _fill_facts(node) == wanted:
                return index
        fills = child(self._root, "fills")
        if fills is None:
            fills = etree.Element(self._name("fills"))
            self._formats.addprevious(fills)
        fills.append(fill)
        fills.set("count", str(len(self._fills())))
        self._changed = True
        return len(self._fills()) - 1

    def _derive(self, style: int, values: dict[str, str]) -> int:
        """The index of the format like `style` with other attributes: one that exists, or a new one."""
        formats = self._list()
        if 0 <= style < len(formats):
            node = deepcopy(formats[style])
            node.tail = None
        else:
            node = etree.Element(self._name("xf"), {"fontId": "0", "borderId": "0", "xfId": "0"})
        for name, value in values.items():
            node.set(name, value)
            if not value:
                del node.attrib[name]
        for facts in (_format_facts, _seen_facts):
            wanted = facts(node)
            for index, other in enumerate(formats):
                if facts(other) == wanted:
                    return index
        self._formats.append(node)
        self._formats.set("count", str(len(formats) + 1))
        code = self._code(node)
        self._number_formats.append(code)
        self._dates.append(shows_date(code))
        self._elapsed.append(shows_elapsed(code))
        self._changed = True
        return len(formats)

    def _format_id(self, code: str) -> int:
        for number, known in (*self._codes.items(), *BUILTIN.items()):
            if known == code and (number in self._codes or number in BUILTIN):
                return number
        number = max(163, *self._codes, 163) + 1
        holder = child(self._root, "numFmts")
        if holder is None:
            holder = etree.Element(self._name("numFmts"))
            self._root.insert(0, holder)
        etree.SubElement(holder, self._name("numFmt"), {"numFmtId": str(number), "formatCode": code})
        holder.set("count", str(len(holder)))
        self._codes[number] = code
        return number


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


def _fill_facts(fill: etree._Element) -> tuple[object, ...]:
    """What is seen of a fill: the background of a solid one is not, and programs write what they like there."""
    pattern = child(fill, "patternFill")
    solid = pattern is not None and pattern.get("patternType") == "solid"
    seen = [node for node in fill.iter() if not (solid and local(node) == "bgColor")]
    return tuple((local(node), tuple(sorted(node.attrib.items()))) for node in seen)


def _format_facts(node: etree._Element) -> tuple[object, ...]:
    return tuple((local(item), tuple(sorted(item.attrib.items()))) for item in node.iter())


def _seen_facts(node: etree._Element) -> tuple[object, ...]:
    """The same without applyFill, which says where a fill comes from, not what it is: programs leave it out."""
    return tuple(
        (local(item), tuple(sorted(pair for pair in item.attrib.items() if pair[0] != "applyFill")))
        for item in node.iter()
    )


def _values(node: etree._Element) -> dict[str, str]:
    return {str(name): str(value) for name, value in node.attrib.items()}
