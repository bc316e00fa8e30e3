"""The pieces that the six templates share: styles, letterhead, cards, tables, signature."""

import io

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor
from PIL import Image, ImageDraw

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


def write(where, text="", style=None, align=None, bold=None, colour=None, size=None, keep=False):
    """A paragraph at the end of a document, a header or a cell."""
    paragraph = where.add_paragraph(style=style)
    if align is not None:
        paragraph.alignment = align
    if text:
        run = paragraph.add_run(text)
        run.bold = bold
        if colour:
            run.font.color.rgb = RGBColor.from_string(colour)
        if size:
            run.font.size = Pt(size)
    paragraph.paragraph_format.keep_with_next = keep or None
    return paragraph


def tag(where, text):
    """A paragraph or row that holds only a tag and leaves nothing behind."""
    return write(where, text, "Mention")


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
    for index, piece in enumerate(text.split("**")):
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


def rule(paragraph, side="bottom", colour=RULE, size=6, space=6):
    """A line under or over a paragraph."""
    borders = parse_xml(
        f'<w:pBdr {nsdecls("w")}><w:{side} w:val="single" w:sz="{size}" w:space="{space}" w:color="{colour}"/></w:pBdr>'
    )
    properties = paragraph._p.get_or_add_pPr()
    after = [qn(f"w:{name}") for name in ("shd", "tabs", "spacing", "ind", "jc", "rPr", "sectPr")]
    anchor = next((one for one in properties if one.tag in after), None)
    properties.append(borders) if anchor is None else anchor.addprevious(borders)


def card(document, lines, label=4.2):
    """The facts of a document: label and value a row, a row with a condition shown only when it holds."""
    made = table(document, [label, width_of(document) - label - 0.08])
    caption(made, "Informations", "Une information par ligne : son nom, puis sa valeur.")
    for name, value, condition in lines:
        if condition:
            tag_row(made, "{%tr if " + condition + " %}")
        new = row(made, [(name, "Étiquette")], value)
        for index, cell in enumerate(new.cells):
            shade(cell, PALE)
            edges(cell, **({"left": (24, TEAL)} if not index else {}), bottom=(4, "FFFFFF"))
        if condition:
            tag_row(made, "{%tr endif %}")
    spacer(document, 9)
    return made


def spacer(document, size=4):
    """A small gap after a table."""
    paragraph = write(document)
    paragraph.paragraph_format.space_after = Pt(0)
    paragraph.paragraph_format.line_spacing_rule, paragraph.paragraph_format.line_spacing = (
        WD_LINE_SPACING.EXACTLY,
        Pt(size),
    )
    return paragraph


def list_table(document, heads, widths, loop, cells, description):
    """A table with a repeated header row and one row for each element of a list."""
    made = table(document, widths)
    caption(made, description, "Une ligne par élément ; la première ligne donne les titres des colonnes.")
    for cell in row(made, *heads, head=True).cells:
        shade(cell, TEAL)
    tag_row(made, "{%tr for " + loop + " %}")
    for cell in row(made, *cells).cells:
        edges(cell, bottom=(4, RULE))
    tag_row(made, "{%tr endfor %}")
    return made


def letterhead(document):
    """The head of the first page, a short one on the others, the legal line and the page numbers at the foot."""
    section = document.sections[0]
    section.different_first_page_header_footer = True
    width = width_of(document)
    head = section.first_page_header
    head.is_linked_to_previous = False
    made = table(head, [1.9, (width - 1.9) * 0.5, (width - 1.9) * 0.5])
    cells = row(made, "", "", "").cells
    picture(cells[0].paragraphs[0], logo(), 1.5, "logo")
    fill(cells[1], [("{{ organisme.nom }}", "Header")])
    name = cells[1].paragraphs[0].runs[0]
    name.bold, name.font.size, name.font.color.rgb = True, Pt(13), RGBColor.from_string(INK)
    fill(
        cells[2],
        [
            ("{{ organisme.adresse }}", "Header"),
            ("{%p if organisme.telephone %}", "Header"),
            ("{{ organisme.telephone }}", "Header"),
            ("{%p endif %}", "Header"),
            ("{%p if organisme.courriel %}", "Header"),
            ("{{ organisme.courriel }}", "Header"),
            ("{%p endif %}", "Header"),
        ],
    )
    for paragraph in cells[2].paragraphs:
        paragraph.alignment = RIGHT
        for run in paragraph.runs:
            run.font.size = Pt(8.5)
    for cell in cells[:2]:
        middle(cell)
    flush(made)
    rule(_first(head), "top", TEAL, 8, 1)
    following = section.header
    following.is_linked_to_previous = False
    paragraph = following.paragraphs[0]
    paragraph.add_run("{{ organisme.nom }}{% if organisme.nom %} – {% endif %}{{ document }}")
    rule(paragraph)
    for foot in (section.first_page_footer, section.footer):
        foot.is_linked_to_previous = False
        footer(foot, width)


def flush(made):
    """Align the text of a table with the text of the page."""
    margins = made._tbl.tblPr.find(qn("w:tblCellMar"))
    for side in margins:
        side.set(qn("w:w"), "0")


def _first(part):
    """The paragraph that Word wants after a table, at the end of a header."""
    paragraph = part.paragraphs[0]
    part._element.remove(paragraph._p)
    part._element.append(paragraph._p)
    paragraph.paragraph_format.space_before = Pt(6)
    return paragraph


LEGAL = (
    "{{ organisme.nom }}{% if organisme.siret %} · SIRET {{ organisme.siret }}{% endif %}"
    "{% if organisme.declaration %} · Déclaration d’activité n° {{ organisme.declaration }} "
    "(cet enregistrement ne vaut pas agrément de l’État){% endif %}{% if organisme.site %} · {{ organisme.site }}{% endif %}"
)


def footer(part, width):
    """The legal line at the left, the page number at the right."""
    made = table(part, [width - 2.6, 2.6])
    cells = row(made, [(LEGAL, "Footer")], [("", "Footer")]).cells
    paragraph = cells[1].paragraphs[0]
    paragraph.alignment = RIGHT
    for piece in ("Page ", "PAGE", " sur ", "NUMPAGES"):
        field(paragraph, piece) if piece.isupper() else paragraph.add_run(piece)
    for cell in cells:
        edges(cell, top=(4, RULE))
        cell.paragraphs[0].paragraph_format.space_before = Pt(4)
    flush(made)
    last = part.paragraphs[0]
    part._element.remove(last._p)
    part._element.append(last._p)
    last.paragraph_format.line_spacing_rule, last.paragraph_format.line_spacing = (
        WD_LINE_SPACING.EXACTLY,
        Pt(1),
    )


def field(paragraph, name):
    """A field that Word computes: PAGE, NUMPAGES."""
    simple = parse_xml(
        f'<w:fldSimple {nsdecls("w")} w:instr=" {name} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    )
    paragraph._p.append(simple)


def recipient(document):
    """The address block, where a window envelope shows it."""
    spacer(document, 12)
    made = table(document, [width_of(document) * 0.56, width_of(document) * 0.44])
    lines = [
        ("**{{ personne.identite }}**", "Destinataire"),
        ("{%p if personne.employeur %}", "Destinataire"),
        ("{{ personne.employeur }}", "Destinataire"),
        ("{%p endif %}", "Destinataire"),
    ]
    row(made, "", lines)
    place = write(
        document,
        "{% if organisme.ville %}{{ organisme.ville }}, le {{ aujourdhui }}{% else %}Le {{ aujourdhui }}{% endif %}",
        align=RIGHT,
    )
    place.paragraph_format.space_before, place.paragraph_format.space_after = Pt(16), Pt(20)


def title(document, over, text, align=None):
    """The title of a document under a small line that says what it is."""
    line = write(document, over, "Surtitre", align, keep=True)
    for run in line.runs:
        run.font.all_caps = True
        run._r.get_or_add_rPr().append(parse_xml(f'<w:spacing {nsdecls("w")} w:val="24"/>'))
    return write(document, text, "Title", align, keep=True)


def signature(document, place=False, stamp=""):
    """Where, when and by whom the document is signed, kept together on one page; with `place`, beside its QR code."""
    width = width_of(document)
    widths = [3.1, width * 0.64 - 3.1, width * 0.36] if place else [width * 0.5, width * 0.5]
    made = table(document, widths)
    when = "Fait{% if organisme.ville %} à {{ organisme.ville }},{% endif %} le {{ aujourdhui }}"
    cells = row(
        made,
        *([""] if place else []),
        [(when if place else "", "Destinataire")],
        [
            ("{%p if organisme.signataire %}", "Destinataire"),
            ("**{{ organisme.signataire }}**", "Destinataire"),
            ("{%p endif %}", "Destinataire"),
            ("{%p if organisme.fonction %}", "Destinataire"),
            ("{{ organisme.fonction }}", "Destinataire"),
            ("{%p endif %}", "Destinataire"),
            (stamp or "{{ organisme.nom }}", "Mention"),
        ],
    ).cells
    picture(cells[-1].add_paragraph(style="Destinataire"), transparent(), 1.6, "signature")
    if place:
        verification(cells[0], cells[1])
    flush(made)
    gap = spacer(document, 1)
    return made, gap


def verification(left, beside):
    """The QR code of a signed document, and what it is for; nothing where there is none.

    The picture stands in no condition: a blank one vanishes, and a condition would have the body parsed for each person.
    """
    code = left.paragraphs[0]
    code.style = "Destinataire"
    picture(code, square(), 2.7, "{{ code_qr }} Code QR à scanner pour vérifier ce document")
    beside.add_paragraph("{%p if code_qr %}", style="Destinataire")
    beside.add_paragraph(
        "Document signé : ce code permet de le vérifier.", style="Mention"
    ).paragraph_format.space_before = Pt(4)
    beside.add_paragraph("{%p endif %}", style="Destinataire")


def picture(paragraph, data, height, description):
    """A picture in the line, with its alternative text."""
    run = paragraph.add_run()
    shape = run.add_picture(io.BytesIO(data), height=Cm(height))
    properties = shape._inline.docPr
    properties.set("descr", description)
    properties.set("name", description.rpartition("}} ")[2])
    for side in ("distT", "distB", "distL", "distR"):
        shape._inline.set(side, "0")


def twips(centimetres):
    """Centimetres in twentieths of a point."""
    return round(centimetres * 567)


def logo():
    """A neutral mark: an open page under a rising sun, in the colour of the templates."""
    scale, side = 4, 300
    image = Image.new("RGBA", (side * scale, side * scale), (0, 0, 0, 0))
    draw = ImageDraw.Draw(image)
    teal, light, white = (31, 107, 112, 255), (126, 179, 178, 255), (255, 255, 255, 255)

    def box(*numbers):
        return tuple(number * scale for number in numbers)

    draw.rounded_rectangle(box(0, 0, side - 1, side - 1), radius=66 * scale, fill=teal)
    draw.pieslice(box(98, 66, 202, 170), 180, 360, fill=light)
    draw.polygon(box(52, 128, 144, 150, 144, 236, 52, 214), fill=white)
    draw.polygon(box(248, 128, 156, 150, 156, 236, 248, 214), fill=white)
    made = io.BytesIO()
    image.resize((side, side), Image.LANCZOS).save(made, "PNG", optimize=True)
    return made.getvalue()


def square():
    """An empty square, in whose place the QR code is put."""
    made = io.BytesIO()
    Image.new("RGBA", (8, 8), (255, 255, 255, 0)).save(made, "PNG")
    return made.getvalue()


def transparent():
    """An empty picture, in whose place a scanned signature is put."""
    made = io.BytesIO()
    Image.new("RGBA", (500, 200), (255, 255, 255, 0)).save(made, "PNG", optimize=True)
    return made.getvalue()
