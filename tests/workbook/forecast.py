"""What a workbook should be once whole rows are deleted, worked out slowly and simply: all parts as trees.

It shares nothing with the engine: pkgdiff's reading of packages and formulas, and one rule for each place
where rows are named. pkgdiff compares the forecast with what the engine wrote.
"""

import re
import zipfile
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

from lxml import etree

from tests.workbook.peers import tool

LAST = 1_048_576
AREAS = ("ref", "sqref", "activeCell", "topLeftCell")
FORMULAS = (
    "f",
    "formula",
    "formula1",
    "formula2",
    "calculatedColumnFormula",
    "totalsRowFormula",
    "definedName",
)
FORMULA_ATTRIBUTES = (
    "location",
    "fmlaLink",
    "fmlaRange",
    "fmlaGroup",
    "fmlaTxbx",
    "textlink",
    "cellRange",
    "cell",
)
GOING = (
    "mergeCell", "hyperlink", "conditionalFormatting", "dataValidation", "comment", "threadedComment", "ignoredError",
    "protectedRange", "cellWatch", "sortCondition", "sparkline", "brk", "autoFilter", "sortState",
)  # fmt: skip
HOLDERS = (
    "mergeCells", "hyperlinks", "dataValidations", "ignoredErrors", "protectedRanges", "cellWatches", "rowBreaks",
    "conditionalFormattings", "sparklines", "sparklineGroup", "sparklineGroups", "ext", "extLst",
    "tp", "main", "volType",
)  # fmt: skip
Gone = Mapping[str, Collection[int]]


def forecast(source: Path, target: Path, gone: Gone) -> Path:
    """The workbook as it should be without these rows, by sheet name: written to `target` unless none go."""
    if not any(gone.values()):
        return source
    judge = tool("pkgdiff")
    package = judge.Package(str(source))
    owners = dict(_owners(judge, package))
    book = judge.Book(package)
    with zipfile.ZipFile(target, "w") as archive:
        for name in package.names():
            content = package.read(name)
            if package.is_xml(name) and not name.lower().endswith((".rels", ".vml")):
                content = _without(judge, book, package, name, owners.get(name, ""), gone)
            archive.writestr(name, content)
    return target


def _owners(judge: Any, package: Any) -> Iterator[tuple[str, str]]:
    """The sheet's name of each part that a sheet leads to."""
    seen: set[str] = set()
    for name, _state, part, _kind in judge.Book(package).order:
        todo = [part]
        while todo:
            owned = todo.pop()
            if owned and owned not in seen and owned in package.infos:
                seen.add(owned)
                yield owned, name
                todo += [r.target for r in package.rels(owned) if not r.external]


def _without(judge: Any, book: Any, package: Any, name: str, sheet: str, gone: Gone) -> bytes:
    root = etree.fromstring(package.read(name), etree.XMLParser(**judge.PARSER))
    rows = Rows(judge, sheet, gone)
    sheets = {node.get("sheetId"): node.get("name") for node in book.pkg.xml(book.part).iter("{*}sheet")}
    holders = [node for node in root.iter() if judge.local(node) in HOLDERS and len(node)]
    data = next((node for node in root if judge.local(node) == "sheetData"), None)
    if data is not None and judge.local(root) == "worksheet":
        formulas = {at: cell[1] for at, cell in book.sheet(sheet, name).cells.items() if cell[1]}
        _cells(judge, data, formulas, rows)
    for node in [item for item in root.iter() if isinstance(item.tag, str)]:
        if data is None or not _within(node, data):
            _follow(judge, node, rows)
        if judge.local(node) == "tr" and node.get(
            "s"
        ):  # a cell that waits for data from outside names its sheet by number
            after = rows.area(node.get("r"), sheets[node.get("s")])
            node.set("r", after or "")
            if after is None:
                node.getparent().remove(node)
    for node in reversed(holders):
        _tidy(judge, node)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _within(node: Any, data: Any) -> bool:
    return node is data or any(parent is data for parent in node.iterancestors())


class Rows:
    """Where rows and what names them stand afterwards; None when they are gone."""

    def __init__(self, judge: Any, sheet: str, gone: Gone) -> None:
        self._judge = judge
        self.sheet = sheet
        self._gone = {name.casefold(): sorted(rows) for name, rows in gone.items()}
        self.gone = set(self._of(sheet))

    def _of(self, sheet: str) -> list[int]:
        return self._gone.get(sheet.casefold(), [])

    def row(self, number: int, sheet: str | None = None) -> int | None:
        rows = self._of(self.sheet if sheet is None else sheet)
        return None if number in rows else number - sum(row < number for row in rows)

    def span(self, top: int, bottom: int, sheet: str) -> tuple[int, int] | None:
        if (top, bottom) == (1, LAST):
            return top, bottom
        left = [number for row in range(top, bottom + 1) if (number := self.row(row, sheet)) is not None] \
            if bottom - top < 5000 else self._ends(top, bottom, sheet)  # fmt: skip
        return (left[0], left[-1]) if left else None

    def _ends(self, top: int, bottom: int, sheet: str) -> list[int]:
        rows = [row for row in self._of(sheet) if top <= row <= bottom]
        before = sum(row < top for row in self._of(sheet))
        return [top - before, bottom - before - len(rows)]

    def area(self, text: str, sheet: str | None = None) -> str | None:
        """A reference of letters and numbers, with its dollar signs."""
        corners = [list(self._judge._PART.fullmatch(corner).groups()) for corner in text.split(":")]
        numbers = [int(corner[3]) for corner in corners if corner[3]]
        if not numbers:
            return text
        span = self.span(min(numbers), max(numbers), self.sheet if sheet is None else sheet)
        if span is None:
            return None
        for corner in corners:
            corner[3] = str(span[0] if int(corner[3]) == min(numbers) else span[1])
        return ":".join("".join(corner) for corner in corners)

    def areas(self, text: str) -> str:
        """A list of areas; one that has shrunk to a cell is written as a cell."""
        kept = [after for item in text.split() if (after := self.area(item))]
        return " ".join(item.split(":")[0] if len(set(item.split(":"))) == 1 else item for item in kept)

    def formula(self, text: str) -> str:
        """Each reference by itself; those over several sheets or into other workbooks stay."""
        out, sheet = [], self.sheet
        for kind, piece in self._judge.tokens(text):
            if kind in ("area", "rows", "cols"):
                after = piece if ":" in sheet or "[" in sheet else self.area(piece, sheet)
                out.append("#REF!" if after is None else after)
            else:
                out.append(piece)
            sheet = piece[:-1].strip("'").replace("''", "'") if kind == "sheet" else self.sheet
        return "".join(out)


def _cells(judge: Any, data: Any, formulas: dict[tuple[int, int], str], rows: Rows) -> None:
    last = 0
    for row in judge.kids(data, "row"):
        last = number = int(row.get("r") or last + 1)
        after, column = rows.row(number), 0
        if after is None:
            data.remove(row)
            continue
        row.set("r", str(after))
        for cell in judge.kids(row, "c"):
            at = judge.parse_cell(cell.get("r") or "")
            column = at[1] if at else column + 1
            cell.set("r", f"{judge.col_name(column)}{after}")
            node = judge.kid(cell, "f")
            if node is not None and node.get("t") == "array":
                node.text = rows.formula(node.text or "")
                node.set("ref", rows.area(node.get("ref")) or "")
            elif node is not None and (number, column) in formulas and node.get("t") != "dataTable":
                for name in ("t", "si", "ref"):
                    node.attrib.pop(name, None)
                node.text = rows.formula(formulas[number, column][1:])


def _follow(judge: Any, node: Any, rows: Rows) -> None:
    kind = judge.local(node)
    if kind == "worksheetSource":
        if node.get("ref") and not judge.rid_of(node):
            node.set("ref", rows.area(node.get("ref"), node.get("sheet") or "") or node.get("ref"))
    elif kind == "selection" or "topLeftCell" in node.attrib:
        _view(judge, node, rows)
    elif kind in ("twoCellAnchor", "oneCellAnchor", "anchor"):
        _anchor(judge, node, rows)
    else:
        if kind in ("conditionalFormatting", "dataValidation"):
            _rebase(judge, node, rows)
        if not all([_text_stays(kind, node, rows), _attributes_stay(judge, kind, node, rows)]):
            _go(judge, node)


def _text_stays(kind: str, node: Any, rows: Rows) -> bool:
    """Formulas and lists of areas that stand as text."""
    if kind in FORMULAS and node.text:
        node.text = rows.formula(node.text)
    elif kind == "sqref" and node.text:
        node.text = rows.areas(node.text)
        return bool(node.text)
    return True


def _attributes_stay(judge: Any, kind: str, node: Any, rows: Rows) -> bool:
    """Formulas, areas and row numbers in attributes; whether what the element is about stays."""
    for name in FORMULA_ATTRIBUTES:
        if node.get(name):
            node.set(name, rows.formula(node.get(name)))
    if kind == "brk" and judge.local(node.getparent()) == "rowBreaks":  # it belongs to the row below it
        after = rows.row(int(node.get("id")) + 1)
        node.set("id", str((after or 1) - 1))
        return after is not None
    for name in AREAS if kind != "cellWatch" else ("r",):
        if node.get(name) and rows.sheet and re.fullmatch(r"[$A-Z0-9: ]+", node.get(name)):
            after = rows.areas(node.get(name))
            node.set(name, after or node.get(name))
            if not after:
                return False
    return kind != "mergeCell" or ":" in node.get("ref")


def _go(judge: Any, node: Any) -> None:
    """The element that the gone reference belongs to: itself, or for a text the one around it."""
    while node is not None and judge.local(node) not in GOING:
        node = node.getparent()
    if node is not None and node.getparent() is not None:
        node.getparent().remove(node)


def _view(judge: Any, node: Any, rows: Rows) -> None:
    for name in ("activeCell", "topLeftCell"):
        if node.get(name):
            row, column = judge.parse_cell(node.get(name))
            before = sum(gone < row for gone in rows.gone)
            node.set(name, f"{judge.col_name(column)}{row - before}")
    if node.get("sqref"):
        node.set("sqref", rows.areas(node.get("sqref")) or node.get("activeCell") or "A1")


def _anchor(judge: Any, anchor: Any, rows: Rows) -> None:
    """Corners of a shape: its own setting says whether it moves with the cells, and whether both corners do."""
    sides = [side for side in ("from", "to") if judge.kid(anchor, side) is not None]
    corners = [node for side in sides for node in judge.kids(judge.kid(anchor, side), "row")]
    moves, sizes = (judge.truth(anchor.get(name)) for name in ("moveWithCells", "sizeWithCells"))
    if judge.local(anchor) != "anchor":
        moves = anchor.get("editAs") != "absolute"
        sizes = anchor.get("editAs") in (None, "twoCell")
    if not moves or not corners:
        return
    places = [int(node.text) - sum(row <= int(node.text) for row in rows.gone) for node in corners]
    if not sizes and len(corners) == 2:
        places[1] = int(corners[1].text) + places[0] - int(corners[0].text)
    for node, place in zip(corners, places, strict=True):
        node.text = str(max(place, places[0]))


def _rebase(judge: Any, node: Any, rows: Rows) -> None:
    """Formulas of a format or validation are those of its first cell: where that goes, of the first one left."""
    areas = node.get("sqref") or next((item.text for item in node if judge.local(item) == "sqref"), "")
    tops = [area[0] for item in areas.split() if (area := judge.parse_area(item))]
    if not tops or min(tops) not in rows.gone:
        return
    left = [row for item in areas.split() for row in _rows_left(judge.parse_area(item), rows)]
    for item in node.iter() if left else ():
        if judge.local(item) in FORMULAS and item.text:
            item.text = judge.translate(item.text, min(left) - min(tops), 0)


def _rows_left(area: tuple[int, int, int, int], rows: Rows) -> list[int]:
    """The first row of the area that stays, if any."""
    return [next(row for row in range(area[0], area[2] + 2) if row not in rows.gone)][: area[2] >= area[0]] if \
        any(row not in rows.gone for row in range(area[0], min(area[2], area[0] + len(rows.gone)) + 1)) else []  # fmt: skip


def _tidy(judge: Any, node: Any) -> None:
    """A list without items goes; its count follows."""
    if not judge.kids(node):
        node.getparent().remove(node)
    elif node.get("count"):
        node.set("count", str(len(judge.kids(node))))
