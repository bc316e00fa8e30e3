"""Where the sheets of the contract and their columns stand in a workbook, and what is wrong with that."""

from collections.abc import Iterable, Iterator, Mapping

from processor.contract import FINISHED, OPEN, SHEETS
from processor.model.catalogue import quoted, say
from processor.model.findings import Finding, Severity, Spot
from processor.model.layout import Layout, letters
from processor.model.names import normalised
from processor.model.nearest import nearest
from processor.model.sheets import SheetSpec
from processor.reading.grid import Grid
from processor.reading.headers import Headless, find_layout


def sheet_of(spec: SheetSpec, names: Iterable[str]) -> str | None:
    """The workbook's own name of a sheet of the contract, recognised as headers are.

    >>> sheet_of(OPEN, ["Accueil", "SEANCES OUVERTES "]), sheet_of(OPEN, ["SEANCES OUVERTES", "Séances ouvertes"])
    ('SEANCES OUVERTES ', 'Séances ouvertes')
    """
    return next(iter(_sheets_of(spec, names)), None)


def _sheets_of(spec: SheetSpec, names: Iterable[str]) -> list[str]:
    """The workbook's sheets that could be that of the contract, the one that is meant first: the exact name before others."""
    ranks = {
        normalised(name): rank for rank, name in reversed(list(enumerate((spec.name, *spec.spellings), 1)))
    }
    found = [name for name in names if normalised(name) in ranks]
    return sorted(found, key=lambda name: 0 if name == spec.name else ranks[normalised(name)])


def layouts_of(
    grids: Mapping[str, Grid], renames: Mapping[str, Mapping[str, str]]
) -> tuple[dict[str, Layout], list[Finding]]:
    """Where each sheet's columns stand, and a finding for each sheet without its header; a blank sheet is an absent one.

    The finished sheet follows the renames of the open one, unless it has its own.
    """
    layouts, findings = {}, []
    for spec in SHEETS:
        if spec.name not in grids:
            continue
        inherited = renames.get(OPEN.name, {}) if spec is FINISHED else {}
        found = find_layout(grids[spec.name], spec, renames.get(spec.name, inherited))
        if isinstance(found, Layout):
            layouts[spec.name] = found
        elif spec is OPEN or not found.blank:
            findings.append(_no_header(found))
    return layouts, findings


def no_open_sheet(names: Iterable[str]) -> Finding:
    """The finding of a workbook without the one sheet that must exist."""
    near = nearest(OPEN.name, names)
    return Finding.of(
        "feuille-absente",
        Severity.STOP,
        "near" if near else "",
        at=Spot(OPEN.name),
        sheet=OPEN.name,
        near=near,
    )


def _no_header(found: Headless) -> Finding:
    near = [
        say("colonne-absente.rename", near=close, header=header) for header, close in found.missing if close
    ]
    return Finding.of(
        "colonne-absente",
        Severity.STOP,
        "near" if near else "",
        at=Spot(found.sheet, found.row),
        count=len(found.missing),
        headers=quoted(header for header, _ in found.missing),
        renames=" ; ".join(near),
    )


def ambiguous(names: Iterable[str], layouts: Mapping[str, Layout]) -> Iterator[Finding]:
    """A finding for each sheet that has the name of another one, and for each header that stands twice."""
    names = list(names)
    for spec in SHEETS:
        read, *others = [*_sheets_of(spec, names), ""]
        for other in filter(None, others):
            if normalised(other) == normalised(read):
                yield Finding.of("feuille-en-double", Severity.NOTE, at=Spot(other), read=read, other=other)
    for layout in layouts.values():
        for number in layout.columns.values():
            yield from _second_headers(layout, number)


def _second_headers(layout: Layout, number: int) -> Iterator[Finding]:
    header = layout.headers.get(number, "")
    for other, text in layout.headers.items():
        if other != number and normalised(text) == normalised(header):
            spot = Spot(layout.sheet, layout.header_row, f"{letters(other)}{layout.header_row}", text)
            yield Finding.of(
                "colonne-en-double", Severity.NOTE, at=spot, header=header, column=letters(number)
            )


def lost(layouts: Mapping[str, Layout], renames: Mapping[str, Mapping[str, str]]) -> Iterator[Finding]:
    """A finding for each renamed column that the sheet does not have: what it holds would be missing without a word."""
    for name, layout in layouts.items():
        there = {normalised(header) for header in layout.headers.values()}
        for ours, theirs in renames.get(name, {}).items():
            if normalised(theirs) not in there:
                near = nearest(theirs, layout.own_headers)
                spot, variant = Spot(layout.sheet, layout.header_row), "near" if near else ""
                yield Finding.of(
                    "renommage-introuvable",
                    Severity.NOTE,
                    variant,
                    at=spot,
                    ours=ours,
                    theirs=theirs,
                    near=near,
                )
