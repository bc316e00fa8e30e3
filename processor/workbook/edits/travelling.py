"""What goes with the cells of moved rows beside their values: hyperlinks, notes, threaded comments."""

from collections.abc import Callable
from functools import partial

from processor.workbook.edits.draft import Draft, arrived
from processor.workbook.edits.work import Incoming, SheetWork
from processor.workbook.following.notes import (
    COMMENTS_TYPE,
    THREADS_KIND,
    THREADS_TYPE,
    Note,
    Place,
    notes_of,
    with_boxes,
    with_comments,
    with_threads,
)
from processor.workbook.package.markup import child, relation_id
from processor.workbook.sheet.a1 import Range
from processor.workbook.sheet.additions import Link, new_part
from processor.workbook.sheet.reader import Sheet

Rebuild = Callable[[bytes | None], bytes]
_VML_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"


def moved_links(draft: Draft) -> None:
    """Links of moved cells go to where the cells went."""
    for work in draft.works.values():
        for row, incoming in arrived(work):
            if incoming.origin is not None:
                links = _links_of(draft, incoming, row)
                if links:
                    draft.links.setdefault(work.sheet.name.casefold(), []).extend(links)


def _links_of(draft: Draft, incoming: Incoming, row: int) -> list[Link]:
    assert incoming.origin is not None  # noqa: S101 - asked for rows that come from elsewhere
    name, number = incoming.origin
    source = draft.book.sheet(name)
    targets = {item.id: item.target for item in source.relations if item.external}
    links = []
    for node in source.frame_root().iterfind("{*}hyperlinks/{*}hyperlink"):
        area = Range.parse(node.get("ref") or "")
        if area is None or not area.first_row <= number <= area.last_row:
            continue
        target, place = targets.get(relation_id(node) or "", ""), node.get("location")
        address = f"{target}#{place}" if place else target
        links += [
            Link(-row, there, address, node.get("tooltip"), node.get("display"))
            for here, there in incoming.columns.items()
            if area.first_col <= here <= area.last_col
        ]
    return links


def moved_notes(draft: Draft) -> list[tuple[str, Rebuild]]:
    """Notes of moved cells go to where the cells went: the parts to change, each with how."""
    changes: list[tuple[str, Rebuild]] = []
    for work in draft.works.values():
        places: dict[str, dict[Place, Place]] = {}
        for row, incoming in arrived(work):
            if incoming.origin is not None:
                sheet, number = incoming.origin
                pairs = {(number, here): (row, there) for here, there in incoming.columns.items()}
                places.setdefault(sheet, {}).update(pairs)
        notes = [
            note
            for name, cells in places.items()
            for note in notes_of(draft.book.package, draft.book.sheet(name).relations, cells)
        ]
        if notes:
            changes += _note_parts(draft, work, notes)
    return changes


def _note_parts(draft: Draft, work: SheetWork, notes: list[Note]) -> list[tuple[str, Rebuild]]:
    sheet, office = work.sheet, draft.office
    comments, _ = _sheet_part(draft, sheet, f"{office}/comments", "xl/comments{}.xml", COMMENTS_TYPE)
    changes: list[tuple[str, Rebuild]] = [(comments, partial(with_comments, notes=notes))]
    if any(note.thread for note in notes):
        pattern = "xl/threadedComments/threadedComment{}.xml"
        part, _ = _sheet_part(draft, sheet, THREADS_KIND, pattern, THREADS_TYPE)
        changes.append((part, partial(with_threads, notes=notes)))
    drawing, relation = _sheet_part(
        draft, sheet, f"{office}/vmlDrawing", "xl/drawings/vmlDrawing{}.vml", None
    )
    if relation:
        draft.legacy[sheet.name.casefold()] = relation
        draft.output.extensions["vml"] = _VML_TYPE
    block = 64 + len(draft.legacy)
    changes.append((drawing, partial(with_boxes, notes=notes, block=block)))
    return changes


def _sheet_part(
    draft: Draft, sheet: Sheet, kind: str, pattern: str, content_type: str | None
) -> tuple[str, str]:
    """The sheet's part of that kind, and the id of its relationship when it is made anew."""
    word, package = kind.rsplit("/", 1)[-1], draft.book.package
    for relation in sheet.relations:
        right = word != "vmlDrawing" or relation.id == _legacy_id(sheet)
        if relation.kind == word and right and not relation.external and package.find(relation.target):
            return relation.target, ""
    part, _ = new_part(package, pattern, {*draft.output.added, *draft.made})
    draft.made.add(part)
    if content_type:
        draft.output.added[part] = content_type
    return part, draft.relations_of(sheet.part).add(kind, "/" + part)


def _legacy_id(sheet: Sheet) -> str | None:
    node = child(sheet.frame_root(), "legacyDrawing")
    return relation_id(node) if node is not None else None
