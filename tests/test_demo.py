"""The demonstration, as a newcomer runs it: the whole night, nothing outside its folder, and five things to open."""

from pathlib import Path

from tests.books import plan, seances


def test_the_demonstration_does_a_night_and_says_what_to_open(tmp_path: Path, no_office: None) -> None:
    folder = tmp_path / "essai"
    result = seances("demo", folder)
    assert result.exit_code == 0, result.stderr
    lines = result.stderr.rstrip().splitlines()[-5:]
    opened = [Path(line.split("  ")[-1].strip()) for line in lines]
    assert all(path.exists() for path in opened), lines
    assert [path.name for path in opened] == [
        "centre-de-formation.xlsx", "rapport.html", "index.html", "documents", "courriels",
    ]  # fmt: skip
    assert len(list((folder / "courriels").glob("*.eml"))) > 30
    assert "courriels écrits dans le dossier « courriels », rien d’envoyé." in result.stderr
    assert "remis" not in result.stderr
    assert {path.name for path in tmp_path.iterdir()} == {"essai"}, "all stays in the folder"
    left = plan(folder / "centre-de-formation.xlsx")
    assert not left["mails"] and not left["documents"] and not left["moves"]


def test_the_demonstration_never_writes_over_anything(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("à moi", "utf-8")
    result = seances("demo", tmp_path)
    assert result.exit_code == 11
    assert "dossier-occupe" in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]
