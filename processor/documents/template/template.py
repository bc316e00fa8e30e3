"""A Word template, read once and filled for as many people as there are.

docxtpl prepares the XML (it knows what Word does to `{{ }}`) and decides the form of the package; this is done once.
Filling is then one Jinja call for each part that holds placeholders, and everything else is copied as it stands.
"""

import hashlib
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any

from processor.documents.lint.explain import explained, syntax
from processor.documents.lint.problems import BadTemplate, Problem, TemplateProblem
from processor.documents.lint.usage import read_tree
from processor.documents.placeholders.placeholders import context as context_of
from processor.documents.template import drawings, inserted
from processor.documents.template.members import Member, Members
from processor.documents.template.package import check_package, read_file, unusable
from processor.documents.template.patching import Part, patched
from processor.documents.template.pictures import pictures_beside, with_pictures
from processor.documents.template.sealing import CORE, described, properties
from processor.documents.template.slots import NotAPicture, Slot, with_slots
from processor.model import Facts

_KEPT = 64
# without one of these, docxtpl would change nothing at the end
_MARKS = (b"{", b"}", b"\n", b"\t", b"\a", b"\f")
_known: "OrderedDict[bytes, WordTemplate]" = OrderedDict()


@dataclass(frozen=True)
class Inserting:
    """What docxtpl needs to fill a template that inserts other files: the whole package, and the folder of the files."""

    package: bytes
    folder: Path


@dataclass(frozen=True)
class WordTemplate:
    """A template that was read and compiled; `render` fills it. `source` holds the bytes of its file."""

    name: str
    parts: tuple[tuple[Part, Any], ...]
    members: Members
    slots: tuple[Slot, ...] = ()
    core: bytes = b""
    inserting: Inserting | None = None
    source: bytes = field(default=b"", compare=False, repr=False)
    kept: dict[str, tuple[list[Any], Member]] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def load(cls, path: Path, *, lenient: bool = False) -> "WordTemplate":
        """The template of a file, with the pictures that stand beside it (`logo.png`, `signature.png`).

        A file whose content is known is not compiled again. A lenient template prints nothing for a name that does not
        exist, as docxtpl alone does; the night never asks for that. Raises BadTemplate, in French, when the file is no .docx,
        is damaged, holds macros, or when one of its tags cannot be read.
        """
        data = read_file(path)
        pictures = pictures_beside(path.parent)
        digest = _digest(str(path), data, pictures, lenient)
        if digest not in _known:
            _known[digest] = cls.compiled(path.name, data, pictures, lenient=lenient, folder=path.parent)
            if len(_known) > _KEPT:
                _known.popitem(last=False)
        return _known[digest]

    @classmethod
    def compiled(
        cls,
        name: str,
        data: bytes,
        pictures: Mapping[str, bytes] | None = None,
        *,
        lenient: bool = False,
        folder: Path = Path(),
    ) -> "WordTemplate":
        """The template of the bytes of a .docx; `folder` holds the files that it may insert."""
        check_package(Path(name), data)
        try:
            package, slots = with_slots(with_pictures(data, pictures or {}))
            found = patched(package)
        except (KeyError, ValueError, AttributeError, SyntaxError) as error:
            raise unusable(name, "damaged.inside") from error
        if found.torn:
            raise BadTemplate(found.torn)
        parts = tuple((part, _jinja(part, lenient)) for part in found.parts)
        inserts = any(map(inserted.is_live, _trees(parts)))
        inserting = Inserting(found.package, folder) if inserts else None
        changing = {CORE} | {part.name for part in found.parts} | {slot.entry for slot in slots}
        core = b"" if CORE in {part.name for part in found.parts} else properties(found.package)
        return cls(name, parts, Members.of(found.package, frozenset(changing)), slots, core, inserting, data)

    def render(self, facts: Facts | Mapping[str, Any]) -> bytes:
        """A .docx filled with the facts, or with a context of plain values; every value is escaped.

        Raises TemplateProblem when a placeholder does not exist or cannot be computed; nothing is made then.
        """
        from processor.documents.sandbox.guards import BUDGET, Budget
        from processor.documents.sandbox.sandbox import word

        context = context_of(facts) if isinstance(facts, Facts) else facts
        values = {**word().globals, **context, BUDGET: Budget()}
        seal = facts.seal if isinstance(facts, Facts) else ""
        if self.inserting is not None:
            return self._through_docxtpl(self.inserting, values, seal)
        shown = (Member.stored(slot.entry, _picture(slot, values)) for slot in self.slots)
        return self.members.with_members(chain(self._filled(values, seal), shown))

    def _filled(self, values: dict[str, Any], seal: str) -> Iterator[Member]:
        """The parts filled; the statement of an attestation goes among the properties of the file."""
        if self.core:
            yield Member.of(CORE, described(self.core, seal))
        for part, jinja in self.parts:
            if part.name == CORE and seal:
                yield Member.of(CORE, described(_filled(part, jinja, values), seal))
            else:
                yield self._member(part, jinja, values)

    def _through_docxtpl(self, source: Inserting, values: dict[str, Any], seal: str) -> bytes:
        """The document as docxtpl fills it, in the same sandbox, because the template inserts other files."""
        from processor.documents.sandbox.sandbox import word

        try:
            filled = inserted.render(source.package, source.folder, values, word())
        except TemplateProblem:
            raise
        except Exception as error:
            raise TemplateProblem(explained(error, self.parts[0][0].source, values)) from error
        entries = drawings.unpacked(filled)
        entries |= {slot.entry: _picture(slot, values) for slot in self.slots}
        return drawings.packed(entries | {CORE: described(entries[CORE], seal)})

    def _member(self, part: Part, jinja: Any, values: dict[str, Any]) -> Member:
        """The part filled and deflated; heads and feet, which seldom change, are kept as long as their values are."""
        if not part.marginal:
            return Member.of(part.name, _filled(part, jinja, values))
        used = [values.get(name) for name in part.roots]
        before, member = self.kept.get(part.name, (None, None))
        if member is None or before != used:
            member = Member.of(part.name, _filled(part, jinja, values))
            self.kept[part.name] = (used, member)
        return member

    @property
    def placeholders(self) -> tuple[str, ...]:
        """The names that the template uses, as written, in the order of the text."""
        names = dict.fromkeys(name for tree in self.trees() for name in read_tree(tree, {}).used)
        return tuple(name for name in names if not any(other.startswith(f"{name}.") for other in names))

    def trees(self) -> Iterator[Any]:
        """Each part as Jinja parses it."""
        return _trees(self.parts)


def _trees(parts: tuple[tuple[Part, Any], ...]) -> Iterator[Any]:
    from processor.documents.sandbox.sandbox import parsed

    return (parsed(part.source.code) for part, _ in parts)


def _digest(name: str, data: bytes, pictures: Mapping[str, bytes], lenient: bool) -> bytes:
    """What the template depends on, in short."""
    made = hashlib.blake2b(f"{name}\0{lenient}".encode())
    for content in (
        data,
        *(piece for known in sorted(pictures.items()) for piece in (known[0].encode(), known[1])),
    ):
        made.update(len(content).to_bytes(8) + content)
    return made.digest()


def _jinja(part: Part, lenient: bool) -> Any:
    """The part compiled; BadTemplate with the text around the tag that cannot be read."""
    from jinja2 import TemplateSyntaxError

    from processor.documents.sandbox.sandbox import word

    try:
        word().from_string(part.source.code)
        return word(lenient).from_string(part.code)
    except TemplateSyntaxError as error:
        raise BadTemplate([syntax(error, part.source)]) from error
    except RecursionError as error:
        raise BadTemplate(explained(error, part.source, {})) from error


def _filled(part: Part, jinja: Any, values: dict[str, Any]) -> bytes:
    try:
        xml = "".join(jinja.root_render_func(jinja.new_context(values, shared=True)))
    except Exception as error:
        raise TemplateProblem(explained(error, part.source, values)) from error
    data = xml.encode()
    if any(mark in data for mark in _MARKS):
        data = _as_docxtpl_ends(xml).encode()
    whole = b"".join((part.before, data, part.after))
    return whole if part.steady else _mended(part, whole)


def _picture(slot: Slot, values: Mapping[str, Any]) -> bytes:
    try:
        return slot.picture(values)
    except NotAPicture as error:
        variant = "named" if slot.placeholder else ""
        raise TemplateProblem([Problem.of("balise-image", variant, name=slot.placeholder)]) from error


def _as_docxtpl_ends(xml: str) -> str:
    """What docxtpl does last: its escaped braces, and the line ends, tabs and page breaks that values hold."""
    for mark, meant in (("{_{", "{{"), ("}_}", "}}"), ("{_%", "{%"), ("%_}", "%}")):
        xml = xml.replace(mark, meant)
    return str(_docxtpl().resolve_listing(xml))


def _mended(part: Part, xml: bytes) -> bytes:
    """The part parsed again as docxtpl does, because its form depends on the values."""
    from lxml import etree

    template = _docxtpl()
    template.docx_ids_index = 1000
    try:
        if part.after:
            tree = template.fix_tables(xml)
            template.fix_docpr_ids(tree)
        else:
            tree = etree.fromstring(xml)
    except (etree.XMLSyntaxError, AttributeError, TypeError, ValueError) as error:
        raise TemplateProblem([Problem.of("modele-decousu", at=(part.source.label, ""))]) from error
    return bytes(etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True))


def _docxtpl() -> Any:
    from docxtpl import DocxTemplate

    return DocxTemplate("")
