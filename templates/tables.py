"""Paragraphs, tables, rows and cells of the templates."""

from docx.enum.table import WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_LINE_SPACING
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor
from styles import RULE, twips

from processor.model.typography import curled, typeset


def write(where, text="", style=None, align=None, bold=None, colour=None, size=None, keep=False):
    """A paragraph at the end of a document, a header or a cell."""
    paragraph = where.add_paragraph(style=style)
    if align is not None:
        paragraph.alignment = align
    if text:
        run = paragraph.add_run(typeset(curled(text)))
        run.bold = bold
        if colour:
            run.font.color.rgb = RGBColor.from_string(colour)
        if size:
            run.font.size = Pt(size)
    paragraph.paragraph_format.keep_with_next = keep or None
    return paragraph


def spacer(document, size=4):
    """A small gap after a table."""
    paragraph = write(document)
    paragraph.paragraph_format.space_after = Pt(0)
    paragraph.paragraph_format.line_spacing_rule, paragraph.paragraph_format.line_spacing = (
        WD_LINE_SPACING.EXACTLY,
        Pt(size),
    )
    return paragraph


def tag(where, text):
    """A paragraph or row that holds only a tag and leaves nothing behind."""
    return write(where, text, "Mention")


def rule(paragraph, side="bottom", colour=RULE, size=6, space=6):
    """A line under or over a paragraph."""
    borders = parse_xml(
        f'<w:pBdr {nsdecls("w")}><w:{side} w:val="single" w:sz="{size}" w:space="{space}" w:color="{colour}"/></w:pBdr>'
    )
    properties = paragraph._p.get_or_add_pPr()
    after = [qn(f"w:{name}") for name in ("shd", "tabs", "spacing", "ind", "jc", "rPr", "sectPr")]
    anchor = next((one for one in properties if one.tag in after), None)
    properties.append(borders) if anchor is None else anchor.addprevious(borders)


def table(where, widths):
    """A table without borders, of fixed widths in cm, no row yet."""
    total = sum(widths)
    made = (
        where.add_table(0, len(widths), Cm(total))
        if not hasattr(where, "core_properties")
        else where.add_table(0, len(widths))
    )
    made.autofit, made.alignment = False, WD_TABLE_ALIGNMENT.LEFT
    properties = made._tbl.tblPr
    style_of = properties.find(qn("w:tblStyle"))
    if style_of is not None:
        properties.remove(style_of)
    for name in ("w:tblW", "w:tblInd", "w:tblLook"):
        found = properties.find(qn(name))
        if found is not None:
            properties.remove(found)
    properties.append(parse_xml(f'<w:tblW {nsdecls("w")} w:w="{twips(total)}" w:type="dxa"/>'))
    layout = properties.find(qn("w:tblLayout"))
    if layout is not None:
        properties.remove(layout)
    properties.append(parse_xml(f'<w:tblLayout {nsdecls("w")} w:type="fixed"/>'))
    properties.append(
        parse_xml(
            f'<w:tblCellMar {nsdecls("w")}><w:left w:w="100" w:type="dxa"/><w:right w:w="100" w:type="dxa"/></w:tblCellMar>'
        )
    )
    _order(properties)
    for column, width in zip(made.columns, widths):
        column.width = Cm(width)
    made.widths = widths
    return made


_ORDER = [
    "tblStyle",
    "tblpPr",
    "tblOverlap",
    "bidiVisual",
    "tblStyleRowBandSize",
    "tblStyleColBandSize",
    "tblW",
    "jc",
    "tblCellSpacing",
    "tblInd",
    "tblBorders",
    "shd",
    "tblLayout",
    "tblCellMar",
    "tblLook",
    "tblCaption",
    "tblDescription",
]


def _order(properties):
    properties[:] = sorted(properties, key=lambda one: _ORDER.index(one.tag.rpartition("}")[2]))


def caption(made, title, description):
    """The alternative text of a table, for screen readers and tagged PDF."""
    for name, text in (("tblCaption", title), ("tblDescription", description)):
        element = OxmlElement(f"w:{name}")
        element.set(qn("w:val"), text)
        made._tbl.tblPr.append(element)
    _order(made._tbl.tblPr)


def row(made, *cells, head=False, height=None, style="Cellule"):
    """A row that does not break across pages. A cell is a text, or a list of (text, style)."""
    new = made.add_row()
    properties = new._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if height:
        new.height, new.height_rule = Cm(height), WD_ROW_HEIGHT_RULE.AT_LEAST
    if head:
        properties.append(OxmlElement("w:tblHeader"))
    for cell, content, width in zip(new.cells, cells, made.widths):
        cell.width = Cm(width)
        lines = content if isinstance(content, list) else [(content, "En-tête de tableau" if head else style)]
        fill(cell, lines)
    return new


def fill(cell, lines):
    """The paragraphs of a cell, as (text, style)."""
    first = cell.paragraphs[0]
    for index, (text, style) in enumerate(lines):
        paragraph = first if not index else cell.add_paragraph()
        paragraph.style = style
        bolded(paragraph, text)


def bolded(paragraph, text):
    """Add the text, what stands between ** in bold."""
    for index, piece in enumerate(typeset(curled(text)).split("**")):
        if piece:
            paragraph.add_run(piece).bold = True if index % 2 else None


def tag_row(made, text):
    """A row that holds only a tag and leaves nothing behind."""
    new = made.add_row()
    fill(new.cells[0], [(text, "Mention")])
    for cell, width in zip(new.cells, made.widths):
        cell.width = Cm(width)
    return new


def shade(cell, colour):
    """Colour the ground of a cell."""
    properties = cell._tc.get_or_add_tcPr()
    found = properties.find(qn("w:shd"))
    if found is not None:
        properties.remove(found)
    properties.append(parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{colour}"/>'))


def edges(cell, **sides):
    """Draw edges of a cell: side=(eighths of a point, colour)."""
    properties = cell._tc.get_or_add_tcPr()
    borders = properties.find(qn("w:tcBorders"))
    if borders is None:
        borders = OxmlElement("w:tcBorders")
        anchor = next((one for one in properties if one.tag in (qn("w:shd"), qn("w:vAlign"))), None)
        properties.append(borders) if anchor is None else anchor.addprevious(borders)
    for side in ("top", "left", "bottom", "right"):
        if side in sides:
            size, colour = sides[side]
            borders.append(
                parse_xml(
                    f'<w:{side} {nsdecls("w")} w:val="single" w:sz="{size}" w:space="0" w:color="{colour}"/>'
                )
            )


def middle(cell):
    """Centre the content of a cell from top to bottom."""
    cell._tc.get_or_add_tcPr().append(parse_xml(f'<w:vAlign {nsdecls("w")} w:val="center"/>'))


def flush(made):
    """Align the text of a table with the text of the page."""
    margins = made._tbl.tblPr.find(qn("w:tblCellMar"))
    for side in margins:
        side.set(qn("w:w"), "0")
