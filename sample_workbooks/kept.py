"""What stands in `tel-quel.xlsx` : a planning as an association really keeps it, saved by LibreOffice Calc.

Titles above the header, their own headers (`tel-quel.toml` says which), dates and hours in words, merged and coloured
cells, a formula column, a filter with hidden rows, a hidden column, columns of their own, blank rows with borders below.
"""

import shutil
import subprocess
import tempfile
from datetime import datetime, time
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.filters import FilterColumn, Filters

_HEADER = ("Réf.", "Intitulé", "Date", "Heure de début", "Heure de fin", "Salle", "Formateur(s)", "Places",
           "Coût", "Coût total", "Budget", "Remarques", "Ancien n°", "Inviter")  # fmt: skip
_OPEN: tuple[tuple[Any, ...], ...] = (
    ("A-101", "Chorale : première répétition", "samedi 28 novembre 2026", "14h", "16h30", "Grande salle", "Odile Wurtz", 40, 3.5, "Ville", "Clé à prendre au bureau", "97"),
    ("A-102", "Poterie, initiation", "lundi 30 novembre 2026", "9 h", "12 h", "Atelier", "Gérard Hoff", 8, 18, "Région", "", "98"),
    ("A-103", "Poterie, suite", "12/12/2026", "9h00", "12:00", "Atelier", "Gérard Hoff", 8, 18, "Région", "Tabliers !", "99"),
    ("A-104", "Informatique : le courriel", "14 déc. 2026", "14h30", "16 h 30", "Salle 2", "Odile Wurtz ; Yves Lang", 10, 6, "Europe", "", "100"),
    ("A-105", "Informatique : les photos", datetime(2026, 12, 16), time(14, 30), time(16, 30), None, "Yves Lang", 10, 6, "Europe", "", "101"),
    ("A-106", "Contes d’hiver", "Samedi 19 décembre 2026", "17h", "18h30", "Grande salle", "Odile Wurtz", 60, 0, "Ville", "Goûter offert", ""),
    ("A-107", "Couture : l’ourlet", "le 8 janvier 2027", "18 h", "20 h", "Atelier", "Marie-Ange Kuntz", 6, 12.5, "Région", "", "103"),
    ("A-108", "Couture : la fermeture éclair", "15-01-2027", "18:00", "20:00", "Atelier", "Marie-Ange Kuntz", 6, 12.5, "Région", "machines révisées ?", "104"),
    ("A-109", "Assemblée générale", "vendredi 29 janv. 2027", "19h30", "22h", "Grande salle", "", None, None, "Ville", "Convocations : voir avec Paul", ""),
    ("", "Cuisine du monde", "06.02.2027", "10h", "13h", "Salle 2", "Gérard Hoff", 12, 15, "Ville", "", "106"),
    ("", "Secourisme (PSC1)", "1er mars 2027", "9h", "17h", "Grande salle", "Protection civile", 10, 60, "Europe", "Payé d’avance", ""),
)  # fmt: skip
_FINISHED: tuple[tuple[Any, ...], ...] = (
    (
        "A-099",
        "Loto de rentrée",
        "samedi 3 octobre 2026",
        "20h",
        "23h",
        "Grande salle",
        "",
        80,
        2,
        "Ville",
        "",
        "95",
    ),
    (
        "A-100",
        "Bourse aux vêtements",
        "17/10/2026",
        "9h",
        "17h",
        "Grande salle",
        "",
        None,
        None,
        "Ville",
        "142 entrées",
        "96",
    ),
)
_INVITED = {"A-103"}
_REGISTERED = (
    ("A-103", "Mme", "Huguette", "Stoll", "huguette.stoll@example.org", "03 53 01 40 01"),
    ("A-103", "M.", "Roger", "D’Aubigné", "roger.daubigne@example.org", ""),
    ("A-103", "Mme", "Thérèse", "Ehret-Bloch", "", "03 53 01 40 03"),
    ("A-104", "Mme", "Huguette", "Stoll", "huguette.stoll@example.org", "03 53 01 40 01"),
    ("A-104", "M.", "Émile", "Fritsch", "emile.fritsch@exemple.fr", ""),
    ("A-105", "M.", "Émile", "Fritsch", "emile.fritsch@exemple.fr", ""),
    ("A-107", "Mme", "Sylvie", "Brûlé", "sylvie.brule@exemple.fr", "03 53 01 40 07"),
    ("A-107", "Mme", "Maria da Luz", "Gonçalves", "maria.goncalves@exemple.fr", ""),
)
_REGISTER_HEADER = ("Séance", "Civilité", "Prénom", "Nom de famille", "Mél", "Tél.")
_WIDTHS = (8, 32, 26, 11, 11, 16, 26, 8, 9, 11, 10, 28, 9, 8)
_HIDDEN_BUDGET = "Europe"
_THIN = Side("thin", color="999999")
_BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_FIRST = 5


def make_kept(path: Path) -> None:
    """Builds the planning and has Calc save it; does nothing where there is no Calc."""
    program = shutil.which("soffice")
    if program is None:
        return
    with tempfile.TemporaryDirectory() as name:
        source = Path(name) / path.name
        _built().save(source)
        profile = f"-env:UserInstallation={(Path(name) / 'profile').as_uri()}"
        command = [program, profile, "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML",
                   "--outdir", str(Path(name) / "saved"), str(source)]  # fmt: skip
        subprocess.run(command, check=True, capture_output=True, timeout=120)  # noqa: S603
        shutil.copyfile(Path(name) / "saved" / path.name, path)


def _built() -> openpyxl.Workbook:
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.worksheets[0])
    _notes(workbook.create_sheet("Lisez-moi"))
    _planning(workbook.create_sheet("Séances ouvertes"), "Planning des ateliers – hiver 2026-2027", _OPEN)
    _planning(workbook.create_sheet("Séances terminées"), "Ateliers passés", _FINISHED)
    _register(workbook.create_sheet("Inscriptions"))
    return workbook


def _planning(sheet: Any, title: str, rows: tuple[tuple[Any, ...], ...]) -> None:
    _title(sheet, title, "N")
    for column, (header, width) in enumerate(zip(_HEADER, _WIDTHS, strict=True), 1):
        cell = sheet.cell(_FIRST - 1, column, header)
        cell.font, cell.fill, cell.border = (
            Font(name="Calibri", bold=True),
            PatternFill("solid", fgColor="FFD966"),
            _BOX,
        )
        cell.alignment = Alignment(wrap_text=True, horizontal="center", vertical="center")
        sheet.column_dimensions[cell.column_letter].width = width
    for number, row in enumerate(rows, _FIRST):
        _row(sheet, number, row)
    for blank in range(_FIRST + len(rows), _FIRST + len(rows) + 6):
        for column in range(1, len(_HEADER) + 1):
            sheet.cell(blank, column).border = _BOX
    sheet.column_dimensions["M"].hidden = True
    sheet.row_dimensions[_FIRST - 1].height = 31
    sheet.freeze_panes = f"C{_FIRST}"
    if rows is _OPEN:
        _filter(sheet, rows)


def _title(sheet: Any, title: str, last: str) -> None:
    sheet.merge_cells(f"A1:{last}1")
    sheet["A1"] = title
    sheet["A1"].font, sheet["A1"].alignment = (
        Font(name="Calibri", size=16, bold=True, color="7F3F00"),
        Alignment(horizontal="center"),
    )
    sheet.row_dimensions[1].height = 28
    sheet.merge_cells(f"A2:{last}2")
    sheet["A2"] = "Maison de quartier du Faubourg – mis à jour par Paul le 27/11 – NE PAS SUPPRIMER DE LIGNE"
    sheet["A2"].font = Font(name="Calibri", italic=True, color="C00000")


def _row(sheet: Any, number: int, row: tuple[Any, ...]) -> None:
    code, name, day, start, end, room, trainers, places, cost, budget, remark, old = row
    total = f"=I{number}*H{number}" if cost is not None else None
    invite = "x" if code in _INVITED else None
    values = (code, name, day, start, end, room, trainers, places, cost, total, budget, remark, old, invite)
    for column, value in enumerate(values, 1):
        cell = sheet.cell(number, column, value or None if value != 0 else 0)
        cell.border = _BOX
        if column in (9, 10):
            cell.number_format = '#,##0.00 "€"'
        elif isinstance(value, datetime):
            cell.number_format = "dddd d mmmm yyyy"
        elif isinstance(value, time):
            cell.number_format = "hh:mm"
    if budget == "Ville":
        for column in range(1, 4):
            sheet.cell(number, column).fill = PatternFill("solid", fgColor="E2EFDA")
    if code == "A-103":
        sheet.cell(number, 12).fill = PatternFill("solid", fgColor="FF9999")
        sheet.cell(number, 2).comment = Comment("Odile veut bien remplacer Gérard ce jour-là.", "Paul")
    if code == "A-104":
        sheet.merge_cells(start_row=number, end_row=number + 1, start_column=6, end_column=6)
        sheet.cell(number, 6).alignment = Alignment(vertical="center")


def _filter(sheet: Any, rows: tuple[tuple[Any, ...], ...]) -> None:
    """A filter on Budget that somebody left on: the European projects are hidden, and are still séances."""
    last = _FIRST + len(rows) - 1
    sheet.auto_filter.ref = f"A{_FIRST - 1}:N{last}"
    shown = Filters(filter=["Ville", "Région"])
    sheet.auto_filter.filterColumn.append(FilterColumn(colId=10, filters=shown))
    for number, row in enumerate(rows, _FIRST):
        if row[9] == _HIDDEN_BUDGET:
            sheet.row_dimensions[number].hidden = True


def _register(sheet: Any) -> None:
    _title(sheet, "Liste des inscrits", "F")
    for column, (header, width) in enumerate(zip(_REGISTER_HEADER, (9, 9, 16, 18, 32, 16), strict=True), 1):
        cell = sheet.cell(4, column, header)
        cell.font, cell.border = Font(name="Calibri", bold=True), _BOX
        sheet.column_dimensions[cell.column_letter].width = width
    for number, row in enumerate(_REGISTERED, 5):
        for column, value in enumerate(row, 1):
            sheet.cell(number, column, value or None).border = _BOX


def _notes(sheet: Any) -> None:
    for number, line in enumerate(
        ("Trésorerie : voir l’autre fichier.", "Clé de l’atelier : chez Gérard.", "Penser à la Sacem !"), 2
    ):
        sheet.cell(number, 2, line)
    sheet.column_dimensions["B"].width = 50
