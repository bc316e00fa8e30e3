"""A « Total » line typed under a table is nobody's séance; a séance that is called so is one."""

import pytest

from tests.sheets import snapshot

HEAD = "Code | Nom | Date de début | Date de fin | Places\n"
YOGA = "S-1 | Yoga | 10/12/2026 09:00 | 10/12/2026 12:00 | 12\n"


@pytest.mark.parametrize(
    "line",
    [
        " | Total | | | 12",
        "TOTAL | | | | 12",
        " | Total général : | | | 12",
        " | Sous-total | 1 | | ",
        " | Total des séances : 1 | | | 12",
        " | Totaux | | | 12 places",
    ],
)
def test_a_line_that_says_total_and_counts_is_not_read(line: str) -> None:
    taken = snapshot(HEAD + YOGA + line)
    assert not taken.findings
    assert len(taken.seances) == 1
    assert not taken.unread


@pytest.mark.parametrize(
    "line",
    [
        " | Total | 11/12/2026 09:00 | 11/12/2026 12:00 | 12",
        " | Total Énergies, visite | | | 12",
        " | Total | demain | | 12",
        "S-2 | Total | | | 12",
        " | Totalement zen | | | ",
    ],
)
def test_a_row_that_may_be_a_seance_is_read(line: str) -> None:
    taken = snapshot(HEAD + YOGA + line)
    assert len(taken.seances) + len(taken.unread) == 2


def test_a_room_or_a_group_called_total_is_one() -> None:
    taken = snapshot(HEAD, lieux="Nom | Capacité\nTotal | 30", groupes="Nom | Limite\nTotal | 2")
    assert [venue.name for venue in taken.venues] == [group.name for group in taken.groups] == ["Total"]


def test_a_total_under_the_people_is_nobody() -> None:
    taken = snapshot(
        HEAD + YOGA, inscriptions="Séance | Prénom | Nom\nS-1 | Zoé | Dupont\n | | Total : 1 inscrit"
    )
    assert [person.last_name for person in taken.registrations] == ["Dupont"]
    assert not taken.findings


def test_with_hours_in_columns_of_their_own_a_total_of_hours_is_not_read() -> None:
    head = "Nom | Date | Heure de début | Heure de fin\nYoga | 10/12/2026 | 09:00 | 12:00\n"
    assert not snapshot(head + "Total | | | 3 h").findings
