from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from processor.model import Attendee, Place, Roll, Seance, Venue
from processor.rules.rows.conflicts import Booked, overlaps
from tests.sheets import planned

HEAD = "Code | Nom | Date de début | Date de fin | Lieu | Formateurs | Session | État | Répéter les jours | Répéter (semaines) | Conflit accepté\n"
LIEUX = "Nom | Capacité\nVosges | 2\nAlsace | 20\nEn ligne |"
CODES = {"conflit-horaire", "hors-dates-de-session", "jour-ferme", "lieu-trop-petit", "heure-inexistante"}


def told(rows: str, **sheets: str) -> list[str]:
    found = planned(HEAD + rows, lieux=LIEUX, **sheets).findings
    return [f"{f.cell} {f.code}: {f.problem}" for f in found if f.code in CODES]


def row(code: str, hours: str, *, day: str = "03/12/2026", rest: str = "") -> str:
    first, last = hours.split("-")
    return f"{code} | Yoga | {day} {first} | {day} {last} | {rest}\n"


def test_a_room_used_twice_at_once_is_told_once_on_the_later_row() -> None:
    rows = row("S-1", "09:00-12:00", rest="Vosges") + row("S-2", "11:00-12:30", rest="vosges")
    assert told(rows) == [
        "E3 conflit-horaire: la séance a lieu en même temps que « S-1 Yoga » (ligne 2, le 03/12/2026 de 09:00 à 12:00) : même lieu (vosges)."
    ]


def test_conflicts_go_by_time_not_by_day() -> None:
    assert not told(row("S-1", "09:00-12:00", rest="Vosges") + row("S-2", "12:00-13:00", rest="Vosges"))


def test_online_is_no_room() -> None:
    assert not told(row("S-1", "09:00-12:00", rest="En ligne") + row("S-2", "09:00-12:00", rest="En ligne"))


def test_a_trainer_and_the_people_of_a_session_are_told_together_for_one_pair() -> None:
    rows = row("S-1", "09:00-12:00", rest="Alsace | Paul Roux | P1") + row(
        "S-2", "10:00-11:00", rest="Vosges | Paul Roux | P1"
    )
    [line] = told(rows, sessions="Code | Nom\nP1 | Printemps", formateurs="Prénom | Nom\nPaul | Roux",
                  inscriptions="Session | Prénom | Nom\nP1 | Zoé | Dupont\nP1 | Ali | Benali")  # fmt: skip
    assert line.startswith("F3 conflit-horaire")
    assert line.endswith("même formateur (Paul Roux), 2 mêmes participants (Ali Benali, Zoé Dupont).")


def test_two_addresses_tell_namesakes_apart() -> None:
    people = (
        "Séance | Prénom | Nom | Courriel\nS-1 | Marie | Martin | {}\nS-2 | Marie | Martin | b@exemple.fr"
    )
    rows = row("S-1", "09:00-12:00") + row("S-2", "10:00-11:00")
    assert len(told(rows, inscriptions=people.format(""))) == 1
    assert not told(rows, inscriptions=people.format("a@exemple.fr"))


def test_a_cancelled_or_finished_seance_is_in_nobodys_way() -> None:
    rows = row("S-1", "09:00-12:00", rest="Vosges | | | Annulée") + row("S-2", "11:00-12:30", rest="Vosges")
    assert not told(rows)
    past = "20/11/2026"
    assert not told(
        row("S-1", "09:00-12:00", day=past, rest="Vosges")
        + row("S-2", "11:00-12:30", day=past, rest="Vosges")
    )


def test_a_conflict_accepted_with_its_reason_is_silent_on_either_row() -> None:
    first, second = row("S-1", "09:00-12:00", rest="Vosges{}"), row("S-2", "11:00-12:30", rest="Vosges{}")
    for said in (
        " | | | Conflit accepté : deux groupes",
        " | | | Confirmée ; conflit accepté : oui",
        " | | | | | | deux groupes",
    ):
        assert not told(first.format(said) + second.format(""))
        assert not told(first.format("") + second.format(said))
    assert told(first.format(" | | | | | | non") + second.format(""))


def test_the_copies_of_a_repetition_are_looked_at_before_they_are_made() -> None:
    rows = row("S-1", "09:00-10:00", rest="Vosges | | | | jeudi | 3") + row(
        "S-2", "09:30-12:00", day="10/12/2026", rest="Vosges"
    )
    assert told(rows) == [
        "I2 conflit-horaire: 1 séance de la répétition tombe en même temps qu’une autre : le 10/12/2026, avec « S-2 Yoga » (même lieu (Vosges))."
    ]


def test_the_copies_outside_the_session_are_told_before_they_are_made() -> None:
    rows = row("S-1", "09:00-10:00", rest=" | | P1 | | jeudi | 2")
    sessions = "Code | Nom | Date de début | Date de fin\nP1 | Hiver | 01/12/2026 | 12/12/2026"
    [line] = told(rows, sessions=sessions)
    assert "1 séance de la répétition tombe en dehors des dates de la session « P1 » : 17/12/2026." in line


def test_a_seance_of_several_days_is_held_by_day_and_leaves_its_evenings_free() -> None:
    long = "S-1 | Stage | 07/12/2026 09:00 | 09/12/2026 17:00 | Vosges\n"
    assert not told(long + row("S-2", "18:00-20:00", day="08/12/2026", rest="Vosges"))
    assert len(told(long + row("S-2", "16:00-20:00", day="08/12/2026", rest="Vosges"))) == 1


def test_a_seance_on_a_holiday_a_closure_or_outside_its_session_is_told() -> None:
    sessions = "Code | Nom | Date de début | Date de fin\nP1 | Hiver | 01/12/2026 | 18/12/2026"
    closed = "Du | Au | Motif\n21/12/2026 | 22/12/2026 | Inventaire"
    rows = row("S-1", "09:00-10:00", day="25/12/2026") + row(
        "S-2", "09:00-10:00", day="21/12/2026", rest=" | | P1"
    )
    assert told(rows, sessions=sessions, fermetures=closed) == [
        "C2 jour-ferme: la séance tombe un jour fermé : le 25/12/2026 (jour férié : Noël).",
        "C3 hors-dates-de-session: la séance est en dehors des dates de la session « P1 », qui finit le 18/12/2026.",
        "C3 jour-ferme: la séance tombe un jour fermé : le 21/12/2026 (fermeture : Inventaire).",
    ]  # fmt: skip


def test_holidays_that_the_office_keeps_are_not_told() -> None:
    assert not told(
        row("S-1", "09:00-10:00", day="25/12/2026"), parametres="Nom | Valeur\nséances un jour férié | garder"
    )


def test_more_people_than_the_room_holds_is_told_and_an_exact_fit_is_not() -> None:
    people = "Séance | Prénom | Nom\nS-1 | Zoé | Dupont\nS-1 | Ali | Benali\n"
    assert not told(row("S-1", "09:00-10:00", rest="Vosges"), inscriptions=people)
    assert told(row("S-1", "09:00-10:00", rest="Vosges"), inscriptions=people + "S-1 | Eva | Costa") == [
        "E2 lieu-trop-petit: 3 inscrits pour un lieu de 2 places (« Vosges »)."
    ]


def test_an_hour_that_does_not_exist_is_told() -> None:
    [line] = told(row("S-1", "02:30-06:00", day="28/03/2027"))
    assert (
        line
        == "C2 heure-inexistante: le 28/03/2027, 02:30 n’existe pas : les montres sautent cette heure, c’est le passage à l’heure d’été."
    )


DAY = datetime(2026, 10, 24)
meeting = st.tuples(
    st.integers(0, 60),
    st.integers(1, 30),
    st.sampled_from(["", "A", "B"]),
    st.frozensets(st.sampled_from("xyz")),
)


@settings(max_examples=300)
@given(st.lists(meeting, max_size=8))
def test_the_sweep_finds_what_comparing_each_with_each_finds(
    found: list[tuple[int, int, str, frozenset[str]]],
) -> None:
    held = []
    for number, (start, length, room, people) in enumerate(found, 2):
        begin = DAY + timedelta(hours=start)
        end = begin + timedelta(hours=length)
        seance = Seance(Place("S", number), f"S-{number}", "", begin, end, venue=room)
        roll = Roll(
            seance, venue=Venue(Place(""), room), attendees=tuple(Attendee(p, p, "") for p in sorted(people))
        )
        held.append(Booked(roll, seance.place))
    swept = [(pair.first.place.row, pair.second.place.row) for pair in overlaps(held, "UTC")]
    assert swept == [
        (low + 2, high + 2)
        for low in range(len(found))
        for high in range(low + 1, len(found))
        if minutes(held[low].seance) & minutes(held[high].seance)
        and ((found[low][2] and found[low][2] == found[high][2]) or found[low][3] & found[high][3])
    ]


def minutes(seance: Seance) -> set[datetime]:
    """The brute-force model: every half hour during which the séance is held."""
    step, held, one = timedelta(minutes=30), set(), seance.start
    several = seance.start.date() != seance.end.date() and seance.start.time() < seance.end.time()
    weekdays = seance.start.weekday() < 5 and seance.end.weekday() < 5
    while one < seance.end:
        inside = seance.start.time() <= one.time() < seance.end.time()
        if not several or (inside and not (weekdays and one.weekday() >= 5)):
            held.add(one)
        one += step
    return held
