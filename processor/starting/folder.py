"""The folder of a new office: the workbook, the Word letters and the file of settings."""

import shutil
import uuid
from collections.abc import Sequence
from pathlib import Path

from processor.model.findings import Finding, Severity, Stopped
from processor.starting.book import new_workbook
from processor.starting.content import Content

WORKBOOK = "seances.xlsx"
SETTINGS = "seances.toml"
LETTERS = "modeles"

_TOML = """\
# Réglages du programme Séances, pour la personne qui l’installe.
# Ce que l’équipe règle elle-même est dans la feuille « Paramètres » du classeur.

# L’identité relie le classeur à son journal d’envois : ne la modifiez pas.
identite = "{identity}"

[dossiers]
# Dossiers, à côté du classeur.
documents = "documents"
modeles = "modeles"
courriels = "courriels"
sauvegardes = "sauvegardes"

[courriel]
# « fichiers » : les courriels sont écrits dans le dossier « courriels », rien n’est envoyé.
transport = "fichiers"
# Pour les envoyer, remplacez la ligne ci-dessus par celles-ci, sans le « # ». Le mot de passe n’est jamais écrit ici.
# transport = "smtp"
# hote = "smtp.exemple.fr"
# port = 587
# securite = "starttls"        # ou "tls" (port 465), ou "aucune"
# utilisateur = "contact@exemple.fr"

[journal]
# Le journal se trouve dans le dossier d’état de l’ordinateur. Pour le mettre ailleurs :
# url = "postgresql://utilisateur@serveur/seances"

# Si votre classeur a ses propres en-têtes, dites lesquels : à gauche le nom du programme, à droite le vôtre.
# [colonnes."Séances ouvertes"]
# Nom = "Intitulé"
# Lieu = "Salle"
"""


def new_folder(
    folder: Path, content: Content | None, templates: Path, placeholders: Sequence[tuple[str, str, str]]
) -> Path:
    """Fills a folder with a new workbook, copies of the .docx of `templates` and the settings; returns the workbook.

    Nothing is ever written over: raises Stopped, before any change, when one of the files is there already.
    """
    letters = sorted(path for path in templates.glob("*.docx") if not path.name.startswith("~$"))
    made = [folder / WORKBOOK, folder / SETTINGS, *(folder / LETTERS / path.name for path in letters)]
    there = [path for path in made if path.exists() or path.is_symlink()]
    if there:
        raise Stopped([_occupied(folder, there)])
    (folder / LETTERS).mkdir(parents=True, exist_ok=True)
    new_workbook(folder / WORKBOOK, content, placeholders)
    for path in letters:
        shutil.copyfile(path, folder / LETTERS / path.name)
    with (folder / SETTINGS).open("x", encoding="utf-8") as file:
        file.write(_TOML.format(identity=uuid.uuid4()))
    return folder / WORKBOOK


def _occupied(folder: Path, there: list[Path]) -> Finding:
    names = ", ".join(f"« {path.relative_to(folder).as_posix()} »" for path in there)
    return Finding(
        "dossier-occupe", Severity.STOP, f"« {folder} » contient déjà {names}.",
        "le programme n’écrit jamais par-dessus des fichiers.", "choisissez un autre nom de dossier.",
    )  # fmt: skip
