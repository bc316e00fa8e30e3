"""The command line speaks French, errors of the command itself included."""

from pathlib import Path

import pytest
from babel.messages.mofile import read_mo, write_mo

from processor.model.catalogue import DOMAIN, LOCALE
from tests.books import seances
from tests.test_docs import loaded


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--help"], "Afficher cette aide."),
        (["nuit"], "Commande refusée : la commande 'nuit' n’existe pas."),
        (["check"], "il manque l’argument 'CLASSEUR'."),
        (["check", "Mes", "séances.xlsx"], "un nom qui contient des espaces s’écrit entre guillemets"),
        (
            ["check", "a.xlsx", "--format", "xml"],
            "'xml' n’est pas l’une des valeurs possibles : 'text', 'json'.",
        ),
        (
            ["check", "a.xlsx", "--now", "demain"],
            "« demain » n’est pas une date, par exemple 2026-12-01T02:00.",
        ),
        (
            ["run", "a.xlsx", "--now", "0001-01-01T00:00"],
            "« 0001-01-01T00:00 » : donnez une année de 1990 à 2100.",
        ),
    ],
)
def test_a_command_explains_itself_in_french(arguments: list[str], told: str) -> None:
    result = seances(*arguments)
    assert told in " ".join(result.output.split())
    assert not any(word in result.output for word in ("Error", "Invalid", "Missing", "Show", "Try "))


@pytest.mark.parametrize("arguments", [["--help"], ["schedule", "--help"]])
def test_a_list_of_commands_says_each_in_one_whole_line(arguments: list[str]) -> None:
    said = seances(*arguments).output
    assert "Options\u00a0:" in said
    assert "..." not in said.partition("Commandes\u00a0:\n")[2]
    assert "Commandes\u00a0:\n" in said


def test_the_values_of_options_are_named_in_french() -> None:
    for command in ("bounces", "send", "export", "check", "document", "import", "run"):
        said = seances(command, "--help").output
        assert not any(word in said for word in (" TEXT", "INTEGER", "RANGE", ">=")), command


def test_a_number_below_the_least_is_refused_with_the_numbers_that_are_accepted() -> None:
    for typed in ("-1", "deux"):
        refused = seances("run", "seances.xlsx", "--wait", typed)
        assert refused.exit_code == 2
        assert f"« {typed} » : donnez un nombre entier, 0 ou plus." in refused.output


def test_the_compiled_catalogue_says_what_the_one_that_people_edit_says(tmp_path: Path) -> None:
    for folder in LOCALE.glob("*/LC_MESSAGES"):
        fresh = tmp_path / "made.mo"
        with fresh.open("wb") as made:
            write_mo(made, loaded("sentences").catalogue_of(folder))
        assert messages(fresh) == messages(folder / f"{DOMAIN}.mo"), "run: python docs/sentences.py"


def messages(compiled: Path) -> dict[str, object]:
    with compiled.open("rb") as file:
        return {str(m.id): m.string for m in read_mo(file) if m.id}
