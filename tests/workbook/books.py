"""Workbooks made with XlsxWriter, as a person's would be."""

from datetime import datetime, timedelta
from pathlib import Path

import xlsxwriter

OPEN, DONE, OTHER = "Séances ouvertes", "Séances terminées", "Synthèse"
HEADERS = ("N°", "Date", "Lieu", "Inscrits", "Max", "Taux")


def made(
    folder: Path, rows: int = 6, done: int = 2, name: str = "classeur.xlsx", totals: bool = False
) -> Path:
    """Two tables of séances and a sheet that sums over them."""
    path = folder / name
    book = xlsxwriter.Workbook(path)
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    bold = book.add_format({"bold": True})
    for sheet_name, count in ((OPEN, rows), (DONE, done)):
        sheet = book.add_worksheet(sheet_name)
        columns = [{"header": header} for header in HEADERS]
        columns[5]["formula"] = "=[@Inscrits]/[@Max]"
        if totals:
            columns[3]["total_function"] = "sum"
        table = "T_ouvertes" if sheet_name == OPEN else "T_terminees"
        bottom = max(count, 1) + totals
        sheet.add_table(0, 0, bottom, 5, {"name": table, "columns": columns, "total_row": totals})
        for n in range(1, count + 1):
            sheet.write_number(n, 0, n)
            sheet.write_datetime(n, 1, datetime(2026, 1, 1) + timedelta(days=n), day)
            sheet.write_rich_string(n, 2, "Ly", bold, "on", f" {n}") if n == 3 else sheet.write(
                n, 2, f"Lyon {n}"
            )
            sheet.write_number(n, 3, n + 4)
            sheet.write_number(n, 4, 12)
            sheet.write_formula(n, 5, "=T_ouvertes[[#This Row],[Inscrits]]/12", None, 0.5)
        sheet.data_validation(
            1, 3, max(count, 1), 3, {"validate": "integer", "criteria": "<=", "value": "=$E2"}
        )
        sheet.freeze_panes(1, 0)
    other = book.add_worksheet(OTHER)
    other.write_formula("A1", f"=SUM('{OPEN}'!D2:D{rows + 1})", None, 45)
    other.write_formula("A2", f"='{OPEN}'!A5", None, 4)
    book.close()
    return path
