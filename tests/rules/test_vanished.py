"""A séance whose row goes, or whose code changes, after people were invited: it is told, and nobody gets a second mail."""

from datetime import datetime

from processor.model import Kind
from tests.rules.test_changes import ALI, Office, invited, row
from tests.sheets import told

NIGHT = datetime(2026, 12, 2, 2)


def findings(office: Office, rows: str, now: datetime = NIGHT) -> list[str]:
    plan = office.plan(rows, now)
    assert not plan.mails
    return [line for line in told(plan.findings) if "seance-inconnue" not in line]


def test_a_deleted_seance_is_told_with_its_date_and_how_many_were_invited() -> None:
    office = invited()
    [line] = findings(office, "")
    assert line.startswith(
        "0 seance-disparue: la séance « Yoga » (S-1), jeudi 10/12/2026 de 09:00 à 12:00, n’est plus"
    )
    assert line.endswith(" : 1 personne y était invitée.")
    office = Office(people=office.people + ALI)
    office.night(row(rest="Vosges | | oui"))
    [line] = findings(office, "")
    assert line.endswith("2 personnes y étaient invitées.")


def test_once_its_end_is_past_a_deleted_seance_is_nobodys_business() -> None:
    assert findings(invited(), "", datetime(2026, 12, 10, 11, 59))
    assert not findings(invited(), "", datetime(2026, 12, 10, 12, 1))


def test_a_deleted_seance_whose_cancellation_was_told_is_not_missed() -> None:
    office = invited()
    office.night(row(rest="Vosges | | | Annulée"), 2)
    assert not findings(office, "", datetime(2026, 12, 3, 2))


def test_a_seance_put_back_as_cancelled_tells_the_invited() -> None:
    office = invited()
    assert findings(office, "")
    [mail] = office.night(row(rest="Vosges | | | Annulée"), 3)
    assert mail.kind is Kind.CANCELLATION


def test_a_row_with_another_code_or_none_is_recognised_and_set_aside_until_its_code_is_back() -> None:
    for code, now in (("S-9", "le code « S-9 »"), ("", "aucun code")):
        office = Office(people="Session | Séance | Prénom | Nom | Courriel\nP1 | | Zoé | Dupont | zoe@exemple.fr",
                        sheets={"sessions": "Code | Nom\nP1 | Hiver"})  # fmt: skip
        office.night(row(rest="Vosges | | oui | | | | | P1"))
        [line] = findings(office, row(code=code, rest="Vosges | | oui | | | | | P1"))
        assert line.startswith(
            "A2 code-change: cette séance était annoncée sous le code « S-1 » (1 personne invitée)"
        )
        assert line.endswith(f"la ligne porte maintenant {now}.")


def test_another_seance_at_the_same_hour_elsewhere_is_not_taken_for_the_deleted_one() -> None:
    for other in (row(code="S-9", rest="Alsace"), row(code="S-9").replace("Yoga", "Chant")):
        assert [line.split(":")[0] for line in findings(invited(), other)] == ["0 seance-disparue"]


def test_a_seance_that_was_moved_or_renamed_under_its_code_is_there() -> None:
    office = invited()
    office.night(row("11/12/2026"), 2)
    assert not findings(office, row("11/12/2026").replace("Yoga", "Chant"), datetime(2026, 12, 3, 2))
