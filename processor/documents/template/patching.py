"""What docxtpl makes of a .docx before it fills it, done once: the parts that hold placeholders, as Jinja reads them."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import unescape

from processor.documents.lint.explain import Source, shortened
from processor.documents.lint.problems import Problem
from processor.documents.lint.usage import read_tree
from processor.documents.placeholders import claroline
from processor.documents.sandbox import autocorrect
from processor.documents.template import stability
from processor.documents.template.runs import DRAWING, WORD, paragraphs, rewrite_paragraphs
from processor.documents.template.sealing import CORE
from processor.model.catalogue import say

_DECLARATION = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_LABELS = {
    "footnotes": "template.footnotes",
    "endnotes": "template.endnotes",
    "comments": "template.comments",
    "chart": "template.chart",
}
_TEMPLATED = re.compile(r"{{|{%|{#")


@dataclass(frozen=True)
class Part:
    """A part of the package to fill: `before` and `after` stand around what Jinja makes of `code`.

    A part that is not `steady` is parsed again after each filling, as docxtpl does. A `marginal` part is a head or a
    foot; `roots` are the names of the context that it uses.
    """

    name: str
    code: str
    source: Source
    before: bytes = _DECLARATION
    after: bytes = b""
    steady: bool = True
    marginal: bool = False
    roots: tuple[str, ...] = ()


@dataclass(frozen=True)
class Patched:
    """A template taken apart: the parts to fill, the package from which all else is copied, the tags that are cut."""

    parts: tuple[Part, ...]
    package: bytes
    torn: tuple[Problem, ...] = ()


def patched(data: bytes) -> Patched:
    """The template taken apart by docxtpl itself, so that each filling equals what docxtpl would have made."""
    from docxtpl import DocxTemplate

    template = DocxTemplate(io.BytesIO(data))
    template.init_docx()
    _detach(template.docx)
    torn = _retyped(template.docx.element, say("template.body"))
    parts = [_body(template)]
    for part, cut in _others(template):
        parts.append(part)
        torn += cut
    for uri, label in (
        (template.HEADER_URI, say("template.header")),
        (template.FOOTER_URI, say("template.footer")),
    ):
        for _, part in template.get_headers_footers(uri):
            torn += _retyped(part.element, label) if hasattr(part, "element") else ()
            parts.append(_margin(template, part, label))
    package = io.BytesIO()
    template.docx.save(package)
    core = _core(package.getvalue())
    found = tuple(part for part in (*parts, *core) if _TEMPLATED.search(part.code))
    return Patched(found, package.getvalue(), torn)


def _detach(document: Any) -> None:
    """Forget the .dotx that the template was made from: Word would fetch it, from wherever it says, at each opening."""
    for part in [one.target_part for one in document.part.rels.values() if one.reltype.endswith("/settings")]:
        for identity, relation in list(part.rels.items()):
            if relation.reltype.endswith("/attachedTemplate"):
                del part.rels[identity]
        for attached in list(part.element.iter(f"{WORD}attachedTemplate")):
            attached.getparent().remove(attached)


def _retyped(root: Any, label: str, language: str = WORD) -> tuple[Problem, ...]:
    """Undo what Word did to the tags, write Claroline's names as placeholders; the tags that a paragraph cuts."""
    rewrite_paragraphs(root, autocorrect.edits, language)
    rewrite_paragraphs(root, claroline.edits, language)
    if language == DRAWING:
        rewrite_paragraphs(root, autocorrect.whole, language)
    return tuple(_torn(text, label) for text in paragraphs(root, language) if autocorrect.torn(text))


def _torn(text: str, label: str) -> Problem:
    """What is wrong with a paragraph that cuts a tag: a brace that is missing, most often, or an end of line within."""
    if half := autocorrect.half_closed(text):
        written, meant = half
        return Problem.of("balise-coupee", "brace", written=written, near=meant, at=(label, shortened(text)))
    return Problem.of("balise-coupee", at=(label, shortened(text)))


def _body(template: Any) -> Part:
    from lxml import etree

    root = template.docx.element
    # docxtpl parses the body by itself and puts it back, which makes the prefixes of its names those of the document.
    template.map_tree(etree.fromstring(template.get_xml()))
    whole, body = template.xml_to_string(root), template.get_xml()
    start, end = whole.index("<w:body"), whole.rindex("</w:body>") + len("</w:body>")
    code = template.patch_xml(body)
    before, after = _DECLARATION + whole[:start].encode(), whole[end:].encode()
    steady = stability.steady(code)
    if steady:
        code = stability.numbered(re.sub(r"^<w:body[^>]*>", "<w:body>", code))
    return Part(_name(template.docx.part), code, _source(code, say("template.body")), before, after, steady)


def _margin(template: Any, part: Any, label: str) -> Part:
    code = template.patch_xml(template.get_part_xml(part))
    steady = stability.steady(code, tables=False)
    return Part(_name(part), code, _source(code, label), steady=steady, marginal=True, roots=_roots(code))


def _others(template: Any) -> Iterator[tuple[Part, tuple[Problem, ...]]]:
    """Footnotes, as docxtpl fills them, and endnotes, comments and charts, which it does not; with their cut tags."""
    from lxml import etree

    for part in template.docx.part.package.parts:
        kind = str(part.content_type).rpartition(".")[2].removesuffix("+xml")
        if kind in _LABELS and (kind == "footnotes" or _TEMPLATED.search(part.blob.decode())):
            root, label = etree.fromstring(part.blob), say(_LABELS[kind])
            torn = _retyped(root, label, DRAWING if kind == "chart" else WORD)
            xml = template.xml_to_string(root)
            code = _untagged(xml) if kind == "chart" else template.patch_xml(xml)
            steady = stability.steady(code, tables=False)
            yield Part(_name(part), code, _source(code, label), steady=steady), torn


def _core(package: bytes) -> Iterator[Part]:
    """The title, author and other properties of the file."""
    import zipfile

    with zipfile.ZipFile(io.BytesIO(package)) as opened:
        text = opened.read(CORE).decode() if CORE in opened.namelist() else ""
    code = _untagged(re.sub(r"^\s*<\?xml[^>]*\?>\s*", "", text))
    if text:
        yield Part(CORE, code, _source(code, say("template.core")))


def _roots(code: str) -> tuple[str, ...]:
    """The names of the context that a piece uses; none when it cannot be read, which is told later."""
    from jinja2 import TemplateError

    from processor.documents.sandbox.sandbox import parsed

    try:
        return tuple({name.partition(".")[0] for name in read_tree(parsed(code), {}).used})
    except TemplateError:
        return ()


def _untagged(xml: str) -> str:
    """The XML with what stands inside tags as it was typed."""
    return re.sub(r"{[{%].*?[}%]}", lambda found: unescape(found[0]), xml)


def _source(code: str, label: str) -> Source:
    return Source(re.sub(r"<w:p([ >])", r"\n<w:p\1", code), label)


def _name(part: Any) -> str:
    return str(part.partname).lstrip("/")
