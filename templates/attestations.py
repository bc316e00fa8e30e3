"""The two attestations and the certificat de réalisation."""

from cards import card, list_table
from docx.shared import Cm, Pt
from letterhead import letterhead, title
from signature import signature
from styles import CENTRE, GREY, blank, width_of
from tables import spacer, tag, write

SIGNATORY = (
    "{% if organisme.signataire %}Je soussigné(e), {{ organisme.signataire }}"
    "{% if organisme.fonction %}, {{ organisme.fonction }}{% endif %}"
    "{% if organisme.nom %}, pour {{ organisme.nom }}{% endif %}, atteste que{% else %}"
    "{% if organisme.nom %}{{ organisme.nom }} atteste que{% else %}Nous attestons que{% endif %}{% endif %}"
)


def attested(document, over, verb, air=24):
    """The head of an attestation: who attests that whom did what."""
    gap = title(document, over, "Attestation de participation", CENTRE)
    gap.paragraph_format.space_after = Pt(2)
    tag(document, "{%p if numero %}")
    write(document, "N° {{ numero }}", "Mention", CENTRE)
    tag(document, "{%p endif %}")
    write(document, SIGNATORY, align=CENTRE).paragraph_format.space_before = Pt(air)
    write(document, "{{ personne.identite }}", "Nom de la personne", CENTRE)
    tag(document, "{%p if personne.employeur %}")
    write(document, "{{ personne.employeur }}", align=CENTRE, colour=GREY)
    tag(document, "{%p endif %}")
    write(document, verb, align=CENTRE)


def headline(document, text, after=18):
    """What the person took part in, large and centred."""
    line = write(document, text, align=CENTRE, bold=True, size=14)
    line.paragraph_format.space_before, line.paragraph_format.space_after = Pt(4), Pt(after)


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
        document, "Cette attestation est délivrée pour servir et valoir ce que de droit.", keep=True
    ).paragraph_format.space_after = Pt(18)
    signature(document, place=True)
    return document


def session_attestation():
    """Attestation of a session, with the séances that the person followed."""
    document = blank("Attestation – {{ personne.nom_complet }}")
    letterhead(document)
    spacer(document, 1)
    attested(document, "{{ organisme.nom }}", "a participé à la formation", air=10)
    headline(document, "{{ intitule }}", after=8)
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


DRAWN = {
    "attestation-seance.docx": seance_attestation,
    "attestation-session.docx": session_attestation,
    "certificat-realisation.docx": certificate,
}
