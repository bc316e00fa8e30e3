"""The folder of a new office: the workbook, the Word letters and the file of settings."""

import shutil
import uuid
from collections.abc import Sequence
from pathlib import Path

from processor.model.catalogue import quoted, read_file, say
from processor.model.findings import Finding, Severity, Stopped
from processor.starting.book import new_workbook
from processor.starting.content import Content

WORKBOOK = "seances.xlsx"
SETTINGS = "seances.toml"
LETTERS = "modeles"


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
        file.write(read_file(SETTINGS).replace("{identity}", say("settings.identity", identity=uuid.uuid4())))
    return folder / WORKBOOK


def _occupied(folder: Path, there: list[Path]) -> Finding:
    names = quoted(path.relative_to(folder).as_posix() for path in there)
    return Finding.of("dossier-occupe", Severity.STOP, folder=folder, names=names)
