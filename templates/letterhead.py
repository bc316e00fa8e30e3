"""What stands around a letter: head, foot, address, title."""

from docx.enum.text import WD_LINE_SPACING
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Pt, RGBColor
from images import logo, picture
from styles import INK, RIGHT, RULE, TEAL, width_of
from tables import edges, fill, flush, middle, row, rule, spacer, table, write


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
    place.paragraph_format.space_before, place.paragraph_format.space_after = Pt(12), Pt(14)


def title(document, over, text, align=None):
    """The title of a document under a small line that says what it is."""
    line = write(document, over, "Surtitre", align, keep=True)
    for run in line.runs:
        run.font.all_caps = True
        run._r.get_or_add_rPr().append(parse_xml(f'<w:spacing {nsdecls("w")} w:val="24"/>'))
    return write(document, text, "Title", align, keep=True)
