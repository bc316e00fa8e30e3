"""What a plan loses with the documents and mails that could not be made: what asked for them waits for another night."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from processor.model import Place
from processor.model.catalogue import say
from processor.model.findings import Finding
from processor.model.plan import Mail, NewRow, Plan, Write
from processor.rules.letters.numbers import closed_up

_REQUESTS = {"invite", "attest", "reissue"}


def without(plan: Plan, failed: Mapping[str, Finding]) -> Plan:
    """The plan without the documents and mails of these keys, each with the reason why it could not be made.

    The mails that would carry them go too, and so do the rows of Journal of which nothing is left. Their requests are not
    cleared, and Contrôle says why. The attestations that stay are numbered again, without a gap.
    """
    if not failed:
        return plan
    kept = closed_up(plan.documents, [d for d in plan.documents if d.key not in failed])
    facts = {document.key: document.facts for document in kept}
    return replace(
        plan,
        findings=(*plan.findings, *failed.values()),
        documents=tuple(kept),
        mails=tuple(
            replace(mail, facts=facts.get(mail.key, mail.facts))
            for mail in plan.mails
            if not _lost(mail, failed)
        ),
        rows=tuple(row for row in plan.rows if not _empty(row, failed)),
        writes=tuple(_writes(plan, failed)),
    )


def _lost(mail: Mail, failed: Mapping[str, Finding]) -> bool:
    return mail.key in failed or any(key in failed for key in mail.documents)


def _empty(row: NewRow, failed: Mapping[str, Finding]) -> bool:
    """Whether the row tells of documents and mails none of which could be made."""
    return bool(row.tells) and row.tells <= failed.keys()


def _writes(plan: Plan, failed: Mapping[str, Finding]) -> Iterator[Write]:
    told = {Place(finding.sheet, finding.row): finding for finding in failed.values()}
    asked = {document.source for document in plan.documents if document.key in failed}
    asked |= {mail.source for mail in plan.mails if mail.key in failed}
    for write in plan.writes:
        if write.field == "control" and (why := told.get(write.source)):
            yield replace(write, value=say("control.short", severity=why.severity.label, problem=why.problem))
        elif write.source not in asked or write.field not in _REQUESTS:
            yield write
