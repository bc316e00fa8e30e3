"""The parts beside the sheets that follow rows: found by walking the relationships from the workbook part."""

from collections.abc import Callable

from processor.workbook.edits.draft import Draft
from processor.workbook.errors import Reason, Refused
from processor.workbook.following.frame import unknown_features
from processor.workbook.following.moves import Moves
from processor.workbook.following.parts import (
    FOLLOW,
    STILL,
    shift_comments,
    shift_connections,
    shift_control,
    shift_dependencies,
    shift_drawing,
    shift_filters,
    shift_pivot_cache,
    shift_pivot_table,
    shift_text_formulas,
)
from processor.workbook.following.vml import shift_vml
from processor.workbook.sheet.reader import Sheet

Shift = Callable[[bytes, str, str, Moves], bytes | None]
_BY_KIND: dict[str, Shift] = {
    "chart": shift_text_formulas,
    "chartEx": shift_text_formulas,
    "chartUserShapes": shift_drawing,
    "pivotCacheDefinition": shift_pivot_cache,
    "ctrlProp": shift_control,
    "connections": shift_connections,
    "drawing": shift_drawing,
    "comments": shift_comments,
    "threadedComment": shift_comments,
    "namedSheetViews": shift_filters,
    "vmlDrawing": shift_vml,
    "pivotTable": shift_pivot_table,
}


def check_features(draft: Draft, sheet: Sheet) -> None:
    """Raises Refused where the sheet's rows move and it holds something that this library cannot make follow."""
    if not draft.moves.of(sheet.name).moves:
        return
    reasons = list(unknown_features(sheet.frame_root(), sheet.name))
    reasons += [
        Reason(relation.kind, sheet.name, "cannot follow moved rows")
        for relation in sheet.relations
        if relation.kind not in FOLLOW | STILL | set(_BY_KIND)
    ]
    if draft.book.related("revisionHeaders"):
        reasons.append(Reason("revisions", sheet.name, "the workbook is shared with tracked changes"))
    if reasons:
        raise Refused(*reasons)


def shift_beside(draft: Draft) -> None:
    """Charts, drawings, notes, controls, pivot caches and the like, in every sheet."""
    _walk(draft, draft.book.part, "", set())
    part = draft.book.related("volatileDependencies")
    if part and draft.book.package.find(part):
        sheets = {entry.sheet_id: entry.name for entry in draft.book.entries}
        draft.output.put(part, shift_dependencies(draft.book.package.read(part), part, sheets, draft.moves))


def _walk(draft: Draft, part: str, sheet: str, seen: set[str]) -> None:
    seen.add(part)
    package, moves = draft.book.package, draft.moves
    for relation in package.relationships(part):
        target = relation.target
        if relation.external or target in seen or package.find(target) is None:
            continue
        name = next((entry.name for entry in draft.book.entries if entry.part == target), sheet)
        shift = _BY_KIND.get(relation.kind)
        if shift is not None:
            draft.output.put(target, shift(package.read(target), target, name, moves))
        _walk(draft, target, name, seen)
