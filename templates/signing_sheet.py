"""The feuille d'émargement: a page a day, a signature a half-day."""

from docx.shared import Pt
from images import logo, picture
from letterhead import footer, title
from styles import GREY, PALE, RULE, TEAL, blank, width_of
from tables import caption, edges, fill, flush, middle, row, shade, spacer, table, tag, tag_row, write


def emargement():
    """Feuille d'émargement: a page a day, a signature a half-day, trainers and participants."""
    document = blank("Feuille d’émargement – {{ intitule }}", landscape=True, margins=(1.5, 1.5, 1.5, 1.5))
    sheet_margins(document)
    wide = width_of(document)
    tag(document, "{%p for journee in journees %}")
    head = title(document, "Feuille d’émargement", "{{ journee.seance }}")
    head.paragraph_format.space_after = Pt(4)
    document.paragraphs[-2].paragraph_format.page_break_before = True
    day_facts(document, wide)
    heads = ("N°", "Nom et prénom", "Employeur", *half_days())
    columns = (1.1, (wide - 1.1) * 0.22, (wide - 1.1) * 0.24, (wide - 1.1) * 0.27, (wide - 1.1) * 0.27)
    made = table(document, columns)
    caption(made, "Émargement des participants", "Une ligne par participant, une signature par demi-journée.")
    reminder(made)
    for cell in row(made, *heads, head=True).cells:
        shade(cell, TEAL)
        middle(cell)
    signed_rows(
        made,
        "participant in journee.participants",
        "{{ loop.index }}",
        "**{{ participant.nom_liste }}**{% if presences and participant.presence == 'Présent' and participant.heures %} – {{ participant.heures }}{% endif %}",
        "{{ participant.employeur }}",
        noted="{% if presences and participant.presence != 'Non renseigné' %}{{ participant.presence }}{% endif %}",
    )
    signed_rows(made, "ligne in journee.lignes_vides", "{{ ligne }}", "", "", keep=True)
    spacer(document, 9)
    trainers(document, columns)
    write(
        document,
        "Chaque personne signe elle-même, à chaque demi-journée. Les cases grisées sont sans séance ; barrez les lignes restées vides.",
        "Mention",
    )
    tag(document, "{%p if presences and journee.heures_comptees %}")
    write(
        document,
        "À côté des noms : les heures comptées pour la séance entière, comme sur les attestations. Total : {{ journee.heures_comptees }}.",
        "Mention",
    )
    tag(document, "{%p endif %}")
    tag(document, "{%p endfor %}")
    spacer(document, 1)
    return document


def reminder(made):
    """A first row, repeated on each page, that says which day of which séance is signed."""
    cells = row(made, *[""] * len(made.widths), head=True).cells
    cell = cells[0].merge(cells[-1])
    for paragraph in cell.paragraphs[1:]:
        paragraph._p.getparent().remove(paragraph._p)
    fill(
        cell,
        [
            (
                "**{{ journee.date }}**{% if journee.heures %}, {{ journee.heures }}{% endif %} – {{ journee.seance }}{% if journee.code %} ({{ journee.code }}){% endif %}",
                "Étiquette",
            )
        ],
    )
    edges(cell, top=(4, RULE), left=(4, RULE), right=(4, RULE))


def half_days():
    """The heads of the two columns of signatures."""
    return (
        [("Matin – signature", "En-tête de tableau")],
        [("Après-midi – signature", "En-tête de tableau")],
    )


def day_facts(document, wide):
    """The facts of a day in three columns: when, where and by whom, for which training."""
    made = table(document, [wide / 3] * 3)
    caption(made, "La journée", "Date, lieu, formateurs et formation.")
    cells = row(
        made,
        [
            ("Date et heures", "Étiquette"),
            ("**{{ journee.date }}**", "Cellule"),
            ("{%p if journee.heures %}", "Cellule"),
            ("{{ journee.heures }}", "Cellule"),
            ("{%p endif %}", "Cellule"),
        ],
        [
            ("Lieu", "Étiquette"),
            ("{{ journee.lieu or '…………………………………………' }}", "Cellule"),
            ("{%p if journee.precisions %}", "Cellule"),
            ("{{ journee.precisions }}", "Cellule"),
            ("{%p endif %}", "Cellule"),
            ("Formateurs", "Étiquette"),
            ("{{ journee.formateurs or '…………………………………………' }}", "Cellule"),
        ],
        [
            ("Formation", "Étiquette"),
            ("**{{ intitule }}**", "Cellule"),
            ("{%p if session.nom and session.nom != intitule %}", "Cellule"),
            ("Session « {{ session.nom }} »", "Cellule"),
            ("{%p endif %}", "Cellule"),
        ],
    ).cells
    for index, cell in enumerate(cells):
        shade(cell, PALE)
        edges(cell, **({"left": (24, TEAL)} if not index else {}))
        for paragraph in cell.paragraphs:
            paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(1)
        cell.paragraphs[0].paragraph_format.space_before = cell.paragraphs[
            -1
        ].paragraph_format.space_after = Pt(4)
    spacer(document, 8)


def signed_rows(made, loop, *texts, noted="", keep=False):
    """A row to sign for each element of a list, or to show what was noted; the half-day without a séance is greyed."""
    tag_row(made, "{%tr for " + loop + " %}")
    cells = row(
        made,
        *texts,
        "{% cellbg 'FFFFFF' if journee.matin else 'E3E8E8' %}"
        + noted.replace("presences", "presences and journee.matin"),
        "{% cellbg 'FFFFFF' if journee.apres_midi else 'E3E8E8' %}"
        + noted.replace("presences", "presences and journee.apres_midi"),
        height=0.8,
    ).cells
    for cell in cells:
        edges(cell, top=(4, RULE), left=(4, RULE), bottom=(4, RULE), right=(4, RULE))
        middle(cell)
        tight = cell.paragraphs[0].paragraph_format
        tight.keep_with_next = keep or None
        tight.space_before, tight.space_after, tight.line_spacing = Pt(1), Pt(1), 1.0
    tag_row(made, "{%tr endfor %}")


def trainers(document, columns):
    """The signatures of the trainers, in the columns of the half-days."""
    made = table(document, (sum(columns[:3]), *columns[3:]))
    caption(made, "Émargement des formateurs", "Une ligne par formateur, une signature par demi-journée.")
    heads = row(made, "Formateurs", "Matin – signature", "Après-midi – signature", head=True).cells
    for cell in heads:
        shade(cell, GREY)
        cell.paragraphs[0].paragraph_format.keep_with_next = True
    signed_rows(made, "intervenant in journee.intervenants", "**{{ intervenant }}**", keep=True)


def sheet_margins(document):
    """The head and foot of the feuille d'émargement: the organisme on each page."""
    section = document.sections[0]
    wide = width_of(document)
    made = table(section.header, [1.2, wide - 1.2])
    cells = row(
        made,
        "",
        [
            ("**{{ organisme.nom }}**", "Header"),
            (
                "{% if organisme.declaration %}Déclaration d’activité n° {{ organisme.declaration }}{% endif %}{% if organisme.declaration and organisme.siret %} · {% endif %}{% if organisme.siret %}SIRET {{ organisme.siret }}{% endif %}",
                "Header",
            ),
        ],
    ).cells
    picture(cells[0].paragraphs[0], logo(), 0.9, "logo")
    for cell in cells:
        middle(cell)
    flush(made)
    last = section.header.paragraphs[0]
    section.header._element.remove(last._p)
    section.header._element.append(last._p)
    footer(section.footer, wide)


DRAWN = {
    "feuille-emargement.docx": emargement,
}
