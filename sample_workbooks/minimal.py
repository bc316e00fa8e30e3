"""What stands in `minimal.xlsx` : three plain sheets, as few columns as will do."""

from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.styles import Font

from processor.starting.fixed import save

_OPEN = (
    ("Code", "Nom", "Date de début", "Date de fin", "Lieu", "Places", "Inviter"),
    (
        "S-0001",
        "Atelier tableur",
        datetime(2026, 11, 27, 9),
        datetime(2026, 11, 27, 12),
        "Salle bleue",
        8,
        None,
    ),
    (
        "S-0002",
        "Atelier tableur, suite",
        datetime(2026, 12, 4, 9),
        datetime(2026, 12, 4, 12),
        "Salle bleue",
        8,
        None,
    ),
    (
        "S-0003",
        "Réunion des tuteurs",
        datetime(2026, 12, 9, 14),
        datetime(2026, 12, 9, 16, 30),
        "Salle verte",
        None,
        "oui",
    ),
    (
        "S-0004",
        "Atelier photo",
        datetime(2027, 1, 15, 13, 30),
        datetime(2027, 1, 15, 17),
        "Salle bleue",
        6,
        None,
    ),
)
_FINISHED = (
    _OPEN[0],
    (
        "S-0005",
        "Accueil des tuteurs",
        datetime(2026, 11, 12, 14),
        datetime(2026, 11, 12, 16),
        "Salle verte",
        None,
        None,
    ),
)
_REGISTERED = (
    ("Séance", "Prénom", "Nom", "Courriel"),
    ("S-0003", "Zoé", "Dupont-Aignan", "zoe.dupont@exemple.fr"),
    ("S-0003", "Noël", "L’Hostis", "noel.lhostis@exemple.fr"),
    ("S-0003", "Hélène", "Caüt", "helene.caut@exemple.fr"),
    ("S-0002", "Anaïs", "Pérez", "anais.perez@example.org"),
    ("S-0002", "Jean-Noël", "Brün", "jean-noel.brun@example.org"),
    ("S-0004", "Maïwenn", "Kerboul", "maiwenn.kerboul@exemple.fr"),
)
_WIDTHS = {"Nom": 26, "Date de début": 18, "Date de fin": 18, "Lieu": 16, "Courriel": 30, "Prénom": 14}


def make_minimal(path: Path) -> None:
    """Séances ouvertes, Séances terminées and Inscriptions, plain ranges, five séances and six people."""
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.worksheets[0])
    for name, rows in (
        ("Séances ouvertes", _OPEN),
        ("Séances terminées", _FINISHED),
        ("Inscriptions", _REGISTERED),
    ):
        _fill(workbook.create_sheet(name), rows)
    save(workbook, path)


def _fill(sheet: Any, rows: tuple[tuple[Any, ...], ...]) -> None:
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row, 1):
            cell = sheet.cell(number, column, value)
            if isinstance(value, datetime):
                cell.number_format = "dd/mm/yyyy hh:mm"
            if number == 1:
                cell.font = Font(bold=True)
    for column, header in enumerate(rows[0], 1):
        sheet.column_dimensions[sheet.cell(1, column).column_letter].width = _WIDTHS.get(header, 12)
