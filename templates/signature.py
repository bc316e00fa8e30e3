"""Who signs, where and when, and the QR code of what is signed."""

from docx.shared import Pt
from images import picture, square, transparent
from styles import width_of
from tables import flush, row, spacer, table


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
