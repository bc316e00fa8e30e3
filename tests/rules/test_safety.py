from processor.rules.safety import refusals
from tests.sheets import planned

HEAD = "Code | Nom | Date de début | Date de fin | Inviter\n"


def rows(over: int, ahead: int) -> str:
    past = [f"S-{n} | A | 20/11/2026 09:00 | 20/11/2026 10:00\n" for n in range(over)]
    return HEAD + "".join(
        past + [f"S-{n} | A | 20/12/2027 09:00 | 20/12/2027 10:00\n" for n in range(over, over + ahead)]
    )


def test_more_than_thirty_percent_of_at_least_ten_seances_are_not_moved_without_a_word() -> None:
    assert [finding.code for finding in refusals(planned(rows(4, 6)), 10, 500)] == ["trop-de-deplacements"]
    assert not refusals(planned(rows(3, 7)), 10, 500)
    assert not refusals(planned(rows(9, 0)), 9, 500)


def test_more_mails_than_parametres_allow_do_not_leave_without_a_word() -> None:
    people = "Séance | Prénom | Nom | Courriel\n" + "".join(
        f"S-0 | P{n} | N{n} | p{n}@exemple.fr\n" for n in range(3)
    )
    plan = planned(HEAD + "S-0 | A | 20/12/2027 09:00 | 20/12/2027 10:00 | oui", inscriptions=people)
    assert [finding.code for finding in refusals(plan, 1, 2)] == ["trop-de-courriels"]
    assert not refusals(plan, 1, 3)
