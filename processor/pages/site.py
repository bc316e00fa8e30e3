"""The folder of pages: only what changed is written, only what is ours is removed."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from secrets import token_hex

from processor.model import Parameters, Roll
from processor.pages.index import index_html
from processor.pages.links import Link
from processor.pages.names import distinct, page_name
from processor.pages.rendering import MARK, STYLESHEET, asset
from processor.pages.seance import seance_html

_INDEX = "index.html"
_HEAD = 2_000  # characters in which a page of ours shows its mark


def write_site(
    folder: Path,
    open_: Sequence[Roll],
    finished: Sequence[Roll],
    parameters: Parameters,
    now: datetime,
    links: Mapping[str, Sequence[Link]],
) -> tuple[Path, ...]:
    """Writes index.html, one page a séance and the stylesheet; returns the files that were written, in that order.

    A file whose content would be the same is left alone. Pages of séances that are gone are removed when they bear our
    mark; any other file of the folder stays. `links` gives the files of a séance by its code. Raises OSError when the disk
    refuses; each file appears whole or not at all.
    """
    folder.mkdir(parents=True, exist_ok=True)
    names = _names((*open_, *finished))
    contents = {_INDEX: index_html(open_, finished, names, parameters, now)}
    for roll in (*open_, *finished):
        contents[names[id(roll)]] = seance_html(roll, parameters, links.get(roll.seance.code, ()))
    contents[STYLESHEET] = asset("style.css")
    written = [folder / name for name, content in contents.items() if _write(folder / name, content.encode())]
    _remove_others(folder, {name.casefold() for name in contents})
    return tuple(written)


def _names(rolls: Sequence[Roll]) -> dict[int, str]:
    names: dict[int, str] = {}
    for roll in rolls:
        seance = roll.seance
        code = seance.code or f"{seance.name} {seance.start.isoformat()}"
        names[id(roll)] = distinct(page_name(code), [_INDEX, *names.values()])
    return names


def _write(path: Path, content: bytes) -> bool:
    """Whether the file had to be written."""
    if path.is_file() and path.read_bytes() == content:
        return False
    temporary = path.with_name(f".page-{token_hex(4)}.tmp")
    try:
        with temporary.open("xb") as file:
            file.write(content)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return True


def _remove_others(folder: Path, kept: set[str]) -> None:
    for path in folder.glob("*.html"):
        if path.name.casefold() not in kept and path.is_file() and MARK in _head(path):
            path.unlink()


def _head(path: Path) -> str:
    with path.open("rb") as file:
        return file.read(_HEAD).decode("utf-8", "replace")
