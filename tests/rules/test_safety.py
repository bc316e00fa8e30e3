from processor.rules.safety import refusals
from tests.sheets import NOW, planned

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


def test_a_long_past_does_not_hide_that_the_open_sheet_is_emptied() -> None:
    plan = planned(rows(8, 4), NOW.replace(year=2027, month=6))
    by_sheet = {"Séances ouvertes": 12, "Séances terminées": 2000}
    [finding] = refusals(plan, 2012, 500, by_sheet=by_sheet)
    assert finding.problem.startswith("8 des 12 séances de la feuille « Séances ouvertes »")
    assert "le 01/06/2027" in finding.why


def test_the_seances_of_the_week_are_a_usual_night() -> None:
    assert not refusals(
        planned(rows(8, 4), NOW.replace(month=11, day=24)), 2012, 500, by_sheet={"Séances ouvertes": 12}
    )
