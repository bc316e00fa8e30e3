"""One edited package in the making: what all its makers share. Nothing is written before all of it is gathered."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial

from lxml import etree

from processor.workbook.edits.edits import Edit
from processor.workbook.edits.plan import begun
from processor.workbook.edits.work import Incoming, SheetWork
from processor.workbook.following.moves import Moves
from processor.workbook.package.markup import OFFICE, STRICT_OFFICE
from processor.workbook.sheet.additions import Link, Relations
from processor.workbook.sheet.marks import Cells
from processor.workbook.sheet.reader import Book, Sheet
from processor.workbook.sheet.styles import Styles
from processor.workbook.sheet.survey import survey

Content = Callable[[], Iterable[bytes]]


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


@dataclass
class Draft:
    """A book, its edits, the work on its sheets and what comes of it so far.

    By sheet name in lower case: `works`, `links` (rows after 0 as read, before 0 as they stand afterwards), `legacy`, the
    relationship of a new drawing of notes, and `widths` that new columns ask for. `headers` holds the columns that tables gain,
    by part, `marked` the marked cells afterwards; `made` the names of new parts.
    """

    book: Book
    edits: Sequence[Edit]
    styles: Styles
    works: dict[str, SheetWork]
    moves: Moves
    output: Output = field(default_factory=Output)
    relations: dict[str, Relations] = field(default_factory=dict)
    links: dict[str, list[Link]] = field(default_factory=dict)
    headers: dict[str, list[str]] = field(default_factory=dict)
    legacy: dict[str, str] = field(default_factory=dict)
    widths: dict[str, dict[int, float]] = field(default_factory=dict)
    made: set[str] = field(default_factory=set)
    marked: dict[str, Cells] = field(default_factory=dict)
    recalculate: bool = False

    @property
    def office(self) -> str:
        """The namespace of relationships: transitional or strict, as the workbook part is."""
        return STRICT_OFFICE if "purl" in (etree.QName(self.book.root).namespace or "") else OFFICE

    def relations_of(self, part: str) -> Relations:
        """The relationships of a part, to change."""
        if part not in self.relations:
            self.relations[part] = Relations(self.book.package, part)
        return self.relations[part]

    def work(self, sheet: Sheet, rows: Collection[int]) -> SheetWork:
        """The work on a sheet, begun when there is none, with these rows in hand."""
        work = self.works.get(sheet.name.casefold())
        if work is None:
            work = self.works[sheet.name.casefold()] = begun(sheet, survey(sheet, rows, ()), self.styles)
        elif missing := set(rows) - work.found.asked:
            work.found.take(survey(sheet, missing, ()))
        return work

    def current(self, part: str) -> bytes | None:
        """The part as it stands now, None for one to be made."""
        if part in self.output.parts:
            return b"".join(self.output.parts[part]())
        return self.book.package.read(part) if self.book.package.find(part) else None


def arrived(work: SheetWork) -> Iterator[tuple[int, Incoming]]:
    """Incoming rows with the row where they stand afterwards."""
    for placed in work.placed:
        after_last = work.inserting.place(placed.data.last)
        for index, incoming in enumerate(placed.incoming):
            inserted = index - len(placed.hosts)
            virtual = work.inserting.place(placed.hosts[index]) if inserted < 0 else after_last + 1 + inserted
            yield work.deleting.place(virtual), incoming
