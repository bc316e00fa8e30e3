"""Names made from cells stand anywhere, and never outside the folder they are for."""

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from processor.documents.names import distinct, file_name, folder_name, safe, within
from processor.model import Attendee, Kind

FORBIDDEN = set('<>:"/\\|?*') | {chr(code) for code in range(32)}


@given(st.text(max_size=300))
@example("€" * 120)
@example("~$secret")
@example("a\u202egpj.exe")
@example("CON.txt")
@example("e\u0301" * 200)
@example("👩‍👩‍👧‍👦" * 60)
def test_every_name_is_safe_everywhere(text: str) -> None:
    name = safe(text)
    assert name
    assert len(name) <= 100
    assert len(name.encode()) <= 180
    assert not FORBIDDEN & set(name)
    assert not name.startswith((".", "~", "-", " "))
    assert not name.endswith((".", " "))
    assert safe(name) == name


@given(st.lists(st.text(max_size=40), min_size=1, max_size=3))
@example(["..", "..", "etc"])
@example(["/etc/passwd"])
@example(["C:\\Windows"])
def test_no_name_leads_outside_its_folder(names: list[str]) -> None:
    root = Path("/srv/documents")
    assert within(root, *names).is_relative_to(root)


def test_a_link_that_leads_outside_is_refused(tmp_path: Path) -> None:
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "2026").symlink_to(tmp_path)
    with pytest.raises(ValueError):
        within(tmp_path / "documents", "2026", "S-0001")


@given(st.text(min_size=1, max_size=200), st.text(min_size=1, max_size=200))
def test_a_document_keeps_its_ending_whatever_the_name(first: str, last: str) -> None:
    name = file_name(Kind.SEANCE_INVITATION, Attendee("k", first, last), ".docx")
    assert name.endswith(".docx")
    assert len(name) <= 100
    assert len(name.encode()) <= 180


def test_two_people_of_one_name_get_two_files() -> None:
    taken = {"Invitation - Straße Zoé.pdf"}
    assert (
        distinct("Invitation - STRASSE Zoe\u0301", "ab12cd34", taken, ".pdf")
        == "Invitation - STRASSE Zoe\u0301-ab12cd34.pdf"
    )


def test_the_folder_of_a_seance_reads_well() -> None:
    assert folder_name("S-0012", "R&D : « bilan » 2026/2027 ?") == "S-0012 R&D « bilan » 2026 2027"
