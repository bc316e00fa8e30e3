"""What fills and formats say, as plain values to compare (CT_Fill, CT_Xf)."""

from lxml import etree

from processor.workbook.package.markup import child, local


def fill_facts(fill: etree._Element) -> tuple[object, ...]:
    """What is seen of a fill: the background of a solid one is not, and programs write what they like there."""
    pattern = child(fill, "patternFill")
    solid = pattern is not None and pattern.get("patternType") == "solid"
    seen = [node for node in fill.iter() if not (solid and local(node) == "bgColor")]
    return tuple((local(node), tuple(sorted(node.attrib.items()))) for node in seen)


def format_facts(node: etree._Element) -> tuple[object, ...]:
    """All that a format says, as plain values to compare."""
    return tuple((local(item), tuple(sorted(item.attrib.items()))) for item in node.iter())


def seen_facts(node: etree._Element) -> tuple[object, ...]:
    """The same without applyFill, which says where a fill comes from, not what it is: programs leave it out."""
    return tuple(
        (local(item), tuple(sorted(pair for pair in item.attrib.items() if pair[0] != "applyFill")))
        for item in node.iter()
    )


def attributes(node: etree._Element) -> dict[str, str]:
    """The attributes of an element as plain texts."""
    return {str(name): str(value) for name, value in node.attrib.items()}
