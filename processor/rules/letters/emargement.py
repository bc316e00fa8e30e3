"""The feuille d'émargement of a séance that is near, made anew when it would say something else."""

from datetime import timedelta

from processor.model import Facts, Kind, Roll, participants
from processor.model.catalogue import say
from processor.model.findings import Fault, Severity
from processor.model.keys import action_key
from processor.model.plan import Document
from processor.model.snapshot import Snapshot
from processor.rules.decided import Decided
from processor.rules.letters.said import said
from processor.rules.letters.templates import chosen


def emargement(snapshot: Snapshot, roll: Roll) -> Decided:
    """The sheet to sign, some days before (Paramètres) and until the séance is over; an unchanged one is not made again."""
    decided, seance = Decided(), roll.seance
    near = seance.start.date() <= snapshot.now.date() + timedelta(days=snapshot.parameters.emargement_days)
    if (
        not near
        or roll.finished
        or seance.cancelled
        or not snapshot.parameters.emargement_days
        or not participants(roll.attendees)
    ):
        return decided
    template = chosen(snapshot, [Kind.EMARGEMENT], "")
    if isinstance(template, Fault):
        if template.code != "modele-absent":
            why = say("emargement.no-template")
            decided.findings.append(snapshot.finding(seance.place, "code", template, why, Severity.NOTE))
        return decided
    facts = Facts(Kind.EMARGEMENT, snapshot.parameters, snapshot.now.date(), seance=roll)
    key = action_key(Kind.EMARGEMENT, seance.code)
    earlier = snapshot.known.document(Kind.EMARGEMENT, seance.code)
    if earlier is None or earlier.facts != said(facts):
        because = say("emargement.because.near" if earlier is None else "emargement.because.changed")
        decided.documents.append(
            Document(key, Kind.EMARGEMENT, facts, template, said(facts), seance.place, because)
        )
        decided.did(seance.place, Kind.EMARGEMENT.label, seance.code, because, decided.documents)
    return decided
