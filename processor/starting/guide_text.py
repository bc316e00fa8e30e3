"""The words of the sheet « Mode d'emploi » : what staff want to do, and how. A flat table, in French."""

INTRODUCTION = (
    "Vous remplissez ce classeur comme d’habitude. Chaque nuit, le programme le lit, prépare les invitations, les attestations, "
    "les feuilles d’émargement et les courriels, puis note ici ce qu’il a fait. Enregistrez et fermez le classeur le soir."
)

TASKS: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    (
        "Commencer",
        (
            (
                "Remplir les réglages",
                "Feuille « Paramètres » : au moins organisme, ville et expéditeur. Tout le reste peut attendre.",
            ),
            (
                "Choisir les lettres",
                (
                    "Les lettres sont des fichiers Word du dossier « modeles ». Ouvrez-les, mettez votre logo et vos mots. "
                    "La feuille « Modèles » dit quelle lettre sert à quoi, et le texte du courriel qui l’accompagne."
                ),
            ),
            (
                "Reprendre vos habitudes",
                (
                    "Vous pouvez déplacer les colonnes, en ajouter, trier, filtrer, colorier : le programme s’y retrouve et n’y touche pas. "
                    "Ne renommez ni les feuilles, ni les en-têtes."
                ),
            ),
        ),
    ),
    (
        "Préparer une séance",
        (
            (
                "Ajouter une séance",
                (
                    "Feuille « Séances ouvertes » : écrivez sous la dernière ligne le Nom, la Date de début et la Date de fin "
                    "(par exemple 01/12/2026 09:00). Le tableau s’agrandit seul. Laissez Code vide : il est attribué la nuit suivante."
                ),
            ),
            (
                "Répéter une séance",
                (
                    "Écrivez les jours dans « Répéter les jours » (par exemple « lundi et mercredi », « lu-ve », « tous les jours » ou « jours ouvrés »), "
                    "puis le dernier jour dans « Répéter jusqu’au », ou un nombre dans « Répéter (semaines) ». Les nouvelles lignes apparaissent "
                    "le lendemain sous la dernière. Les jours fériés et les jours de la feuille « Fermetures » sont sautés."
                ),
            ),
            (
                "Ajouter une séance à une session déjà invitée",
                "Ajoutez sa ligne, c’est tout : la nuit suivante, les personnes déjà invitées à la session reçoivent un seul message avec les nouvelles séances.",
            ),
            (
                "Annuler une séance",
                (
                    "Choisissez « Annulée » dans la colonne État, sans supprimer la ligne. Les personnes déjà invitées sont prévenues, "
                    "et plus rien n’est produit pour cette séance."
                ),
            ),
            (
                "Changer une date ou un lieu",
                "Corrigez la ligne, tout simplement : la feuille d’émargement et la page de la séance suivent. Les personnes déjà invitées reçoivent, la nuit suivante, un seul message qui dit ce qui a changé.",
            ),
            (
                "Ajouter un commentaire",
                "Feuille « Commentaires » : le Code de la séance et le texte. Avec « non » dans Visible, il ne quitte pas ce classeur.",
            ),
        ),
    ),
    (
        "Inscrire des personnes",
        (
            (
                "À une session entière",
                (
                    "Feuille « Inscriptions » : le Code de la session, le Prénom, le Nom et le Courriel. La personne est inscrite à toutes les séances "
                    "« Automatique » de la session."
                ),
            ),
            (
                "À une seule séance",
                (
                    "Feuille « Inscriptions » : écrivez le Code de la séance dans la colonne Séance. C’est ainsi pour les séances « Manuelle » et « Publique ». "
                    "Si la séance est toute nouvelle, son Nom convient tant qu’elle est seule à le porter, ou tapez vous-même un Code dans sa ligne (par exemple CV-1)."
                ),
            ),
            (
                "Quand c’est complet",
                (
                    "À une séance « Manuelle » ou « Publique », les derniers inscrits (d’après « Inscrit le ») passent « En attente », puis sont inscrits "
                    "d’eux-mêmes dès qu’une place se libère. À une séance « Automatique », toute la session est inscrite : Contrôle vous avertit."
                ),
            ),
            (
                "Corriger une adresse",
                (
                    "Corrigez le Courriel dans « Inscriptions », sur toutes les lignes de la personne. Rien n’est renvoyé, sauf une invitation "
                    "qui n’était pas arrivée : elle repart une fois, vers la nouvelle adresse."
                ),
            ),
            (
                "Un désistement",
                "Choisissez « Désinscrit » dans Statut, sans supprimer la ligne.",
            ),
        ),
    ),
    (
        "Inviter, noter les présences, attester",
        (
            (
                "Inviter",
                (
                    "Écrivez « oui » dans Inviter, sur la ligne de la séance (ou de la session). La nuit suivante, chaque inscrit reçoit sa lettre, "
                    "et la case est vidée. Personne n’est invité deux fois. Qui s’inscrit après reçoit son invitation sans que vous ayez rien à faire."
                ),
            ),
            (
                "La feuille d’émargement",
                "Elle est prête quelques jours avant la séance, dans le dossier « documents » (nombre de jours : feuille « Paramètres »).",
            ),
            (
                "Noter les présences",
                (
                    "Quand la séance est finie, sa ligne passe dans « Séances terminées ». Dans « Participations », choisissez pour chaque personne "
                    "Présent, Absent justifié ou Absent non justifié. Heures : seulement si la personne n’est pas restée tout le temps."
                ),
            ),
            (
                "Attester",
                (
                    "Écrivez « oui » dans Attester. Les personnes « Présent » reçoivent leur attestation, une seule fois ; "
                    "personne n’est attesté tant que sa présence est vide."
                ),
            ),
            (
                "Attester une session",
                (
                    "Quand toutes les séances de la session sont finies, écrivez « oui » dans Attester, feuille « Sessions » : chacun reçoit "
                    "une attestation de session. Pour le certificat que demande le financeur, choisissez d’abord « Certificat de réalisation » "
                    "dans Modèle de certificat."
                ),
            ),
        ),
    ),
    (
        "Ce que le programme écrit",
        (
            (
                "Les colonnes grises",
                (
                    "Leur en-tête est gris et leur texte plus clair : Série, Contrôle, « Participations » (sauf Présence, Heures et Réémettre, qui sont à vous) et tout « Journal ». "
                    "N’y écrivez rien."
                ),
            ),
            (
                "La colonne Contrôle",
                (
                    "En orange : ce qui ne va pas et comment le corriger. « Ligne laissée de côté » : rien n’est produit pour cette ligne. "
                    "« À vérifier » : tout est produit, mais jetez-y un œil. Sinon : ce qui a été fait, et quand. "
                    "La case à corriger est colorée ; la couleur s’en va d’elle-même."
                ),
            ),
            (
                "Les séances finies",
                (
                    "Elles passent de « Séances ouvertes » à « Séances terminées » avec leurs couleurs et leurs notes. "
                    "Pour en rouvrir une, corrigez sa Date de fin."
                ),
            ),
            (
                "La feuille « Journal »",
                "Tout ce qui a été fait, ligne après ligne.",
            ),
            (
                "En cas d’erreur",
                (
                    "Une copie du classeur est gardée chaque nuit dans le dossier « sauvegardes ». Si le classeur est resté ouvert, "
                    "le programme n’y touche pas et recommence la nuit suivante."
                ),
            ),
        ),
    ),
)

COLUMNS_TITLE = "Les colonnes, feuille par feuille"
COLUMNS_INTRODUCTION = "Une * marque ce qu’il faut remplir ; tout le reste peut rester vide. Une colonne à vous (Budget, Remarques…) est la bienvenue."
PLACEHOLDERS_TITLE = "Les mots des lettres"
PLACEHOLDERS_INTRODUCTION = "Dans les fichiers Word, l’Objet et le Message de « Modèles », ces mots sont remplacés par ceux de la séance et de la personne."
ACCEPTED = {
    "TEXT": "texte", "DATE": "date, par exemple 01/12/2026", "DATETIME": "date et heure, par exemple 01/12/2026 09:00",
    "TIME": "heure, par exemple 9:00", "WHOLE": "nombre entier", "NUMBER": "nombre", "YES": "oui, ou vide",
    "CHOICE": "", "WEEKDAYS": "jours de la semaine", "NAMES": "un ou plusieurs noms",
}  # fmt: skip
MEANINGS = {
    ("Sessions", "Code"): "Un nom court et unique, par exemple FLE-2026.",
    ("Sessions", "Nom"): "Le nom de la session, tel qu’il sera imprimé.",
    ("Sessions", "Description"): "Le contenu de la session.",
    ("Sessions", "Date de début"): "Premier jour.",
    ("Sessions", "Date de fin"): "Dernier jour, compris.",
    ("Sessions", "Formateurs"): "Des noms de la feuille « Formateurs », séparés par un point-virgule.",
    ("Sessions", "Places"): "Nombre maximum d’inscrits ; vide : sans limite.",
    ("Sessions", "Modèle d'invitation"): "Vide : le modèle nommé dans « Paramètres ».",
    (
        "Sessions",
        "Modèle de certificat",
    ): "Vide : l’attestation de session nommée dans « Paramètres ». Le certificat du financeur : « Certificat de réalisation ».",
    ("Formations", "Code"): "Un nom court et unique, par exemple FLE.",
    ("Formations", "Titre"): "Le titre complet, tel qu’il sera imprimé.",
    ("Formations", "Description"): "Le programme en quelques lignes.",
    ("Formations", "Objectifs"): "Ce que la personne saura faire ; Alt + Entrée pour aller à la ligne.",
    ("Formations", "Nature de l'action"): "Imprimée sur le certificat de réalisation.",
    ("Formations", "Durée (heures)"): "Durée prévue.",
    ("Inscriptions", "Civilité"): "Imprimée dans l’adresse des lettres.",
    ("Inscriptions", "Courriel"): "Sans adresse, la lettre est préparée, à imprimer.",
    ("Inscriptions", "Employeur"): "Imprimé sur les listes et les documents.",
    ("Inscriptions", "Rôle"): "Vide : Participant.",
    ("Inscriptions", "Statut"): "Vide : Inscrit.",
    ("Inscriptions", "Inscrit le"): "Sert à ranger la liste d’attente.",
    ("Formateurs", "Courriel"): "Imprimé sur les listes et les documents.",
    ("Lieux", "Nom"): "Le nom que vous écrivez dans la colonne Lieu des séances.",
    ("Lieux", "Adresse"): "Numéro et rue.",
    ("Lieux", "Capacité"): "Nombre de personnes que la salle peut recevoir.",
    ("Groupes", "Nom"): "Le nom que vous écrivez dans la colonne Groupe des séances.",
    ("Modèles", "Nom"): "Le nom que vous écrivez dans les colonnes Modèle…",
    ("Modèles", "Type"): "À quoi sert la lettre.",
    ("Commentaires", "Séance"): "Le Code de la séance.",
    ("Commentaires", "Commentaire"): "Le texte.",
    ("Fermetures", "Du"): "Premier jour de fermeture.",
    ("Fermetures", "Au"): "Dernier jour, compris ; vide : un seul jour.",
    ("Fermetures", "Motif"): "Pour mémoire.",
    ("Paramètres", "Nom"): "Ne changez pas les noms.",
    ("Paramètres", "Valeur"): "Ce que vous réglez ; la colonne Aide explique chaque ligne.",
}
