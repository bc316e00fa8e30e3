"""Writing the edited package: what is touched is rewritten, all else copied; then read again."""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from lxml import etree

from processor.workbook.additions import (
    SHEET_TYPE,
    TABLE_TYPE,
    Link,
    Relations,
    add_links,
    content_types,
    new_part,
    placed_child,
    sheet_xml,
    table_xml,
)  # fmt: skip
from processor.workbook.address import Range
from processor.workbook.cells import CellXml, RowXml
from processor.workbook.edits import AddColumn, AddHyperlink, AddSheet, Edit, SetCell
from processor.workbook.emission import sheet_pieces
from processor.workbook.errors import Reason, Refused
from processor.workbook.frame import Moves, shift_frame, unknown_features
from processor.workbook.markup import OFFICE, STRICT_OFFICE, child, relation_id, serialised
from processor.workbook.notes import (
    COMMENTS_TYPE,
    THREADS_KIND,
    THREADS_TYPE,
    Note,
    Place,
    notes_of,
    with_boxes,
    with_comments,
    with_threads,
)  # fmt: skip
from processor.workbook.package import relationships_part
from processor.workbook.parts import (
    FOLLOW,
    STILL,
    shift_comments,
    shift_control,
    shift_drawing,
    shift_names,
    shift_pivot_cache,
    shift_pivot_table,
    shift_text_formulas,
    shift_vml,
)  # fmt: skip
from processor.workbook.plan import check_shift, sheet_of, works_of
from processor.workbook.reader import Book, Sheet, Table
from processor.workbook.rows import RowShifter, groups_to_expand
from processor.workbook.stream import SheetStream
from processor.workbook.styles import Styles
from processor.workbook.survey import Group, survey
from processor.workbook.tables import changed_table
from processor.workbook.verifying import verify
from processor.workbook.work import Incoming, SheetWork
from processor.workbook.workbookpart import calculate_on_load, enter_sheet, formula_in
from processor.workbook.writing import CellWriter
from processor.workbook.zipfiles import ZipWriter

_MOST_MEMBERS = 65_000
Content = Callable[[], Iterable[bytes]]
Rebuild = Callable[[bytes | None], bytes]


@dataclass
class Output:
    """The parts that are written: replaced or added (with content types), and those that go."""

    parts: dict[str, Content] = field(default_factory=dict)
    added: dict[str, str] = field(default_factory=dict)
    removed: list[str] = field(default_factory=list)
    extensions: dict[str, str] = field(default_factory=dict)

    def put(self, part: str, content: bytes | None) -> None:
        """Replace a part, unless there is nothing to replace it with."""
        if content is not None:
            self.parts[part] = partial(iter, (content,))


class Assembly:
    """The making of one edited package from a book and its edits; nothing is written before `write`."""

    def __init__(self, book: Book, edits: Sequence[Edit]) -> None:
        self.book = book
        self.edits = edits
        self.styles: Styles = book.fresh_styles()
        self.works = works_of(book, edits, self.styles)
        self.moves = Moves({name: work.shift for name, work in self.works.items() if work.shift})
        self.output = Output()
        self.relations: dict[str, Relations] = {}
        self.links: dict[str, list[Link]] = {}
        self.headers: dict[str, list[str]] = {}
        self.legacy: dict[str, str] = {}
        self._made: set[str] = set()
        self.recalculate = False
        self._gather()

    def _gather(self) -> None:
        self._structure()
        for work in self.works.values():
            check_shift(work)
            self._check_features(work.sheet)
        self._moved_links()
        notes = self._moved_notes()
        for entry in self.book.entries:
            if entry.kind == "worksheet":
                self._sheet(self.book.sheet(entry.name))
        if self.moves.shifts:
            self._beside()
        for part, build in notes:
            self.output.put(part, build(self._current(part)))
        self._workbook()
        styles = self.book.related("styles")
        if styles:
            self.output.put(styles, self.styles.written())
        for part, relations in self.relations.items():
            if relations.changed:
                self.output.put(relationships_part(part), relations.written())
        if self.output.added or self.output.removed:
            types = self.book.package.read("[Content_Types].xml")
            self.output.put(
                "[Content_Types].xml",
                content_types(types, self.output.added, self.output.removed, self.output.extensions),
            )

    def relations_of(self, part: str) -> Relations:
        """The relationships of a part, to change."""
        if part not in self.relations:
            self.relations[part] = Relations(self.book.package, part)
        return self.relations[part]

    # ------------------------------------------------------------------ what may not be

    def _check_features(self, sheet: Sheet) -> None:
        if not self.moves.of(sheet.name).moves:
            return
        reasons = list(unknown_features(sheet.frame_root(), sheet.name))
        reasons += [
            Reason(relation.kind, sheet.name, "cannot follow moved rows")
            for relation in sheet.relations
            if relation.kind not in FOLLOW | STILL | {"pivotTable"}
        ]
        if self.book.related("revisionHeaders"):
            reasons.append(Reason("revisions", sheet.name, "the workbook is shared with tracked changes"))
        if reasons:
            raise Refused(*reasons)

    # ------------------------------------------------------------------ columns, links, sheets

    def _structure(self) -> None:
        columns: dict[tuple[str, int], list[AddColumn]] = {}
        for edit in self.edits:
            if isinstance(edit, AddColumn):
                columns.setdefault((edit.sheet, edit.header_row), []).append(edit)
            elif isinstance(edit, AddHyperlink):
                link = Link(edit.row, edit.column, edit.target, edit.tooltip)
                self.links.setdefault(edit.sheet.casefold(), []).append(link)
            elif isinstance(edit, SetCell):
                self._check_header(edit)
        for group in columns.values():
            self._add_columns(group)
        self._new_sheets = [edit for edit in self.edits if isinstance(edit, AddSheet)]

    def _check_header(self, edit: SetCell) -> None:
        for table in sheet_of(self.book, edit.sheet).tables:
            in_columns = table.ref.first_col <= edit.column <= table.ref.last_col
            there = table.columns[edit.column - table.ref.first_col :][:1]
            if edit.row == table.header_row and in_columns and there != (edit.value,):
                raise Refused(Reason("table header", edit.sheet, f"{table.name} would lose a column's name"))

    def _add_columns(self, group: list[AddColumn]) -> None:
        sheet = sheet_of(self.book, group[0].sheet)
        work = self._work(sheet, {group[0].header_row})
        table = next((item for item in sheet.tables if item.header_row == group[0].header_row), None)
        held = work.found.row(group[0].header_row).cells
        last = table.ref.last_col if table else max((c for c, cell in held.items() if cell.inner), default=0)
        for edit in sorted(group, key=lambda item: item.column):
            taken = {name.casefold() for name in table.columns} if table else set()
            if edit.column != last + 1 or edit.header.casefold() in taken:
                raise Refused(
                    Reason("column", edit.sheet, f"{edit.header}: not right of the list, or there already")
                )
            self._check_free(sheet, edit, table)
            work.change(edit.header_row, partial(_header_cell, work.writer, edit.column, edit.header, last))
            last = edit.column
            if table:
                self.headers.setdefault(table.part, []).append(edit.header)

    def _check_free(self, sheet: Sheet, edit: AddColumn, table: Table | None) -> None:
        bottom = table.ref.last_row if table else edit.header_row
        area = Range(edit.header_row, edit.column, bottom, edit.column)
        if any(other.ref.meets(area) for other in sheet.tables) or any(area.meets(m) for m in sheet.merged):
            raise Refused(Reason("column", edit.sheet, f"{area} is taken by a table or merged cells"))
        for number, cells in sheet.rows():
            if area.first_row <= number <= area.last_row and edit.column in cells:
                raise Refused(Reason("column", edit.sheet, f"{area} is not free"))

    def _work(self, sheet: Sheet, rows: set[int]) -> SheetWork:
        key = sheet.name.casefold()
        found = survey(sheet, rows, ())
        if key not in self.works:
            from processor.workbook.decoding import Decoder
            from processor.workbook.plan import column_styles

            writer = CellWriter(found.prefix, self.styles, self.book.date_1904, column_styles(found, sheet))
            decoder = Decoder(found.prefix, self.book.strings, self.styles, self.book.date_1904)
            self.works[key] = SheetWork(sheet, found, decoder, writer)
        self.works[key].found.rows.update(found.rows)
        return self.works[key]

    def _moved_links(self) -> None:
        """Links of moved cells go to where the cells went."""
        for work in self.works.values():
            for link_row, incoming in self._arrived(work):
                if incoming.origin is None:
                    continue
                sheet, number = incoming.origin
                source = self.book.sheet(sheet)
                targets = {item.id: item.target for item in source.relations if item.external}
                for node in source.frame_root().iterfind("{*}hyperlinks/{*}hyperlink"):
                    area = Range.parse(node.get("ref") or "")
                    if area is None or not area.first_row <= number <= area.last_row:
                        continue
                    for here, there in incoming.columns.items():
                        if area.first_col <= here <= area.last_col:
                            target = targets.get(relation_id(node) or "", "")
                            place = node.get("location")
                            address = f"{target}#{place}" if place else target
                            link = Link(-link_row, there, address, node.get("tooltip"), node.get("display"))
                            self.links.setdefault(work.sheet.name.casefold(), []).append(link)

    def _moved_notes(self) -> list[tuple[str, Rebuild]]:
        """Notes of moved cells go to where the cells went: the parts to change, each with how."""
        changes: list[tuple[str, Rebuild]] = []
        for work in self.works.values():
            places: dict[str, dict[Place, Place]] = {}
            for row, incoming in self._arrived(work):
                if incoming.origin is not None:
                    sheet, number = incoming.origin
                    pairs = {(number, here): (row, there) for here, there in incoming.columns.items()}
                    places.setdefault(sheet, {}).update(pairs)
            notes = [
                note
                for name, cells in places.items()
                for note in notes_of(self.book.package, self.book.sheet(name).relations, cells)
            ]
            if notes:
                changes += self._note_parts(work.sheet, notes)
        return changes

    def _note_parts(self, sheet: Sheet, notes: list[Note]) -> list[tuple[str, Rebuild]]:
        office = STRICT_OFFICE if "purl" in (etree.QName(self.book.root).namespace or "") else OFFICE
        comments, _ = self._sheet_part(sheet, f"{office}/comments", "xl/comments{}.xml", COMMENTS_TYPE)
        changes: list[tuple[str, Rebuild]] = [(comments, partial(with_comments, notes=notes))]
        if any(note.thread for note in notes):
            threads = "xl/threadedComments/threadedComment{}.xml"
            part, _ = self._sheet_part(sheet, THREADS_KIND, threads, THREADS_TYPE)
            changes.append((part, partial(with_threads, notes=notes)))
        drawing, relation = self._sheet_part(
            sheet, f"{office}/vmlDrawing", "xl/drawings/vmlDrawing{}.vml", None
        )
        if relation:
            self.legacy[sheet.name.casefold()] = relation
            self.output.extensions["vml"] = "application/vnd.openxmlformats-officedocument.vmlDrawing"
        block = 64 + len(self.legacy)
        changes.append((drawing, partial(with_boxes, notes=notes, block=block)))
        return changes

    def _sheet_part(self, sheet: Sheet, kind: str, pattern: str, content_type: str | None) -> tuple[str, str]:
        """The sheet's part of that kind, and the id of its relationship when it is made anew."""
        word = kind.rsplit("/", 1)[-1]
        for relation in sheet.relations:
            right = word != "vmlDrawing" or relation.id == _legacy_id(sheet)
            if (
                relation.kind == word
                and right
                and not relation.external
                and self.book.package.find(relation.target)
            ):
                return relation.target, ""
        part, _ = new_part(self.book.package, pattern, {*self.output.added, *self._made})
        self._made.add(part)
        if content_type:
            self.output.added[part] = content_type
        return part, self.relations_of(sheet.part).add(kind, "/" + part)

    def _current(self, part: str) -> bytes | None:
        """The part as it stands now, None for one to be made."""
        if part in self.output.parts:
            return b"".join(self.output.parts[part]())
        return self.book.package.read(part) if self.book.package.find(part) else None

    @staticmethod
    def _arrived(work: SheetWork) -> Iterator[tuple[int, Incoming]]:
        """Incoming rows with the row where they stand afterwards."""
        for placed in work.placed:
            after_last = work.inserting.place(placed.data.last)
            for index, incoming in enumerate(placed.incoming):
                inserted = index - len(placed.hosts)
                virtual = (
                    work.inserting.place(placed.hosts[index]) if inserted < 0 else after_last + 1 + inserted
                )
                yield work.deleting.place(virtual), incoming

    # ------------------------------------------------------------------ sheets

    def _sheet(self, sheet: Sheet) -> None:
        work = self.works.get(sheet.name.casefold())
        if work is None and not self.moves.shifts and sheet.name.casefold() not in self.links:
            return
        work = work or self._work(sheet, set())
        moves = self.moves
        expanded = groups_to_expand(work.found, sheet.name, moves, partial(_touched, work))
        shifter = RowShifter(sheet.name, work.found, moves, expanded)
        frame = self._frame(work)
        edited = bool(work.changes or work.fresh or work.deleted or work.shift.moves or expanded)
        if not edited and work.found.formulas and moves.shifts:
            edited = any(shifter.row(number, raw) is not raw for number, raw, _ in sheet.raw_rows())
        if edited or frame is not None:
            head, tail = frame or (work.found.head, work.found.tail)
            self.output.parts[sheet.part] = partial(sheet_pieces, work, shifter, head, tail)
        if work.shift.moves or work.fresh or any(not _only_look(work, row) for row in work.changes):
            self.recalculate = True
        for table in sheet.tables:
            last = next((work.last_after(p) for p in work.placed if p.data.table == table), None)
            headers = self.headers.get(table.part, ())
            if last is not None or headers or moves.shifts:
                content = self.book.package.read(table.part)
                self.output.put(table.part, changed_table(content, table, sheet.name, moves, last, headers))

    def _frame(self, work: SheetWork) -> tuple[bytes, bytes] | None:
        """What stands around the rows afterwards, None when nothing of it changes."""
        root = work.found.root(work.sheet.part)
        links = self.links.get(work.sheet.name.casefold(), [])
        early = [link for link in links if link.row > 0]
        late = [
            Link(-link.row, link.column, link.target, link.tooltip, link.display)
            for link in links
            if link.row < 0
        ]
        if early:
            add_links(root, early, self.relations_of(work.sheet.part))
        changed = shift_frame(root, work.sheet.name, self.moves) if self.moves.shifts else False
        if late:
            add_links(root, late, self.relations_of(work.sheet.part))
        changed = _grow_dimension(root, work) or changed
        legacy = self.legacy.get(work.sheet.name.casefold())
        if legacy:
            office = STRICT_OFFICE if "purl" in (etree.QName(root).namespace or "") else OFFICE
            placed_child(root, "legacyDrawing").set(f"{{{office}}}id", legacy)
        if not (changed or links or legacy):
            return None
        content = serialised(root, work.found.head + work.found.tail)
        stream = SheetStream(iter((content,)), work.sheet.part)
        for _ in stream.rows():
            pass
        return stream.head + stream.opening, stream.tail

    # ------------------------------------------------------------------ other parts

    def _beside(self) -> None:
        """Charts, drawings, notes, controls and pivot caches."""
        seen: set[str] = set()
        self._walk(self.book.part, "", seen)

    def _walk(self, part: str, sheet: str, seen: set[str]) -> None:
        seen.add(part)
        for relation in self.book.package.relationships(part):
            target = relation.target
            if relation.external or target in seen or self.book.package.find(target) is None:
                continue
            name = next((entry.name for entry in self.book.entries if entry.part == target), sheet)
            self._follow(target, relation.kind, name)
            self._walk(target, name, seen)

    def _follow(self, part: str, kind: str, sheet: str) -> None:
        package, moves = self.book.package, self.moves
        shift = moves.of(sheet)
        if kind in ("chart", "chartEx"):
            self.output.put(part, shift_text_formulas(package.read(part), part, moves))
        elif kind == "pivotCacheDefinition":
            self.output.put(part, shift_pivot_cache(package.read(part), part, moves))
        elif kind == "ctrlProp":
            self.output.put(part, shift_control(package.read(part), part, sheet, moves))
        elif shift.moves and kind == "drawing":
            self.output.put(part, shift_drawing(package.read(part), part, shift))
        elif shift.moves and kind in ("comments", "threadedComment"):
            self.output.put(part, shift_comments(package.read(part), part, shift))
        elif shift.moves and kind == "vmlDrawing":
            self.output.put(part, shift_vml(package.read(part), shift))
        elif shift.moves and kind == "pivotTable":
            self.output.put(part, shift_pivot_table(package.read(part), part, sheet, shift))

    # ------------------------------------------------------------------ the workbook part

    def _workbook(self) -> None:
        root = deepcopy(self.book.root)
        changed = shift_names(root, self.moves) if self.moves.shifts else False
        for edit in self._new_sheets:
            self._add_sheet(root, edit)
            changed = True
        if self.recalculate and self._has_formulas():
            changed = calculate_on_load(root) or changed
            if any(work.shift.moves or work.formula_lost for work in self.works.values()):
                self._drop_chain()
        if changed:
            self.output.put(self.book.part, serialised(root, self.book.package.read(self.book.part)))

    def _has_formulas(self) -> bool:
        if self.book.related("calcChain") or any(work.found.formulas for work in self.works.values()):
            return True
        others = [
            e.part for e in self.book.entries if e.kind == "worksheet" and e.name.casefold() not in self.works
        ]
        return any(formula_in(self.book, part) for part in others)

    def _drop_chain(self) -> None:
        """The order of calculation: an entry for a cell without formula makes Excel repair; Excel rebuilds it."""
        part = self.book.related("calcChain")
        if part:
            self.relations_of(self.book.part).remove("calcChain")
            self.output.removed.append(part)

    def _add_sheet(self, root: etree._Element, edit: AddSheet) -> None:
        names = {name.casefold() for name in self.book.sheet_names}
        tables = {
            t.name.casefold()
            for e in self.book.entries
            if e.kind == "worksheet"
            for t in self.book.sheet(e.name).tables
        }
        if edit.name.casefold() in names or edit.table_name.casefold() in tables:
            raise Refused(Reason("sheet", edit.name, "a sheet or table of that name is there"))
        package, added = self.book.package, self.output.added
        part, _ = new_part(package, "xl/worksheets/sheet{}.xml", added)
        added[part] = SHEET_TYPE
        table, _ = new_part(package, "xl/tables/table{}.xml", added)
        added[table] = TABLE_TYPE
        relation = self.relations_of(part).add(f"{OFFICE}/table", "/" + table)
        writer = CellWriter(b"", self.styles, self.book.date_1904, {})
        self.output.put(part, sheet_xml(edit, writer, relation))
        self.output.put(table, table_xml(edit, self._table_id()))
        enter_sheet(root, edit, self.relations_of(self.book.part).add(f"{OFFICE}/worksheet", "/" + part))

    def _table_id(self) -> int:
        from processor.workbook.markup import parse_xml

        parts = [
            t.part for e in self.book.entries if e.kind == "worksheet" for t in self.book.sheet(e.name).tables
        ]
        ids = [int(parse_xml(self.book.package.read(part), part).get("id") or 0) for part in parts]
        self._tables_made = getattr(self, "_tables_made", 0) + 1
        return max(ids, default=0) + self._tables_made

    # ------------------------------------------------------------------ writing

    def write(self, target: Path) -> None:
        """Write the package to the file and force it to the disk."""
        package = self.book.package
        replaced = {member.name: part for part in self.output.parts if (member := package.find(part))}
        removed = {member.name for part in self.output.removed if (member := package.find(part))}
        with target.open("wb") as file:
            archive = ZipWriter(file)
            for member in package.members:
                if member.name in replaced:
                    archive.write(member.name, self.output.parts[replaced[member.name]](), member)
                elif member.name not in removed:
                    archive.copy(package.data, member)
            for part, content in self.output.parts.items():
                if package.find(part) is None:
                    archive.write(part, content())
            archive.close()
            file.flush()
            os.fsync(file.fileno())


def _legacy_id(sheet: Sheet) -> str | None:
    node = child(sheet.frame_root(), "legacyDrawing")
    return relation_id(node) if node is not None else None


def _header_cell(writer: CellWriter, column: int, header: str, left: int, row: RowXml) -> None:
    style = row.cells[left].style if left in row.cells else 0
    row.cells[column] = writer.encoded(header).restyled(style)


def _touched(work: SheetWork, group: Group) -> bool:
    return group.row in work.deleted or group.row in work.changes


def _only_look(work: SheetWork, row: int) -> bool:
    """Whether the changes of a row leave all its values."""
    before, after = work.found.row(row), work.edited(row)
    stripped = [
        {c: _content(cell) for c, cell in item.cells.items() if cell.inner} for item in (before, after)
    ]
    return stripped[0] == stripped[1]


def _content(cell: CellXml) -> tuple[object, ...]:
    return cell.attributes.get("t"), cell.inner


def _grow_dimension(root: etree._Element, work: SheetWork) -> bool:
    node = child(root, "dimension")
    area = Range.parse(node.get("ref") or "") if node is not None else None
    if node is None or area is None:
        return False
    after = work.shift.range(area) or area
    rows = [row.number for rows in work.fresh.values() for row in rows]
    columns = [column for rows in work.fresh.values() for row in rows for column in row.cells]
    for number in work.changes:
        if number not in work.deleted:
            rows.append(work.shift.place(number))
            columns += work.edited(number).cells
    if rows:
        after = Range(
            min(after.first_row, *rows),
            min([after.first_col, *columns]),
            max(after.last_row, *rows),
            max([after.last_col, *columns]),
        )
    if after == area:
        return False
    node.set("ref", str(after))
    return True


def write_edits(
    book: Book, edits: Iterable[Edit], target: Path, accept_broken_signature: bool = False
) -> None:
    """Write the workbook with the edits applied to `target`, forced to the disk and read again.

    Raises Refused before anything is written when the workbook holds something that the edits would break.
    """
    edits = tuple(edits)
    if len(book.package.members) > _MOST_MEMBERS:
        raise Refused(Reason("zip64", "", "more than 65,000 parts"))
    if book.signed and not accept_broken_signature:
        raise Refused(Reason("digital signature", "", "any change breaks it"))
    assembly = Assembly(book, edits)
    assembly.write(target)
    verify(target, assembly.output.parts)
