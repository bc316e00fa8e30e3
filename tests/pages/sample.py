"""A believable house: thirty séances, long names, a trap in a name, a séance without a venue, forty participants."""

from datetime import datetime, timedelta

from processor.model import (
    Attendee,
    Comment,
    Course,
    Parameters,
    Place,
    Presence,
    Registering,
    Roll,
    Seance,
    Session,
    State,
    Status,
    Trainer,
    Venue,
)
from processor.model.address import unjudged
from processor.model.findings import Finding, Severity
from processor.pages import Link, Report, Section

NOW = datetime(2026, 12, 1, 3, 30)
PARAMETERS = Parameters(
    "Centre de formation de l’Ill",
    "12 quai des Bateliers",
    "67000",
    "Strasbourg",
    "03 88 00 00 00",
    unjudged("contact@example.fr"),
)
VENUES = (
    Venue(
        Place("Lieux", 2),
        "Siège",
        "12 quai des Bateliers",
        "67000",
        "Strasbourg",
        "France",
        "03 88 00 00 00",
        24,
    ),
    Venue(
        Place("Lieux", 3),
        "Maison des associations",
        "1A place des Orphelins",
        "67000",
        "Strasbourg",
        "France",
    ),
    Venue(
        Place("Lieux", 4),
        "Pôle de compétences",
        "Bâtiment B, 14 rue du Général-de-Gaulle",
        "68100",
        "Mulhouse",
        "France",
    ),
    None,
)
TITLES = (
    "Conférence de lancement", "Sauveteur secouriste du travail", "Prise de parole en public", "Tableur : les bases", "Gestes et postures",
    "Accueil des nouveaux salariés et présentation des outils numériques partagés par les équipes du réseau", "Droit du travail",
    "Conduire un entretien", "Bilan de compétences", "Habilitation électrique <script>alert(1)</script>",
)  # fmt: skip
EXTRAS = (
    "Salle 204, deuxième étage.\nCode de la porte : 4512B",
    "",
    "Apportez un ordinateur portable et votre convention signée. Le parking de la cour est ouvert jusqu’à 19 h ; l’entrée des visiteurs se fait par la rue des Veaux.\n\nPlan : https://example.fr/plan?salle=204&etage=2.",
    "Repas compris",
)
PEOPLE = [
    ("Dupont", "Zoé"), ("Élie", "Éric"), ("Le Goff-Brûlé", "Anne-Sophie"), ("Schmitt", "Jürgen"), ("Nguyễn", "Minh Anh"), ("O’Brien", "Siobhán"),
    ("Ben Saïd", "Leïla"), ("de La Rochefoucauld-Montmorency", "Marie-Clémentine"), ("Weiß", "Käthe"), ("<b>Gras</b>", "Paul & Cie"),
]  # fmt: skip
EMPLOYERS = ("Imprimerie Dupont & Fils", "Communauté d’agglomération du Bassin rhénan", "", "Hôpital civil")
ANA = Trainer(Place("Formateurs", 2), "Ana", "Durand", unjudged("ana@example.fr"), "+33 6 12 34 56 78")
LUC = Trainer(Place("Formateurs", 3), "Luc", "Œhler")
SESSION = Session(Place("Sessions", 2), "SE-01", "Parcours d’intégration, automne 2026")


def attendees(count: int, over: bool) -> tuple[Attendee, ...]:
    made = []
    for index in range(count):
        last, first = PEOPLE[index % len(PEOPLE)]
        late = (
            Status.WAITING if index % 17 == 5 else Status.WITHDRAWN if index % 19 == 7 else Status.REGISTERED
        )
        presence = (
            Presence.PRESENT,
            Presence.PRESENT,
            Presence.EXCUSED,
            Presence.PRESENT,
            Presence.ABSENT,
            Presence.UNKNOWN,
        )[index % 6]
        name = first if index < len(PEOPLE) else f"{first} {'BCDE'[index // len(PEOPLE) - 1]}."
        made.append(
            Attendee(
                str(index),
                name,
                last,
                email=unjudged(f"p{index}@example.fr"),
                employer=EMPLOYERS[index % 4],
                status=late,
                presence=presence if over and late is Status.REGISTERED else Presence.UNKNOWN,
            )
        )
    return tuple(made)


def roll(index: int) -> Roll:
    start = datetime(2026, 11, 9, 9) + timedelta(days=3 * index, hours=(index % 3) * 2)
    end = start + timedelta(hours=3, minutes=30) + timedelta(days=2 if index % 11 == 4 else 0)
    over = end < NOW
    seance = Seance(
        Place("Séances ouvertes", index + 2), f"S-{index + 1:04}", TITLES[index % len(TITLES)], start, end,
        session="SE-01",
        description="Présentation du parcours, des intervenants et des outils.\nÉchanges avec les participants.\n\nUne collation est offerte à 10 h 30." if index % 2 == 0 else "",
        registering=Registering.AUTOMATIC, venue="" if index % 4 == 3 else "Siège", extra=EXTRAS[index % 4],
        places=None if index % 5 == 0 else 24, state=State.CANCELLED if index % 13 == 9 else State.CONFIRMED if index % 7 == 2 else None,
    )  # fmt: skip
    comments = (
        Comment(
            Place("Commentaires", 2),
            seance.code,
            "La salle 204 est prise, nous serons en 206.",
            datetime(2026, 11, 20, 14, 5),
            "Marie",
        ),
        Comment(
            Place("Commentaires", 3),
            seance.code,
            "Ne pas publier : budget dépassé.",
            None,
            "Paul",
            visible=False,
        ),
    )
    return Roll(
        seance, SESSION, Course(Place("Formations", 2), "F-1", "Intégrer une équipe"), VENUES[index % 4], (ANA, LUC) if index % 3 else (),
        attendees(40 if index in {4, 12} else index % 9, over), comments if index % 4 == 0 else (), finished=over,
    )  # fmt: skip


ROLLS = tuple(roll(index) for index in range(30))
OPEN = tuple(one for one in ROLLS if not one.finished)
FINISHED = tuple(one for one in ROLLS if one.finished)
LINKS = {
    one.seance.code: (
        Link(
            "Feuille d’émargement", f"../documents/2026/{one.seance.code} Conférence/Feuille d'émargement.pdf"
        ),
        Link("Liste des inscrits (Excel)", f"../documents/2026/{one.seance.code} Conférence/Liste.xlsx"),
        Link("Liste des inscrits (csv)", f"../documents/2026/{one.seance.code} Conférence/Liste.csv"),
    )
    for one in ROLLS[::4]
}
REPORT = Report(
    NOW,
    "Centre de formation.xlsx",
    "La nuit s’est bien passée ; deux lignes ont été laissées de côté et vous attendent.",
    (
        Finding("lieu-inconnu", Severity.NOTE, "le lieu « Siege 2 » n’est pas dans la feuille « Lieux ».", "l’adresse ne peut pas être imprimée sur l’invitation.", "choisissez un lieu de la liste, par exemple « Siège ».", "Séances ouvertes", 9, "I9", "Lieu"),
        Finding("date-illisible", Severity.ROW, "« 31/02/2027 » n’est pas une date.", "sans date de début, ni l’invitation ni la feuille d’émargement ne peuvent être produites.", "saisissez une date qui existe, au format jj/mm/aaaa hh:mm (par exemple 28/02/2027 09:00).", "Séances ouvertes", 14, "D14", "Date de début"),
        Finding("courriel-illisible", Severity.ROW, "« zoe.dupont@@example » n’est pas une adresse de courriel <b>.", "l’invitation ne peut pas lui être envoyée.", "corrigez l’adresse, par exemple zoe.dupont@example.fr.", "Inscriptions", 31, "F31", "Courriel"),
    ),
    (
        Section("Séances déplacées", (("S-0003 Prise de parole en public, terminée le 18 novembre", "pages/S-0003.html"), ("S-0004 Tableur : les bases", "pages/S-0004.html"))),
        Section("Répétitions", (("S-0040 Gestes et postures, lundi 7 décembre 2026 (série S-0005)", None),), "Le 25 décembre est férié : aucune séance n’y tombe."),
        Section("Documents", tuple((f"Invitation - Participant {n}.pdf", f"documents/2026/S-0012/Invitation {n}.pdf") for n in range(8))),
        Section("Courriels", tuple((f"Invitation à « Accueil » pour Participant {n}", None) for n in range(8))),
        Section("Vide"),
    ),
    (Section("Courriels en attente", (("Attestation pour Zoé Dupont : présence non renseignée", None),)),),
    ("Corrigez les deux lignes marquées dans le classeur.", "Notez les présences de la séance S-0003 dans la feuille « Participations »."),
    "Centre de formation de l’Ill",
)  # fmt: skip
