"""A ready folder: a new one for staff, or the sample one that the demonstration runs on."""

import shutil
from datetime import datetime
from pathlib import Path

from processor import shipped
from processor.documents.placeholders.placeholders import table
from processor.model.catalogue import say
from processor.model.findings import Finding, Severity, Stopped
from processor.settings import FILE

SAMPLE = "centre-de-formation.xlsx"
NIGHT = datetime(2026, 12, 1, 2)
_SETTINGS = """\
# {remark}
[journal]
url = ".journal/journal.sqlite"
"""


def start(folder: Path) -> Path:
    """A folder with a workbook ready to be filled, the Word templates and the settings. Raises Stopped if one is there."""
    from processor.starting import new_folder

    _free(folder, "seances.xlsx")
    return new_folder(folder, None, shipped.folder("templates"), [row[:3] for row in table()])


def prepare(folder: Path) -> tuple[Path, datetime]:
    """A fresh folder with the sample workbook and the templates, and the fixed night that the demonstration shows."""
    _free(folder, SAMPLE)
    folder.mkdir(parents=True, exist_ok=True)
    workbook = folder / SAMPLE
    shutil.copyfile(shipped.folder("sample_workbooks") / SAMPLE, workbook)
    (folder / FILE).write_text(_SETTINGS.format(remark=say("demo.settings")), "utf-8")
    (folder / "modeles").mkdir(exist_ok=True)
    for template in sorted(shipped.folder("templates").glob("*.docx")):
        shutil.copyfile(template, folder / "modeles" / template.name)
    return workbook, NIGHT


def _free(folder: Path, name: str) -> None:
    """Raises Stopped when the folder holds anything: nothing of anyone's is ever written over."""
    if folder.is_dir() and not any(folder.iterdir()):
        return
    if folder.exists():
        occupied = Finding.of(
            "dossier-occupe", Severity.STOP, "demo", folder=folder, workbook=name, settings=FILE
        )
        raise Stopped([occupied])
