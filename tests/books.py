"""Real workbooks from text tables, and nights run on them as a person would: by the command line."""

import json
import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner, Result
from openpyxl.worksheet.table import Table

from processor.cli import main
from processor.contract import SHEETS
from processor.model.typography import plain

NOW = "2026-12-01T02:00"


def book(path: Path, **sheets: str) -> Path:
    """A workbook of text tables, by their Excel table's name in lower case; dates are real dates. Columns get an Excel table."""
    names = {spec.table.lower(): (spec.name, spec.table) for spec in SHEETS}
    workbook = openpyxl.Workbook()
    workbook.remove(workbook["Sheet"])
    for key, text in sheets.items():
        name, table = names[key]
        sheet = workbook.create_sheet(name)
        for row, line in enumerate(text.strip("\n").splitlines(), 1):
            for column, typed in enumerate(line.split("|"), 1):
                _put(sheet.cell(row, column), typed.strip())
        rows = max(sheet.max_row, 2)
        last = sheet.cell(rows, sheet.max_column).coordinate
        sheet.add_table(Table(displayName=table, ref=f"A1:{last}"))
    workbook.save(path)
    return path


def _put(cell: Any, typed: str) -> None:
    for pattern, shown in (("%d/%m/%Y %H:%M", "dd/mm/yyyy hh:mm"), ("%d/%m/%Y", "dd/mm/yyyy")):
        try:
            cell.value, cell.number_format = datetime.strptime(typed, pattern), shown
        except ValueError:
            continue
        return
    cell.value = typed or None


def table(path: Path, sheet: str) -> list[dict[str, Any]]:
    """The rows of a sheet as openpyxl reads them, by header, blank cells left out, no-break spaces as plain ones."""
    workbook = openpyxl.load_workbook(path)
    rows = list(workbook[sheet].iter_rows(values_only=True))
    workbook.close()
    return [
        {
            str(header): plain(value) if isinstance(value, str) else value
            for header, value in zip(rows[0], row, strict=True)
            if value is not None
        }
        for row in rows[1:]
        if any(row)
    ]


def seances(*arguments: object) -> Result:
    """Runs a command of the product."""
    result = CliRunner().invoke(main, [str(argument) for argument in arguments])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def run(path: Path, *more: object, now: str = NOW) -> Result:
    """One night."""
    return seances("run", path, "--now", now, *more)


def plan(path: Path, now: str = NOW) -> dict[str, Any]:
    """What `seances plan --format json` prints."""
    return dict(json.loads(seances("plan", path, "--format", "json", "--now", now).stdout))


def mails(path: Path) -> list[str]:
    """The names of the mail files that the nights made."""
    folder = path.parent / "courriels"
    return sorted(file.name for file in folder.glob("*.eml")) if folder.exists() else []


def kept(folder: Path, make: Callable[[Path], None]) -> Path:
    """What `make` made once in a folder, with the state that its nights left: for `taken_out`, as often as wanted.

    Nothing stands any more where the nights were: a workbook that is taken out was moved, and is no copy of another.
    """
    work = folder / "travail"
    work.mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SEANCES_STATE", str(folder / "etat"))
        patch.setenv("SEANCES_SOFFICE", str(folder / "absent"))
        make(work)
    return work.rename(folder / "garde")


def taken_out(work: Path, into: Path, state: Path) -> Path:
    """The workbook of a kept folder, in a folder of its own with a state of its own."""
    shutil.copytree(work, into, dirs_exist_ok=True)
    shutil.copytree(work.with_name("etat"), state, dirs_exist_ok=True)
    return into / "classeur.xlsx"
