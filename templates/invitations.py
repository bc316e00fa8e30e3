"""The two invitations."""

from cards import card, list_table
from docx.shared import Pt
from letterhead import letterhead, recipient, title
from signature import signature
from styles import blank, width_of
from tables import spacer, tag, write

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
    write(document, QUESTIONS, keep=True).paragraph_format.space_before = Pt(8)
    write(
        document, "Nous nous réjouissons de vous y accueillir.", keep=True
    ).paragraph_format.space_after = Pt(12)
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
        (4.4, 3.1, (wide - 7.5) * 0.525, (wide - 7.5) * 0.475),
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
    write(document, QUESTIONS, keep=True).paragraph_format.space_before = Pt(8)
    write(
        document, "Nous nous réjouissons de vous y accueillir.", keep=True
    ).paragraph_format.space_after = Pt(12)
    signature(document)
    return document
