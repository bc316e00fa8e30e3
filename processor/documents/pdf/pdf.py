"""PDF by LibreOffice: many documents a call, a limit of time without progress, one more try alone, results that are read."""

import io
import os
import re
import zipfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from processor.documents.pdf.office import find_office, run_office
from processor.model.catalogue import say

__all__ = ["STANDARDS", "convert", "find_office"]

_TAG = re.compile(r"\{\{|\{%")
_STORY = re.compile(r"word/[^/]*\.xml")
_FEWEST, _MOST = 8, 100
_PATIENCE = (
    60.0  # seconds without a new file after which LibreOffice is hung; the start of a cold machine takes ten
)
_TAGGED = '"UseTaggedPDF":{"type":"boolean","value":"true"}'
_FORMS = {
    "": f"pdf:writer_pdf_Export:{{{_TAGGED}}}",
    "PDF/A": f'pdf:writer_pdf_Export:{{{_TAGGED},"SelectPdfVersion":{{"type":"long","value":"2"}}}}',
    "PDF/UA": f'pdf:writer_pdf_Export:{{{_TAGGED},"PDFUACompliance":{{"type":"boolean","value":"true"}}}}',
}
STANDARDS = frozenset(_FORMS) - {""}


@dataclass(frozen=True)
class _Order:
    """How the calls are made: where to, by which program, in which form, how long without progress, how many at once."""

    into: Path
    office: Path
    form: str
    timeout: float
    workers: int


def convert(
    files: Sequence[Path],
    into: Path,
    office: Path,
    timeout: float = _PATIENCE,
    *,
    workers: int | None = None,
    standard: str = "",
) -> dict[Path, Path | str]:
    """The PDF of each file, in the folder `into` under the same name; where one could not be made, why, in French.

    Many documents go through one call, and as many calls run at once as there are workers, by default one a processor
    core; each has a profile of its own. LibreOffice takes the documents in their order: what it stopped at is tried
    once more, alone, and the documents after it go on in another call. `timeout` is in seconds without a new PDF, after
    which LibreOffice is taken for hung and stopped. `standard` is nothing, `PDF/A` (archives, PDF/A-2b) or `PDF/UA`
    (accessible). Each PDF is opened: it must have a page, and no placeholder left in its text. Of two files of one name
    the second is refused. Raises nothing for a document's sake.
    """
    into.mkdir(parents=True, exist_ok=True)
    order = _Order(into, office, _FORMS[standard], timeout, workers or os.cpu_count() or 1)
    accepted = {file.stem.casefold(): file for file in reversed(files)}
    wanted = [file for file in files if accepted[file.stem.casefold()] is file]
    with ThreadPoolExecutor(max_workers=order.workers) as pool:
        results = pool.map(lambda shared: _all(shared, order), _shared(wanted, order.workers))
        made = {file: result for done in results for file, result in done.items()}
    return {file: made.get(file, say("pdf.twice")) for file in files}


def _shared(files: Sequence[Path], workers: int) -> Iterator[list[Path]]:
    """The files in calls: enough for each worker to have one, none so small that its start costs more than its work."""
    size = max(_FEWEST, min(_MOST, -(-len(files) // workers)))
    return (list(files[start : start + size]) for start in range(0, len(files), size))


def _all(files: Sequence[Path], order: _Order) -> dict[Path, Path | str]:
    """The files of one share: those that a call left out go on in the next one, its first one alone.

    Two calls in a row that made nothing end it: it is LibreOffice that fails, not a document.
    """
    made: dict[Path, Path | str] = {}
    left, idle = list(files), 0
    while left and idle < 2:
        done = _call(left, order)
        made |= done
        broken, left = _after(left, done)
        retried = [_call([file], order) for file in broken] if len(files) > 1 else []
        for again in retried:
            made |= again
        idle = (
            0
            if any(isinstance(one, Path) for result in (done, *retried) for one in result.values())
            else idle + 1
        )
    return made


def _after(files: Sequence[Path], done: dict[Path, Path | str]) -> tuple[list[Path], list[Path]]:
    """The documents that failed, up to the one at which LibreOffice stopped; and those that it never came to."""
    last = max((index for index, file in enumerate(files) if isinstance(done[file], Path)), default=-1)
    broken = [file for file in files[: last + 2] if not isinstance(done[file], Path)]
    return broken, list(files[last + 2 :])


def _call(files: Sequence[Path], order: _Order) -> dict[Path, Path | str]:
    """One call; an older PDF of the same name goes first, so that it is never taken for the new one."""
    made = {file: order.into / f"{file.stem}.pdf" for file in files}
    for pdf in made.values():
        pdf.unlink(missing_ok=True)

    def progress() -> int:
        return sum(pdf.exists() for pdf in made.values())

    stopped = run_office(order.office, files, order.into, order.form, order.timeout, progress)
    return {file: _fault(file, pdf, stopped) or pdf for file, pdf in made.items()}


def _may_hold_tag(file: Path) -> bool:
    """Whether a placeholder can stand in the text of the PDF: reading a .docx costs a tenth of reading its PDF."""
    try:
        with zipfile.ZipFile(file) as package:
            stories = [package.read(name) for name in package.namelist() if _STORY.fullmatch(name)]
    except (OSError, zipfile.BadZipFile):
        return True
    return any(mark in re.sub(rb"<[^>]*>", b"", story) for story in stories for mark in (b"{{", b"{%"))


def _fault(file: Path, pdf: Path, stopped: str) -> str:
    """Why the PDF cannot be used, in French; nothing when it is whole, has a page, and no placeholder is left in it."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        data = pdf.read_bytes()
        if not data.startswith(b"%PDF-") or b"%%EOF" not in data[-64:]:
            return stopped or say("pdf.none")
        pages = PdfReader(io.BytesIO(data)).pages
        if not len(pages):
            return stopped or say("pdf.none")
        left = _may_hold_tag(file) and any(_TAG.search(page.extract_text()) for page in pages)
        return say("pdf.tag") if left else ""
    except (OSError, PyPdfError, ValueError, KeyError, TypeError, AttributeError):
        return stopped or say("pdf.none")
