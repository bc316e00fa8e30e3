"""The structure of the house, kept by a test: who imports whom, and one owner for each outside library."""

import ast
import subprocess
import sys
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import hypothesis
import pytest

ROOT = Path(__file__).parent.parent / "processor"
FLOOR: set[str] = {"model"}
NIGHT = FLOOR | {
    "contract", "reading", "rules", "workbook", "journal", "mail", "proof", "documents", "exports", "pages", "settings",
    "shipped",
}  # fmt: skip
MAY_IMPORT = {
    "model": set(),
    "contract": FLOOR,
    "reading": FLOOR | {"contract"},
    "rules": FLOOR | {"contract", "reading"},
    "workbook": set(),
    "journal": FLOOR,
    "mail": FLOOR | {"journal"},
    "proof": FLOOR,
    "documents": FLOOR,
    "exports": FLOOR,
    "pages": FLOOR,
    "schedule": FLOOR,
    "starting": FLOOR | {"contract", "shipped"},
    "shipped": set(),
    "night": NIGHT,
    "desk": NIGHT | {"night"},
    "cli": NIGHT | {"night", "desk", "schedule", "demo"},
    "demo": FLOOR | {"documents", "settings", "shipped", "starting"},
    "settings": FLOOR | {"contract", "settings_check"},
    "settings_check": FLOOR | {"contract"},
}
CHAPTERS = ("calendar", "registering", "rows", "news", "letters")
OWNERS = {
    "docxtpl": {"documents"},
    "jinja2": {"documents", "pages"},
    "smtplib": {"mail"},
    "sqlalchemy": {"journal"},
    "openpyxl": {"workbook", "exports", "starting"},
    "pandas": {"exports"},
}


def imports(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def room(file: Path) -> str:
    return file.relative_to(ROOT).parts[0].removesuffix(".py")


FILES = sorted(ROOT.rglob("*.py"))


@pytest.mark.parametrize("name", sorted(MAY_IMPORT))
def test_a_room_imports_only_the_rooms_it_may(name: str) -> None:
    wrong = [
        f"{file.relative_to(ROOT)} imports {other}"
        for file in FILES
        if room(file) == name
        for other in sorted(rooms_reached(file) - MAY_IMPORT[name])
    ]
    assert not wrong


def test_every_room_says_what_it_may_import() -> None:
    assert {room(file) for file in FILES} - {"__init__", "__main__"} == MAY_IMPORT.keys()


def test_no_room_imports_itself_by_way_of_others() -> None:
    graph: dict[str, set[str]] = {}
    for file in FILES:
        graph.setdefault(room(file), set()).update(rooms_reached(file))
    assert cycle(graph) == ""


@pytest.mark.parametrize("index", range(len(CHAPTERS)), ids=CHAPTERS)
def test_a_chapter_of_the_rules_imports_only_those_before_it(index: int) -> None:
    later = tuple(f"processor.rules.{name}" for name in (*CHAPTERS[index + 1 :], "night", "plan"))
    wrong = [
        f"{file.relative_to(ROOT)} imports {module}"
        for file in sorted((ROOT / "rules" / CHAPTERS[index]).glob("*.py"))
        for module in imports(file)
        if module.startswith(later)
    ]
    assert not wrong


@cache
def modules() -> dict[str, Path]:
    """Every module of the product by its dotted name, a package by its own."""
    dotted = {".".join(file.relative_to(ROOT.parent).with_suffix("").parts): file for file in FILES}
    return {name.removesuffix(".__init__"): file for name, file in dotted.items()}


def reached(file: Path, known: Collection[str]) -> set[str]:
    """The modules of the product that a file imports, those inside its functions included."""
    found = set()
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = {f"{node.module}.{alias.name}" for alias in node.names} & set(known)
            found |= names or {node.module}
    return found & set(known)


def rooms_reached(file: Path) -> set[str]:
    """The rooms of which a file imports anything, without its own; a module beside the rooms, such as settings, is one."""
    known = modules()
    return {room(known[name]) for name in reached(file, known)} - {room(file), "__init__"}


def cycle(graph: Mapping[str, Collection[str]]) -> str:
    """A way from a node back to itself, or nothing."""
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return " → ".join(error.args[1])
    return ""


def test_no_module_imports_itself_by_way_of_others() -> None:
    known = modules()
    graph = {name: reached(file, known) - {name} for name, file in known.items()}
    assert cycle(graph) == ""


def test_each_outside_library_has_its_owner() -> None:
    wrong = [
        f"{file.relative_to(ROOT)} imports {module}"
        for file in FILES
        for module in imports(file)
        if module.split(".")[0] in OWNERS and room(file) not in OWNERS[module.split(".")[0]]
    ]
    assert not wrong


def test_the_help_loads_none_of_the_slow_libraries() -> None:
    slow = ["pandas", "openpyxl", "docxtpl", "sqlalchemy", "lxml", "holidays", "rapidfuzz"]
    code = f"import sys, processor.cli; print([name for name in {slow!r} if name in sys.modules])"
    assert (
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True
        ).stdout.strip()
        == "[]"
    )


def test_every_command_is_in_the_readme() -> None:
    from processor.cli import main

    readme = (ROOT.parent / "README.md").read_text("utf-8")
    assert [name for name in main.commands if f"seances {name}" not in readme] == []


def test_no_drawn_example_has_a_deadline() -> None:
    assert hypothesis.settings().deadline is None


def test_no_module_is_longer_than_three_hundred_lines() -> None:
    assert [str(file) for file in FILES if len(file.read_text("utf-8").splitlines()) > 300] == []
