"""Make the sample workbooks again: `python sample_workbooks/make.py [FOLDER]`. Same code, same workbooks.

`tel-quel.xlsx` is saved by LibreOffice Calc, whose version shows in its bytes; without `soffice` it is left alone.
"""

import sys
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))
sys.path.insert(0, str(Path(__file__).parent))

from centre import CONTENT
from kept import make_kept
from minimal import make_minimal

from processor.documents.placeholders.placeholders import table
from processor.starting import new_workbook


def make_centre(path: Path) -> None:
    """The Centre Ligne 9, by the code behind `seances init`."""
    new_workbook(path, CONTENT, [row[:3] for row in table()])


MADE: dict[str, Callable[[Path], None]] = {
    "centre-de-formation.xlsx": make_centre,
    "minimal.xlsx": make_minimal,
}


def main(folder: Path) -> None:
    """Makes every sample in the folder, in place of those there."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, make in (MADE | {"tel-quel.xlsx": make_kept}).items():
        (folder / name).unlink(missing_ok=True)
        make(folder / name)
        print(folder / name)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
