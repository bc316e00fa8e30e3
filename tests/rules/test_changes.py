"""Several nights one after the other, each knowing what the ones before told: as the journal would, without a file."""

import json
from dataclasses import dataclass, field, replace
from datetime import datetime

from processor.documents.placeholders.placeholders import context
from processor.documents.sandbox.text import render_text
from processor.model import Kind
from processor.model.past import Known, MailRecord, MailState
from processor.model.plan import Mail, Plan
from processor.model.typography import plain
from tests.sheets import planned, told

HEAD = "Code | Nom | Date de début | Date de fin | Lieu | Description | Inviter | État | Répéter les jours | Répéter (semaines) | Formateurs | Session\n"
PEOPLE = "Session | Séance | Prénom | Nom | Courriel\n | S-1 | Zoé | Dupont | zoe@exemple.fr\n"
ALI = " | S-1 | Ali | Benali | ali@exemple.fr\n"


def row(day: str = "10/12/2026", hours: str = "09:00-12:00", rest: str = "Vosges", code: str = "S-1") -> str:
    first, last = hours.split("-")
    return f"{code} | Yoga | {day} {first} | {day} {last} | {rest}\n"


@dataclass
class Office:
    """What the nights so far have sent; each mail leaves in the night that decides it."""

    people: str = PEOPLE
    known: dict[str, MailRecord] = field(default_factory=dict)
    sheets: dict[str, str] = field(default_factory=dict)

    def night(self, rows: str, day: int = 1, state: MailState = MailState.SENT, **sheets: str) -> list[Mail]:
        now = datetime(2026, 12, day, 2)
        plan = self.plan(rows, now, **sheets)
        for mail in plan.mails:
            assert mail.key not in self.known
            self.known[mail.key] = MailRecord(mail.key, mail.kind, mail.seance, mail.session, mail.person,
                                            mail.to_address, state, now, mail.news)  # fmt: skip
        assert not self.plan(rows, now, **sheets).mails
        return list(plan.mails)

    def plan(self, rows: str, now: datetime, **sheets: str) -> Plan:
        given = {"inscriptions": self.people, **self.sheets, **sheets}
        return planned(HEAD + rows, now, Known(mails=dict(self.known)), **given)


def kinds(mails: list[Mail]) -> list[str]:
    return [f"{mail.kind.label} → {mail.to_address}" for mail in mails]


def text(mail: Mail) -> str:
    """What the person reads, no-break spaces as plain ones."""
    return plain(render_text(mail.message, context(mail.facts)))


def invited(rest: str = "Vosges | | oui") -> Office:
    office = Office()
    assert kinds(office.night(row(rest=rest))) == ["Invitation à une séance → zoe@exemple.fr"]
    return office


def test_a_new_date_is_told_once_with_what_changed_in_words() -> None:
    office = invited()
    [mail] = office.night(row("11/12/2026"), 2)
    assert (mail.kind, str(mail.to_address)) == (Kind.MODIFICATION, "zoe@exemple.fr")
    assert "Date : jeudi 10/12/2026 de 09:00 à 12:00 → vendredi 11/12/2026 de 09:00 à 12:00" in text(mail)
    assert not office.night(row("11/12/2026"), 3)


def test_a_new_place_is_told_and_a_new_spelling_or_description_is_not() -> None:
    office = invited()
    assert not office.night(row(rest="  VOSGES | Une autre description"), 2)
    [mail] = office.night(row(rest="Alsace {{ 1 }}"), 3)
    assert "Lieu : Vosges → Alsace {{ 1 }}" in text(mail)


def test_a_seance_moved_then_moved_back_before_the_night_says_nothing_and_after_it_tells_again() -> None:
    office = invited()
    assert not office.night(row(), 2)
    assert kinds(office.night(row("11/12/2026"), 3)) == ["Modification → zoe@exemple.fr"]
    assert kinds(office.night(row(), 4)) == ["Modification → zoe@exemple.fr"]
    assert kinds(office.night(row("11/12/2026"), 5)) == ["Modification → zoe@exemple.fr"]


def test_a_cancellation_is_told_once_with_the_date_that_people_know_and_a_reinstatement_too() -> None:
    office = invited()
    [mail] = office.night(row("11/12/2026", rest="Vosges | | | Annulée"), 2)
    assert mail.kind is Kind.CANCELLATION
    assert "(jeudi 10 décembre 2026 de 9 h 00 à 12 h 00) est annulée" in text(mail)
    assert not office.night(row("11/12/2026", rest="Vosges | | | Annulée"), 3)
    [mail] = office.night(row("11/12/2026"), 4)
    assert mail.kind is Kind.MODIFICATION
    assert "La séance, qui était annulée, a finalement lieu.\nDate : jeudi 10/12/2026" not in text(mail)
    assert "La séance, qui était annulée, a finalement lieu." in text(mail)
    assert kinds(office.night(row("11/12/2026", rest="Vosges | | | Annulée"), 5)) == [
        "Annulation d'une séance → zoe@exemple.fr"
    ]


def test_confirming_a_seance_is_no_change() -> None:
    assert not invited().night(row(rest="Vosges | | | Confirmée"), 2)


def test_who_joins_after_the_invitations_is_invited_on_their_own_with_the_new_date() -> None:
    office = invited()
    office.people += ALI
    assert kinds(office.night(row("11/12/2026"), 2)) == [
        "Invitation à une séance → ali@exemple.fr",
        "Modification → zoe@exemple.fr",
    ]
    assert kinds(office.night(row("12/12/2026"), 3)) == [
        "Modification → ali@exemple.fr",
        "Modification → zoe@exemple.fr",
    ]


def test_who_has_left_is_told_nothing() -> None:
    office = invited()
    office.people = "Session | Séance | Prénom | Nom | Courriel | Statut\n | S-1 | Zoé | Dupont | zoe@exemple.fr | Désinscrit"
    assert not office.night(row("11/12/2026"), 2)


def test_a_mail_that_was_refused_told_nothing() -> None:
    office = Office()
    office.night(row(rest="Vosges | | oui"), state=MailState.REFUSED)
    assert not office.night(row("11/12/2026"), 2)


def test_copies_start_with_no_history() -> None:
    office = invited("Vosges | | oui | | jeudi | 1")
    assert not office.night(row() + row("18/12/2026", code="S-2") + row("17/12/2026", code="S-3"), 2)


def test_people_invited_to_a_session_are_told_of_each_seance_that_changes() -> None:
    office = Office(people="Session | Prénom | Nom | Courriel\nP1 | Zoé | Dupont | zoe@exemple.fr")
    own = "Vosges | | | | | | | P1"
    two = row(rest=own) + row("12/12/2026", rest=own, code="S-2")
    asked = {"sessions": "Code | Nom | Inviter\nP1 | Hiver | oui"}
    assert kinds(office.night(two, **asked)) == ["Invitation à une session → zoe@exemple.fr"]
    asked = {"sessions": "Code | Nom | Inviter\nP1 | Hiver |"}
    [mail] = office.night(row(rest=own) + row("15/12/2026", rest=own, code="S-2"), 2, **asked)
    assert (mail.kind, mail.seance) == (Kind.MODIFICATION, "S-2")


AUTO = "Nom | Valeur\n"


def test_invitations_leave_by_themselves_that_many_days_before_by_the_calendar() -> None:
    office = Office(sheets={"parametres": AUTO + "invitation automatique (jours avant) | 7"})
    assert not office.night(row(), 2)
    assert kinds(office.night(row(), 3)) == ["Invitation à une séance → zoe@exemple.fr"]


def test_a_reminder_leaves_once_two_working_days_before_and_holidays_do_not_count() -> None:
    office = Office(sheets={"parametres": AUTO + "rappel (jours ouvrés avant) | 2"})
    late = row("28/12/2026", rest="Vosges | | oui")
    office.night(late, 1)
    late = row("28/12/2026")
    assert [
        day for day in range(20, 28) if kinds(office.night(late, day)) == ["Rappel → zoe@exemple.fr"]
    ] == [23]


def test_no_reminder_to_whom_has_just_been_invited_or_told_of_a_change() -> None:
    office = Office(sheets={"parametres": AUTO + "rappel (jours ouvrés avant) | 2"})
    office.night(row(rest="Vosges | | oui"), 8)
    assert not office.night(row(), 9)
    office = Office(sheets=office.sheets)
    office.night(row(rest="Vosges | | oui"), 1)
    assert kinds(office.night(row(hours="10:00-12:00"), 8)) == ["Modification → zoe@exemple.fr"]
    assert not office.night(row(hours="10:00-12:00"), 9)


ANNE = {
    "formateurs": "Prénom | Nom | Courriel\nAnne | Weber | anne@exemple.fr\nPaul | Roux | paul@exemple.fr"
}
TAUGHT = "Vosges | | {} | {} | | | {}"


def taught(ask: str = "oui", state: str = "", trainers: str = "Anne Weber", day: str = "10/12/2026") -> str:
    return row(day, rest=TAUGHT.format(ask, state, trainers))


def test_the_trainer_hears_of_a_new_date_and_of_a_cancellation_as_the_invited_do_once() -> None:
    office = Office(sheets=ANNE)
    office.night(taught(), 1)
    told = office.night(taught("", day="11/12/2026"), 2)
    assert kinds(told) == ["Modification → zoe@exemple.fr", "Modification → anne@exemple.fr"]
    assert "« Yoga », que vous animez, a changé.\n\nDate : jeudi 10/12/2026" in text(told[1])
    assert "« Yoga », à laquelle vous êtes invité(e), a changé." in text(told[0])
    assert not office.night(taught("", day="11/12/2026"), 3)
    told = office.night(taught("", "Annulée", day="11/12/2026"), 4)
    assert kinds(told) == [
        "Annulation d'une séance → zoe@exemple.fr",
        "Annulation d'une séance → anne@exemple.fr",
    ]
    assert not office.night(taught("", "Annulée", day="11/12/2026"), 5)


def test_a_trainer_named_after_the_invitations_is_told_no_old_date_and_one_who_left_nothing() -> None:
    office = Office(sheets=ANNE)
    office.night(taught(), 1)
    assert kinds(office.night(taught("", trainers="Paul Roux", day="11/12/2026"), 2)) == [
        "Modification → zoe@exemple.fr"
    ]
    assert kinds(office.night(taught("", trainers="Paul Roux", day="12/12/2026"), 3)) == [
        "Modification → zoe@exemple.fr",
        "Modification → paul@exemple.fr",
    ]


def test_a_trainer_of_a_seance_to_which_nobody_was_invited_is_told_nothing() -> None:
    office = Office(sheets=ANNE)
    assert not office.night(taught(""), 1)
    assert not office.night(taught("", day="11/12/2026"), 2)


def test_a_trainer_who_is_also_on_a_row_of_inscriptions_is_told_once() -> None:
    people = "Session | Séance | Prénom | Nom | Courriel | Rôle\n | S-1 | Zoé | Dupont | zoe@exemple.fr |\n"
    office = Office(people + " | S-1 | Anne | Weber | anne@exemple.fr | Formateur", sheets=ANNE)
    office.night(taught(), 1)
    assert kinds(office.night(taught("", day="11/12/2026"), 2)) == [
        "Modification → zoe@exemple.fr",
        "Modification → anne@exemple.fr",
    ]


def test_what_an_earlier_program_told_is_still_known() -> None:
    office = Office(sheets=ANNE)
    office.night(taught(), 1)
    for key, mail in office.known.items():
        before = {code: state[:4] for code, state in json.loads(mail.news).items()}
        office.known[key] = replace(mail, news=json.dumps(before))
    assert kinds(office.night(taught("", day="11/12/2026"), 2)) == ["Modification → zoe@exemple.fr"]


WORDED = "Nom | Type | Fichier | Objet | Message\nInvitation | Invitation à une séance | i.docx\n"


def test_staff_give_the_words_of_a_change_in_modeles_and_what_they_leave_blank_keeps_ours() -> None:
    office = Office(sheets={"modeles": WORDED + "Chgt | Modification | | Nouveau : {{ seance.nom }} |"})
    office.night(row(rest="Vosges | | oui"), 1)
    [mail] = office.night(row("11/12/2026"), 2)
    assert mail.subject == "Nouveau : {{ seance.nom }}"
    assert "a changé.\n\nDate : jeudi 10/12/2026" in text(mail)
    office.sheets["modeles"] = WORDED + "Chgt | Modification | | | Avant : {{ horaire_annonce }}."
    [mail] = office.night(row("12/12/2026"), 3)
    assert text(mail) == "Avant : vendredi 11 décembre 2026 de 9 h 00 à 12 h 00."
    assert mail.subject.startswith("Modification : ")


def test_of_two_rows_with_words_for_one_mail_the_second_is_told_and_not_read() -> None:
    words = "A | Rappel | | Rappel A\nB | Rappel | | Rappel B"
    plan = Office(sheets={"modeles": WORDED + words}).plan(row(), datetime(2026, 12, 1, 2))
    assert told(plan.findings) == ["B4 modele-a-choisir: la ligne 3 est déjà de type « Rappel »."]


OVER = row("01/12/2026", rest="Vosges | | | | | | Paul Roux")
TRAINERS = "Prénom | Nom | Courriel\nPaul | Roux | paul@exemple.fr"
NOTED = "Séance | Prénom | Nom | Présence\n"


def test_the_trainer_is_asked_once_for_presences_that_are_missing_days_after() -> None:
    office = Office(
        sheets={"parametres": AUTO + "relance des présences (jours après) | 3", "formateurs": TRAINERS}
    )
    assert not office.night(OVER, 3)
    [mail] = office.night(OVER, 4)
    assert (mail.kind, str(mail.to_address)) == (Kind.CHASE, "paul@exemple.fr")
    assert "pas encore notée pour Zoé Dupont" in text(mail)
    assert not office.night(OVER, 5)
    noted = Office(sheets={**office.sheets, "participations": NOTED + "S-1 | Zoé | Dupont | Présent"})
    assert not noted.night(OVER, 5)


def test_an_unjustified_absence_is_followed_up_once_and_a_justified_one_is_not() -> None:
    sheets = {"parametres": AUTO + "suivi des absences non justifiées | oui"}
    justified = {"participations": NOTED + "S-1 | Zoé | Dupont | Absent justifié"}
    assert not Office(sheets=sheets | justified).night(OVER, 3)
    office = Office(sheets=sheets | {"participations": NOTED + "S-1 | Zoé | Dupont | Absent non justifié"})
    assert kinds(office.night(OVER, 3)) == ["Suivi d'absence → zoe@exemple.fr"]
    assert not office.night(OVER, 4)


def test_an_old_workbook_adopted_today_writes_to_nobody_about_the_past() -> None:
    old = OVER.replace("12/2026", "10/2026")
    sheets = {"parametres": AUTO + "suivi des absences non justifiées | oui\nrelance des présences (jours après) | 1",
              "participations": NOTED + "S-1 | Zoé | Dupont | Absent non justifié", "formateurs": TRAINERS}  # fmt: skip
    assert not Office(sheets=sheets).night(old, 3)


def test_where_the_journal_is_lost_the_sheet_journal_keeps_a_second_mail_from_leaving() -> None:
    noted = "Quand | Action | Séance | Détail\n02/12/2026 02:00 | {} | S-1 | 1 personne"
    sheets = {"parametres": AUTO + "rappel (jours ouvrés avant) | 2\nrelance des présences (jours après) | 1", "formateurs": TRAINERS,
              "participations": "Séance | Prénom | Nom | Invitation envoyée le\nS-1 | Zoé | Dupont | 01/12/2026"}  # fmt: skip
    assert kinds(Office(sheets=sheets).night(row(), 8)) == ["Rappel → zoe@exemple.fr"]
    assert not Office(sheets=sheets | {"journal": noted.format("Rappel")}).night(row(), 8)
    assert kinds(Office(sheets=sheets).night(OVER, 3)) == ["Relance des présences → paul@exemple.fr"]
    assert not Office(sheets=sheets | {"journal": noted.format("Relance des présences")}).night(OVER, 3)
