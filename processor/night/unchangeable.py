"""What stands in the way of a change to the workbook, in the words of who mends it."""

import re

from processor.model.findings import Finding, Severity

_AWAY = "déplacez cet élément sur une feuille à part, puis relancez"
_WORDS = {
    "merged cells": ("des cellules sont fusionnées sur plusieurs lignes",
                     "annulez la fusion (Accueil, Fusionner et centrer, Annuler la fusion), puis relancez"),
    "table": ("un autre tableau partage des lignes avec la liste", _AWAY),
    "table header": ("un tableau perdrait le titre d’une colonne", _AWAY),
    "array formula": ("une formule matricielle couvre ces lignes", _AWAY),
    "data table": ("une table de données (analyse de scénarios) couvre ces lignes", _AWAY),
    "pivotTable": ("un tableau croisé dynamique couvre ces lignes", _AWAY),
    "revisions": ("le classeur est partagé avec le suivi des modifications",
                  "arrêtez le partage (Révision, Partager le classeur), puis relancez"),
    "sheet": ("une feuille ou un tableau porte déjà le nom à créer",
              "renommez cette feuille ou ce tableau, puis relancez"),
    "column": ("une colonne doit être ajoutée à droite de la liste, où des cellules sont déjà prises",
               "libérez la colonne à droite du dernier titre, puis relancez"),
    "column name": ("un tableau a une colonne que le programme cherche, mais la première ligne de ce tableau porte un autre titre à sa place",
                    "retapez ce titre dans la première ligne du tableau, puis relancez"),
    "cells": ("une cellule est prise à côté de la liste, là où une note doit suivre sa ligne",
              "déplacez ce qui s’y trouve, puis relancez"),
    "rows": ("des milliers de lignes vides mises en forme suivent la liste",
             "supprimez ces lignes (sélectionnez-les, clic droit, Supprimer), puis relancez"),
    "tableSingleCells": ("des cellules sont liées à des données XML", _AWAY),
    "scenarios": ("un scénario change une cellule de ces lignes",
                  "supprimez-les (Données, Analyse de scénarios, Gestionnaire de scénarios), puis relancez"),
    "dataConsolidate": ("la feuille contient une consolidation de données", "refaites-la sur une feuille à part, puis relancez"),
    "namespace prefix": ("les deux feuilles ont été écrites par des programmes différents",
                         "ouvrez le classeur dans Excel, enregistrez-le, puis relancez"),
    "styles": ("les mises en forme du classeur ont été écrites par un programme que celui-ci ne sait pas compléter",
               "ouvrez le classeur dans Excel, enregistrez-le, puis relancez"),
    "zip64": ("le classeur contient plus de 65 000 éléments", "enregistrez-le dans Excel, puis relancez"),
    "verification": ("le classeur modifié ne se relit pas comme il devrait",
                     "ouvrez le classeur dans Excel, enregistrez-le, puis relancez"),
}  # fmt: skip
_ELSE = ("cette feuille contient un élément que le programme ne sait pas déplacer avec les lignes", _AWAY)


def refusal(feature: str, sheet: str, detail: str) -> Finding:
    """The finding of one thing that the workbook's writer refuses to touch; the cell is named where the writer knows it.

    >>> refusal("merged cells", "Séances ouvertes", "E2:E4 spans a row that would go").cell
    'E2'
    """
    if feature == "digital signature":
        return signed(Severity.STOP)
    words, remedy = _WORDS.get(feature, _ELSE)
    area = re.search(r"\b[A-Z]{1,3}[1-9]\d*(?::[A-Z]{1,3}[1-9]\d*)?\b", detail)
    place = f" ({area[0]})" if area else ""
    return Finding(
        "classeur-non-modifiable",
        Severity.STOP,
        f"{words}{place} : le programme ne peut pas modifier le classeur sans risque.",
        "plutôt que d’abîmer le classeur, le programme n’a rien changé."
        f" (Détail technique : {feature}{', ' if detail else ''}{detail}.)",
        f"{remedy} ; sinon transmettez ce message à la personne qui a installé Séances.",
        sheet,
        cell=area[0].split(":")[0] if area else "",
    )


def signed(severity: Severity) -> Finding:
    """A workbook with a digital signature, which the first change would break."""
    return Finding(
        "classeur-signe", severity, "le classeur porte une signature numérique, que toute modification annule.",
        "le programme ne change donc rien dans ce classeur.",
        "retirez la signature (Fichier, Informations, Afficher les signatures) ; ou, pour accepter qu’elle soit annulée, "
        'écrivez dans seances.toml, sous une ligne [classeur] : signature = "rompre".',
    )  # fmt: skip


def protected(name: str) -> Finding:
    """The workbook, or the disk that it is on, takes no writing: waiting would change nothing."""
    return Finding(
        "classeur-non-modifiable",
        Severity.STOP,
        f"« {name} » est protégé en écriture, lui ou le disque où il se trouve.",
        "le programme ne pourrait pas y écrire ce qu’il fait ; rien n’a été fait.",
        "dans les propriétés du fichier, décochez « Lecture seule », ou donnez le droit d’écrire à qui lance le programme.",
    )
