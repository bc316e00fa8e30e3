"""Registrations as an office lives them: places, waiting lists, groups, people typed twice, people in both roles."""

from datetime import datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from processor.model import Kind, Status
from processor.model.address import NOWHERE
from processor.model.past import Known, MailRecord, MailState
from processor.model.plan import Plan
from tests.sheets import planned, told

SEANCES = "Code | Nom | Date de début | Date de fin | Session | Inscription | Places | Groupe | Formateurs | Inviter\n"
PEOPLE = "Session | Séance | Prénom | Nom | Courriel | Statut | Inscrit le | Rôle\n"
SESSIONS = "Code | Nom | Inscription | Places\nP1 | Printemps | | \n"
WHEN = "03/12/2026 09:00 | 03/12/2026 10:00"


def seance(rest: str, code: str = "S-1") -> str:
    """A row of séance; each code has a day of its own, so that nobody is in two places at once."""
    when = WHEN.replace("03/12", f"{int(code[-1]) + 2:02}/12")
    return f"{code} | Yoga | {when} | {rest}\n"


def statuses(plan: Plan) -> dict[int, object]:
    """The Statut that the plan writes in Inscriptions, by row."""
    return {
        w.source.row: w.value for w in plan.writes if w.source.sheet == "Inscriptions" and w.field == "status"
    }


def rows(plan: Plan) -> list[str]:
    return [f"{r.values['first_name']} {r.values['status']} {r.values['role']}" for r in plan.rows if r.sheet == "Participations"]  # fmt: skip


def invited(*people: str, code: str = "S-1") -> Known:
    mails = {
        f"k{n}": MailRecord(f"k{n}", Kind.SEANCE_INVITATION, code, "", person, NOWHERE, MailState.SENT)
        for n, person in enumerate(people)
    }
    return Known(mails=mails)


def test_a_registration_that_comes_later_with_an_older_date_takes_nobodys_seat() -> None:
    people = " | S-1 | Zoé | Dupont | | | 20/11/2026\n | S-1 | Ali | Benali | | | 01/11/2026"
    noted = "Séance | Prénom | Nom | Statut\nS-1 | Zoé | Dupont | Inscrit"
    plan = planned(SEANCES + seance(" | Manuelle | 1"), inscriptions=PEOPLE + people, participations=noted)
    assert statuses(plan) == {3: "En attente"}


def test_who_was_invited_keeps_the_seat_when_places_are_lowered_and_the_excess_is_told() -> None:
    people = " | S-1 | Zoé | Dupont\n | S-1 | Ali | Benali\n | S-1 | Eva | Costa"
    known = invited("dupont zoe", "benali ali")
    plan = planned(SEANCES + seance(" | Manuelle | 1"), known=known, inscriptions=PEOPLE + people)
    assert statuses(plan) == {4: "En attente"}
    assert told(plan.findings) == ["G2 trop-d-inscrits: 2 personnes pour 1 place."]


def test_who_withdrew_and_comes_back_waits_behind_who_took_the_place() -> None:
    people = (" | S-1 | Zoé | Dupont | | Désinscrit | 05/11/2026\n | S-1 | Zoé | Dupont | | | 25/11/2026\n"
              " | S-1 | Ali | Benali | | | 10/11/2026")  # fmt: skip
    noted = "Séance | Prénom | Nom | Statut | Invitation envoyée le\nS-1 | Zoé | Dupont | Désinscrit | 01/11/2026\nS-1 | Ali | Benali | Inscrit |"
    plan = planned(SEANCES + seance(" | Manuelle | 1"), inscriptions=PEOPLE + people, participations=noted)
    assert statuses(plan) == {3: "En attente"}


def test_namesakes_have_each_their_own_place_in_the_waiting_list() -> None:
    people = (" | S-1 | Marie | Martin | a@exemple.fr | | 02/11/2026\n | S-1 | Marie | Martin | bea@exemple.org | | 01/11/2026")  # fmt: skip
    plan = planned(SEANCES + seance(" | Manuelle | 1"), inscriptions=PEOPLE + people)
    assert statuses(plan) == {2: "En attente"}


def test_a_manual_session_has_a_waiting_list_of_its_own_which_its_seances_follow() -> None:
    people = "P1 | | Zoé | Dupont | | | 02/11/2026\nP1 | | Ali | Benali | | | 01/11/2026"
    sessions = "Code | Nom | Inscription | Places\nP1 | Printemps | Publique | 1"
    plan = planned(SEANCES + seance("P1 | Automatique"), inscriptions=PEOPLE + people, sessions=sessions)
    assert statuses(plan) == {2: "En attente"}
    assert rows(plan) == ["Ali Inscrit Participant", "Zoé En attente Participant"]


def test_the_excess_of_a_session_that_says_nothing_is_told_and_changes_nothing() -> None:
    sessions = "Code | Nom | Places\nP1 | Printemps | 1"
    plan = planned(SEANCES + seance("P1"), inscriptions=PEOPLE + "P1 | | Zoé | Dupont\nP1 | | Ali | Benali", sessions=sessions)  # fmt: skip
    assert told(plan.findings) == ["C2 trop-d-inscrits: 2 personnes pour 1 place."]
    assert not statuses(plan)


def test_a_promotion_is_told_in_the_journal() -> None:
    people = " | S-1 | Zoé | Dupont | | En attente | 02/11/2026"
    plan = planned(SEANCES + seance(" | Manuelle | 1"), inscriptions=PEOPLE + people, journal="Quand | Action | Séance | Détail")  # fmt: skip
    [line] = [row.values for row in plan.rows if row.values.get("action") == "Liste d’attente"]
    assert (line["seance"], line["detail"]) == (
        "S-1",
        "Zoé Dupont est maintenant « Inscrit » : une place s’est libérée",
    )


def test_who_left_the_parent_session_is_told_and_may_come_back_later() -> None:
    people = "P1 | | Zoé | Dupont | | Désinscrit\n | S-1 | Zoé | Dupont"
    plan = planned(SEANCES + seance("P1 | Manuelle"), inscriptions=PEOPLE + people, sessions=SESSIONS)
    assert told(plan.findings) == [
        "B3 hors-session: Zoé Dupont est « Désinscrit » dans la session « P1 » de la séance « S-1 »."
    ]
    assert not rows(plan)


def test_a_seance_that_is_over_does_not_care_who_left_its_session_since() -> None:
    over = "S-1 | Yoga | 20/11/2026 09:00 | 20/11/2026 10:00 | P1 | Manuelle\n"
    people = "P1 | | Zoé | Dupont | | Désinscrit\n | S-1 | Zoé | Dupont"
    assert not planned(SEANCES, seancesterminees=SEANCES + over, inscriptions=PEOPLE + people, sessions=SESSIONS).findings  # fmt: skip


def test_a_group_limits_how_many_of_its_seances_a_person_takes_and_says_the_rule() -> None:
    three = "".join(seance(" | Publique | | Ateliers", code) for code in ("S-1", "S-2", "S-3"))
    people = (" | S-1 | Zoé | Dupont | | | 03/11/2026\n | S-2 | Zoé | Dupont | | | 01/11/2026\n"
              " | S-3 | zoe | DUPONT | | | 02/11/2026\n | S-1 | Ali | Benali")  # fmt: skip
    plan = planned(SEANCES + three, inscriptions=PEOPLE + people, groupes="Nom | Limite\nAteliers | 2")
    [finding] = plan.findings
    assert (finding.code, finding.cell, finding.severity) == ("limite-de-groupe", "B2", "row")
    assert finding.problem == "Zoé Dupont demande « S-1 », mais a déjà 2 séances du groupe « Ateliers » : « S-2 », « S-3 »."  # fmt: skip
    assert finding.why.startswith("la feuille « Groupes » (cellule B2) permet 2 séances du groupe « Ateliers » par personne")  # fmt: skip
    assert sorted(rows(plan)) == [
        "Ali Inscrit Participant",
        "Zoé Inscrit Participant",
        "zoe Inscrit Participant",
    ]


def test_a_seat_given_by_an_earlier_night_counts_before_an_older_date() -> None:
    two = "".join(seance(" | Publique | | Ateliers", code) for code in ("S-1", "S-2"))
    people = " | S-1 | Zoé | Dupont | | | 03/11/2026\n | S-2 | Zoé | Dupont | | | 01/11/2026"
    noted = "Séance | Prénom | Nom | Statut\nS-1 | Zoé | Dupont | Inscrit"
    plan = planned(SEANCES + two, inscriptions=PEOPLE + people, groupes="Nom | Limite\nAteliers | 1", participations=noted)  # fmt: skip
    assert [finding.cell for finding in plan.findings] == ["B3"]


def test_what_a_session_gives_beyond_a_groups_limit_is_told_at_the_group_and_changes_nothing() -> None:
    two = "".join(seance("P1 | Automatique | | Ateliers", code) for code in ("S-1", "S-2"))
    plan = planned(SEANCES + two, inscriptions=PEOPLE + "P1 | | Zoé | Dupont", sessions=SESSIONS, groupes="Nom | Limite\nAteliers | 1")  # fmt: skip
    assert [(f.code, f.sheet, f.cell, f.severity) for f in plan.findings] == [("limite-de-groupe", "Groupes", "B2", "note")]  # fmt: skip
    assert len(rows(plan)) == 2


def test_one_person_typed_twice_is_told_on_the_later_row_and_registered_once() -> None:
    plan = planned(SEANCES + seance("P1"), inscriptions=PEOPLE + "P1 | | Jean-Pierre | DUPONT\nP1 | | jean pierre | Dupont", sessions=SESSIONS)  # fmt: skip
    assert told(plan.findings) == [
        "D3 inscription-en-double: jean pierre Dupont a déjà une inscription à la session « P1 », ligne 2 (« Jean-Pierre DUPONT »)."
    ]
    assert rows(plan) == ["Jean-Pierre Inscrit Participant"]


def test_an_address_mistyped_beside_the_right_one_is_told() -> None:
    people = "P1 | | Zoé | Dupont | zoe@gmail.com\nP1 | | Zoé | Dupont | zoe@gmial.com"
    plan = planned(SEANCES + seance("P1"), inscriptions=PEOPLE + people, sessions=SESSIONS)
    assert "E3 inscription-en-double" in [line.partition(":")[0] for line in told(plan.findings)]


def test_a_married_name_at_the_same_address_is_not_registered_twice() -> None:
    people = "P1 | | Zoé | Dupont | z@exemple.fr\nP1 | | Zoé | Martin | Z@exemple.fr"
    plan = planned(SEANCES + seance("P1"), inscriptions=PEOPLE + people, sessions=SESSIONS)
    assert told(plan.findings) == [
        "E3 personne-en-double: Zoé Martin a la même adresse que Zoé Dupont (ligne 2) : « Z@exemple.fr »."
    ]
    assert rows(plan) == ["Zoé Inscrit Participant"]


def test_colleagues_who_share_a_mailbox_are_both_registered() -> None:
    people = "P1 | | Zoé | Dupont | atelier@exemple.fr\nP1 | | Ali | Benali | atelier@exemple.fr"
    plan = planned(SEANCES + seance("P1"), inscriptions=PEOPLE + people, sessions=SESSIONS)
    assert [(f.code, f.severity) for f in plan.findings] == [("adresse-partagee", "note")]
    assert len(rows(plan)) == 2
    office = people.replace("atelier@", "secretariat@")
    assert not planned(SEANCES + seance("P1"), inscriptions=PEOPLE + office, sessions=SESSIONS).findings


def test_a_trainer_is_no_participant_of_the_seance_that_they_teach() -> None:
    trainers = "Prénom | Nom | Courriel\nAnne | Weber | anne@exemple.fr"
    people = "P1 | | Anne | Weber | anne@exemple.fr\nP1 | | Zoé | Dupont"
    plan = planned(SEANCES + seance("P1 | | | | Weber Anne"), inscriptions=PEOPLE + people, sessions=SESSIONS, formateurs=trainers)  # fmt: skip
    assert told(plan.findings) == [
        "D2 participant-et-formateur: Anne Weber est à la fois participant et formateur de « S-1 »."
    ]
    assert rows(plan) == ["Zoé Inscrit Participant", "Anne Inscrit Formateur"]


def test_a_namesake_of_the_trainer_with_another_address_is_a_participant() -> None:
    trainers = "Prénom | Nom | Courriel\nAnne | Weber | anne@exemple.fr"
    people = "P1 | | Anne | Weber | aw@exemple.org"
    plan = planned(SEANCES + seance("P1 | | | | Anne Weber"), inscriptions=PEOPLE + people, sessions=SESSIONS, formateurs=trainers)  # fmt: skip
    assert not plan.findings
    assert rows(plan) == ["Anne Inscrit Participant"]


def test_a_seat_that_no_row_asks_for_any_more_is_told_and_kept() -> None:
    noted = "Séance | Prénom | Nom | Statut\nS-1 | Zoé | Dupont | Inscrit"
    plan = planned(SEANCES + seance(" | Manuelle | 1"), inscriptions=PEOPLE + " | S-1 | Ali | Benali", participations=noted)  # fmt: skip
    assert [(f.code, f.sheet, f.cell) for f in plan.findings] == [
        ("inscription-disparue", "Participations", "D2")
    ]
    assert statuses(plan) == {2: "En attente"}


def test_who_withdrew_after_a_seance_keeps_their_presence_and_their_attestation() -> None:
    over = "S-1 | Yoga | 20/11/2026 09:00 | 20/11/2026 10:00 | P1 |\n"
    noted = "Séance | Prénom | Nom | Statut | Présence\nS-1 | Zoé | Dupont | Inscrit | Présent"
    plan = planned(SEANCES, seancesterminees=SEANCES + over, participations=noted, sessions=SESSIONS,
                   inscriptions=PEOPLE + "P1 | | Zoé | Dupont | | Désinscrit")  # fmt: skip
    [roll] = plan.rolls
    assert [(p.status, p.presence) for p in roll.attendees] == [("Inscrit", "Présent")]
    assert not [w for w in plan.writes if w.source.sheet == "Participations"]


# --- places against a model written the long way: seat after seat, night after night


names = st.sampled_from(["Zoé", "Ali", "Eva", "Noé", "Ida"])
events = st.lists(
    st.one_of(
        st.tuples(st.just("asks"), names, st.integers(1, 28)),
        st.tuples(st.just("leaves"), names, st.just(0)),
        st.tuples(st.just("places"), st.just(""), st.integers(0, 4)),
    ),
    max_size=12,
)


class Office:
    """The brute-force model: a list of who asked in order, a set of who sits; seats are given one at a time."""

    def __init__(self) -> None:
        self.places, self.asked, self.order, self.sitting = 2, 0, list[tuple[int, int, str]](), set[str]()

    def live(self, event: tuple[str, str, int]) -> None:
        what, who, number = event
        if what == "places":
            self.places = number
        elif what == "leaves":
            self.order = [one for one in self.order if one[2] != who]
            self.sitting.discard(who)
        elif who not in [one[2] for one in self.order]:
            self.asked += 1
            self.order.append((number, self.asked, who))
        self.night()

    def night(self) -> None:
        while len(self.sitting) > self.places:
            self.sitting.remove(max(one for one in self.order if one[2] in self.sitting)[2])
        waiting = sorted(one for one in self.order if one[2] not in self.sitting)
        while waiting and len(self.sitting) < self.places:
            self.sitting.add(waiting.pop(0)[2])


@settings(max_examples=150)
@given(events)
def test_seats_are_those_of_an_office_that_gives_them_one_at_a_time(
    lived: list[tuple[str, str, int]],
) -> None:
    office, shown = Office(), dict[str, str]()
    for event in lived:
        office.live(event)
        people = "".join(f" | S-1 | {who} | N | | {shown.get(who, '').replace('Désinscrit', '')} | {day:02}/11/2026\n" for day, _, who in office.order)  # fmt: skip
        asking = {who for _, _, who in office.order}
        people += "".join(f" | S-1 | {who} | N | | Désinscrit |\n" for who in shown if who not in asking)
        noted = "Séance | Prénom | Nom | Statut\n" + "".join(f"S-1 | {who} | N | {status}\n" for who, status in shown.items())  # fmt: skip
        plan = planned(SEANCES + seance(f" | Manuelle | {office.places}"), datetime(2026, 11, 30), None,
                       inscriptions=PEOPLE + people, participations=noted)  # fmt: skip
        [roll] = plan.rolls
        present = {p.first_name: str(p.status) for p in roll.attendees if p.status is not Status.WITHDRAWN}
        shown = dict.fromkeys(shown, "Désinscrit") | {who: present[who] for who in asking}
        assert {who for who, status in shown.items() if status == "Inscrit"} == office.sitting
