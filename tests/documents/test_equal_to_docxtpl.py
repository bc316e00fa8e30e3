"""Whatever the template, a filling equals docxtpl's, part by part: invented documents, compared with docxtpl itself."""

import io
import zipfile
from typing import Any

import pytest
from docx import Document
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from processor.documents.template.template import WordTemplate

CONTEXT = {
    "a": "Dupont & Fils <x>",
    "m": "12 rue des Lilas\n69003 Lyon\n",
    "e": "",
    "yes": "oui",
    "no": "",
    "some": [{"n": "un", "l": ["1", "2"]}, {"n": "deux\ntrois", "l": []}],
    "nobody": [],
}
WORDS = st.sampled_from(
    ["texte", " ", "{{ a }}", "{{ m }}", "{{ e }}", "{{ a|upper }}", "é – « x »", "\n", "\t"]
)
TESTS = st.sampled_from(["yes", "no", "some", "nobody", "not no"])
LISTS = st.sampled_from(["some", "nobody"])
Block = list[str]


def _joined(parts: list[str]) -> str:
    return "".join(parts)


INLINE = st.recursive(
    WORDS,
    lambda inner: st.one_of(
        st.builds("{{% if {} %}}{}{{% endif %}}".format, TESTS, inner),
        st.builds("{{% if {} %}}{}{{% else %}}{}{{% endif %}}".format, TESTS, inner, inner),
        st.builds("{{% for x in {} %}}{{{{ x.n }}}}{}{{% endfor %}}".format, LISTS, inner),
        st.lists(inner, min_size=1, max_size=3).map(_joined),
    ),
    max_leaves=6,
)


def _wrapped(opening: str, blocks: list[Block], closing: str) -> Block:
    return [opening, *(line for block in blocks for line in block), closing]


PARAGRAPHS = st.recursive(
    INLINE.map(lambda text: [text]),
    lambda inner: st.one_of(
        st.builds(
            lambda test, inside: _wrapped(f"{{%p if {test} %}}", inside, "{%p endif %}"),
            TESTS,
            st.lists(inner, max_size=2),
        ),
        st.builds(
            lambda of, inside: _wrapped(f"{{%p for y in {of} %}}", inside, "{%p endfor %}"),
            LISTS,
            st.lists(inner, max_size=2),
        ),
        st.builds(
            lambda test, inside: _wrapped(f"x {{% if {test} %}} y", inside, "z {% endif %}"),
            TESTS,
            st.lists(inner, max_size=2),
        ),
        st.builds(
            lambda of, inside: _wrapped(f"{{% for y in {of} %}}", inside, "{% endfor %} z"),
            LISTS,
            st.lists(inner, max_size=2),
        ),
    ),
    max_leaves=4,
)
ROWS = st.one_of(
    st.tuples(INLINE, INLINE).map(lambda cells: [cells]),
    st.builds(
        lambda of, cells: [(f"{{%tr for z in {of} %}}", ""), cells, ("{%tr endfor %}", "")],
        LISTS,
        st.tuples(INLINE, INLINE),
    ),
    st.builds(
        lambda test, cells: [(f"{{%tr if {test} %}}", ""), cells, ("{%tr endif %}", "")],
        TESTS,
        st.tuples(INLINE, INLINE),
    ),
    st.builds(lambda of, cell: [(f"{{%tc for z in {of} %}}", f"{cell}{{%tc endfor %}}")], LISTS, INLINE),
    st.builds(lambda test: [(f"{{% if {test} %}}x", "y{% endif %}")], TESTS),
)
TABLE = st.lists(ROWS, max_size=3).map(lambda groups: [row for group in groups for row in group])
CONTENT = st.lists(st.one_of(PARAGRAPHS, TABLE), min_size=2, max_size=8)


def _package(content: list[Any], header: str) -> bytes:
    document = Document()
    for part in content:
        if part and isinstance(part[0], tuple):
            table = document.add_table(0, 2)
            for row in part:
                for cell, text in zip(table.add_row().cells, row, strict=True):
                    cell.text = text
        else:
            for line in part:
                document.add_paragraph(line)
    document.sections[0].header.paragraphs[0].text = header
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def _parts(package: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(package)) as opened:
        assert opened.testzip() is None
        names = [name for name in opened.namelist() if name.startswith("word/") and name.endswith(".xml")]
        return {name: etree.tostring(etree.fromstring(opened.read(name)), method="c14n") for name in names}


@settings(max_examples=5, suppress_health_check=list(HealthCheck))
@given(CONTENT, INLINE)
def test_a_filling_equals_docxtpl_on_a_few_invented_templates(content: list[Any], header: str) -> None:
    assert_equals_docxtpl(content, header)


@pytest.mark.wide
@settings(max_examples=100, suppress_health_check=list(HealthCheck))
@given(CONTENT, INLINE)
def test_a_filling_equals_docxtpl_on_invented_templates(content: list[Any], header: str) -> None:
    assert_equals_docxtpl(content, header)


def assert_equals_docxtpl(content: list[Any], header: str) -> None:
    from docxtpl import DocxTemplate

    package = _package(content, header)
    reference = DocxTemplate(io.BytesIO(package))
    reference.render(CONTEXT, autoescape=True)
    expected = io.BytesIO()
    reference.save(expected)
    assert _parts(WordTemplate.compiled("x.docx", package).render(CONTEXT)) == _parts(expected.getvalue())
