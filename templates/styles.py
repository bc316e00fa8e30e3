"""The look of the templates: page, colours, and plain Word styles that staff can change."""

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor

FONT = "Arial"

INK, TEAL, GREY, PALE, RULE = "1E2B33", "1F6B70", "5F6B73", "F0F5F5", "C8D6D6"

RIGHT, CENTRE, LEFT = WD_ALIGN_PARAGRAPH.RIGHT, WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.LEFT


def blank(title, landscape=False, margins=(2.2, 2.2, 2.0, 2.0)):
    """An empty A4 document in French with the styles of the house. Margins: left, right, top, bottom, in cm."""
    document = Document()
    body = document.element.body
    for child in list(body)[:-1]:
        body.remove(child)
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    width, height = (29.7, 21.0) if landscape else (21.0, 29.7)
    section.page_width, section.page_height = Cm(width), Cm(height)
    section.left_margin, section.right_margin, section.top_margin, section.bottom_margin = map(Cm, margins)
    section.header_distance, section.footer_distance = Cm(1.1), Cm(0.9)
    styles(document)
    lighten(document)
    settings(document)
    properties = document.core_properties
    properties.title = title
    properties.author = "{{ organisme.nom }}"
    properties.language, properties.comments, properties.last_modified_by = "fr-FR", "", ""
    properties.subject, properties.keywords = "{{ intitule }}", ""
    return document


def lighten(document):
    """Take out what no template uses: the hundred table and list styles of the blank document, its thumbnail.

    LibreOffice reads each of them again for each document.
    """
    root = document.styles.element
    for style in list(root.findall(qn("w:style"))):
        unused = style.get(qn("w:type")) == "table" or style.get(qn("w:styleId"), "").startswith("List")
        if unused and style.get(qn("w:default")) != "1":
            root.remove(style)
    package = document.part.package
    for relations in (package.rels, document.part.rels):
        for identity, relation in list(relations.items()):
            if relation.reltype.rpartition("/")[2] in (
                "thumbnail",
                "stylesWithEffects",
                "customXml",
                "numbering",
            ):
                del relations[identity]


def width_of(document):
    """The width of the text, in cm."""
    section = document.sections[0]
    return (section.page_width - section.left_margin - section.right_margin) / 360000


def styles(document):
    """Normal, Titre, Titre 1 and a few of our own, all of them plain Word styles."""
    fonts = document.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    language = fonts.find(qn("w:lang"))
    language.set(qn("w:val"), "fr-FR")
    look(document.styles["Normal"], 10.5, INK, after=6, line=1.18)
    look(document.styles["Title"], 24, INK, bold=True, before=0, after=4, line=1.0)
    border = document.styles["Title"].element.pPr.find(qn("w:pBdr"))
    if border is not None:
        document.styles["Title"].element.pPr.remove(border)
    look(document.styles["Subtitle"], 12, GREY, after=12, line=1.1)
    look(document.styles["Heading 1"], 11, TEAL, bold=True, before=14, after=5, line=1.1)
    document.styles["Heading 1"].paragraph_format.keep_with_next = True
    look(document.styles["Header"], 9, GREY, after=0, line=1.1)
    look(document.styles["Footer"], 7.5, GREY, after=0, line=1.2)
    own = (
        ("Surtitre", 9, TEAL, True, 0, 3),
        ("Étiquette", 9, GREY, False, 4, 4),
        ("Cellule", 10, INK, False, 4, 4),
        ("En-tête de tableau", 8.5, "FFFFFF", True, 4, 4),
        ("Destinataire", 10.5, INK, False, 0, 0),
        ("Nom de la personne", 20, TEAL, True, 10, 6),
        ("Mention", 8.5, GREY, False, 4, 4),
    )
    for name, size, colour, bold, before, after in own:
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.element.set(
            qn("w:styleId"),
            "".join(letter for letter in name.title() if letter.isascii() and letter.isalnum()),
        )
        style.base_style, style.quick_style = document.styles["Normal"], True
        look(style, size, colour, bold=bold, before=before, after=after, line=1.12)


def look(style, size, colour, bold=False, before=0, after=0, line=1.0):
    """Give a style its font, size (pt), colour, boldness and spacing (pt)."""
    style.font.name, style.font.size, style.font.bold, style.font.italic = FONT, Pt(size), bold, False
    style.font.color.rgb = RGBColor.from_string(colour)
    fonts = style.element.rPr.rFonts
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    for name in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{name}"), FONT)
    for mark in ("w:spacing", "w:kern"):
        found = style.element.rPr.find(qn(mark))
        if found is not None:
            style.element.rPr.remove(found)
    shape = style.paragraph_format
    shape.space_before, shape.space_after = Pt(before), Pt(after)
    shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.MULTIPLE, line
    shape.widow_control = True


def settings(document):
    """Today's Word layout rules, French as the language of the theme."""
    element = document.settings.element
    for name in ("w:compat", "w:themeFontLang"):
        found = element.find(qn(name))
        if found is not None:
            element.remove(found)
    compat = parse_xml(
        f'<w:compat {nsdecls("w")}><w:compatSetting w:name="compatibilityMode" '
        'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
    )
    language = parse_xml(f'<w:themeFontLang {nsdecls("w")} w:val="fr-FR"/>')
    anchor = next(
        (one for one in element if one.tag in (qn("w:rsids"), qn("w:mathPr"), qn("w:clrSchemeMapping"))), None
    )
    for new in (compat, language):
        element.append(new) if anchor is None else anchor.addprevious(new)
    if anchor is not None and anchor.tag != qn("w:clrSchemeMapping"):
        scheme = element.find(qn("w:clrSchemeMapping"))
        if scheme is not None:
            scheme.addprevious(language)


def twips(centimetres):
    """Centimetres in twentieths of a point."""
    return round(centimetres * 567)
