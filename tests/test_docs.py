"""The pages that are made from the code say what the code says."""

import importlib.util
import re
import sys
from pathlib import Path
from typing import Any

import pytest

from processor.model.findings import Finding

DOCS = Path(__file__).parent.parent / "docs"


def loaded(name: str) -> Any:
    """A module of docs/, which is no package."""
    if name in sys.modules:
        return sys.modules[name]
    spec = importlib.util.spec_from_file_location(name, DOCS / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    sys.modules[name] = made
    spec.loader.exec_module(made)
    return made


EXAMPLES = loaded("catalogue")


@pytest.fixture(scope="module")
def examples() -> dict[str, Finding | None]:
    return {code: EXAMPLES.example(code) for code in EXAMPLES.CODES}


def test_the_page_of_the_workbook_is_made_from_the_table_of_columns() -> None:
    made = loaded("make")
    assert (DOCS / "classeur.md").read_text("utf-8") == made.page(), "run: python docs/make.py"


def test_the_page_of_messages_is_made_from_the_examples() -> None:
    made = loaded("make")
    assert (DOCS / "messages.md").read_text("utf-8") == made.messages(), "run: python docs/make.py"


def test_the_page_of_templates_gives_the_words_of_the_mails_without_a_document() -> None:
    page = (DOCS / "modeles.md").read_text("utf-8")
    assert page == loaded("make").with_words(page), "run: python docs/make.py"


@pytest.mark.parametrize("code", EXAMPLES.CODES)
def test_the_example_of_a_finding_tells_it(code: str) -> None:
    assert EXAMPLES.example(code), "what docs/catalogue.py gives does not lead to this finding"


BAD = (
    "invalide",
    "erreur de syntaxe",
    "incorrect",
    "null",
    "none",
    "parse",
    "exception",
    "veuillez",
    "svp",
    "header",
    "string",
)


def test_every_message_follows_the_rules_of_wording(examples: dict[str, Finding | None]) -> None:
    wrong = []
    for code, found in examples.items():
        if found is None:
            continue
        said = f"{found.problem} {found.why} {found.fix}"
        words = set(re.findall(r"[a-zà-ÿ]+", re.sub(r"«[^»]*»", "", said.casefold())))
        wrong += [f"{code}: « {bad} »" for bad in BAD if bad in words]
        wrong += [
            f"{code}: {part} is empty"
            for part in ("problem", "why", "fix")
            if not getattr(found, part).strip()
        ]
        wrong += [
            f"{code}: {part} has no full stop: {text}"
            for part in ("problem", "why")
            if not (text := getattr(found, part)).endswith((".", "!", "»", ")"))
        ]
        wrong += [
            f"{code}: {part} ends oddly: {text}"
            for part in ("problem", "why", "fix")
            if ".." in (text := getattr(found, part))
        ]
        wrong += [f"{code}: not « vous » : {found.fix}" for _ in [0] if not IMPERATIVE.match(found.fix)]
    assert not wrong


IMPERATIVE = re.compile(r"(?:rien |si |sinon|dans |donnez|.{0,40}?\w+ez\b|dites|faites|refaites)")


def test_the_links_of_the_readme_lead_somewhere() -> None:
    readme = (DOCS.parent / "README.md").read_text("utf-8")
    missing = [
        link
        for link in re.findall(r"\]\(([^)#]+)\)", readme)
        if "://" not in link and not (DOCS.parent / link).exists()
    ]
    assert not missing
