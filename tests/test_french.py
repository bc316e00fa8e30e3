"""The French that people read stands in the catalogue, whole: no sentence is left in the code, no slug without its sentence."""

import ast
import re
from collections.abc import Iterator
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path

import pytest

from processor.contract import SHEETS
from processor.contract.parameters import SETTINGS
from processor.model.catalogue import LOCALE, known
from tests.test_docs import loaded

PROCESSOR = LOCALE.parent
KEPT = {
    # Words of the contract, names of kinds and of their files, patterns, dates; the former words of keys never change.
    "model": (
        "choices:*", "details:DETAILS", "kinds:*", "former:*", "french:*", "rows:*", "address:_[A-Z]*", "address:(_BEFORE, _AFTER)", "domains:_[A-Z]*",
        "typography:_PLACES",
    ),
    # Names of arguments.
    "cli": ("mail:settle", "mail:resend", "mail:cancel"),
    # Reserved names, patterns, the mark of our own pages.
    "pages": ("names:_RESERVED", "prose:_WEB*", "rendering:MARK"),
    "proof": (),
    # Names of sheets and headers, accepted choices and spellings: the contract with staff.
    "contract": ("*:[A-Z_]*",),
    # Names of sheets, which links and drop-downs lead to, and of the product.
    "starting": ("look:_TABS", "guide:WORDS", "book:new_workbook", "fixed:_signed"),
    # Words and patterns that are recognised when people type them; headers.
    "reading": (
        "dates:[A-Z]*", "dates:_[A-Z]*", "weekdays:_[A-Z]*", "weekdays:_several", "full_names:_[A-Z]*", "list_headers:_[A-Z]*",
        "list_headers:FIELDS", "state:ACCEPTED", "totals:_[A-Z]*",
    ),
    # Words that templates and files are recognised by, names of fonts and of Windows; invented and odd facts.
    "documents": (
        "autocorrect:_[A-Z]*", "guards:*[A-Z]*", "fonts:_AS_WIDE", "names:_[A-Z]*", "package:_ENCRYPTED", "package:_check_xml",
        "guide:START*", "guide:*END*", "people:_SALUTATIONS", "courses:_KEY_WORDS", "sample:*", "trial:ODD_NAMES",
    ),
    "exports": ("excel:xlsx_bytes", "assiduity:_xlsx"),
    # Marks by which a schedule of ours is recognised; the product.
    "schedule": ("scheduled:MARK", "cron:_first", "windows:*"),
    # What the journal holds of a mail that was held back: earlier journals hold it too.
    "rules/letters": (),
    "rules/news": ("new_journal:HELD",),
    # What became of a line of a list: the words of the JSON of `import`.
    "rules/registering": ("joining:Fate",),
    # The name of a sheet, to which a finding leads.
    "rules/calendar": ("closed_days:unknown_country",),
    "rules/safety.py": (),
    "rules/rows": ("conflicts:_[A-Z]*",),
    # Words that are recognised in reports of mails that came back; where the limits of providers were read.
    "mail": ("bounces:_FAILING", "providers:PROVIDERS"),
    # An error for developers.
    "journal": ("attestations:register",),
    # The folder of a run, the name of the product, a pattern of file names.
    "night": ("apply:STAGING", "posting:_NOBODY", "conflict_copies:_WAYS"),
    "desk": (),
    "demo.py": (),
    "settings.py": (),
    "settings_check.py": (),
}  # fmt: skip
"""The French that each room keeps, as `module:name` of what holds it. A room that is not listed is not converted yet."""

FRENCH = re.compile(
    r"[«»éèêàâçùûîôœÉÈÀÊ’…]|\b(le|la|les|un|une|des|du|de|et|ou|pour|pas|est|sont|dans|sur|avec|sans|par|qui|que|vous|votre|ne|au|aux|en|cette|ce)\b",
    re.IGNORECASE,
)
SLUG = re.compile(r"[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*")


@pytest.mark.parametrize("room", KEPT)
def test_no_sentence_stands_outside_the_catalogue(room: str) -> None:
    files = [PROCESSOR / room] if room.endswith(".py") else sorted((PROCESSOR / room).rglob("*.py"))
    assert not [
        f"{path.stem}:{name}: {text!r}"
        for path in files
        for name, text in literals(path)
        if len(text) > 2 and FRENCH.search(text) and not (SLUG.fullmatch(text) and "-" in text)
        if not any(fnmatchcase(f"{path.stem}:{name}", kept) for kept in KEPT[room])
    ]


def test_the_test_sees_a_sentence(tmp_path: Path) -> None:
    code = tmp_path / "a.py"
    code.write_text(
        '"""Le module."""\nA = "la liste"\ndef f(x):\n    """Le sens."""\n    return f"{x} séances"\n',
        "utf-8",
    )
    assert [*literals(code)] == [("A", "la liste"), ("f", " séances")]


def test_every_slug_that_the_code_says_is_in_the_catalogue() -> None:
    missing = [
        f"{path.relative_to(PROCESSOR)}: {slug}"
        for path, call in calls("say", "verbatim", "explained")
        for slug in constants(call.args[0])
        if SLUG.fullmatch(slug) and not known(slug)
    ]
    assert not missing


def test_every_code_of_a_finding_has_its_words() -> None:
    whole, missing = slugs(), []
    for path, call in calls("of"):
        for code in constants(call.args[0]):
            own = [slug for slug in whole if slug.startswith(f"{code}.")]
            missing += [
                f"{path.relative_to(PROCESSOR)}: {code}.{part}"
                for part in ("problem", "fix")
                if not any(slug.endswith(f".{part}") for slug in own)
            ]
    assert not missing


def test_every_code_of_a_finding_has_its_example() -> None:
    told = {slug.partition(".")[0] for slug in slugs() if slug.endswith(".problem")}
    told |= {
        code for _, call in calls("Finding", "Fault", "of") for code in constants(call.args[0]) if "-" in code
    }
    assert told - {*loaded("catalogue").CODES} == set(), (
        "add an example to docs/catalogue.py, then run python docs/make.py"
    )


@pytest.mark.parametrize(
    "file", sorted({*LOCALE.rglob("*.po")} - {*LOCALE.rglob("click.po")}), ids=lambda file: file.stem
)
def test_every_sentence_of_the_catalogue_is_said(file: Path) -> None:
    assert not {
        slug for slug in slugs(file) - {"seats"} if not is_said(slug)
    }  # an example of the catalogue itself


def test_what_explains_the_contract_explains_a_column_or_setting_that_there_is() -> None:
    explained = {f"sheet.{spec.table}.help" for spec in SHEETS} | {
        f"setting.{s.field.partition(':')[0]}.help" for s in SETTINGS
    }
    explained |= {
        f"column.{spec.table}.{column.field}.{part}"
        for spec in SHEETS
        for column in spec.columns
        for part in ("help", "guide")
    }
    told = slugs(next(LOCALE.rglob("contract.po")))
    assert {slug for slug in told if slug.startswith(("sheet.", "column.", "setting."))} <= explained | {
        "column.written"
    }


def is_said(slug: str) -> bool:
    """Whether the code has the slug, or a pattern that makes it, or the code of which it is a sentence and its variant."""
    texts, patterns = spoken()
    if slug in texts or any(pattern.fullmatch(slug) for pattern in patterns):
        return True
    code, _, rest = slug.partition(".")
    variant, _, part = rest.rpartition(".")
    if part not in ("problem", "why", "fix") or code not in texts:
        return False
    deeper = any(text.startswith(f"{variant}.") for text in texts)
    return not variant or deeper or variant in texts or any(pattern.match(variant) for pattern in patterns)


@cache
def spoken() -> tuple[frozenset[str], tuple[re.Pattern[str], ...]]:
    """The strings of the code and of its pages, and its f-strings as patterns of slugs."""
    texts, patterns = set(), set()
    for path in sources():
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                texts.add(node.value)
            elif isinstance(node, ast.JoinedStr):
                patterns.add(
                    "".join(re.escape(v.value) if isinstance(v, ast.Constant) else ".+" for v in node.values)
                )
    for page in PROCESSOR.rglob("*.html"):
        texts.update(re.findall(r"""["']([\w.-]+)["']""", page.read_text("utf-8")))
    slugs = (re.compile(pattern) for pattern in patterns if re.match(r"[a-z][\w\\-]+(\\\.|\\-)", pattern))
    return frozenset(texts), tuple(slugs)


def literals(path: Path) -> Iterator[tuple[str, str]]:
    """The strings of a module that are no docstrings, each with the top-level name that holds it."""
    for statement in parsed(path).body:
        target = (
            statement.targets[0] if isinstance(statement, ast.Assign) else getattr(statement, "target", None)
        )
        name = ast.unparse(target) if target else getattr(statement, "name", "")
        told = {id(node.value) for node in ast.walk(statement) if isinstance(node, ast.Expr)}
        for node in ast.walk(statement):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
                yield name, node.value


def calls(*names: str) -> Iterator[tuple[Path, ast.Call]]:
    """The calls of functions of these names that are given something."""
    for path in sources():
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.Call) and node.args:
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                if name in names:
                    yield path, node


def constants(value: ast.expr) -> list[str]:
    """The strings that an argument may be: itself, or either branch of a choice."""
    if isinstance(value, ast.IfExp):
        return [*constants(value.body), *constants(value.orelse)]
    return [value.value] if isinstance(value, ast.Constant) and isinstance(value.value, str) else []


@cache
def sources() -> tuple[Path, ...]:
    return tuple(sorted(PROCESSOR.rglob("*.py")))


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def slugs(*files: Path) -> set[str]:
    """The slugs of these .po files, or of the whole catalogue."""
    made = loaded("sentences")
    messages = [m for file in files or LOCALE.rglob("*.po") for m in made._read(file) if m.id]
    return {m.id if isinstance(m.id, str) else m.id[0] for m in messages}
