"""The columns of the sheet « Modèles »."""

from processor.model import Kind, Notice
from processor.model.sheets import Accepts, Column, SheetSpec

TEMPLATES = SheetSpec(
    "Modèles",
    (
        Column("name", "Nom", required=True, width=28),
        Column("kind", "Type", Accepts.CHOICE, required=True, choices=(*Kind, *Notice), width=26),
        Column(
            "file",
            "Fichier",
            required=True,
            width=32,
            help="Un fichier Word (.docx) du dossier « modeles » ; vide pour un simple message (Modification, Rappel…).",
        ),
        Column(
            "subject", "Objet", width=44, help="L’objet du courriel ; les mêmes {{ mots }} que dans le Word."
        ),
        Column("message", "Message", width=60, help="Le texte du courriel."),
        Column(
            "format",
            "Format",
            Accepts.CHOICE,
            choices=("PDF", "PDF/A", "PDF/UA", "Word"),
            width=9,
            help="PDF, PDF/A (archives), PDF/UA (accessible) ou Word ; vide : PDF si LibreOffice est installé, sinon Word.",
        ),
        Column(
            "oversize",
            "Pièces trop grosses",
            Accepts.CHOICE,
            choices=("zip", "lien"),
            width=12,
            offered=False,
            help="zip ou lien ; vide : zip, et un lien si cela ne suffit pas.",
        ),
    ),
    "Modeles",
    "Les lettres et leurs courriels. Les messages sans lettre (Modification, Rappel…) ont leurs propres mots ; une ligne de leur type "
    "les remplace.",
)
