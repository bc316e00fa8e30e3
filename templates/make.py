"""Make the six templates again: `python templates/make.py [FOLDER]`. Same code, same documents."""

import sys
import zipfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from docx.shared import Cm, Pt
from pieces import (
    CENTRE,
    GREY,
    PALE,
    RULE,
    TEAL,
    blank,
    caption,
    card,
    edges,
    fill,
    flush,
    footer,
    letterhead,
    list_table,
    logo,
    middle,
    picture,
    recipient,
    row,
    shade,
    signature,
    spacer,
    table,
    tag,
    tag_row,
    title,
    width_of,
    write,
)

PLACE = [
    (
        "**{{ seance.lieu }}**{% if seance.lieu and seance.adresse %}\n{% endif %}{{ seance.adresse }}",
        "Cellule",
    ),
]
QUESTIONS = (
    "Pour toute question, ou si vous ne pouvez pas venir, prévenez-nous"
    "{% if organisme.telephone %} au {{ organisme.telephone }}{% endif %}"
    "{% if organisme.telephone and organisme.courriel %} ou{% endif %}"
    "{% if organisme.courriel %} à l’adresse {{ organisme.courriel }}{% endif %}."
)
SIGNATORY = (
    "{% if organisme.signataire %}Je soussigné(e), {{ organisme.signataire }}"
    "{% if organisme.fonction %}, {{ organisme.fonction }}{% endif %}"
    "{% if organisme.nom %}, pour {{ organisme.nom }}{% endif %}, atteste que{% else %}"
    "{% if organisme.nom %}{{ organisme.nom }} atteste que{% else %}Nous attestons que{% endif %}{% endif %}"
)


def seance_invitation():
    """Invitation to one séance."""
    document = blank("Invitation – {{ seance.nom }}")
    letterhead(document)
    recipient(document)
    title(document, "Invitation", "{{ seance.nom }}")
    tag(document, "{%p if session.nom %}")
    write(document, "Session « {{ session.nom }} »", "Subtitle")
    tag(document, "{%p endif %}")
    write(document, "{{ personne.salutation }},").paragraph_format.space_before = Pt(10)
    write(document, "Nous avons le plaisir de vous inviter à la séance dont voici le détail.")
    card(
        document,
        [
            ("Date et heures", "**{{ seance.horaire }}**", ""),
            ("Durée", "{{ seance.duree }}", "seance.duree"),
            ("Lieu", PLACE, "seance.lieu or seance.adresse"),
            ("Informations pratiques", "{{ seance.infos }}", "seance.infos"),
            ("Formateurs", "{{ seance.formateurs }}", "seance.formateurs"),
        ],
    )
    tag(document, "{%p if seance.description %}")
    write(document, "Au programme", "Heading 1")
    write(document, "{{ seance.description }}")
    tag(document, "{%p endif %}")
    write(document, QUESTIONS).paragraph_format.space_before = Pt(8)
    write(document, "Nous nous réjouissons de vous y accueillir.").paragraph_format.space_after = Pt(16)
    signature(document)
    return document


def session_invitation():
    """Invitation to all séances of a session."""
    document = blank("Invitation – {{ session.nom }}")
    letterhead(document)
    recipient(document)
    title(document, "Invitation", "{{ intitule }}")
    tag(document, "{%p if session.nom and session.nom != intitule %}")
    write(document, "Session « {{ session.nom }} »", "Subtitle")
    tag(document, "{%p endif %}")
    write(document, "{{ personne.salutation }},").paragraph_format.space_before = Pt(10)
    write(
        document,
        "Nous avons le plaisir de vous confirmer votre inscription{% if seances %}. Voici vos séances{% endif %}.",
    )
    tag(document, "{%p if seances %}")
    wide = width_of(document)
    list_table(
        document,
        ("Jour", "Heures", "Séance", "Lieu"),
        (4.4, 3.1, (wide - 7.5) * 0.5, (wide - 7.5) * 0.5),
        "seance in seances",
        ("{{ seance.jours }}", "{{ seance.heures }}", "**{{ seance.nom }}**", "{{ seance.lieu }}"),
        "Séances de la session",
    )
    spacer(document, 6)
    tag(document, "{%p endif %}")
    tag(document, "{%p if lieu.adresse or formation.objectifs or session.formateurs %}")
    card(
        document,
        [
            ("Dates", "{{ periode or 'à confirmer' }}", ""),
            ("Adresse", "**{{ lieu.nom }}**{% if lieu.nom %}\n{% endif %}{{ lieu.adresse }}", "lieu.adresse"),
            ("Durée prévue", "{{ formation.duree }}", "formation.duree"),
            ("Formateurs", "{{ session.formateurs }}", "session.formateurs"),
            ("Objectifs", "{{ formation.objectifs }}", "formation.objectifs"),
        ],
    )
    tag(document, "{%p endif %}")
    tag(document, "{%p if session.description %}")
    write(document, "{{ session.description }}")
    tag(document, "{%p endif %}")
    write(document, QUESTIONS).paragraph_format.space_before = Pt(8)
    write(document, "Nous nous réjouissons de vous y accueillir.").paragraph_format.space_after = Pt(16)
    signature(document)
    return document


def attested(document, over, verb):
    """The head of an attestation: who attests that whom did what."""
    gap = title(document, over, "Attestation de participation", CENTRE)
    gap.paragraph_format.space_after = Pt(2)
    tag(document, "{%p if numero %}")
    write(document, "N° {{ numero }}", "Mention", CENTRE)
    tag(document, "{%p endif %}")
    write(document, SIGNATORY, align=CENTRE).paragraph_format.space_before = Pt(24)
    write(document, "{{ personne.identite }}", "Nom de la personne", CENTRE)
    tag(document, "{%p if personne.employeur %}")
    write(document, "{{ personne.employeur }}", align=CENTRE, colour=GREY)
    tag(document, "{%p endif %}")
    write(document, verb, align=CENTRE)


def headline(document, text):
    """What the person took part in, large and centred."""
    line = write(document, text, align=CENTRE, bold=True, size=14)
    line.paragraph_format.space_before, line.paragraph_format.space_after = Pt(4), Pt(18)


def seance_attestation():
    """Attestation of one séance."""
    document = blank("Attestation – {{ personne.nom_complet }}")
    letterhead(document)
    spacer(document, 40)
    attested(document, "{{ organisme.nom }}", "a participé à la séance")
    headline(document, "{{ seance.nom }}")
    card(
        document,
        [
            ("Date et heures", "**{{ seance.horaire }}**", ""),
            ("Formation", "{{ formation.titre }}", "formation.titre"),
            ("Session", "{{ session.nom }}", "session.nom"),
            ("Nature de l’action", "{{ formation.nature }}", "formation.nature"),
            ("Heures suivies", "{{ heures }}", "heures"),
            ("Lieu", "{{ seance.lieu }}", "seance.lieu"),
            ("Formateurs", "{{ seance.formateurs }}", "seance.formateurs"),
            ("Objectifs", "{{ formation.objectifs }}", "formation.objectifs"),
        ],
    )
    write(
        document, "Cette attestation est délivrée pour servir et valoir ce que de droit."
    ).paragraph_format.space_after = Pt(18)
    signature(document, place=True)
    return document


def session_attestation():
    """Attestation of a session, with the séances that the person followed."""
    document = blank("Attestation – {{ personne.nom_complet }}")
    letterhead(document)
    spacer(document, 14)
    attested(document, "{{ organisme.nom }}", "a participé à la formation")
    headline(document, "{{ intitule }}")
    card(
        document,
        [
            ("Intitulé", "**{{ intitule }}**", ""),
            ("Session", "{{ session.nom }}", "session.nom and session.nom != intitule"),
            ("Dates", "{{ periode }}", "periode"),
            ("Nature de l’action", "{{ formation.nature }}", "formation.nature"),
            ("Durée prévue", "{{ formation.duree }}", "formation.duree"),
            ("Heures suivies", "**{{ heures }}**", "heures"),
            ("Formateurs", "{{ session.formateurs }}", "session.formateurs"),
            ("Objectifs", "{{ formation.objectifs }}", "formation.objectifs"),
        ],
    )
    tag(document, "{%p if seances %}")
    write(document, "Séances suivies", "Heading 1")
    wide = width_of(document)
    list_table(
        document,
        ("Jour", "Heures", "Séance", "Suivi"),
        (5.2, 3.2, wide - 10.4, 2.0),
        "seance in seances",
        ("{{ seance.jours }}", "{{ seance.heures }}", "**{{ seance.nom }}**", "{{ seance.heures_suivies }}"),
        "Séances suivies par la personne",
    )
    spacer(document, 10)
    tag(document, "{%p endif %}")
    signature(document, place=True)
    return document


def certificate():
    """Certificat de réalisation, with the fields of the ministry's model."""
    document = blank("Certificat de réalisation – {{ personne.nom_complet }}")
    letterhead(document)
    spacer(document, 24)
    title(document, "{{ organisme.nom }}", "Certificat de réalisation").paragraph_format.space_before = Pt(0)
    tag(document, "{%p if numero %}")
    write(document, "N° {{ numero }}", "Mention")
    tag(document, "{%p endif %}")
    write(document, SIGNATORY + " :").paragraph_format.space_before = Pt(12)
    name = write(document, "{{ personne.identite }}", "Nom de la personne")
    name.paragraph_format.space_before = Pt(4)
    tag(document, "{%p if personne.employeur %}")
    write(document, "salarié(e) de l’entreprise {{ personne.employeur }}")
    tag(document, "{%p endif %}")
    write(document, "a suivi l’action suivante :")
    card(
        document,
        [
            ("Intitulé de l’action", "**{{ intitule }}**", ""),
            ("Session", "{{ session.nom }}", "session.nom and session.nom != intitule"),
            ("Dates", "{{ periode }}", "periode"),
            ("Durée suivie", "**{{ heures }}**", "heures"),
            ("Durée prévue", "{{ formation.duree }}", "formation.duree"),
            ("Lieu", "{{ lieux }}", "lieux"),
        ],
    )
    write(document, "Nature de l’action concourant au développement des compétences", "Heading 1")
    tag(document, "{%p for nature in natures %}")
    line = write(document)
    mark = line.add_run("{{ nature.case }}")
    mark.font.name, mark.font.size = "Segoe UI Symbol", Pt(11)
    line.add_run("  {{ nature.libelle }}")
    line.paragraph_format.space_after, line.paragraph_format.left_indent = Pt(2), Cm(0.4)
    tag(document, "{%p endfor %}")
    pledge = write(
        document,
        "Les pièces qui ont permis d’établir ce certificat, dont les feuilles d’émargement, sont conservées pendant trois ans "
        "au moins à compter de la fin de l’année du dernier paiement, et plus longtemps en cas de cofinancement européen.",
        "Mention",
    )
    pledge.paragraph_format.space_before, pledge.paragraph_format.space_after = Pt(14), Pt(16)
    signature(document, place=True, stamp="Cachet et signature du responsable de l’organisme")
    return document


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
    columns = (1.1, (wide - 1.1) * 0.235, (wide - 1.1) * 0.205, (wide - 1.1) * 0.28, (wide - 1.1) * 0.28)
    made = table(document, columns)
    caption(made, "Émargement des participants", "Une ligne par participant, une signature par demi-journée.")
    reminder(made)
    for cell in row(made, *heads, head=True).cells:
        shade(cell, TEAL)
        middle(cell)
        if len(cell.paragraphs) > 1:
            cell.paragraphs[0].paragraph_format.space_after = cell.paragraphs[
                1
            ].paragraph_format.space_before = Pt(0)
            cell.paragraphs[1].runs[0].bold = False
    signed_rows(
        made,
        "participant in journee.participants",
        "{{ loop.index }}",
        "**{{ participant.nom_liste }}**",
        "{{ participant.employeur }}",
        noted="{% if presences and participant.presence != 'Non renseigné' %}{{ participant.presence }}{% endif %}",
    )
    signed_rows(made, "ligne in journee.lignes_vides", "{{ ligne }}", "", "")
    spacer(document, 9)
    trainers(document, columns)
    write(
        document,
        "Chaque personne signe elle-même, à chaque demi-journée. Les cases grisées sont sans séance ; barrez les lignes restées vides.",
        "Mention",
    )
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
        [("Matin", "En-tête de tableau"), ("Signature", "En-tête de tableau")],
        [("Après-midi", "En-tête de tableau"), ("Signature", "En-tête de tableau")],
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


def signed_rows(made, loop, *texts, noted=""):
    """A row to sign for each element of a list, or to show what was noted; the half-day without a séance is greyed."""
    tag_row(made, "{%tr for " + loop + " %}")
    cells = row(
        made,
        *texts,
        "{% cellbg 'FFFFFF' if journee.matin else 'E3E8E8' %}"
        + noted.replace("presences", "presences and journee.matin"),
        "{% cellbg 'FFFFFF' if journee.apres_midi else 'E3E8E8' %}"
        + noted.replace("presences", "presences and journee.apres_midi"),
        height=0.92,
    ).cells
    for cell in cells:
        edges(cell, top=(4, RULE), left=(4, RULE), bottom=(4, RULE), right=(4, RULE))
        middle(cell)
    tag_row(made, "{%tr endfor %}")


def trainers(document, columns):
    """The signatures of the trainers, in the columns of the half-days."""
    made = table(document, (sum(columns[:3]), *columns[3:]))
    caption(made, "Émargement des formateurs", "Une ligne par formateur, une signature par demi-journée.")
    heads = row(made, "Formateurs", "Matin – signature", "Après-midi – signature", head=True).cells
    for cell in heads:
        shade(cell, GREY)
        cell.paragraphs[0].paragraph_format.keep_with_next = True
    signed_rows(made, "intervenant in journee.intervenants", "**{{ intervenant }}**")


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


TEMPLATES = {
    "invitation-seance.docx": seance_invitation,
    "invitation-session.docx": session_invitation,
    "attestation-seance.docx": seance_attestation,
    "attestation-session.docx": session_attestation,
    "feuille-emargement.docx": emargement,
    "certificat-realisation.docx": certificate,
}


def main(folder):
    """Write the six files, their zip entries dated alike so that the same code gives the same bytes."""
    from datetime import datetime

    folder.mkdir(parents=True, exist_ok=True)
    for name, make in TEMPLATES.items():
        document = make()
        document.core_properties.created = document.core_properties.modified = datetime(2026, 1, 1)
        document.save(folder / name)
        still(folder / name)


def still(path):
    """Write the zip again with one date for all entries."""
    with zipfile.ZipFile(path) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in parts.items():
            entry = zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            made.writestr(entry, data)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
