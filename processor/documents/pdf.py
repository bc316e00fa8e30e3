"""PDF by LibreOffice: many documents a call, a time limit, one more try alone, and results that are looked at."""

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from processor.documents.office import find_office, run_office

__all__ = ["convert", "find_office"]

_NOTHING = "LibreOffice n'a pas pu faire le PDF de ce document."
_TWICE = "un autre document porte le même nom."
_FEWEST, _MOST = 8, 100
_FORMS = {
    "": "pdf:writer_pdf_Export",
    "PDF/A": 'pdf:writer_pdf_Export:{"SelectPdfVersion":{"type":"long","value":"2"}}',
    "PDF/UA": 'pdf:writer_pdf_Export:{"PDFUACompliance":{"type":"boolean","value":"true"}}',
}


@dataclass(frozen=True)
class _Order:
    """How the calls are made: where to, by which program, in which form, within how many seconds, how many at once."""

    into: Path
    office: Path
    form: str
    timeout: float | None
    workers: int


def convert(
    files: Sequence[Path],
    into: Path,
    office: Path,
    timeout: float | None = None,
    *,
    workers: int | None = None,
    standard: str = "",
) -> dict[Path, Path | str]:
    """The PDF of each file, in the folder `into` under the same name; where one could not be made, why, in French.

    Many documents go through one call, and as many calls run at once as there are workers, by default one a processor
    core; each has a profile of its own. The documents that failed are tried once more, each alone, because one document
    can break the others. `timeout` is in seconds for a call, by default a minute and two seconds a document. `standard`
    is nothing, `PDF/A` (archives) or `PDF/UA` (accessible, tagged). Of two files of one name the second is refused.
    Raises nothing for a document's sake.
    """
    into.mkdir(parents=True, exist_ok=True)
    order = _Order(into, office, _FORMS[standard], timeout, workers or os.cpu_count() or 1)
    accepted = {file.stem.casefold(): file for file in reversed(files)}
    wanted = [file for file in files if accepted[file.stem.casefold()] is file]
    calls = list(_shared(wanted, order.workers))
    made = _all(calls, order)
    failed = [[file] for file in wanted if isinstance(made[file], str)]
    if calls != failed:
        made |= _all(failed, order)
    return {file: made.get(file, _TWICE) for file in files}


def _shared(files: Sequence[Path], workers: int) -> Iterator[list[Path]]:
    """The files in calls: enough for each worker to have one, none so small that its start costs more than its work."""
    size = max(_FEWEST, min(_MOST, -(-len(files) // workers)))
    return (list(files[start : start + size]) for start in range(0, len(files), size))


def _all(calls: Sequence[Sequence[Path]], order: _Order) -> dict[Path, Path | str]:
    """All calls made, as many at once as there are workers."""
    with ThreadPoolExecutor(max_workers=order.workers) as pool:
        results = pool.map(lambda files: _call(files, order), calls)
        return {file: result for done in results for file, result in done.items()}


def _call(files: Sequence[Path], order: _Order) -> dict[Path, Path | str]:
    """One call; an older PDF of the same name goes first, so that it is never taken for the new one."""
    for file in files:
        (order.into / f"{file.stem}.pdf").unlink(missing_ok=True)
    timeout = order.timeout or 60 + 2 * len(files)
    return _checked(files, order.into, run_office(order.office, files, order.into, order.form, timeout))


def _checked(files: Sequence[Path], into: Path, stopped: str) -> dict[Path, Path | str]:
    """Each file with its PDF when it is there and whole, else with the reason."""
    made = {file: into / f"{file.stem}.pdf" for file in files}
    return {file: pdf if _whole(pdf) else stopped or _NOTHING for file, pdf in made.items()}


def _whole(pdf: Path) -> bool:
    """Whether the file is a PDF from its first line to its last, with at least one page."""
    try:
        data = pdf.read_bytes()
    except OSError:
        return False
    return data.startswith(b"%PDF-") and b"%%EOF" in data[-64:] and b"/Page" in data
