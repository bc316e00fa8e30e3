"""What could not be made takes away what goes with it, and nothing else."""

from datetime import datetime

from processor.contract import JOURNAL
from processor.model import Kind
from processor.model.findings import Finding, Severity
from processor.model.plan import Plan
from processor.rules.unmade import without
from tests.sheets import planned

NOTED = "Séance | Prénom | Nom | Présence\n"
OPEN = "Code | Nom | Date de début | Date de fin | Inviter | Attester\n"
OVER = "S-1 | Yoga | 20/11/2026 09:00 | 20/11/2026 12:00 | | oui"
AHEAD = "S-1 | Yoga | 23/12/2026 09:00 | 23/12/2026 12:00 | oui |"
NEAR = "S-1 | Yoga | 03/12/2026 09:00 | 03/12/2026 12:00 | oui |"
PEOPLE = "Séance | Prénom | Nom | Courriel\nS-1 | Zoé | Dupont | zoe@exemple.fr\nS-1 | Ali | Benali | ali@exemple.fr"
TEMPLATES = """Nom | Type | Fichier
Invitation | Invitation à une séance | i.docx
Attestation | Attestation de séance | a.docx
Émargement | Feuille d'émargement | e.docx"""


def night(row: str, participations: str = "") -> Plan:
    return planned(
        OPEN + row, inscriptions=PEOPLE, participations=NOTED + participations, modeles=TEMPLATES,
        journal="Quand | Action | Séance | Détail",
    )  # fmt: skip


def lost(plan: Plan, *names: str, kind: Kind | None = None) -> Plan:
    """The plan without the documents of these people, or of that kind."""
    chosen = [
        d for d in plan.documents if (d.facts.person and d.facts.person.first_name in names) or d.kind is kind
    ]
    return without(
        plan,
        {
            d.key: Finding(
                "document-impossible", Severity.ROW, "trop long.", "", "", d.source.sheet, d.source.row
            )
            for d in chosen
        },
    )


def told(plan: Plan) -> list[object]:
    return [row.values["action"] for row in plan.rows if row.sheet == JOURNAL.name]


def written(plan: Plan) -> dict[str, object]:
    return {write.field: write.value for write in plan.writes}


def test_nothing_that_failed_takes_nothing_away() -> None:
    plan = night(AHEAD)
    assert without(plan, {}) is plan


def test_the_mail_goes_with_its_document_and_the_request_stays() -> None:
    plan = lost(night(AHEAD), "Ali")
    assert [d.facts.person and d.facts.person.first_name for d in plan.documents] == ["Zoé"]
    assert [mail.to_name for mail in plan.mails] == ["Zoé Dupont"]
    assert "invite" not in written(plan)
    assert written(plan)["control"] == "Ligne laissée de côté : trop long."
    assert plan.findings[-1].code == "document-impossible"


def test_a_mail_that_cannot_be_written_is_lost_and_the_others_keep_their_request() -> None:
    plan = night(AHEAD)
    [mail] = [mail for mail in plan.mails if mail.to_name == "Ali Benali"]
    fault = Finding("courriel-illisible", Severity.ROW, "non.", "", "", "Inscriptions", 3)
    found = without(plan, {mail.key: fault})
    assert [one.to_name for one in found.mails] == ["Zoé Dupont"]
    assert written(found)["control"] == written(plan)["control"]


def test_the_journal_tells_nothing_of_which_nothing_is_left() -> None:
    plan = night(NEAR)
    assert told(plan) == ["Invitation", "Feuille d'émargement"]
    assert told(lost(plan, "Ali")) == ["Invitation", "Feuille d'émargement"]
    assert told(lost(plan, "Ali", "Zoé")) == ["Feuille d'émargement"]
    assert told(lost(plan, kind=Kind.EMARGEMENT)) == ["Invitation"]


def test_the_numbers_that_stay_have_no_gap_and_the_mails_bear_them() -> None:
    plan = night(OVER, "S-1 | Zoé | Dupont | Présent\nS-1 | Ali | Benali | Présent")
    assert [d.facts.number for d in plan.documents] == ["2026-000001", "2026-000002"]
    first = plan.documents[0].facts.person
    assert first is not None
    left = lost(plan, first.first_name)
    assert [d.facts.number for d in left.documents] == ["2026-000001"]
    assert [mail.facts.number for mail in left.mails] == ["2026-000001"]
    assert written(left).get("attest", "kept") == "kept"
    assert datetime(2026, 12, 1, 2) == left.now
