"""The two invitations, and the convocation of a trainer."""

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


def opened(name, heading, with_session):
    """A letter up to its salutation. `name` is in its properties; the session is named under the condition given."""
    document = blank(f"Invitation – {name}")
    letterhead(document)
    recipient(document)
    title(document, "Invitation", heading)
    tag(document, f"{{%p if {with_session} %}}")
    write(document, "Session « {{ session.nom }} »", "Subtitle")
    tag(document, "{%p endif %}")
    write(document, "{{ personne.salutation }},").paragraph_format.space_before = Pt(10)
    return document


def closed(document):
    """The letter with its last lines and signature."""
    write(document, QUESTIONS, keep=True).paragraph_format.space_before = Pt(8)
    write(
        document, "Nous nous réjouissons de vous y accueillir.", keep=True
    ).paragraph_format.space_after = Pt(12)
    signature(document)
    return document


def seance_invitation():
    """Invitation to one séance."""
    document = opened("{{ seance.nom }}", "{{ seance.nom }}", "session.nom")
    write(document, "Nous avons le plaisir de vous inviter à la séance dont voici le détail.")
    card(
        document,
        [
            ("Date et heures", "**{{ seance.horaire }}**", ""),
            ("Durée", "{{ seance.duree }}", "seance.duree"),
            ("Lieu", PLACE, "seance.lieu or seance.adresse"),
            ("Précisions", "{{ seance.precisions }}", "seance.precisions"),
            ("Informations pratiques", "{{ seance.infos }}", "seance.infos"),
            ("Formateurs", "{{ seance.formateurs }}", "seance.formateurs"),
        ],
    )
    tag(document, "{%p if seance.description %}")
    write(document, "Au programme", "Heading 1")
    write(document, "{{ seance.description }}")
    tag(document, "{%p endif %}")
    return closed(document)


def session_invitation():
    """Invitation to all séances of a session."""
    document = opened("{{ session.nom }}", "{{ intitule }}", "session.nom and session.nom != intitule")
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
        (
            "{{ seance.jours }}",
            "{{ seance.heures }}",
            "**{{ seance.nom }}**",
            "{{ seance.lieu }}{% if seance.lieu and seance.precisions %}\n{% endif %}{{ seance.precisions }}",
        ),
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
    return closed(document)


def trainer_convocation():
    """Convocation of a trainer, to one séance or to those that they teach of a session."""
    document = blank("Convocation – {{ intitule }}")
    letterhead(document)
    recipient(document)
    title(
        document,
        "Convocation",
        "{% if seance is defined %}{{ seance.nom }}{% else %}{{ session.nom }}{% endif %}",
    )
    tag(document, "{%p if seance is defined and session.nom %}")
    write(document, "Session « {{ session.nom }} »", "Subtitle")
    tag(document, "{%p endif %}")
    write(document, "{{ personne.salutation }},").paragraph_format.space_before = Pt(10)
    tag(document, "{%p if seance is defined %}")
    write(document, "Vous animez la séance dont voici le détail.")
    card(
        document,
        [
            ("Date et heures", "**{{ seance.horaire }}**", ""),
            ("Durée", "{{ seance.duree }}", "seance.duree"),
            ("Lieu", PLACE, "seance.lieu or seance.adresse"),
            ("Informations pratiques", "{{ seance.infos }}", "seance.infos"),
            ("Personnes inscrites", "{{ nombre_de_participants }}", "nombre_de_participants"),
            ("Formateurs", "{{ seance.formateurs }}", "formateurs|length > 1"),
        ],
    )
    tag(document, "{%p if seance.description %}")
    write(document, "Au programme", "Heading 1")
    write(document, "{{ seance.description }}")
    tag(document, "{%p endif %}")
    tag(document, "{%p else %}")
    own_seances(document)
    tag(document, "{%p endif %}")
    write(document, QUESTIONS, keep=True).paragraph_format.space_before = Pt(8)
    write(document, "Nous vous remercions de votre concours.", keep=True).paragraph_format.space_after = Pt(
        12
    )
    signature(document)
    return document


def own_seances(document):
    """The séances that the trainer teaches of a session, each with its place and what must be known of it."""
    write(document, "Vous animez les séances dont voici le détail.")
    wide = width_of(document)
    list_table(
        document,
        ("Jour", "Heures", "Séance", "Lieu"),
        (4.4, 3.1, (wide - 7.5) * 0.475, (wide - 7.5) * 0.525),
        "seance in seances",
        (
            "{{ seance.jours }}",
            "{{ seance.heures }}",
            "**{{ seance.nom }}**{% if seance.infos %}\n{{ seance.infos }}{% endif %}",
            "{{ seance.lieu }}{% if seance.lieu and seance.adresse %}\n{% endif %}{{ seance.adresse }}",
        ),
        "Séances à animer",
    )
    spacer(document, 6)
    tag(document, "{%p if nombre_de_participants %}")
    card(document, [("Personnes inscrites", "{{ nombre_de_participants }}", "")])
    tag(document, "{%p endif %}")


DRAWN = {
    "invitation-seance.docx": seance_invitation,
    "invitation-session.docx": session_invitation,
    "convocation-formateur.docx": trainer_convocation,
}
