"""An address from its cell to the envelope: told once where it is wrong, parsed once where it is right."""

import ast
import html
import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import processor
from processor.model import address
from processor.night import observe
from tests.books import book, mails, plan, run, seances
from tests.mail.servers import Server, mail_server

pytestmark = pytest.mark.usefixtures("no_office")

SHEETS = {
    "seancesouvertes": "Code | Nom | Date de début | Date de fin | Formateurs | Inviter\n"
    "S-0001 | Yoga | 23/12/2026 09:00 | 23/12/2026 12:30 | Paul Roy | oui",
    "inscriptions": "Séance | Prénom | Nom | Courriel\n"
    "S-0001 | Ana | Costa | ana@ex_emple.fr\n"
    "S-0001 | Cid | Faure | cid@exemple,fr\n"
    "S-0001 | Zoé | Dupont | Zoe@Exemplé.fr",
    "formateurs": "Prénom | Nom | Courriel\nPaul | Roy | paul_roy",
    "parametres": "Nom | Valeur\norganisme | Centre Ligne 9\nexpéditeur | Centre <contact@exemple.fr>",
}
TOLD = {
    ("Inscriptions", "D2"): "« ana@ex_emple.fr » a dans son domaine « ex_emple.fr » un trait bas « _ », qu’aucun domaine ne peut porter.",
    ("Inscriptions", "D3"): "« cid@exemple,fr » a une virgule à la place d’un point.",
    ("Formateurs", "C2"): "« paul_roy » n’a pas de signe @.",
}  # fmt: skip


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    return book(tmp_path / "classeur.xlsx", **SHEETS)


@pytest.fixture
def server() -> Iterator[Server]:
    with mail_server() as running:
        yield running


def told(printed: dict[str, Any]) -> dict[tuple[str, str], str]:
    found = printed["findings"]
    assert {finding["severity"] for finding in found} == {"note"}
    return {(finding["sheet"], finding["cell"]): finding["problem"] for finding in found}


def test_a_wrong_address_is_told_on_its_cell_and_costs_a_mail_and_nothing_else(workbook: Path) -> None:
    checked = seances("check", workbook, "--format", "json", "--now", "2026-12-01T02:00")
    assert told(json.loads(checked.stdout)) == TOLD
    planned = plan(workbook)
    assert told(planned) == TOLD
    assert [mail["to"] for mail in planned["mails"]] == ["Zoe@Exemplé.fr"]
    assert {document["person"] for document in planned["documents"] if document["person"]} == {
        "Ana Costa", "Cid Faure", "Zoé Dupont",
    }  # fmt: skip
    night = run(workbook)
    assert night.exit_code == 0
    report = html.unescape((workbook.parent / "rapport.html").read_text("utf-8"))
    report = report.replace("\u00a0", " ").replace(
        "\u202f", " "
    )  # as the page sets them, before « : » and inside « »
    for (_, cell), problem in TOLD.items():
        assert f"<b>Cellule {cell}</b> Courriel" in report
        assert problem in report
    assert "laissée de côté" not in report
    assert [mail.split(" - ")[1] for mail in mails(workbook)] == ["Dupont Zoé.eml"]
    letters = {letter.stem.split(" - ")[1] for letter in (workbook.parent / "documents").rglob("Invitation*")}
    assert letters == {"Costa Ana", "Faure Cid", "Dupont Zoé"}


def test_the_next_night_says_the_same_and_sends_nothing(workbook: Path) -> None:
    run(workbook)
    later = plan(workbook, now="2026-12-02T02:00")
    assert (told(later), later["mails"], later["documents"]) == (TOLD, [], [])


def test_an_address_is_parsed_once_a_cell_from_there_to_the_envelope(
    workbook: Path, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = ['identite = "essai"', "[courriel]", 'transport = "smtp"', 'hote = "127.0.0.1"', f"port = {server.port}",
             'securite = "aucune"']  # fmt: skip
    (workbook.parent / "seances.toml").write_text("\n".join(lines) + "\n", "utf-8")
    parsed, looks = counted(monkeypatch, address.read_address), counted(monkeypatch, observe.observe)
    assert run(workbook).exit_code == 0
    assert [to for to, _ in server.taken] == [(b"Zoe@xn--exempl-gva.fr",)]
    read = Counter(text for (text,) in parsed if text)
    assert read == {
        "ana@ex_emple.fr": len(looks),
        "cid@exemple,fr": len(looks),
        "paul_roy": len(looks),
        "Centre <contact@exemple.fr>": len(looks),
        "Zoe@Exemplé.fr": len(looks) + len(looks) - 1,  # after the first look it stands in Participations too
    }


def counted(monkeypatch: pytest.MonkeyPatch, function: Any) -> list[tuple[Any, ...]]:
    """The arguments of each call of a function from now on, wherever it was imported to."""
    calls: list[tuple[Any, ...]] = []

    def spy(*given: Any, **named: Any) -> Any:
        calls.append(given)
        return function(*given, **named)

    for module in [module for name, module in sys.modules.items() if name.startswith("processor.")]:
        if vars(module).get(function.__name__) is function:
            monkeypatch.setattr(module, function.__name__, spy)
    return calls


def test_only_what_hears_a_person_or_a_stranger_parses_addresses() -> None:
    root = Path(processor.__file__).parent
    parsing = {
        str(file.relative_to(root))
        for file in root.rglob("*.py")
        if any(isinstance(node, ast.Name) and node.id == "read_address" for node in ast.walk(ast.parse(file.read_text("utf-8"))))
    }  # fmt: skip
    assert parsing == {
        "reading/rows.py", "reading/parameters.py", "reading/listed_people.py",  # cells
        "cli/mail.py", "mail/outgoing.py",  # --to, seances.toml
        "mail/bounces.py",  # what servers report
    }  # fmt: skip
