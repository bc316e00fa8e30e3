"""What stands in `centre-de-formation.xlsx` : the fictional Centre Ligne 9 on the night of Tuesday 1 December 2026.

Deliberate mistakes, one a row: a date that does not exist, an end before its start, a venue and a trainer with a slip of
the pen, a code used twice, an address without @, a way of registering that is none. Every person is invented.
"""

import unicodedata
from datetime import datetime, timedelta
from typing import Any

Row = dict[str, Any]

_DATES = {
    "Date de début", "Date de fin", "Répéter jusqu'au", "Inscrit le", "Date", "Du", "Au", "Invitation envoyée le",
}  # fmt: skip
_NUMBERS = {"Places", "Répéter (semaines)", "Capacité", "Limite", "Durée (heures)", "Heures"}


def rows(table: str) -> list[Row]:
    """The rows of a text table, cells separated by |, dates and numbers where the column holds them."""
    header, *lines = [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()]
    return [
        {name: _value(name, cell) for name, cell in zip(header, line, strict=True) if cell} for line in lines
    ]


def _value(header: str, typed: str) -> Any:
    if header in _NUMBERS:
        return float(typed) if "." in typed else int(typed)
    if header in _DATES:
        for pattern in ("%d/%m/%Y %H:%M", "%d/%m/%Y"):
            try:
                return datetime.strptime(typed, pattern)  # noqa: DTZ007
            except ValueError:
                continue
    return typed.replace("\\n", "\n")


SETTINGS = rows("""
Nom                                  | Valeur
organisme                            | Centre Ligne 9
adresse                              | 9 rue des Tanneurs-Verts
code postal                          | 67000
ville                                | Strasbourg
téléphone                            | 03 53 01 09 09
courriel                             | contact@exemple.fr
site internet                        | www.exemple.fr
SIRET                                | 000 000 000 00018
n° de déclaration d'activité         | 44 67 00000 67
signataire                           | Hélène Schwartz-Meyer
fonction du signataire               | directrice
alsace-moselle                       | oui
expéditeur                           | Centre Ligne 9 <contact@exemple.fr>
réponse à                            | secretariat@exemple.fr
nom des répétitions                  | {{ nom }} ({{ numero }})
""")

COURSES = rows("""
Code  | Titre | Description | Objectifs | Nature de l'action | Durée (heures)
FLE   | Français langue étrangère, niveau A2 | Parler, lire et écrire dans la vie de tous les jours et au travail. | Se présenter et raconter ;\\ncomprendre un courrier simple ;\\nremplir un formulaire. | action de formation | 60
SST   | Sauveteur secouriste du travail | Prévenir et secourir dans l’entreprise. | Protéger, examiner, alerter, secourir ;\\nrepérer les risques de son poste. | action de formation | 14
COMPTA | Comptabilité d’une association | Tenir les comptes d’une petite association, du premier reçu au bilan. | Enregistrer les écritures ;\\nsuivre la trésorerie ;\\npréparer le bilan. | action de formation | 35
BILAN | Bilan de compétences | Faire le point et bâtir un projet. | Repérer ses acquis ;\\nécrire un projet réaliste. | bilan de compétences | 24
""")

SESSIONS = rows("""
Code        | Nom | Formation | Description | Date de début | Date de fin | Formateurs | Places | Inscription | Inviter
FLE-2026    | Français A2, automne 2026 | FLE | Groupe du lundi et du mercredi. | 05/10/2026 | 10/02/2027 | Nour Haddad | 16 | Automatique |
SST-2026-12 | Secouristes, décembre 2026 | SST | Deux journées, examen le second jour. | 19/11/2026 | 18/12/2026 | Stéphane D’Angelo | 10 | Automatique | oui
COMPTA-2026 | Comptabilité, hiver 2026-2027 | COMPTA | Cinq journées, un ordinateur par personne. | 16/11/2026 | 26/02/2027 | Claire Oberlin | 12 | Automatique |
""")

TRAINERS = rows("""
Prénom        | Nom       | Courriel                       | Téléphone
Claire        | Oberlin   | claire.oberlin@exemple.fr      | 06 39 98 01 11
Jean-Baptiste | Ferré     | jean-baptiste.ferre@exemple.fr | 06 39 98 01 12
Nour          | Haddad    | nour.haddad@exemple.fr         | 06 39 98 01 13
Maëlle        | Le Goff   | maelle.legoff@exemple.fr       | 06 39 98 01 14
Stéphane      | D’Angelo  | stephane.dangelo@exemple.fr    | 06 39 98 01 15
""")

VENUES = rows("""
Nom                     | Adresse                     | Code postal | Ville            | Pays   | Téléphone      | Capacité
Salle Vosges            | 9 rue des Tanneurs-Verts    | 67000       | Strasbourg       | France | 03 53 01 09 09 | 16
Salle Kléber            | 9 rue des Tanneurs-Verts    | 67000       | Strasbourg       | France | 03 53 01 09 09 | 12
Atelier de l’Ill        | 2 quai des Bateliers-Neufs  | 67100       | Strasbourg       | France | 03 53 01 09 20 | 10
Maison des associations | 1 place du Vieux-Marché     | 67600       | Sélestat         | France | 03 53 01 09 30 | 40
Antenne de l’Ain        | 14 rue de la Reyssouze      | 01000       | Bourg-en-Bresse  | France | 04 65 71 09 40 | 20
""")

GROUPS = rows("""
Nom                  | Limite
Ateliers emploi      | 2
Ateliers de langue   | 6
""")

CLOSURES = rows("""
Du         | Au         | Motif
24/12/2026 | 03/01/2027 | Congés de Noël
15/02/2027 | 16/02/2027 | Travaux d’électricité
""")

FINISHED = rows("""
Code   | Nom                              | Session     | Description | Date de début    | Date de fin      | Lieu         | Infos complémentaires | Formateurs | Places | Attester | Groupe | Inscription
S-0001 | Accueil et évaluation            | FLE-2026    | Test de niveau et présentation du groupe. | 05/10/2026 09:00 | 05/10/2026 12:00 | Salle Vosges |  | Nour Haddad | 16 | oui | |
S-0002 | Se présenter, parler de soi      | FLE-2026    | Le présent, les métiers, la famille. | 12/10/2026 09:00 | 12/10/2026 12:00 | Salle Vosges |  | Nour Haddad | 16 | | |
S-0003 | Les pièces comptables            | COMPTA-2026 | Factures, reçus, notes de frais. | 16/11/2026 09:00 | 16/11/2026 17:00 | Salle Kléber | Apportez votre ordinateur. | Claire Oberlin | 12 | oui | |
S-0004 | Soirée portes ouvertes           |             | Présentation des formations de l’hiver. | 17/11/2026 18:00 | 17/11/2026 20:30 | Maison des associations |  | Maëlle Le Goff; Claire Oberlin | | | | Publique
S-0005 | Journée 1 : protéger et alerter  | SST-2026-12 | Les gestes qui sauvent, en petits groupes. | 19/11/2026 08:30 | 19/11/2026 17:00 | Atelier de l’Ill | Tenue confortable. | Stéphane D’Angelo | 10 | | |
S-0006 | Atelier CV                       |             | Relire et refaire son CV. | 20/11/2026 14:00 | 20/11/2026 17:00 | Salle Kléber |  | Maëlle Le Goff | 8 | | Ateliers emploi | Manuelle
S-0007 | Bilan de compétences : entretien de suivi | | Reportée : le rendez-vous de novembre n’a pas pu avoir lieu. | 15/12/2026 10:00 | 15/12/2026 12:00 | Salle Kléber |  | Jean-Baptiste Ferré | 1 | | | Manuelle
""")

OPEN = rows("""
Code   | Nom                                | Session     | Description | Date de début    | Date de fin      | Inscription | Groupe | Lieu | Infos complémentaires | Formateurs | Places | Inviter | Attester | Répéter les jours | Répéter jusqu'au | Répéter (semaines) | État
S-0008 | Le plan comptable                  | COMPTA-2026 | Classes et comptes, exercices. | 23/11/2026 09:00 | 23/11/2026 17:00 | | | Salle Kléber | Apportez votre ordinateur. | Claire Oberlin | 12 | | | | | |
S-0009 | À la mairie, à la poste            | FLE-2026    | Demander, comprendre, remplir. | 25/11/2026 09:00 | 25/11/2026 12:00 | | | Salle Vosges | | Nour Haddad | 16 | | | | | |
S-0010 | Atelier lettre de motivation       |             | Une lettre, une offre. | 27/11/2026 14:00 | 27/11/2026 17:00 | Manuelle | Ateliers emploi | Salle Kléber | | Maëlle Le Goff | 8 | | | | | |
S-0011 | Au téléphone                       | FLE-2026    | Prendre un rendez-vous, laisser un message. | 30/11/2026 09:00 | 30/11/2026 12:00 | | | Salle Vosges | | Nour Haddad | 16 | | | | | |
S-0012 | Chez le médecin                    | FLE-2026    | Le corps, les symptômes, l’ordonnance. | 02/12/2026 09:00 | 02/12/2026 12:00 | | | Salle Vosges | | Nour Haddad | 16 | | | | | |
S-0013 | Enregistrer les écritures          | COMPTA-2026 | Du brouillard au grand livre. | 08/12/2026 09:00 | 08/12/2026 17:00 | | | Salle Kléber | Code de la porte : 2109. Apportez votre ordinateur. | Claire Oberlin | 12 | oui | | | | |
S-0014 | Français au travail                | FLE-2026    | Consignes, sécurité, collègues. | 07/12/2026 09:00 | 07/12/2026 12:00 | | | Salle Vosges | | Nour Haddad; Maëlle Le Goff | 16 | | | lundi et mercredi | 13/01/2027 | |
S-0015 | Journée 2 : secourir, examen       | SST-2026-12 | Cas pratiques et évaluation finale. | 10/12/2026 08:30 | 10/12/2026 17:00 | | | Atelier de l’Ill | Tenue confortable. | Stéphane D’Angelo | 10 | | | | | |
S-0016 | Atelier entretien d’embauche       |             | Simulations filmées, en petit groupe. | 11/12/2026 14:00 | 11/12/2026 17:00 | Manuelle | Ateliers emploi | Salle Kléber | Quatre places, pas une de plus. | Maëlle Le Goff | 4 | oui | | | | |
S-0017 | Suivre la trésorerie               | COMPTA-2026 | Rapprochement bancaire, prévisions. | 12/01/2027 09:00 | 12/01/2027 17:00 | | | Salle Kléber | Apportez votre ordinateur. | Claire Oberlin | 12 | | | | | |
S-0018 | Visite du marché de Noël           | FLE-2026    | Sortie du groupe, annulée faute d’accompagnateurs. | 16/12/2026 14:00 | 16/12/2026 17:00 | | Ateliers de langue | Maison des associations | | Nour Haddad | 16 | | | | | | Annulée
       | Préparer le bilan                  | COMPTA-2026 | Les opérations de fin d’année. | 26/01/2027 09:00 | 26/01/2027 17:00 | | | Salle Kléber | Apportez votre ordinateur. | Claire Oberlin | 12 | | | | | | Confirmée
       | Présenter les comptes              | COMPTA-2026 | L’assemblée générale, pas à pas. | 23/02/2027 09:00 | 23/02/2027 17:00 | | | Salle Kléber | | Claire Oberlin; Jean-Baptiste Ferré | 12 | | | | | |
       | Permanence d’orientation           |             | Sans rendez-vous. | 18/01/2027 13:30 | 18/01/2027 16:30 | Publique | | Maison des associations | Bureau 3, premier étage. | Jean-Baptiste Ferré | | | | tous les jours | | 1 |
S-0019 | Café des langues                   | FLE-2026    | On parle, on joue, on goûte. | 29/01/2027 17:00 | 29/01/2027 19:00 | | Ateliers de langue | Maison des associations | | Nour Haddad | 16 | | | | | |
S-0020 | Réunion d’information, antenne de l’Ain |        | Les formations du printemps. | 03/02/2027 18:00 | 03/02/2027 19:30 | Publique | | Antenne de l’Ain | Parking derrière la gare. | Maëlle Le Goff | 20 | | | | | |
S-0021 | Évaluation finale                  | FLE-2026    | Oral et écrit. | 10/02/2027 09:00 | 10/02/2027 12:00 | | | Salle Vosges | | Nour Haddad | 16 | | | | | |
S-0022 | Recyclage des secouristes          |             | Sept heures, tous les deux ans. | 31/02/2027 09:00 | 28/02/2027 17:00 | Manuelle | | Atelier de l’Ill | | Stéphane D’Angelo | 10 | | | | | |
S-0023 | Bilan de compétences : premier entretien | | Faire connaissance, fixer le cadre. | 05/01/2027 14:00 | 05/01/2027 10:00 | Manuelle | | Salle Kléber | | Jean-Baptiste Ferré | 1 | | | | | |
S-0024 | Écrire un courriel                 | FLE-2026    | Formules, ton, pièces jointes. | 20/01/2027 09:00 | 20/01/2027 12:00 | | | Sale Vosges | | Nour Haddad | 16 | | | | | |
S-0025 | Lire une fiche de paie             | FLE-2026    | Brut, net, cotisations. | 27/01/2027 09:00 | 27/01/2027 12:00 | | | Salle Vosges | | Noor Haddad | 16 | | | | | |
S-0026 | Chercher un logement               | FLE-2026    | Annonces, visites, garanties. | 03/02/2027 09:00 | 03/02/2027 12:00 | | | Salle Vosges | | Nour Haddad | 16 | | | | | |
S-0026 | Les transports                     | FLE-2026    | Horaires, billets, imprévus. | 08/02/2027 09:00 | 08/02/2027 12:00 | | | Salle Vosges | | Nour Haddad | 16 | | | | | |
S-0027 | Atelier réseaux professionnels     |             | Un profil clair en deux heures. | 05/02/2027 14:00 | 05/02/2027 16:00 | Automatic | Ateliers emploi | Salle Kléber | | Maëlle Le Goff | 8 | | | | | |
""")

_PEOPLE = """
FLE-2026    | Mme | Amina         | Benali            | Boulangerie Au Pain d’Épi
FLE-2026    | M.  | Dawit         | Tesfaye           |
FLE-2026    | Mme | Olena         | Kovalenko         | Atelier Couture & Cie
FLE-2026    | M.  | José Manuel   | da Conceição      | Maçonnerie Rhin-Sud
FLE-2026    | Mme | Thị Hương     | Nguyễn            |
FLE-2026    | M.  | Ibrahim       | Diallo            | Transports Lux-Est
FLE-2026    | Mme | Zeynep        | Yıldırım          |
FLE-2026    | M.  | Farhad        | Ahmadi            |
FLE-2026    | Mme | Ioana-Maria   | Popescu           | Résidence Les Glycines
FLE-2026    | M.  | Çağlar        | Öztürk            | Maçonnerie Rhin-Sud
FLE-2026    | Mme | Fatoumata     | N’Diaye           | Résidence Les Glycines
FLE-2026    | M.  | Carlos        | Núñez             |
FLE-2026    | Mme | Salomé        | Gelashvili        |
FLE-2026    | M.  | Piotr         | Wiśniewski        | Menuiserie Haas-Kieffer
SST-2026-12 | Mme | Aurélie       | Zimmermann        | Menuiserie Haas-Kieffer
SST-2026-12 | M.  | Jean-Luc      | Schmitt           | Menuiserie Haas-Kieffer
SST-2026-12 | M.  | Benoît        | L’Hermite         | Imprimerie du Faubourg
SST-2026-12 | Mme | Noémie        | Kœnig             | Imprimerie du Faubourg
SST-2026-12 | Mme | Léa           | Müller            | Résidence Les Glycines
SST-2026-12 | M.  | François      | Roesch            | Transports Lux-Est
SST-2026-12 | Mme | Marie-Thérèse | de La Tour        | Résidence Les Glycines
SST-2026-12 | M.  | Loïc          | Guéguen           | Brasserie des Trois Ponts
SST-2026-12 | M.  | Gaëtan        | Weiss             | Brasserie des Trois Ponts
SST-2026-12 | Mme | Inès          | Fernandez-Klein   | Boulangerie Au Pain d’Épi
COMPTA-2026 | Mme | Anne-Sophie   | Baumgartner       | Chorale de l’Ill
COMPTA-2026 | M.  | Rémi          | Dupré             | Amicale des jardins
COMPTA-2026 | Mme | Élodie        | Hœffel            | Club d’aviron
COMPTA-2026 | M.  | Sébastien     | O’Connor          | Les Amis du livre
COMPTA-2026 | Mme | Bérénice      | Châtelain         | Épicerie solidaire
COMPTA-2026 | M.  | Yann          | Le Bihan          | Épicerie solidaire
COMPTA-2026 | Mme | Clémence      | Ruiz y Muñoz      | Théâtre de poche
COMPTA-2026 | M.  | Théo          | Strub             | Club d’aviron
COMPTA-2026 | Mme | Agnès         | Vonthron          | Amicale des jardins
COMPTA-2026 | M.  | Mathéo        | Jaeger            | Théâtre de poche
COMPTA-2026 | Mme | Françoise     | Muller            | Chorale de l’Ill
COMPTA-2026 | M.  | Pierre-Yves   | d’Ormesson-Lang   | Les Amis du livre
S-0016      | Mme | Justine       | Perrin            |
S-0016      | M.  | Aymeric       | Fuchs             |
S-0016      | Mme | Soraya        | El Amrani         |
S-0016      | M.  | Hugo          | Steinmetz         |
S-0016      | Mme | Olena         | Kovalenko         | Atelier Couture & Cie
S-0016      | M.  | Carlos        | Núñez             |
S-0006      | Mme | Justine       | Perrin            |
S-0006      | M.  | Aymeric       | Fuchs             |
"""
_WITHDRAWN = {"Weiss"}
_WITHOUT_AT = "Schmitt"


def _address(first: str, last: str) -> str:
    """An address of that person: plain letters, at example.org one time in three; one of them has no @."""
    spelt = f"{first}.{last}".lower().replace("œ", "oe").replace("ı", "i").replace("ł", "l")
    plain = unicodedata.normalize("NFKD", spelt)
    local = "".join(c for c in plain if c.isascii() and (c.isalpha() or c in ".-"))
    at = "." if last == _WITHOUT_AT else "@"
    return f"{local}{at}{'example.org' if len(local) % 3 == 0 else 'exemple.fr'}"


def people() -> list[tuple[str, Row]]:
    """The people of each session or séance, as its code and their cells."""
    found = []
    for line in _PEOPLE.strip().splitlines():
        code, civility, first, last, employer = (cell.strip() for cell in line.split("|"))
        person = {"Civilité": civility, "Prénom": first, "Nom": last, "Courriel": _address(first, last)}
        found.append((code, person | ({"Employeur": employer} if employer else {})))
    return found


def registrations() -> list[Row]:
    """The rows of Inscriptions, registered one after the other during the autumn."""
    made = []
    for number, (code, person) in enumerate(people()):
        since = datetime(2026, 9, 7, 9, 10) + timedelta(
            days=number, hours=number % 7, minutes=5 * (number % 11)
        )
        status = "Désinscrit" if person["Nom"] in _WITHDRAWN else "Inscrit"
        where = {"Séance" if code.startswith("S-") else "Session": code}
        made.append({**where, **person, "Rôle": "Participant", "Statut": status, "Inscrit le": since})
    return made


_PRESENCES = ("Présent",) * 6 + ("Absent justifié",) + ("Présent",) * 4 + ("Absent non justifié",)
_NOTED = {
    "S-0001": "FLE-2026",
    "S-0002": "FLE-2026",
    "S-0003": "COMPTA-2026",
    "S-0005": "SST-2026-12",
    "S-0006": "S-0006",
}
_NOT_YET_NOTED = ("S-0003", "Jaeger")
_LEFT_EARLY = {("S-0001", "Ahmadi"): 2, ("S-0003", "Strub"): 4.5}


def participations() -> list[Row]:
    """The rows of Participations of the finished séances; one presence of S-0003 has not been noted yet."""
    made = []
    for seance, code in _NOTED.items():
        here = [person for group, person in people() if group == code and person["Nom"] not in _WITHDRAWN]
        for number, person in enumerate(here):
            row = {"Séance": seance, **{name: person[name] for name in ("Prénom", "Nom", "Courriel")}}
            if "@" not in str(row["Courriel"]):
                row["Courriel"] = None  # the night copies no address that it cannot read
            row |= {"Rôle": "Participant", "Statut": "Inscrit"}
            if (seance, person["Nom"]) != _NOT_YET_NOTED:
                row["Présence"] = _PRESENCES[(number + int(seance[-1])) % len(_PRESENCES)]
            if hours := _LEFT_EARLY.get((seance, person["Nom"])):
                row["Heures"] = hours
            made.append(row)
    return made


COMMENTS = rows("""
Séance | Date             | Auteur          | Commentaire | Visible
S-0001 | 06/10/2026 08:45 | Nour Haddad     | Groupe très motivé ; deux niveaux, à revoir en décembre. | non
S-0003 | 17/11/2026 09:05 | Claire Oberlin  | Prévoir une rallonge et trois souris pour la prochaine fois. | oui
S-0013 | 25/11/2026 16:20 | Claire Oberlin  | Les exercices seront distribués sur place, inutile de les imprimer. |
S-0014 | 26/11/2026 11:00 | Nour Haddad     | Le cahier vert sert à partir de cette séance. | oui
S-0018 | 27/11/2026 17:40 | Marie Engel     | Annulée : pas assez d’accompagnateurs. On la proposera au printemps. | oui
""")

CONTENT: dict[str, list[Row]] = {
    "Séances ouvertes": OPEN,
    "Séances terminées": FINISHED,
    "Sessions": SESSIONS,
    "Formations": COURSES,
    "Inscriptions": registrations(),
    "Participations": participations(),
    "Formateurs": TRAINERS,
    "Lieux": VENUES,
    "Groupes": GROUPS,
    "Commentaires": COMMENTS,
    "Fermetures": CLOSURES,
    "Paramètres": SETTINGS,
}
