from datetime import datetime, time, timedelta

import pytest

from processor.contract import OPEN, PARTICIPATIONS
from processor.model import Seance
from processor.model.findings import Fault
from processor.model.past import Known
from processor.reading.cells import read
from processor.reading.grid import Cell, Grid
from processor.reading.snapshot import take
from tests.sheets import NOW, snapshot, told

HEAD = (
    "Nom | Date de début | Date de fin | Places | Répéter les jours | Répéter jusqu'au | Répéter (semaines)\n"
)
SPLIT = "Nom | Date | Heure de début | Heure de fin\n"


def only(table: str) -> Seance:
    [seance] = snapshot(table).seances
    return seance


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("01/12/2026 09:00", "01/12/2026 12:30", (datetime(2026, 12, 1, 9), datetime(2026, 12, 1, 12, 30))),
        (
            "mardi 1 décembre 2026 à 9 h",
            "1er déc. 2026 à 14h30",
            (datetime(2026, 12, 1, 9), datetime(2026, 12, 1, 14, 30)),
        ),
        ("01/12/2026", "02/12/2026", (datetime(2026, 12, 1), datetime(2026, 12, 2, 23, 59, 59))),
    ],
)
def test_dates_are_read_as_people_type_them(
    start: str, end: str, expected: tuple[datetime, datetime]
) -> None:
    seance = only(HEAD + f"Accueil | {start} | {end}")
    assert (seance.start, seance.end) == expected


@pytest.mark.parametrize("hours", ["14h30 | 17 h", "14:30 | 17:00", "14 h 30 | 17:00:00"])
def test_a_date_and_two_hours_make_the_two_moments(hours: str) -> None:
    seance = only(SPLIT + f"Accueil | 12/09/2026 | {hours}")
    assert (seance.start, seance.end) == (datetime(2026, 9, 12, 14, 30), datetime(2026, 9, 12, 17))


@pytest.mark.parametrize(
    ("row", "finding"),
    [
        ("A | 31/02/2027 | 01/03/2027", "B2 date-illisible: « 31/02/2027 » n’est pas une date qui existe."),
        ("A | 12/09/26 | 12/09/2026", "B2 date-ambigue: « 12/09/26 » : l’année n’a que deux chiffres."),
        ("A | 12 septembre | 12/09/2026", "B2 date-ambigue: « 12 septembre » : l’année manque."),
        ("A | vendredi 12/09/2026 9h | 12/09/2026", "B2 date-ambigue: « vendredi 12/09/2026 9h » : le 12/09/2026 est un samedi."),
        ("A | demain | 12/09/2026", "B2 date-illisible: « demain » n’est pas une date que le programme sait lire."),
        ("A | | 12/09/2026", "B2 cellule-vide: la cellule « Date de début » est vide."),
        ("A | 12/09/2026 10:00 | 12/09/2026 09:00",
         "C2 fin-avant-debut: la séance finit le 12/09/2026 à 09:00, mais commence le 12/09/2026 à 10:00."),
        ("A | 12/09/0026 | 12/09/2026", "B2 date-illisible: « 12/09/0026 » : l’année 0026 est presque sûrement une faute de frappe."),
        ("A | 12/09/2026 9h-12h | 12/09/2026", "B2 heure-illisible: « 12/09/2026 9h-12h » : ce qui suit la date n’est pas une heure."),
        (" | 12/09/2026 10:00 | 12/09/2026 11:00", "A2 cellule-vide: la cellule « Nom » est vide."),
        ("A | 12/09/2026 | 13/09/2026 | douze", "D2 nombre-illisible: « douze » n’est pas un nombre entier positif."),
        ("A | 12/09/2026 | 13/09/2026 | 1000000000", "D2 nombre-illisible: « 1000000000 » est un nombre trop grand."),
        ("A | 12/09/2026 | 13/09/2026 | -3", "D2 nombre-illisible: « -3 » n’est pas un nombre entier positif."),
        ("A | 12/09/2026 | 13/09/2026 | | lundi", "E2 repetition-sans-fin: des jours de répétition sont donnés, mais ni date de fin ni nombre de semaines."),
        ("A | 12/09/2026 | 13/09/2026 | | | | 3", "E2 repetition-sans-jours: une fin de répétition est donnée, mais aucun jour de la semaine."),
        ("A | 12/09/2026 | 13/09/2026 | | lundi et mecredi | | 3",
         "E2 jours-illisibles: « lundi et mecredi » : « mecredi » n’est pas un jour de la semaine."),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_told_once_with_its_cell(row: str, finding: str) -> None:
    assert told(snapshot(HEAD + row).findings) == [finding]


def test_a_date_cell_of_the_year_9999_is_a_slip_as_the_same_date_typed() -> None:
    cell = Cell(datetime(9999, 12, 31, 23, 59), shows_time=True)
    fault = read(cell, OPEN.column("end"))
    assert isinstance(fault, Fault)
    assert fault.problem == "« 31/12/9999 23:59 » : l’année 9999 est presque sûrement une faute de frappe."


def test_a_seance_whose_hours_end_at_midnight_ends_with_its_day() -> None:
    assert only(SPLIT + "A | 12/09/2026 | 20h | minuit").end == datetime(2026, 9, 13)


def test_hours_over_midnight_are_told_with_the_column_that_is_missing() -> None:
    [found] = snapshot(SPLIT + "A | 12/09/2026 | 22h | 2h").findings
    assert (found.code, found.cell) == ("fin-avant-debut", "D2")
    assert "ajoutez une colonne « Date de fin »" in found.fix


@pytest.mark.parametrize("typed", ["oui\u200b", "\ufeffOUI", "X ", "o\u00adui"])
def test_characters_that_nobody_sees_change_nothing(typed: str) -> None:
    taken = snapshot(
        f"Nom | Début | Fin | Inviter\u200b\nA | 12/09/2026\u200b | 13/09/2026 | {typed}\n\u200b | | "
    )
    assert [(seance.invite, seance.name) for seance in taken.seances] == [(True, "A")]
    assert not taken.findings


def test_a_header_repeated_among_the_rows_is_no_seance() -> None:
    taken = snapshot(
        "Nom | Début | Fin\nA | 12/09/2026 | 13/09/2026\nNOM | début | Fin *\nB | 12/09/2026 | 13/09/2026"
    )
    assert [seance.name for seance in taken.seances] == ["A", "B"]
    assert not taken.findings


def test_a_row_with_an_unreadable_date_is_known_to_exist() -> None:
    taken = snapshot("Code | Nom | Début | Fin\nS-7 | A | jamais | 01/12/2026")
    assert [unread.code for unread in taken.unread] == ["S-7"]
    assert taken.codes == ("S-7",)


def test_rows_that_hold_nothing_of_the_contract_are_no_seances() -> None:
    taken = snapshot("Nom | Début | Fin | Budget\nA | 01/12/2026 | 01/12/2026\n\n | | | 300\n")
    assert [seance.name for seance in taken.seances] == ["A"]
    assert not taken.findings


def test_staffs_own_columns_travel_with_the_seance() -> None:
    assert only("Nom | Début | Fin | Budget\nA | 01/12/2026 | 01/12/2026 | 300 €").others == {
        "Budget": "300 €"
    }


def cells(*values: object, date_1904: bool = False) -> Seance:
    header = {n: Cell(text) for n, text in enumerate(("Nom", "Début", "Fin", "Places", "Lieu"), 1)}
    row = {n: value if isinstance(value, Cell) else Cell(value) for n, value in enumerate(values, 1)}
    [seance] = take({"Séances ouvertes": Grid("Séances ouvertes", {1: header, 2: row}, date_1904=date_1904)}, ["Séances ouvertes"],
                    {}, Known(), NOW).seances  # fmt: skip
    return seance


def test_numbers_typed_as_text_and_text_typed_as_numbers_are_read() -> None:
    seance = cells("Accueil", "01/12/2026", "01/12/2026", "12", 67000.0)
    assert (seance.places, seance.venue) == (12, "67000")


@pytest.mark.parametrize(("serial", "date_1904"), [(46357.375, False), (44895.375, True)])
def test_a_day_number_means_a_date_in_the_workbooks_own_system(serial: float, date_1904: bool) -> None:
    assert cells("A", serial, serial + 1, date_1904=date_1904).start == datetime(2026, 12, 1, 9)


def test_an_end_at_midnight_after_an_evening_is_meant_and_on_the_same_day_is_a_date_alone() -> None:
    evening = cells("A", datetime(2026, 12, 1, 20), Cell(datetime(2026, 12, 2), shows_time=True))
    same_day = cells("A", datetime(2026, 12, 1, 20), Cell(datetime(2026, 12, 1), shows_time=True))
    assert (evening.end, same_day.end) == (datetime(2026, 12, 2), datetime(2026, 12, 1, 23, 59, 59))


def test_excels_hours_are_read_from_times_fractions_and_durations() -> None:
    header = {n: Cell(text) for n, text in enumerate(("Nom", "Date", "Heure de début", "Heure de fin"), 1)}
    for start, end in ((time(9), time(12)), (0.375, 0.5), (timedelta(hours=9), timedelta(hours=12))):
        row = {1: Cell("A"), 2: Cell(datetime(2026, 12, 1)), 3: Cell(start), 4: Cell(end)}
        [seance] = take(
            {"Séances ouvertes": Grid("x", {1: header, 2: row})}, ["Séances ouvertes"], {}, Known(), NOW
        ).seances
        assert (seance.start, seance.end) == (datetime(2026, 12, 1, 9), datetime(2026, 12, 1, 12))


def test_an_excel_error_and_a_formula_never_calculated_are_told() -> None:
    header = {n: Cell(text) for n, text in enumerate(("Nom", "Début", "Fin", "Places"), 1)}
    row = {1: Cell("A"), 2: Cell(None, formula=True), 3: Cell("01/12/2026"), 4: Cell(None, error="#REF!")}
    taken = take(
        {"Séances ouvertes": Grid("Séances ouvertes", {1: header, 2: row})},
        ["Séances ouvertes"],
        {},
        Known(),
        NOW,
    )
    assert told(taken.findings) == [
        "B2 formule-sans-valeur: la formule de cette cellule n’a jamais été calculée.",
        "D2 erreur-excel: la cellule contient l’erreur Excel « #REF! ».",
    ]


@pytest.mark.parametrize("typed", [-5, 1e300, "-1", "12000"])
def test_hours_that_nobody_can_follow_are_told(typed):
    fault = read(Cell(typed), PARTICIPATIONS.column("hours"))
    assert isinstance(fault, Fault)
    assert "nombre d’heures possible" in fault.problem


@pytest.mark.parametrize(
    ("typed", "hours"), [("3h30", 3.5), ("3,5", 3.5), (0, 0.0), (timedelta(hours=7), 7.0)]
)
def test_hours_are_read_as_people_type_them(typed, hours):
    assert read(Cell(typed), PARTICIPATIONS.column("hours")) == hours
