"""Who signs, where and when, and the QR code of what is signed."""

from docx.shared import Pt
from images import picture, square, transparent
from styles import RIGHT, width_of
from tables import flush, row, spacer, table


def signature(document, place=False, stamp=""):
    """Where, when and by whom the document is signed, kept together on one page; with `place`, beside its QR code."""
    width = width_of(document)
    made = table(document, [width * 0.5, width * 0.32, width * 0.18] if place else [width * 0.5, width * 0.5])
    when = "Fait{% if organisme.ville %} à {{ organisme.ville }},{% endif %} le {{ aujourdhui }}"
    cells = row(
        made,
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
        *([""] if place else []),
    ).cells
    picture(cells[1].add_paragraph(style="Destinataire"), transparent(), 1.6 if place else 1.2, "signature")
    if place:
        verification(cells[2])
    flush(made)
    gap = spacer(document, 1)
    return made, gap


def verification(cell):
    """The QR code of a signed document, and what it is for; nothing where there is none.

    The picture stands in no condition: a blank one vanishes, and a condition would have the body parsed for each person.
    """
    code = cell.paragraphs[0]
    code.style, code.alignment = "Destinataire", RIGHT
    picture(code, square(), 2.7, "{{ code_qr }} Code QR à scanner pour vérifier ce document")
    for text in ("{%p if code_qr %}", "Code de vérification", "{%p endif %}"):
        line = cell.add_paragraph(text, style="Mention")
        line.alignment, line.paragraph_format.space_before = RIGHT, Pt(0)
        line.runs[0].font.size = Pt(7.5)
