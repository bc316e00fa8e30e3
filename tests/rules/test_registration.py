import pytest

from tests.sheets import planned, told

SEANCES = "Code | Nom | Date de début | Date de fin | Session | Inscription | Places\n"
SESSIONS = "Code | Nom | Inscription\nP1 | Printemps |"
PEOPLE = "Session | Séance | Prénom | Nom | Courriel | Statut | Inscrit le | Rôle\n"


def registered(seance: str, people: str, sessions: str = SESSIONS, **sheets: str) -> list[str]:
    """`name status` of the rows that Participations gets."""
    plan = planned(SEANCES + f"S-1 | Yoga | 03/12/2026 09:00 | 03/12/2026 10:00 | {seance}",
                   inscriptions=PEOPLE + people, sessions=sessions, participations="Séance | Prénom | Nom", **sheets)  # fmt: skip
    return [
        f"{row.values['first_name']} {row.values['status']}"
        for row in plan.rows
        if row.sheet == "Participations"
    ]


def test_everyone_of_the_session_comes_to_an_automatic_seance() -> None:
    assert registered(
        "P1", "P1 | | Zoé | Dupont\nP1 | | Ali | Benali\nP1 | | Eva | Costa | | Désinscrit"
    ) == ["Ali Inscrit", "Zoé Inscrit"]


def test_only_the_rows_that_name_it_come_to_a_manual_seance() -> None:
    people = "P1 | | Zoé | Dupont\nP1 | | Ali | Benali\n | S-1 | Ali | Benali"
    assert registered("P1 | Manuelle", people) == ["Ali Inscrit"]


def test_the_sessions_way_of_registering_holds_for_a_seance_that_says_nothing() -> None:
    assert (
        registered("P1", "P1 | | Zoé | Dupont", "Code | Nom | Inscription\nP1 | Printemps | Manuelle") == []
    )


def test_a_person_outside_the_parent_session_is_told_and_not_registered() -> None:
    plan = planned(SEANCES + "S-1 | Yoga | 03/12/2026 09:00 | 03/12/2026 10:00 | P1 | Manuelle",
                   inscriptions=PEOPLE + " | S-1 | Zoé | Dupont", sessions=SESSIONS)  # fmt: skip
    assert told(plan.findings) == [
        "B2 hors-session: Zoé Dupont n’est pas dans la session « P1 » de la séance « S-1 »."
    ]
    assert not plan.rows


def test_an_exact_fit_is_accepted_and_the_last_to_register_waits() -> None:
    people = (" | S-1 | Zoé | Dupont | | | 03/11/2026\n | S-1 | Ali | Benali | | | 01/11/2026\n"
              " | S-1 | Eva | Costa | | | 02/11/2026")  # fmt: skip
    assert registered(" | Manuelle | 3", people) == ["Ali Inscrit", "Eva Inscrit", "Zoé Inscrit"]
    assert registered(" | Manuelle | 2", people) == ["Ali Inscrit", "Eva Inscrit", "Zoé En attente"]


def test_whoever_waits_is_promoted_one_by_one_when_a_place_frees() -> None:
    people = (" | S-1 | Zoé | Dupont | | Désinscrit | 01/11/2026\n | S-1 | Ali | Benali | | En attente | 02/11/2026\n"
              " | S-1 | Eva | Costa | | En attente | 03/11/2026")  # fmt: skip
    plan = planned(
        SEANCES + "S-1 | Yoga | 03/12/2026 09:00 | 03/12/2026 10:00 | | Manuelle | 1",
        inscriptions=PEOPLE + people,
    )
    assert [(w.source.row, w.field, w.value) for w in plan.writes if w.field == "status"] == [
        (3, "status", "Inscrit")
    ]


def test_the_same_person_typed_twice_is_registered_once() -> None:
    assert registered("P1", "P1 | | Jean-Pierre | DUPONT\nP1 | | jean pierre | Dupont") == [
        "Jean-Pierre Inscrit"
    ]


def test_two_people_of_one_name_are_told_apart_by_their_address() -> None:
    assert (
        len(registered("P1", "P1 | | Marie | Martin | a@exemple.fr\nP1 | | Marie | Martin | b@exemple.fr"))
        == 2
    )


def test_the_order_of_the_rows_changes_nothing_but_order() -> None:
    people = ["P1 | | Zoé | Dupont | z@exemple.fr | | 02/11/2026", "P1 | | Zoé | Dupont | z@exemple.fr | Désinscrit | 03/11/2026",
              "P1 | | Ali | Benali"]  # fmt: skip
    assert (
        registered("P1", "\n".join(people))
        == registered("P1", "\n".join(reversed(people)))
        == ["Ali Inscrit"]
    )


def test_a_registration_of_an_unknown_seance_proposes_the_nearest_code() -> None:
    plan = planned(
        SEANCES + "S-0012 | Yoga | 03/12/2026 09:00 | 03/12/2026 10:00",
        inscriptions=PEOPLE + " | S-0021 | Zoé | Dupont",
    )
    [finding] = plan.findings
    assert (finding.code, finding.cell) == ("seance-inconnue", "B2")
    assert "« S-0012 »" in finding.fix


def test_a_row_that_stands_in_participations_is_not_made_again() -> None:
    plan = planned(SEANCES + "S-1 | Yoga | 03/12/2026 09:00 | 03/12/2026 10:00 | P1", sessions=SESSIONS,
                   inscriptions=PEOPLE + "P1 | | Zoé | Dupont", participations="Séance | Prénom | Nom\nS-1 | zoe | DUPONT")  # fmt: skip
    assert not plan.rows


def test_without_a_sheet_participations_one_is_made() -> None:
    plan = planned(
        SEANCES + "S-1 | Yoga | 03/12/2026 09:00 | 03/12/2026 10:00",
        inscriptions=PEOPLE + " | S-1 | Zoé | Dupont",
    )
    assert [sheet.sheet for sheet in plan.sheets] == ["Participations"]


def test_an_automatic_seance_with_too_many_people_is_told_and_turns_nobody_away() -> None:
    people = PEOPLE + "P1 | | Zoé | Dupont\nP1 | | Ali | Benali"
    row = SEANCES + "S-1 | Yoga | 03/12/2026 09:00 | 03/12/2026 10:00 | P1 | | "
    assert told(planned(row + "1", inscriptions=people, sessions=SESSIONS).findings) == [
        "G2 trop-d-inscrits: 2 personnes pour 1 place."
    ]
    assert not planned(row + "2", inscriptions=people, sessions=SESSIONS).findings


MANUAL = "Code | Nom | Date de début | Date de fin | Inscription | Inviter\n"
CV = "{} | {} | 10/12/2026 09:00 | 10/12/2026 12:00 | Manuelle | oui\n"
BY_NAME = "Séance | Prénom | Nom | Courriel\natelier cv | Zoé | Dupont | zoe@exemple.fr"


def test_a_seance_may_be_named_by_its_nom_where_it_alone_bears_it_even_before_it_has_a_code() -> None:
    for code, expected in (("CV-1", "CV-1"), ("", "S-0001")):
        found = planned(MANUAL + CV.format(code, "Atelier CV"), inscriptions=BY_NAME)
        assert not found.findings
        assert [mail.seance for mail in found.mails] == [expected]
        assert [row.values["seance"] for row in found.rows] == [expected]


def test_a_nom_that_two_seances_bear_asks_for_the_code() -> None:
    found = planned(
        MANUAL + CV.format("S-1", "Atelier CV") + CV.format("S-2", "Atelier CV"), inscriptions=BY_NAME
    )
    [finding] = [f for f in found.findings if f.code == "seance-inconnue"]
    assert finding.problem == "2 séances ouvertes s’appellent « atelier cv » : on ne sait pas laquelle."
    assert (
        finding.fix
        == "écrivez le Code de la bonne séance : « S-1 » (le 10/12/2026), « S-2 » (le 10/12/2026)."
    )


def test_a_nom_counts_for_the_parent_session_as_a_code_does() -> None:
    rows = "Code | Nom | Date de début | Date de fin | Inscription | Session\n | Atelier CV | 10/12/2026 09:00 | 10/12/2026 12:00 | Manuelle | A\n"
    found = planned(rows, sessions="Code | Nom\nA | Automne", inscriptions=BY_NAME)
    assert [f.code for f in found.findings] == ["hors-session"]


@pytest.mark.parametrize(
    "roles", [("Formateur", "Participant"), ("Participant", "Formateur"), ("", "Formateur")]
)
def test_who_is_a_trainer_on_one_of_two_rows_is_a_trainer(roles: tuple[str, str]) -> None:
    rows = [f"P1 | | Zoé | Dupont | | | 0{day}/11/2026 | {role}" for day, role in enumerate(roles, 1)]
    plan = planned(SEANCES + "S-1 | Yoga | 03/12/2026 09:00 | 03/12/2026 10:00 | P1", sessions=SESSIONS,
                   inscriptions=PEOPLE + "\n".join(rows), participations="Séance | Prénom | Nom")  # fmt: skip
    assert [row.values["role"] for row in plan.rows] == ["Formateur"]


def test_who_is_a_participant_on_both_rows_is_one() -> None:
    plan = planned(SEANCES + "S-1 | Yoga | 03/12/2026 09:00 | 03/12/2026 10:00 | P1", sessions=SESSIONS,
                   inscriptions=PEOPLE + "P1 | | Zoé | Dupont\nP1 | | Zoé | Dupont", participations="Séance | Prénom | Nom")  # fmt: skip
    assert [row.values["role"] for row in plan.rows] == ["Participant"]
